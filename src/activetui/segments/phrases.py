"""One test of a query in words, plain or negated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from activetui.activity.status import STATUS_OF_WORD, Status
from activetui.activity.words import status_word, type_word
from activetui.ledger.money import to_minor
from activetui.locales import _, ngettext
from activetui.locales.formats import format_money, format_number
from activetui.segments.fields import Holds
from activetui.segments.reason_words import reason_words
from activetui.segments.rfm import group_title
from activetui.segments.said_of import day, number, part_of_text, whole_text
from activetui.segments.stretches import when
from activetui.segments.things import kind_thing, present_thing
from activetui.segments.tree import Choice, Days, FieldTest, Numbers, Text, Words


class Phrase(NamedTuple):
    """What is said of customers: with a verb (`spent over …`), or as it stands (`without a complaint`)."""

    text: str
    verb: bool = False


def phrase_of(node: FieldTest | Words, currency: str, negated: bool = False) -> Phrase:
    """A test, or its opposite, in words."""
    if isinstance(node, Words):
        template = _("without '{text}' anywhere") if negated else _("with '{text}' anywhere")
        return Phrase(template.format(text=node.text))
    return _READERS[node.field.holds](node, currency, negated)


def is_status(test: FieldTest) -> bool:
    """Whether a test can stand as the subject: `inactive customers`."""
    return test.field.name in ("status", "active")


def subject_of(test: FieldTest) -> str:
    """The customers of a status, or of the active base."""
    if test.field.name == "active":
        words = chosen_words(test)
        if len(set(words)) > 1:
            return _("customers")
        yes = words[0] == "yes"
        return _("customers of the active base") if yes else _("customers outside the active base")
    subjects = {
        Status.PROSPECT: _("prospects"),
        Status.NEW: _("new customers"),
        Status.ACTIVE: _("active customers"),
        Status.REACTIVATED: _("reactivated customers"),
        Status.AT_RISK: _("customers at risk"),
        Status.INACTIVE: _("inactive customers"),
        Status.LOST: _("lost customers"),
        Status.UNKNOWN: _("customers of whom we can't say yet"),
    }
    return either([subjects[STATUS_OF_WORD[word]] for word in chosen_words(test)])


def chosen_words(test: FieldTest) -> list[str]:
    """The chosen words of a test that has a fixed list of them."""
    return [value.word for value in test.values if isinstance(value, Choice)]


def either(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    if len(words) < 2:
        return words[0] if words else ""
    return _("{first} or {last}").format(first=", ".join(words[:-1]), last=words[-1])


def both(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return words[0] if words else ""
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def _status(test: FieldTest, currency: str, negated: bool) -> Phrase:
    words = either([status_word(STATUS_OF_WORD[word]) for word in chosen_words(test)])
    if test.field.name == "was":
        template = _("were never {status}") if negated else _("were once {status}")
        return Phrase(template.format(status=words), True)
    if test.field.name == "turns":
        template = _("do not turn {status} next") if negated else _("turn {status} next")
        return Phrase(template.format(status=words), True)
    template = _("whose status is not {status}") if negated else _("whose status is {status}")
    return Phrase(template.format(status=words))


def _yes_no(test: FieldTest, currency: str, negated: bool) -> Phrase:
    if len(set(chosen_words(test))) > 1:
        return Phrase(_("of no kind at all") if negated else _("of any kind"))
    yes = ("yes" in chosen_words(test)) != negated
    if test.field.name == "active":
        return Phrase(_("of the active base") if yes else _("outside the active base"))
    return Phrase(_("must not be contacted") if yes else _("may be contacted"), True)


def _consent(test: FieldTest, currency: str, negated: bool) -> Phrase:
    if negated:
        said = {
            "yes": _("without consent"),
            "no": _("with consent not refused"),
            "unknown": _("with a word on consent"),
        }
        return Phrase(both([said[word] for word in chosen_words(test)]))
    said = {
        "yes": _("with consent"),
        "no": _("with consent refused"),
        "unknown": _("with nothing said about consent"),
    }
    return Phrase(either([said[word] for word in chosen_words(test)]))


def _complaint(test: FieldTest, currency: str, negated: bool) -> Phrase:
    words = set(chosen_words(test))
    if len(words) > 1:
        return Phrase(_("without a complaint") if negated else _("with a complaint"))
    if words == {"open"}:
        return Phrase(_("without an open complaint") if negated else _("with an open complaint"))
    if negated:
        return Phrase(_("without complaints that are all resolved"))
    return Phrase(_("with complaints that are all resolved"))


def _reason(test: FieldTest, currency: str, negated: bool) -> Phrase:
    reasons = either([reason_words(word) for word in chosen_words(test)])
    template = _("did not give {reason} as the reason") if negated else _("gave {reason} as the reason")
    return Phrase(template.format(reason=reasons), True)


def _type(test: FieldTest, currency: str, negated: bool) -> Phrase:
    words = either([type_word(word) for word in chosen_words(test)])
    return Phrase((_("not of the type {type}") if negated else _("of the type {type}")).format(type=words))


def _kind(test: FieldTest, currency: str, negated: bool) -> Phrase:
    return _having(either([kind_thing(word) for word in chosen_words(test)]), not negated)


def _presence(test: FieldTest, currency: str, negated: bool) -> Phrase:
    things = either([present_thing(word) for word in chosen_words(test)])
    return _having(things, (test.field.name == "has") != negated)


def _having(things: str, present: bool) -> Phrase:
    return Phrase((_("with {thing}") if present else _("without {thing}")).format(thing=things))


def _segment(test: FieldTest, currency: str, negated: bool) -> Phrase:
    template = _("not in the segment {name}") if negated else _("in the segment {name}")
    return Phrase(template.format(name=_quoted(test)))


def _group(test: FieldTest, currency: str, negated: bool) -> Phrase:
    groups = either([group_title(word) for word in chosen_words(test)])
    template = _("not of the RFM group {group}") if negated else _("of the RFM group {group}")
    return Phrase(template.format(group=groups))


def _text(test: FieldTest, currency: str, negated: bool) -> Phrase:
    if any(isinstance(value, Text) and value.whole for value in test.values):
        said = whole_text(test.field.name)
    else:
        said = part_of_text(test.field.name)
    template = said.negated if negated else said.plain
    return Phrase(template.format(text=_quoted(test)), verb=test.field.name == "product")


def _code(test: FieldTest, currency: str, negated: bool) -> Phrase:
    if test.field.name == "country":
        countries = either([_country(text) for text in test.written])
        return Phrase((_("not in {country}") if negated else _("in {country}")).format(country=countries))
    said = whole_text(test.field.name)
    return Phrase((said.negated if negated else said.plain).format(text=_quoted(test)))


def _country(code: str) -> str:
    """The country's name in the chosen language, where the text is a code."""
    from babel import Locale

    from activetui.locales import locale_name

    return Locale.parse(locale_name()).territories.get(code.upper()) or code


def _numbers(test: FieldTest, currency: str, negated: bool) -> Phrase:
    """The numbers of a test; several stand only behind `id`."""
    stretches = [value for value in test.values if isinstance(value, Numbers)]
    shown = _money(currency) if test.field.holds is Holds.MONEY else _plain
    if test.field.name == "purchases":
        return Phrase(_times(stretches[0], negated), True)
    said = number(test.field.name)
    numbers = either([_stretch(each, shown) for each in stretches])
    template = said.negated if negated else said.plain
    return Phrase(template.format(number=numbers), verb=test.field.holds is Holds.MONEY)


def _times(stretch: Numbers, negated: bool) -> str:
    many = _stretch(stretch, _plain)
    last = int(stretch.high if stretch.high is not None else stretch.low or 0)
    if stretch.low == stretch.high == 1:
        return _("did not buy just once") if negated else _("bought once")
    if negated:
        return ngettext("did not buy {many} time", "did not buy {many} times", last).format(many=many)
    return ngettext("bought {many} time", "bought {many} times", last).format(many=many)


def _stretch(stretch: Numbers, shown: Callable[[Decimal], str]) -> str:
    low, high = stretch.low, stretch.high
    if low is not None and high is not None:
        if low == high:
            return _("exactly {number}").format(number=shown(low))
        return _("between {low} and {high}").format(low=shown(low), high=shown(high))
    if low is not None:
        return (_("over {number}") if stretch.above else _("at least {number}")).format(number=shown(low))
    assert high is not None, "a stretch has at least one end"
    return (_("less than {number}") if stretch.below else _("at most {number}")).format(number=shown(high))


def _money(currency: str) -> Callable[[Decimal], str]:
    if not currency:
        return _plain
    return lambda amount: format_money(to_minor(amount, currency), currency)


def _plain(number: Decimal) -> str:
    return format_number(float(number))


def _days(test: FieldTest, currency: str, negated: bool) -> Phrase:
    said = day(test.field.name)
    stretch = test.values[0]
    assert isinstance(stretch, Days)
    return Phrase((said.negated if negated else said.plain).format(when=when(stretch)), True)


def _quoted(test: FieldTest) -> str:
    return either([f"'{text}'" for text in test.written])


_READERS: dict[Holds, Callable[[FieldTest, str, bool], Phrase]] = {
    Holds.STATUS: _status,
    Holds.TYPE: _type,
    Holds.SEGMENT: _segment,
    Holds.QUINTILE: _numbers,
    Holds.GROUP: _group,
    Holds.KIND: _kind,
    Holds.YES_NO: _yes_no,
    Holds.CONSENT: _consent,
    Holds.COMPLAINT: _complaint,
    Holds.REASON: _reason,
    Holds.PRESENCE: _presence,
    Holds.TEXT: _text,
    Holds.CODE: _code,
    Holds.PHONE: _text,
    Holds.MONEY: _numbers,
    Holds.WHOLE: _numbers,
    Holds.LENGTH: _numbers,
    Holds.PAST: _days,
    Holds.AHEAD: _days,
}
