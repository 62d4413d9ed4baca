"""Every command: where it lives and what it does. A module is imported only when its command is used."""

from __future__ import annotations

from typing import NamedTuple

from activetui.locales import _


class Entry(NamedTuple):
    """One command of the program."""

    target: str
    """`module:name` in `activetui.cli`: a function (one command) or a `Noun` (a group of commands)."""
    help: str
    takes_query: bool = False
    """Whether its words may begin with a minus that negates (`cli.query_command`)."""


def table() -> dict[str, Entry]:
    """The commands in the order in which the help lists them, in the chosen language."""
    return {
        "demo": Entry("demo:demo", _("Try the app on an invented shop; your data stay untouched.")),
        "import": Entry("imports:import_files", _("Take customers and events from CSV files.")),
        "imports": Entry("imports:app", _("List, show, read again and undo what was imported.")),
        "customers": Entry(
            "customers:customers", _("List customers, all or those that a query finds."), takes_query=True
        ),
        "customer": Entry(
            "customer:app", _("One customer: show with the receipt, edit, merge, export, forget.")
        ),
        "log": Entry("log:log", _("Write down an event of a customer.")),
        "event": Entry("event:app", _("One event: show, correct, delete.")),
        "bulk": Entry("bulk:app", _("One change of all customers that a query finds: tag, log, enrol.")),
        "undo": Entry("undo:undo", _("Take back the last change made by hand.")),
        "segments": Entry("segments:app", _("Segments: built in and your own.")),
        "definition": Entry("definition:app", _("What counts as active: show, choose, check.")),
        "checklist": Entry("checklist:app", _("Whom to contact today, and what came of it.")),
        "playbooks": Entry("playbooks:app", _("The steps to win customers back: show, change, your own.")),
        "messages": Entry("messages:app", _("What is written to customers, in six languages.")),
        "alerts": Entry("alerts:app", _("What has just begun and wants an answer; its rules.")),
        "report": Entry("report:app", _("Figures of the business.")),
        "export": Entry("export:app", _("Write the ledger or the customers to a file.")),
        "backup": Entry("backup:backup", _("Copy the store to a file.")),
        "restore": Entry("backup:restore", _("Bring a backup back.")),
        "doctor": Entry("doctor:doctor", _("Examine the store.")),
        "config": Entry("config:app", _("Your business's name, currency and calls a day; language, theme.")),
        "bindings": Entry("bindings:bindings", _("The keys of the app, and your own.")),
        "locate": Entry("locate:locate", _("Say where your data are.")),
    }
