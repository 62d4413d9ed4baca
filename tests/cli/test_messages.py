"""`messages`, `checklist message` and `checklist export`: what is written to one customer, and to many."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from activetui.ledger.errors import Exit
from tests.cli.conftest import Run, contents
from tests.cli.desk import Desk
from tests.cli.small_shop import open_shop

MINE = """\
title = "Oil has come"
[en]
subject = "Oil, {first_name}"
body = \"\"\"
Hello {first_name},
fresh oil is here[[, as you like {product}]].
{sender}
\"\"\"
"""
ANA, BENTO, ELIO = "Ana Silva", "Bento Dias", "Élio"


@pytest.fixture
def shop(db: Path, run: Run) -> Path:
    """A small shop that says who signs: Ana complained, Bento and Élio are inactive."""
    open_shop(db)
    run("config", "set", "sender", "Rui")
    run("config", "set", "business", "Casa Verde")
    return db


@pytest.fixture
def oil(tmp_path: Path) -> Path:
    file = tmp_path / "Oil has come.toml"
    file.write_text(MINE, encoding="utf-8")
    return file


def written(run: Run, *words: object) -> dict[str, Any]:
    """What `checklist message` says in JSON."""
    done = run("checklist", "message", *words, "--format", "json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert list(found) == [
        "customer", "message", "channel", "language", "to", "subject", "body", "missing", "mailto",
        "left_in_peace",
    ]
    return found


def listed(run: Run) -> dict[str, dict[str, Any]]:
    rows = json.loads(run("messages", "list", "--format", "json").stdout)
    return {row["key"]: row for row in rows}


# -- messages ---------------------------------------------------------------------------------------------


def test_all_are_listed_with_their_languages_and_who_uses_them(shop: Path, run: Run) -> None:
    rows = listed(run)
    assert rows["missed_you"]["languages"] == ["en", "pt", "es", "it", "fr", "ru"]
    assert "Slipping away" in rows["missed_you"]["used_by"]
    assert {row["origin"] for row in rows.values()} == {"program"}


def test_one_is_shown_in_a_language_and_as_text_that_can_be_used(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    assert "{first_name}" in run("messages", "show", "missed_you").stdout
    assert "Olá" in run("messages", "show", "You have been missed", "--language", "pt").stdout
    for key in listed(run):
        file = tmp_path / f"{key}.toml"
        file.write_text(run("messages", "show", key, "--toml").stdout, encoding="utf-8")
        assert "The file is in order." in run("messages", "check", file).stdout
    refused = run("messages", "show", "mised_you")
    assert refused.exit_code == Exit.REFUSED and "did you mean missed_you?" in refused.stderr


def test_a_file_is_checked_without_a_store(run: Run, oil: Path, db: Path) -> None:
    checked = run("messages", "check", oil)
    assert checked.exit_code == 0
    assert "needs: first_name, sender" in checked.stdout
    assert "uses, where known: product" in checked.stdout
    assert not db.exists()


def test_an_own_one_is_used_switched_and_forgotten(shop: Path, run: Run, oil: Path) -> None:
    used = run("messages", "use", oil).stdout
    assert "Message added: Oil has come (oil_has_come)" in used and "used by no playbook" in used
    assert listed(run)["oil_has_come"]["origin"] == "own"
    assert run("messages", "off", "oil has come").stdout == "Message off: Oil has come\n"
    assert run("messages", "off", "oil_has_come").stdout == "It is off already.\n"
    assert not listed(run)["oil_has_come"]["in_use"]
    assert "Message in use" in run("messages", "on", "oil_has_come").stdout
    assert "Message dropped" in run("messages", "forget", "oil_has_come").stdout
    assert "oil_has_come" not in listed(run)
    assert "Taken back" in run("undo").stdout and "oil_has_come" in listed(run)


def test_a_change_of_the_programs_own_is_taken_back(shop: Path, run: Run, oil: Path) -> None:
    assert "Message changed" in run("messages", "use", oil, "--key", "missed_you").stdout
    assert listed(run)["missed_you"]["origin"] == "changed"
    assert "Message as it came" in run("messages", "forget", "missed_you").stdout
    refused = run("messages", "forget", "missed_you")
    assert refused.exit_code == Exit.REFUSED and "messages off missed_you" in refused.stderr


@pytest.mark.parametrize("command", ["check", "use"])
def test_a_file_with_mistakes_is_refused_and_nothing_changes(
    shop: Path, run: Run, oil: Path, command: str
) -> None:
    oil.write_text(MINE.replace("{sender}", "{sendr}"), encoding="utf-8")
    before = contents(shop)
    refused = run("messages", command, oil)
    assert refused.exit_code == Exit.REFUSED
    assert f"{oil}:7:1: " in refused.stderr and "did you mean sender?" in refused.stderr
    assert contents(shop) == before


def test_a_message_is_begun_in_the_own_editor(shop: Path, run: Run, tmp_path: Path) -> None:
    desk = Desk(tmp_path, shop, "messages", "edit")
    desk.changes("My message => Oil")
    with desk.editing("oil", "--new") as child:
        child.expect("Use it from now on.*")
        child.sendline("y")
        child.expect("Message added: Oil")
    assert listed(run)["oil"]["origin"] == "own"
    refused = run("messages", "edit", "oil", "--new")
    assert refused.exit_code == Exit.REFUSED and "already" in refused.stderr


# -- checklist message ------------------------------------------------------------------------------------


def begin(run: Run, playbook: str, who: str) -> None:
    """Begin a playbook for one customer, who agrees to marketing."""
    run("customer", "edit", who, "--consent", "yes", "--email", "somebody@example.com")
    assert run("bulk", "enrol", playbook, f'"{who}"', "--yes").exit_code == 0


def test_the_message_of_the_present_step_is_filled_in(shop: Path, run: Run) -> None:
    begin(run, "one_time", BENTO)
    found = written(run, BENTO)
    assert (found["message"], found["channel"], found["language"], found["to"]) == (
        "how_was_it", "email", "en", "somebody@example.com"
    )
    assert found["missing"] == [] and "Hello Bento," in found["body"] and "Rui" in found["body"]
    said = run("checklist", "message", BENTO).stdout
    assert said.startswith(f"To: somebody@example.com\nSubject: {found['subject']}\n\nHello Bento,")
    link = run("checklist", "message", BENTO, "--mailto").stdout
    assert link == f"{found['mailto']}\n"
    assert parse_qs(urlsplit(link.strip()).query)["subject"] == [found["subject"]]
    assert written(run, BENTO, "--language", "pt-BR")["language"] == "pt"


def test_another_message_can_be_named_with_an_offer(shop: Path, run: Run, oil: Path) -> None:
    run("messages", "use", oil)
    run("customer", "edit", BENTO, "--consent", "yes")
    assert written(run, BENTO, "--message", "Oil has come")["subject"] == "Oil, Bento"
    gap = run("checklist", "message", BENTO, "--message", "answer_to_reason")
    assert gap.exit_code == 0
    assert "{offer}" in gap.stdout and "Missing: no address to send it to; what you offer" in gap.stdout
    refused = run("checklist", "message", BENTO, "--message", "answer_to_reason", "--mailto")
    assert refused.exit_code == Exit.REFUSED and "--offer TEXT" in refused.stderr
    whole = written(run, BENTO, "--message", "answer_to_reason", "--offer", "A bottle of oil")
    assert "A bottle of oil" in whole["body"] and whole["missing"] == ["address"]


@pytest.mark.parametrize(("words", "code", "said"), [
    ((BENTO, "--message", "mised_you"), Exit.REFUSED, "did you mean missed_you?"),
    ((BENTO, "--message", "missed_you", "--language", "de"), Exit.USAGE, "en, pt, es, it, fr, ru"),
    (("Carla",), Exit.REFUSED, "Name a message with --message: "),
    ((BENTO, "--message", "news_of_favourites"), Exit.REFUSED, "has not agreed to that"),
    (("Иван", "--message", "missed_you"), Exit.REFUSED, "does not want to be contacted"),
    (("Nobody at all",), Exit.REFUSED, "No customer is known"),
])
def test_what_cannot_be_written_is_refused_with_the_reason(
    shop: Path, run: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    run("customer", "edit", "Иван", "--do-not-contact")
    before = owned(shop)
    refused = run("checklist", "message", *words)
    assert refused.exit_code == code and refused.stdout == ""
    assert said in refused.stderr
    assert owned(shop) == before


def owned(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store but figures that can be counted again."""
    return {name: rows for name, rows in contents(db).items() if name != "kept_figure"}


def test_a_step_without_message_and_one_that_is_off_say_what_to_do(shop: Path, run: Run) -> None:
    refused = run("checklist", "message", ANA)             # a complaint: call first
    assert refused.exit_code == Exit.REFUSED
    assert "The present step has no message: Call" in refused.stderr and "missed_you" in refused.stderr
    begin(run, "one_time", BENTO)
    run("messages", "off", "how_was_it")
    refused = run("checklist", "message", BENTO)
    assert refused.exit_code == Exit.REFUSED and "activetui messages on how_was_it" in refused.stderr


# -- checklist export -------------------------------------------------------------------------------------


def test_a_file_for_a_newsletter_tool_is_written_and_marked_when_sent(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    begin(run, "one_time", BENTO)
    file = tmp_path / "mails.csv"
    said = run("checklist", "export", file).stdout
    assert said == f"1 customer written: {file}\n"
    with file.open(encoding="utf-8", newline="") as text:
        [row] = csv.DictReader(text)
    assert (row["email"], row["playbook"]) == ("somebody@example.com", "one_time")
    before = owned(shop)
    asked = run("checklist", "export", tmp_path / "sent.csv", "--sent")
    assert asked.exit_code == Exit.NEEDS_ANSWER and "--yes" in asked.stderr
    assert owned(shop) == before and not (tmp_path / "sent.csv").exists()
    marked = run("checklist", "export", tmp_path / "sent.csv", "--sent", "--yes")
    assert marked.exit_code == 0 and "1 step marked as sent." in marked.stdout
    assert (tmp_path / "sent.csv").read_bytes() == file.read_bytes()
    assert outcomes(shop) == [("done", "sent"), ("open", "")]
    nothing = run("checklist", "export", tmp_path / "none.json")
    assert nothing.exit_code == 0 and "was not made.\nNo such step is due." in nothing.stdout
    assert not (tmp_path / "none.json").exists()
    assert "Taken back: Sent to 1 customer" in run("undo").stdout
    assert outcomes(shop) == [("open", "")]


def outcomes(db: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(db)) as conn:
        return conn.execute("SELECT state, outcome FROM task ORDER BY id").fetchall()


def test_who_is_left_out_of_the_file_is_told(shop: Path, run: Run, tmp_path: Path) -> None:
    begin(run, "one_time", BENTO)
    run("customer", "edit", BENTO, "--email", "")
    said = run("checklist", "export", tmp_path / "mails.csv").stdout
    assert "was not made.\n1 left out:\n  1  no address to send it to" in said
    assert not (tmp_path / "mails.csv").exists()


@pytest.mark.parametrize(("words", "code", "said"), [
    (("there.csv",), Exit.REFUSED, "exists already"),
    (("mails.txt",), Exit.USAGE, "does not say what to write"),
    (("mails.csv", "--channel", "phone"), Exit.USAGE, "email, letter, chat, social"),
    (("mails.csv", "--playbook", "nothing"), Exit.REFUSED, "There is no playbook"),
    (("mails.csv", "--playbook", "one_time", "--step", "9"), Exit.USAGE, "has 2 steps"),
    (("mails.csv", "--round", "9"), Exit.REFUSED, "There is no round 9"),
])
def test_what_cannot_be_exported_is_refused_and_leaves_no_file(
    shop: Path, run: Run, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "there.csv").write_text("mine", encoding="utf-8")
    file, *options = words
    for more in ((), ("--sent", "--yes")):
        refused = run("checklist", "export", tmp_path / file, *options, *more)
        assert refused.exit_code == code and said in refused.stderr
    assert not list(tmp_path.glob("*mails*"))
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "mine"
