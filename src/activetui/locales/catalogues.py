"""The maintainers' command for the catalogues: `python -m activetui.locales.catalogues`.

`extract` writes the template of all messages, `update` brings each language's catalogue up to it,
`compile` makes the files that gettext reads. Imports nothing of the package: the build uses it too.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

DOMAIN = "activetui"
TRANSLATED = ("pt", "es", "it", "fr", "ru")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
SHOWN_OF_RULES = ("title", "why", "says", "offer")
"""What an owner sees of the playbooks, alerts and messages that come with the program; each on one line."""
_HERE = Path(__file__).resolve().parent


def extract(package: Path) -> Catalog:
    """All messages of the package's source files and rules, in the order of their places."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    catalogue = Catalog(project="ActiveTUI", fuzzy=False)
    found = extract_from_dir(
        str(package), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for path, line, message, comments, context in sorted(found, key=lambda place: (place[0], place[1])):
        catalogue.add(message, None, [(path, line)], auto_comments=comments, context=context)
    for rules in sorted(package.glob("reactivation/**/*.toml")):
        for number, text in enumerate(rules.read_text(encoding="utf-8").splitlines(), 1):
            key = text.partition(" = ")[0]
            said = tomllib.loads(text)[key] if key in SHOWN_OF_RULES else None
            if isinstance(said, str) and said:             # the offer of a step is only true or false
                catalogue.add(said, None, [(rules.relative_to(package).as_posix(), number)])
    return catalogue


def update_all(folder: Path, template: Catalog) -> list[Path]:
    """Bring every language's catalogue up to the template, starting those that are missing."""
    from babel.messages.pofile import read_po, write_po

    written = []
    for language in TRANSLATED:
        path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            with path.open("rb") as stream:
                catalogue = read_po(stream, locale=language)
            catalogue.update(template, no_fuzzy_matching=True)
        else:
            from babel.messages.catalog import Catalog

            catalogue = Catalog(locale=language, project="ActiveTUI", fuzzy=False)
            catalogue.update(template, no_fuzzy_matching=True)
        with path.open("wb") as stream:
            write_po(stream, catalogue, width=110, no_location=True, ignore_obsolete=True)
        written.append(path)
    return written


def compile_all(folder: Path) -> list[Path]:
    """Write the `.mo` beside every `.po`; catalogues without one stay English."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=path.parent.parent.name)
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)
        written.append(path.with_suffix(".mo"))
    return written


def main(words: list[str]) -> int:
    """Do what the one word says; 2 for any other."""
    from babel.messages.pofile import write_po

    if words == ["extract"]:
        write_po(sys.stdout.buffer, extract(_HERE.parent), width=110)
    elif words == ["update"]:
        for path in update_all(_HERE, extract(_HERE.parent)):
            print(path)
    elif words == ["compile"]:
        for path in compile_all(_HERE):
            print(path)
    else:
        print("usage: python -m activetui.locales.catalogues extract|update|compile", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
