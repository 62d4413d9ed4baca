"""Random changes of a definition: what every one gives can be read, and the owner's text stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from activetui.activity import editing
from activetui.activity.conditions import AllOf, AnyOf, Condition, NoneOf
from activetui.activity.editing import FormField, Row, RowKind
from activetui.ledger.errors import OwnerError
from tests.activity.definition_texts import CURRENCY, OWN, TEXTS, comments, meaning, read, rows_of, words


@dataclass(repr=False)
class Edit:
    """One change that a person can make in the form."""

    what: str
    row: Row
    field: FormField | None = None
    value: editing.Value | None = None
    group: str = ""
    template: editing.Template | None = None

    def __repr__(self) -> str:
        with_what = self.template.key if self.template else self.group or repr(self.value)
        key = f".{self.field.key}" if self.field else ""
        return f"{self.what} {self.row.path}{key} {with_what}"

    @property
    def takes_away(self) -> bool:
        """Whether a line may go, and the comment beside it."""
        removes = self.what == "remove" or (self.what == "agreed" and not self.value)
        return removes or (self.what == "set" and (self.value in (None, False) or self.field_changes_others))

    @property
    def field_changes_others(self) -> bool:
        return self.field is not None and self.field.key in ("event", "ahead")

    def on(self, text: str) -> str:
        path = self.row.path
        match self.what:
            case "set":
                assert self.field is not None
                if self.row.kind is RowKind.DAYS:
                    days = self.value
                    assert days is None or isinstance(days, int)
                    return editing.set_days(text, self.row.section, days)
                return editing.set_field(text, path, self.field.key, self.value, OWN, CURRENCY)
            case "add":
                assert self.template is not None
                return editing.add_condition(text, path, self.template.condition)
            case "remove":
                return editing.remove(text, path)
            case "group":
                return editing.change_group(text, path, self.group)
            case "wrap":
                return editing.wrap(text, path, self.group)
            case "unwrap":
                return editing.unwrap(text, path)
            case "rename":
                return editing.rename(text, str(self.value))
            case _:
                return editing.set_agreed(text, str(self.value).split())


LETTERS = st.characters(codec="utf-8", exclude_characters=",")
texts = st.text(LETTERS, min_size=1, max_size=8).filter(str.strip)
GROUPS = st.sampled_from(["any", "all", "none"])


def values(field: FormField) -> st.SearchStrategy[editing.Value | None]:
    """What a person can put into a field."""
    made: st.SearchStrategy[editing.Value]
    match field.what:
        case "days" | "number":
            made = st.integers(int(field.least), int(field.most))
        case "share" | "ratio":
            made = st.decimals(field.least, field.most, places=2)
        case "amount":
            made = st.decimals(Decimal("0.01"), Decimal(10**6), places=2).map(str)
        case "flag":
            made = st.booleans()
        case "choice":
            made = st.sampled_from([option.value for option in field.choices])
        case "choices":
            known = st.sampled_from([option.value for option in field.choices])
            made = st.lists(known, min_size=1, max_size=3, unique=True).map(tuple)
        case _:
            made = st.lists(texts, min_size=1, max_size=2).map(tuple)
    return made if field.needed else st.none() | made


@st.composite
def edits(draw: st.DrawFn, text: str) -> Edit:
    """A change that the form offers for one of its rows."""
    row = draw(st.sampled_from(rows_of(text)))
    match row.kind:
        case RowKind.NAME:
            if draw(st.booleans()):
                return Edit("agreed", row, value=draw(st.sampled_from(["", "Q1", "Q2 Q5"])))
            return Edit("rename", row, value="x" + draw(texts))
        case RowKind.DAYS:
            field = row.fields[0]
            return Edit("set", row, field, draw(values(field)))
        case RowKind.SECTION:
            what = draw(st.sampled_from(["add", "group", "remove"] if row.group else ["add", "remove"]))
        case RowKind.GROUP:
            what = draw(st.sampled_from(["add", "remove", "group", "wrap", "unwrap"]))
        case RowKind.CONDITION:
            what = draw(st.sampled_from(["set", "set", "add", "remove", "wrap"]))
    if what == "set":
        field = draw(st.sampled_from(row.fields))
        return Edit("set", row, field, draw(values(field)))
    if what == "add":
        offered = editing.templates(row.section, OWN)
        return Edit("add", row, template=draw(st.sampled_from(offered)))
    return Edit(what, row, group=draw(GROUPS))


@settings(max_examples=100)
@given(st.data())
def test_whatever_is_changed_can_be_read_and_keeps_the_comments(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _turn in range(data.draw(st.integers(1, 6))):
        edit = data.draw(edits(text))
        try:
            after = edit.on(text)
        except OwnerError as refused:
            assert edit.what in ("set", "remove", "unwrap"), refused
            continue
        read(after)
        if not edit.takes_away:
            assert comments(text) <= comments(after)
        text = after


def simple(condition: Condition | None) -> Condition | None:
    """The condition without groups that say nothing: of one, or of the same sort as the group around."""
    if not isinstance(condition, AnyOf | AllOf | NoneOf):
        return condition
    parts: list[Condition] = []
    for part in map(simple, condition.parts):
        assert part is not None
        same = type(part) is type(condition) and isinstance(part, AnyOf | AllOf)
        same = same or (isinstance(condition, NoneOf) and isinstance(part, AnyOf))
        parts += part.parts if same and isinstance(part, AnyOf | AllOf) else [part]
    if len(parts) == 1 and not isinstance(condition, NoneOf):
        return parts[0]
    return type(condition)(tuple(parts))


def simply(text: str) -> object:
    """What a definition means, however its groups are written."""
    made = read(text)
    types = {name: simple(condition) for name, condition in made.types.items()}
    return simple(made.active), simple(made.at_risk), types, made.new_days, made.lost_days


@settings(max_examples=60)
@given(st.data())
def test_a_condition_that_is_added_is_there_and_nothing_else_changes(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    sections = [row for row in rows_of(text) if row.group or row.kind is RowKind.SECTION]
    row = data.draw(st.sampled_from(sections))
    template = data.draw(st.sampled_from(editing.templates(row.section, OWN)))
    after = editing.add_condition(text, row.path, template.condition)
    assert sum((words(after) - words(text)).values()) == 1
    assert not words(text) - words(after)
    added = [each for each in rows_of(after) if each.path[: len(row.path)] == row.path][-1]
    assert simply(editing.remove(after, added.path)) == simply(text)


@settings(max_examples=60)
@given(st.data())
def test_what_is_removed_is_gone_and_nothing_else_is(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    row = data.draw(st.sampled_from([row for row in rows_of(text) if row.kind is RowKind.CONDITION]))
    try:
        after = editing.remove(text, row.path)
    except OwnerError:
        assert len([each for each in rows_of(text) if each.section == "active" and each.fields]) == 1
        return
    if row.section == "types":
        return                                            # where nothing is left, the usual conditions return
    assert words(text) - words(after) == Counter([row.words])
    assert not words(after) - words(text)


def as_read(field: FormField, value: editing.Value | None) -> editing.Value | None:
    """A value as the form tells it after it was set."""
    if field.what == "amount" and value is not None:
        return Decimal(str(value))
    return None if value is False else value


@settings(max_examples=60)
@given(st.data())
def test_a_value_is_set_and_setting_it_back_gives_the_same_definition(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    row, field = data.draw(st.sampled_from([
        (row, field) for row in rows_of(text) if row.kind is RowKind.CONDITION
        for field in row.fields if field.key not in ("event", "ahead")
    ]))
    value = data.draw(values(field))
    try:
        after = editing.set_field(text, row.path, field.key, value, OWN, CURRENCY)
    except OwnerError:
        assert field.key.startswith("rating")             # at least more than at most
        return
    now = next(each for each in rows_of(after) if (each.kind, each.path) == (row.kind, row.path))
    found = next((each.value for each in now.fields if each.key == field.key), None)
    assert found == as_read(field, value)
    back = field.value if field.what != "amount" or field.value is None else str(field.value)
    assert meaning(editing.set_field(after, row.path, field.key, back, OWN, CURRENCY)) == meaning(text)


@settings(max_examples=60)
@given(st.data())
def test_a_group_of_its_own_means_the_same_and_can_be_taken_apart(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    row = data.draw(st.sampled_from([row for row in rows_of(text) if row.within]))
    group = data.draw(st.sampled_from(["any", "all"]))
    wrapped = editing.wrap(text, row.path, group)
    assert simply(wrapped) == simply(text)
    apart = [each for each in rows_of(wrapped) if each.kind is RowKind.GROUP]
    for each in apart:
        try:
            assert simply(editing.unwrap(wrapped, each.path)) == simply(text)
        except OwnerError:
            assert len(words(text)) > 1


@settings(max_examples=60)
@given(st.data())
def test_a_group_becomes_another_one_with_the_same_conditions(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    row = data.draw(st.sampled_from([row for row in rows_of(text) if row.group]))
    group = data.draw(GROUPS)
    after = editing.change_group(text, row.path, group)
    assert words(after) == words(text)
    assert comments(text) <= comments(after)
    assert Counter(each.group for each in rows_of(after))[group] >= 1
