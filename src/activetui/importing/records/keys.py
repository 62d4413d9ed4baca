"""Keys of events: the same at every import of the same fact, and free of what tells who somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from activetui.importing.records.marks import Marks


class Keys:
    """Gives every event of one file its key."""

    def __init__(self) -> None:
        self._seen = Marks()
        self._again: dict[str, int] = {}
        self._order = ""
        self._of_order: dict[str, int] = {}

    def of_order(self, word: str, order: str) -> str:
        """The key of an event that an order number names: `purchase:1001`, a second one `purchase:1001:2`.

        Events of one order must come one after the other.
        """
        if order != self._order:
            self._order = order
            self._of_order.clear()
        number = self._of_order[word] = self._of_order.get(word, 0) + 1
        return f"{word}:{order}" if number == 1 else f"{word}:{order}:{number}"

    def are_new(self, word: str, orders: Sequence[str], *, known: bool = False) -> bool:
        """Whether the key of each of these events is only the word and the order number.

        If so, they have got their keys; if not, each is to be asked for. `known`: that no order stands twice
        among these, nor was the last one before them, has been seen already.
        """
        if not known and (self._order in orders or len(set(orders)) < len(orders)):
            return False
        self._order, self._of_order = orders[-1], {word: 1}
        return True

    def of_contents(self, word: str, *parts: object) -> str:
        """The key of an event without a number, made from what it tells.

        Equal rows of one file are numbered: two coffees are two, and a file that holds both again changes
        nothing.
        """
        text = "\x1f".join([str(part) for part in parts])
        key = f"{word}:{blake2b(text.encode('utf-8', 'replace'), digest_size=9).hexdigest()}"
        if self._seen.add(hash(key)):
            return key
        number = self._again[key] = self._again.get(key, 1) + 1
        return f"{key}:{number}"
