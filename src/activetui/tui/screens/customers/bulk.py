"""What can be done with many customers at once: with those who are marked, else with all that are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias, TypedDict

from activetui.ledger.days import Day
from activetui.ledger.errors import OwnerError
from activetui.ledger.text import one_line
from activetui.locales import N_, _, ngettext
from activetui.locales.formats import format_number
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.people import display_name
from activetui.tui.reading import Connection
from activetui.tui.screens.customers.marking import MarkingScreen

if TYPE_CHECKING:
    from activetui.ledger.records import EventRecord
    from activetui.reactivation.playbooks.playbook_types import Playbook
    from activetui.tui.flows.long_work import Progress

Job: TypeAlias = "Callable[[Connection, Sequence[int], Progress], Outcome]"
"""A change of customers, which tells its progress."""


class Outcome(NamedTuple):
    """What came of a change."""

    words: str
    changed: int
    """Of how many customers."""


class Whom(NamedTuple):
    """With whom something is done."""

    numbers: Sequence[int]
    words: str
    """Who that is: a name, or how many."""


class When(TypedDict):
    """When a change is made."""

    made_at: str
    today: Day


_WITH_SOMEBODY = frozenset({"do_with_marked", "tag", "untag", "log", "enrol", "agree", "export"})


class BulkScreen(MarkingScreen):
    """The list, and work on many of its customers. Each piece of work is one change, and undone as one."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("customers.do", "m", "do_with_marked", N_("do with them"),
                N_("Choose what to do with the marked customers, or with all found"), footer=4),
        Command("customers.tag", "plus", "tag", N_("tag"), N_("Give the marked customers a tag"),
                changes=True),
        Command("customers.untag", "minus", "untag", N_("untag"),
                N_("Take a tag from the marked customers"), changes=True),
        Command("customers.log", "a", "log", N_("add event"),
                N_("Write down the same event for the marked customers"), changes=True),
        Command("customers.enrol", "E", "enrol", N_("enrol"),
                N_("Enrol the marked customers in a playbook"), changes=True),
        Command("customers.agree", "o", "agree", N_("consent"),
                N_("Say whether the marked customers agree to marketing, or want no contact"), changes=True),
        Command("customers.export", "w", "export", N_("export"),
                N_("Write the marked customers, or all found, to a file")),
    )
    BINDINGS = bindings(KEYS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """With nobody marked and nobody found there is nobody to do anything with."""
        if action in _WITH_SOMEBODY and self.has_class("-nobody") and not len(self.marks):
            return False
        return super().check_action(action, parameters)

    # -- with whom ----------------------------------------------------------------------------------------

    def _with_whom(self, title: str, then: Callable[[Whom], None]) -> None:
        """Those who are marked; else the person says whether it is about one customer or all found."""
        from activetui.tui.dialogs.choose import Choice, ChooseDialog

        current, total = self.under_cursor(), self.people.total
        if len(self.marks):
            numbers = self.marks.numbers()
            then(Whom(numbers, _customers(len(numbers))))
        elif current is not None and total == 1:
            then(Whom([current.id], display_name(current)))
        elif current is not None:
            one, every = Whom([current.id], display_name(current)), _customers(total)
            choices = [
                Choice("one", _("only {name}").format(name=one.words)),
                Choice("all", _("all that are found: {n}").format(n=every)),
            ]

            def chosen(answer: str | None) -> None:
                if answer == "one":
                    then(one)
                elif answer == "all":
                    self.with_all(lambda: then(Whom(self.ids, every)))

            hint = _("Nobody is marked. {mark} marks customers, {range} a range, {all} all.").format(
                mark=key_of("customers.mark"), range=key_of("customers.mark-range"),
                all=key_of("customers.mark-all"),
            )
            self.app.push_screen(ChooseDialog(title, choices, hint=hint), chosen)

    def action_do_with_marked(self) -> None:
        """Choose among all that can be done."""
        self._with_whom(_("With whom?"), self._choose_what)

    def _choose_what(self, whom: Whom) -> None:
        from activetui.tui.dialogs.choose import Choice, ChooseDialog

        works = {
            "tag": (_("Give a tag"), self._ask_tag),
            "untag": (_("Take a tag away"), self._ask_tag_to_take),
            "log": (_("Write an event down"), self._ask_event),
            "enrol": (_("Enrol in a playbook"), self._ask_playbook),
            "agree": (_("Consent and contact"), self._ask_agreement),
            "export": (_("Write to a file"), self._export),
        }
        if self.session.known_then:
            works = {"export": works["export"]}

        def chosen(answer: str | None) -> None:
            if answer is not None:
                works[answer][1](whom)

        choices = [Choice(name, title) for name, (title, _work) in works.items()]
        self.app.push_screen(ChooseDialog(whom.words, choices), chosen)

    # -- changes ------------------------------------------------------------------------------------------

    def _change_many(self, title: str, whom: Whom, job: Job) -> None:
        """Do it aside, with a bar that can be stopped; tell what came of it."""
        from activetui.tui.flows.long_work import do_long

        session = self.session

        def work(progress: Progress) -> Outcome:
            return session.reader.write(lambda conn: job(conn, whom.numbers, progress))

        def done(outcome: Outcome) -> None:
            self.active_app.store_changed()
            if outcome.changed:
                self.active_app.tell_done(outcome.words)
            else:
                self.active_app.tell(outcome.words)

        do_long(self.active_app, title, work, done)

    def action_tag(self) -> None:
        """Give a tag."""
        self._with_whom(_("Give whom a tag?"), self._ask_tag)

    def _ask_tag(self, whom: Whom) -> None:
        self.ask(_tags, partial(self._ask_tag_name, whom), group="tags")

    def _ask_tag_name(self, whom: Whom, known: dict[str, int]) -> None:
        from activetui.tui.dialogs.ask_text import AskTextDialog
        from activetui.tui.flows.tag_suggester import TagSuggester

        often = [one_line(name) for name in sorted(known, key=lambda name: -known[name])[:6]]
        hint = _("Several with commas between them.")
        if often:
            hint = _("Several with commas between them. In use: {tags}").format(tags=", ".join(often))
        dialog = AskTextDialog(
            _("Tag for {whom}").format(whom=whom.words), hint, check=_check_tags,
            suggester=TagSuggester(known),
        )
        self.app.push_screen(dialog, partial(self._tag, whom))

    def _tag(self, whom: Whom, text: str | None) -> None:
        if text is None:
            return
        names, when = _tag_names(text), self._when()

        def job(conn: Connection, numbers: Sequence[int], progress: Progress) -> Outcome:
            from activetui.store.changes.bulk import tag_many

            changed = tag_many(conn, numbers, add=names, progress=progress, **when)
            said = ngettext("{n} customer tagged: {tags}", "{n} customers tagged: {tags}", changed)
            return Outcome(said.format(n=format_number(changed), tags=", ".join(names)), changed)

        self._change_many(_("Tagging customers"), whom, job)

    def action_untag(self) -> None:
        """Take a tag away."""
        self._with_whom(_("Take a tag from whom?"), self._ask_tag_to_take)

    def _ask_tag_to_take(self, whom: Whom) -> None:
        question = partial(_tags_of, numbers=whom.numbers)
        self.ask(question, partial(self._choose_tags_to_take, whom), group="tags", slow=True)

    def _choose_tags_to_take(self, whom: Whom, known: dict[str, int]) -> None:
        from activetui.tui.dialogs.choose import Choice
        from activetui.tui.dialogs.choose_many import ChooseManyDialog

        if not known:
            self.active_app.tell(_("No tag to take away: {whom}.").format(whom=whom.words))
            return
        choices = [
            Choice(name, f"{one_line(name)} ({format_number(number)})") for name, number in known.items()
        ]
        title = _("Take which tags away? {whom}").format(whom=whom.words)
        self.app.push_screen(ChooseManyDialog(title, choices), partial(self._untag, whom))

    def _untag(self, whom: Whom, names: tuple[str, ...] | None) -> None:
        if not names:
            return
        when = self._when()

        def job(conn: Connection, numbers: Sequence[int], progress: Progress) -> Outcome:
            from activetui.store.changes.bulk import tag_many

            changed = tag_many(conn, numbers, remove=names, progress=progress, **when)
            said = ngettext("Tag taken from {n} customer", "Tag taken from {n} customers", changed)
            return Outcome(said.format(n=format_number(changed)), changed)

        self._change_many(_("Taking tags away"), whom, job)

    def action_log(self) -> None:
        """Write an event down."""
        self._with_whom(_("An event of whom?"), self._ask_event)

    def _ask_event(self, whom: Whom) -> None:
        self.ask(_kinds_and_currency, partial(self._ask_event_of_kind, whom), group="kinds")

    def _ask_event_of_kind(self, whom: Whom, known: tuple[list[tuple[str, int]], str]) -> None:
        from activetui.tui.dialogs.add_event import AddEventDialog

        kinds, currency = known
        day, today = min(self.day, self.session.today), self.session.today
        dialog = AddEventDialog(whom.words, kinds, day=day, today=today, currency=currency)
        self.app.push_screen(dialog, partial(self._log, whom))

    def _log(self, whom: Whom, record: EventRecord | None) -> None:
        if record is None:
            return
        when = self._when()

        def job(conn: Connection, numbers: Sequence[int], progress: Progress) -> Outcome:
            from activetui.store.changes.bulk import log_many

            written = log_many(conn, numbers, record, progress=progress, **when)
            said = ngettext("Written down for {n} customer", "Written down for {n} customers", written)
            return Outcome(said.format(n=format_number(written)), written)

        self._change_many(_("Writing the event down"), whom, job)

    def action_enrol(self) -> None:
        """Enrol in a playbook."""
        self._with_whom(_("Enrol whom in a playbook?"), self._ask_playbook)

    def _ask_playbook(self, whom: Whom) -> None:
        from activetui.reactivation.playbooks.playbook import playbooks

        self.ask(playbooks, partial(self._choose_playbook, whom), group="playbooks")

    def _choose_playbook(self, whom: Whom, plans: tuple[Playbook, ...]) -> None:
        from activetui.tui.dialogs.choose import Choice, ChooseDialog

        choices = [Choice(plan.key, plan.title, plan.steps[0].title) for plan in plans]
        dialog = ChooseDialog(
            _("Which playbook? {whom}").format(whom=whom.words), choices,
            hint=_("Below each, its first step. Whoever wants no contact, or is in a playbook, is left out."),
        )
        self.app.push_screen(dialog, partial(self._enrol, whom))

    def _enrol(self, whom: Whom, key: str | None) -> None:
        if key is None:
            return
        today, made_at = self.session.today, self.session.made_at()

        def job(conn: Connection, numbers: Sequence[int], progress: Progress) -> Outcome:
            from activetui.reactivation.checklist.enrolling import enrol, enrolled_words, playbook_named

            plan = playbook_named(conn, key)
            found = enrol(conn, numbers, plan, day=today, made_at=made_at, progress=progress)
            return Outcome(enrolled_words(found), found.enrolled)

        self._change_many(_("Enrolling customers"), whom, job)

    def action_agree(self) -> None:
        """Set consent, or the wish not to be contacted."""
        self._with_whom(_("Consent of whom?"), self._ask_agreement)

    def _ask_agreement(self, whom: Whom) -> None:
        from activetui.tui.dialogs.choose import Choice, ChooseDialog

        choices: dict[str, tuple[str, dict[str, bool | None]]] = {
            "agree": (_("They agree to marketing"), {"consent": True}),
            "disagree": (_("They do not agree to marketing"), {"consent": False}),
            "unknown": (_("Not known whether they agree"), {"consent": None}),
            "leave": (_("Do not contact them"), {"do_not_contact": True}),
            "contact": (_("They may be contacted"), {"do_not_contact": False}),
        }

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._set(whom, choices[answer][1])

        shown = [Choice(name, title) for name, (title, _changes) in choices.items()]
        self.app.push_screen(ChooseDialog(_("Consent of {whom}").format(whom=whom.words), shown), chosen)

    def _set(self, whom: Whom, changes: dict[str, bool | None]) -> None:
        when = self._when()

        def job(conn: Connection, numbers: Sequence[int], progress: Progress) -> Outcome:
            from activetui.store.changes.bulk import set_many

            changed = set_many(conn, numbers, changes, progress=progress, **when)
            said = ngettext("{n} customer changed", "{n} customers changed", changed)
            return Outcome(said.format(n=format_number(changed)), changed)

        self._change_many(_("Changing customers"), whom, job)

    def _when(self) -> When:
        return When(made_at=self.session.made_at(), today=self.session.today)

    # -- a file -------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write to a file: who is marked, else all found."""
        if len(self.marks):
            numbers = self.marks.numbers()
            self._export(Whom(numbers, _customers(len(numbers))))
        else:
            self.with_all(lambda: self._export(Whom(self.ids, _customers(len(self.ids)))))

    def _export(self, whom: Whom) -> None:
        from activetui.tui.flows.export_list import export_list

        export_list(
            self.active_app, lambda _conn: whom.numbers, self.filter.text or "customers",
            self.session.view_from(self.day), title=_("Write {whom} to which file?").format(whom=whom.words),
        )


def _customers(number: int) -> str:
    return ngettext("{n} customer", "{n} customers", number).format(n=format_number(number))


def _tag_names(text: str) -> list[str]:
    from activetui.store.customers import tag_name

    names = (tag_name(part) for part in text.split(","))
    return list(dict.fromkeys(name for name in names if name))


def _check_tags(text: str) -> None:
    if not _tag_names(text):
        raise OwnerError(_("A tag needs a name."))


def _tags(conn: Connection) -> dict[str, int]:
    from activetui.store.customers import tags

    return tags(conn)


def _tags_of(conn: Connection, numbers: Sequence[int]) -> dict[str, int]:
    from activetui.store.changes.bulk import tags_of

    return tags_of(conn, numbers)


def _kinds_and_currency(conn: Connection) -> tuple[list[tuple[str, int]], str]:
    from activetui.store import settings
    from activetui.store.kinds import kind_codes

    return sorted(kind_codes(conn).items(), key=lambda pair: pair[1]), settings.currency(conn)
