"""A message to one customer, filled in: change it, copy it, open it as a mail, say that it went out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from rich.cells import cell_len
from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from activetui.activity.words import channel_word
from activetui.ledger.text import one_line
from activetui.locales import N_, _
from activetui.tui.commands import Command, bindings, key_of
from activetui.tui.dialogs.ask_text import AskTextDialog
from activetui.tui.dialogs.base import Dialog
from activetui.tui.dialogs.choose import Choice, ChooseDialog
from activetui.tui.dialogs.pick import PickDialog
from activetui.tui.widgets.fitted_lines import FittedLines, Line

if TYPE_CHECKING:               # the app begins sooner without what they import
    from activetui.reactivation.messages.drafts import Draft
    from activetui.reactivation.messages.message_types import Message


class Wanted(NamedTuple):
    """Which message to whom."""

    customer: int
    message: str = ""
    """Its key; empty for that of the customer's present step."""
    offer: str | None = None
    """What is offered; None for what the playbook offers in this step."""
    tongue: str = ""
    """A language; empty for that of the customer."""
    by: str = ""
    """The channel; empty for that of the step."""


class Written(NamedTuple):
    """A draft, and what can be had instead of it."""

    draft: Draft
    messages: list[Message]
    tongues: tuple[str, ...]
    title: str
    """Of the message."""
    offer: str
    """What the playbook offers in this step; empty for nothing."""


class KeyWords(FittedLines):
    """Keys, each with what it does beside it; none is parted from its word by the end of a line."""

    GAP: ClassVar[int] = 3

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._keys: list[tuple[str, str]] = []

    def show(self, keys: list[tuple[str, str]]) -> None:
        """Show these keys and words."""
        self._keys = keys
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """As many of them on each line as have room."""
        lines: list[Line] = [[]]
        room = width
        for key, word in self._keys:
            needs = cell_len(key) + 1 + cell_len(word) + self.GAP
            if lines[-1] and needs - self.GAP > room:
                lines.append([])
                room = width
            lines[-1] += [(f"{key} ", "bold $accent"), (word + " " * self.GAP, "")]
            room -= needs
        return lines


class Writes(Protocol):
    """What fills another message in."""

    def __call__(self, wanted: Wanted, then: Callable[[Written], None]) -> None:
        """Call `then` with it once it is there."""


class MessageDialog(Dialog[str]):
    """Shows the message as it would go out; the answer is its subject, once the owner says that it did."""

    DEFAULT_CSS = """
    MessageDialog > .dialog { width: 84; }
    MessageDialog .head { height: auto; color: $quiet; }
    MessageDialog .missing { height: auto; color: $error; display: none; }
    MessageDialog .missing.-shown { display: block; }
    MessageDialog .subject { height: auto; text-style: bold; margin-top: 1; }
    MessageDialog .paper { height: auto; max-height: 42vh; margin-top: 1; }
    MessageDialog .keys { height: auto; margin-top: 1; }
    MessageDialog #subject { display: none; margin-top: 1; }
    MessageDialog #body { display: none; height: 14; max-height: 50vh; border: none; background: $panel; }
    MessageDialog.-editing #subject, MessageDialog.-editing #body { display: block; }
    MessageDialog.-editing .subject, MessageDialog.-editing .paper { display: none; }
    """
    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("message.edit", "e", "edit", N_("change"), N_("Change the subject and the text"),
                palette=False),
        Command("message.language", "l", "language", N_("language"), N_("The message in another language"),
                palette=False),
        Command("message.other", "a", "other", N_("another"), N_("Another message"), palette=False),
        Command("message.offer", "o", "offer", N_("offer"), N_("Say what you offer"), palette=False),
        Command("message.sign", "g", "sign", N_("who signs"),
                N_("Say who signs the messages to customers; kept for all of them"), palette=False),
        Command("message.copy", "y", "copy", N_("copy"),
                N_("Copy subject and text to the terminal's clipboard"), palette=False),
        Command("message.copy-text", "Y", "copy_text", N_("copy text"), N_("Copy the text alone"),
                palette=False),
        Command("message.link", "k", "link", N_("copy link"),
                N_("Copy the link that opens it in a mail program"), palette=False),
        Command("message.open", "enter", "open", N_("mail"), N_("Open it in your mail program"),
                palette=False),
        Command("message.sent", "s", "sent", N_("sent"),
                N_("It went out: the step is done, and the next one is planned"), palette=False),
    )
    BINDINGS = bindings(KEYS)

    def __init__(
        self,
        name: str,
        written: Written,
        wanted: Wanted,
        write: Writes,
        sign: Callable[[str, Callable[[], None]], None],
        *,
        may_change: bool = True,
        is_step: bool = True,
    ) -> None:
        """`write` fills another message in; `sign` keeps who signs, then calls its second argument.

        `is_step` says whether the step is done once the message went out.
        """
        super().__init__()
        self._name, self._written, self._wanted = name, written, wanted
        self._write, self._sign = write, sign
        self._draft: Draft = written.draft
        self._is_own = False
        """Whether the owner has changed the text, which is then kept."""
        self._may_change, self._is_step = may_change, is_step

    def title_words(self) -> str:
        """To whom."""
        return _("Message to {name}").format(name=self._name)

    def keys_words(self) -> str:
        """How to leave."""
        return _("nothing is sent by the program · Esc leaves")

    def compose_dialog(self) -> Iterable[Widget]:
        """To whom and in which language; the message; what can be done with it."""
        yield Static(classes="head", markup=False)
        yield Static(classes="missing", markup=False)
        yield Static(classes="subject", markup=False)
        yield VerticalScroll(Static(classes="text", markup=False), classes="paper")
        yield Input(id="subject", compact=True)
        yield TextArea(id="body", soft_wrap=True, compact=True, tab_behavior="focus")
        yield KeyWords(classes="keys")

    def on_mount(self) -> None:
        """Show the message."""
        self._show()

    # -- what is shown ------------------------------------------------------------------------------------

    def _show(self) -> None:
        from activetui.reactivation.messages.drafts import left_in_peace_words, missing_words
        from activetui.tui.language_names import language_name

        draft = self._draft
        head = [
            self._written.title, channel_word(draft.channel),
            *([_("to {address}").format(address=draft.to)] if draft.to else []),
            language_name(draft.tongue),
        ]
        self.query_one(".head", Static).update(Content(" · ".join(head)))
        missing = self.query_one(".missing", Static)
        said = "\n".join(filter(None, (missing_words(draft.missing), left_in_peace_words(draft))))
        missing.update(Content(said))
        missing.set_class(bool(said), "-shown")
        self.query_one(".subject", Static).update(Content(draft.subject))
        self.query_one(".text", Static).update(Content(draft.body))
        ends = [("Esc", _("ends the change, and shows the message as it will be"))]
        self.query_one(KeyWords).show(ends if self.is_editing else [
            (key_of(command.id), _(command.word)) for command in self.KEYS
            if self.check_action(command.action, ()) is not False
        ])
        self.refresh_bindings()

    @property
    def is_editing(self) -> bool:
        """Whether the text is being changed."""
        return self.has_class("-editing")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A link only where a mail is complete; nothing goes out that lacks something."""
        own = {command.action for command in self.KEYS}
        if action in own and self.is_editing:
            return False
        if action in ("link", "open") and not self._draft.mailto:
            return False
        if action == "sent" and not (self._draft.ready and self._may_change and self._is_step):
            return False
        if action == "sign" and not self._may_change:
            return False
        if action == "language" and len(self._written.tongues) <= 1:
            return False
        return super().check_action(action, parameters)

    # -- another one --------------------------------------------------------------------------------------

    def action_language(self) -> None:
        """Choose another language."""
        from activetui.tui.language_names import language_name

        choices = [Choice(tongue, language_name(tongue)) for tongue in self._written.tongues]
        dialog = PickDialog(_("In which language?"), choices, self._draft.tongue)
        self.app.push_screen(dialog, self._language_known)

    def action_other(self) -> None:
        """Choose another message."""
        choices = [Choice(each.key, one_line(each.title)) for each in self._written.messages]
        dialog = ChooseDialog(_("Which message?"), choices, self._draft.message)
        self.app.push_screen(dialog, self._message_known)

    def action_offer(self) -> None:
        """Ask what is offered."""
        dialog = AskTextDialog(
            _("What do you offer?"), _("It stands in the message where an offer belongs."),
            value=self._wanted.offer or self._written.offer,
        )
        self.app.push_screen(dialog, self._offer_known)

    def action_sign(self) -> None:
        """Ask who signs."""
        dialog = AskTextDialog(
            _("Who signs the messages to your customers?"), _("A name, such as Ana; kept for all messages.")
        )
        self.app.push_screen(dialog, self._signer_known)

    def _signer_known(self, signer: str | None) -> None:
        signer = one_line(signer or "").strip()
        if signer:
            self._sign(signer, lambda: self._fill("sender", signer, self._wanted))

    def _fill(self, field: str, value: str, wanted: Wanted) -> None:
        """Put something in that was missing; what the owner has written by hand stays as it is."""
        self._wanted = wanted
        if not self._is_own:
            self._again(wanted)
            return
        from activetui.reactivation.messages.drafts import edited

        gap = f"{{{field}}}"
        draft = self._draft
        self._draft = edited(draft, draft.subject.replace(gap, value), draft.body.replace(gap, value))
        self._show()

    def _language_known(self, tongue: str | None) -> None:
        if tongue is not None:
            self._again(self._wanted._replace(tongue=tongue))

    def _message_known(self, key: str | None) -> None:
        if key is not None:
            self._again(self._wanted._replace(message=key))

    def _offer_known(self, offer: str | None) -> None:
        if offer is not None:
            offer = one_line(offer).strip()
            self._fill("offer", offer, self._wanted._replace(offer=offer))

    def _again(self, wanted: Wanted) -> None:
        self._wanted, self._is_own = wanted, False
        self._write(wanted, self._came)

    def _came(self, written: Written) -> None:
        self._written, self._draft = written, written.draft
        self._show()

    # -- changing it --------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Change subject and text."""
        self.query_one("#subject", Input).value = self._draft.subject
        self.query_one("#body", TextArea).text = self._draft.body
        self.add_class("-editing")
        self.query_one("#body", TextArea).focus()
        self._show()

    @on(Input.Submitted, "#subject")
    def _to_body(self) -> None:
        self.query_one("#body", TextArea).focus()

    @on(Input.Changed, "#subject")
    @on(TextArea.Changed, "#body")
    def _changed(self) -> None:
        if self.is_editing:
            self._take_text()
            self._show()

    def _take_text(self) -> None:
        from activetui.reactivation.messages.drafts import edited

        subject, body = self.query_one("#subject", Input).value, self.query_one("#body", TextArea).text
        changed = edited(self._draft, subject, body)
        self._is_own |= (changed.subject, changed.body) != (self._draft.subject, self._draft.body)
        self._draft = changed

    def action_leave(self) -> None:
        """From the change back to the message; from there, away."""
        if not self.is_editing:
            super().action_leave()
            return
        self._take_text()
        self.remove_class("-editing")
        self.query_one(".paper").focus()
        self._show()

    # -- what is done with it -----------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy subject and text."""
        self._copy("\n\n".join(part for part in (self._draft.subject, self._draft.body) if part))

    def action_copy_text(self) -> None:
        """Copy the text."""
        self._copy(self._draft.body)

    def action_link(self) -> None:
        """Copy the link."""
        self._copy(self._draft.mailto)

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        said = _("Sent to the terminal's clipboard.")
        if self._draft.missing:
            said = _("Sent to the terminal's clipboard, with what is still missing in it.")
        self.app.notify(said, markup=False)

    def action_open(self) -> None:
        """Open it in the mail program."""
        self.app.open_url(self._draft.mailto)
        said = _("Your mail program was asked to open it.")
        if self._is_step:
            said += " " + _("{key} says that it went out.").format(key=key_of("message.sent"))
        self.app.notify(said, markup=False)

    def action_sent(self) -> None:
        """It went out."""
        self.dismiss(self._draft.subject or self._written.title)
