"""With next to nothing in the store every command says something true, and what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

FILES = {
    "one sale": "date,customer,amount\n2026-11-21,Ana,12.50\n",
    "walk-ins": "Date,Receipt,Total\n2026-11-20,R1,12.50\n2026-11-21,R2,8.00\n",
    "newsletter": "Email,Name,Subscribed,Date Subscribed\nana@example.org,Ana,yes,2026-10-01\n",
}
SAID = {
    "one sale": "who has stopped coming can be told from 21 Dec 2026 on",
    "walk-ins": "2 sales, €20.50 in all, name no customer",
    "newsletter": "Nothing is known yet that makes a customer active",
}
COMMANDS = (
    ("report", "summary"), ("checklist", "today"), ("report", "bridge"), ("report", "trend"),
    ("report", "loop"), ("report", "winback"), ("segments", "list"),
)


@pytest.mark.parametrize("what", FILES)
def test_what_is_lacking_is_said_by_every_command(run: Run, tmp_path: Path, what: str) -> None:
    file = tmp_path / "file.csv"
    file.write_text(FILES[what], encoding="utf-8")
    assert run("import", file, "--yes").exit_code == 0
    for command in COMMANDS:
        said = run(*command)
        assert said.exit_code == 0, command
        words = " ".join(said.stdout.split())
        assert SAID[what] in words and "activetui import FILE" in words, command
    for command in (("customers",), ("alerts",)):
        said = run(*command)
        some = said.stdout.startswith(("No.", "Day"))
        assert (SAID[what] in " ".join(said.stdout.split())) is not some, command
    returns = run("report", "returns").stdout
    first = "No silence of a customer can be judged yet" if what == "one sale" else "The led"
    assert returns.startswith(first)


def test_a_store_with_enough_says_nothing_of_the_kind(run: Run, demo: Path) -> None:
    for command in COMMANDS:
        assert "activetui import FILE" not in run(*command).stdout, command
