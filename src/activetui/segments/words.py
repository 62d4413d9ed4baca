"""A query in plain words: `inactive customers who spent over €500.00, without a complaint`."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.activity.words import kind_word, type_word
from activetui.locales import _
from activetui.segments.fields import Holds
from activetui.segments.phrases import Phrase, chosen_words, either, is_status, phrase_of, subject_of
from activetui.segments.rfm import group_title
from activetui.segments.stretches import seen_from
from activetui.segments.tree import All, AnyOf, FieldTest, Node, Not, Query, Words


def reading(query: Query, currency: str = "") -> str:
    """What the query finds, in one plain phrase; amounts are written in `currency`."""
    if query.as_of is None:
        return _found(query, currency)
    return _("{customers}, {as_of}").format(customers=_found(query, currency), as_of=seen_from(query.as_of))


def _found(query: Query, currency: str) -> str:
    if query.root is None:
        return _("all customers")
    parts = list(query.parts)
    subject = next((part for part in parts if isinstance(part, FieldTest) and is_status(part)), None)
    if subject is None:
        return _with(_("customers"), [_phrase(part, currency, len(parts) > 1) for part in parts])
    parts.remove(subject)
    return _with(subject_of(subject), [_phrase(part, currency, True) for part in parts])


def label(node: Node) -> str:
    """A part of a query in a word or two, for its count: `status`, `spend`, `no complaint`."""
    match node:
        case Words(text):
            return f"'{text}'"
        case Not(part):
            if isinstance(part, FieldTest) and part.field.holds is Holds.KIND:
                return _("no {thing}").format(thing=label(part))
            return _("not {thing}").format(thing=label(part))
        case All(parts):
            return " + ".join(label(part) for part in parts)
        case AnyOf(parts):
            return either([label(part) for part in parts])
        case FieldTest():
            return _test_label(node)


def _test_label(test: FieldTest) -> str:
    match test.field.holds:
        case Holds.KIND:
            return either([kind_word(text) for text in chosen_words(test)])
        case Holds.TYPE:
            return either([type_word(text) for text in chosen_words(test)])
        case Holds.PRESENCE:
            return f"{test.field.name} {', '.join(chosen_words(test))}"
        case Holds.GROUP:
            return either([group_title(text) for text in chosen_words(test)])
        case Holds.SEGMENT:
            return either([f"'{text}'" for text in test.written])
        case Holds.CODE if test.field.name == "tag":
            return either(list(test.written))
        case _:
            return test.field.name


def _with(subject: str, phrases: Sequence[Phrase]) -> str:
    """The subject and what is said of it; what has a verb is joined by one `who`."""
    text, after_verb = subject, False
    for number, phrase in enumerate(phrases):
        said = phrase.text if after_verb and phrase.verb else relative(phrase)
        text += (" " if number == 0 else ", ") + said
        after_verb = phrase.verb
    return text


def relative(phrase: Phrase) -> str:
    """The phrase as it stands behind a noun."""
    return _("who {what}").format(what=phrase.text) if phrase.verb else phrase.text


def _phrase(node: Node, currency: str, beside_others: bool) -> Phrase:
    match node:
        case Not(part):
            if isinstance(part, (FieldTest, Words)):
                return phrase_of(part, currency, negated=True)
            inner = _phrase(part, currency, False)
            return Phrase(_("not ({what})").format(what=relative(inner)))
        case FieldTest() | Words():
            return phrase_of(node, currency)
        case AnyOf(parts):
            joined = _joined([_phrase(part, currency, True) for part in parts], _("or"))
        case All(parts):
            joined = _joined([_phrase(part, currency, True) for part in parts], _("and"))
    return Phrase(f"({relative(joined)})") if beside_others else joined


def _joined(phrases: Sequence[Phrase], word: str) -> Phrase:
    between = f" {word} "
    if all(phrase.verb for phrase in phrases):
        return Phrase(between.join(phrase.text for phrase in phrases), verb=True)
    return Phrase(between.join(relative(phrase) for phrase in phrases))
