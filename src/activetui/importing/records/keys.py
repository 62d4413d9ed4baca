"""Keys of events: the same at every import of the same fact, and free of what tells who somebody is."""

from __future__ import annotations

from hashlib import blake2b


class Keys:
    """Gives every event of one file its key."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._again: dict[int, int] = {}

    def of_order(self, word: str, order: str) -> str:
        """The key of an event that an order number names: `purchase:1001`, a second one `purchase:1001:2`."""
        return self._numbered(f"{word}:{order}")

    def of_contents(self, word: str, *parts: object) -> str:
        """The key of an event without a number, made from what it tells.

        Equal rows of one file are numbered: two coffees are two, and a file that holds both again changes
        nothing.
        """
        text = "\x1f".join([str(part) for part in parts])
        return self._numbered(f"{word}:{blake2b(text.encode('utf-8', 'replace'), digest_size=9).hexdigest()}")

    def _numbered(self, key: str) -> str:
        mark = hash(key)
        if mark not in self._seen:
            self._seen.add(mark)
            return key
        number = self._again.get(mark, 1) + 1
        self._again[mark] = number
        return f"{key}:{number}"
