"""What keys are called: as people write them, and as Textual does."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches

from activetui.locales import _

_NAMED = (
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete",
    "enter", "escape", "tab", "space", "backspace", *(f"f{number}" for number in range(1, 25)),
)
_ALSO = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "page_up": "pageup",
    "page_down": "pagedown", "del": "delete", "ins": "insert", "spacebar": "space",
    "↑": "up", "↓": "down", "←": "left", "→": "right",
}
_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "shift": "shift", "alt": "alt"}
_ORDER = ("alt", "ctrl", "shift")
_SIGNS = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}
"""Names that Textual has for signs, in place of Unicode's."""
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+j": "enter"}
"""Keys for which a terminal sends what it sends for another one."""
_TAKEN = {"ctrl+c", "ctrl+z"}
"""Keys that stop or interrupt a program in a terminal, or copy what the mouse has marked."""


class BadKey(Exception):
    """What was written is no key; the words say why, and what may have been meant."""


def read_key(written: str) -> str:
    """The key as Textual names it, from what a person writes: `/`, `Esc`, `ctrl+n`, `F5`, `G`."""
    text = written.strip()
    if not text:
        raise BadKey(_("no key is named"))
    if len(text) == 1:
        return _of_sign(text)
    parts = text.split("+")
    if text.endswith("++"):                 # ctrl++
        parts = [*text[:-2].split("+"), "+"]
    *modifiers, plain = (part.strip() for part in parts)
    return _joined({_modifier(name, written) for name in modifiers}, _plain(plain, written), written)


def _plain(text: str, written: str) -> str:
    if len(text) == 1:
        return _of_sign(text)
    name = text.lower()
    name = _ALSO.get(name, name)
    if name in _NAMED or name in _signs():
        return name
    near = get_close_matches(name, (*_NAMED, *_ALSO, *_signs()), n=1, cutoff=0.6)
    if near:
        raise BadKey(
            _("there is no key “{written}”; did you mean {key}?").format(written=written, key=near[0])
        )
    raise BadKey(_("there is no key “{written}”").format(written=written))


def _joined(modifiers: set[str], plain: str, written: str) -> str:
    if "shift" in modifiers and len(plain) == 1 and plain.isalpha() and len(modifiers) == 1:
        raise BadKey(_("“{written}” is written {key}").format(written=written, key=plain.upper()))
    if "ctrl" in modifiers and len(plain) == 1:
        plain = plain.lower()
    key = "+".join([*(name for name in _ORDER if name in modifiers), plain])
    if key in _SAME:
        raise BadKey(
            _("a terminal cannot tell {key} from {other}").format(key=key, other=_SAME[key])
        )
    if key in _TAKEN:
        raise BadKey(_("{key} belongs to the terminal").format(key=key))
    return key


def _modifier(name: str, written: str) -> str:
    found = _MODIFIERS.get(name.lower())
    if found is None:
        raise BadKey(
            _("“{written}” begins with none of ctrl, shift and alt").format(written=written)
        )
    return found


def _of_sign(sign: str) -> str:
    if sign in _ALSO:
        return _ALSO[sign]
    if sign.isalnum():
        return sign
    if not sign.isprintable():
        raise BadKey(_("no key is named"))
    name = unicodedata.name(sign, sign).lower().replace("-", "_").replace(" ", "_")
    return _SIGNS.get(name, name)


def _signs() -> tuple[str, ...]:
    return tuple(_of_sign(sign) for sign in "!\"#$%&'()*,-./:;<=>?@[\\]^_`{|}~+")
