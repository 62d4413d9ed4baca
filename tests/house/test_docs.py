"""The documents say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from activetui.activity.reading.condition_parsing import KEYS_OF
from activetui.activity.reading.parsing import parse
from activetui.activity.status import Status
from activetui.activity.types import DEFAULT_TYPES, TYPES
from activetui.cli.commands import table
from activetui.ledger.kinds import Kind
from tests.house.source import ROOT

DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def toml_blocks(text: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", text, re.DOTALL)


def test_the_definition_in_the_document_is_one() -> None:
    whole = toml_blocks(read("definition.md"))[0]
    assert parse(whole).name == "Neighbourhood shop"


def test_the_conditions_in_the_document_are_understood() -> None:
    rows = [line for line in read("definition.md").splitlines() if line.startswith("|")]
    heads = ("spend", *KEYS_OF)
    condition = re.compile(rf"`((?:{'|'.join(heads)}) = [^`]*)`")
    conditions = [found for row in rows for found in condition.findall(row)]
    assert {found.partition(" =")[0] for found in conditions} == set(heads)
    for condition in conditions:
        shell = 'name = "x"\n[active]\nevent = "purchase"\nwithin_days = 30\n[at_risk]\nany = [{{ {} }}]'
        parse(shell.format(condition))


def test_the_examples_in_the_document_are_understood() -> None:
    examples = [block for block in toml_blocks(read("definition.md")) if "[active]" in block]
    assert len(examples) >= 3
    for example in examples:
        parse(example if example.startswith("name") else f'name = "x"\n{example}')


def test_the_types_in_the_document_are_those_in_force() -> None:
    plain = re.sub(r"\n+", "\n", DEFAULT_TYPES).strip()
    documented = [re.sub(r"\n+", "\n", block).strip() for block in toml_blocks(read("definition.md"))]
    assert plain in documented


def test_every_kind_status_and_type_is_in_the_documents() -> None:
    definition, statuses = read("definition.md"), read("statuses.md")
    assert not [kind.word for kind in Kind if not re.search(rf"\b{kind.word}\b", definition)]
    assert not [status.word for status in Status if f"`{status.word}`" not in statuses]
    assert not [word for word in TYPES if f"[types.{word}]" not in definition]


def test_every_command_is_in_the_documents_and_has_help() -> None:
    documented = read("commands.md")
    for name, entry in table().items():
        assert entry.help, name
        assert re.search(rf"^#+ .*`activetui {name}\b", documented, re.MULTILINE), name


def test_links_between_documents_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not target.startswith("http") and not (Path(page).parent / target).exists()
    ]
    assert not broken


def test_every_column_of_the_native_csv_is_in_the_document() -> None:
    from activetui.importing.ledger_csv import COLUMNS

    page = read("native-csv.md")
    assert not [column for column in COLUMNS if f"`{column}`" not in page]


def test_the_states_and_actions_are_in_the_document() -> None:
    from activetui.ledger.kinds import ACTIONS
    from activetui.ledger.settlement import STATES

    page = read("native-csv.md")
    words = {state for state in STATES if state} | {word for words in ACTIONS.values() for word in words}
    assert not [word for word in words if not re.search(rf"\b{word}\b", page)]
