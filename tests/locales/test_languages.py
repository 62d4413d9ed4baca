"""Which language is spoken, and how a catalogue comes to be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from activetui import locales
from activetui.locales import N_, _, language, language_of_environment, locale_name, ngettext, use_language
from activetui.locales.catalogues import compile_all


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "pt_BR.UTF-8"}, "pt_BR"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru_RU"),
        ({"LC_ALL": "ru_RU.UTF-8", "ACTIVETUI_LANG": "es"}, "es"),
        ({"ACTIVETUI_LANG": "PT-br"}, "pt_BR"),
        ({"ACTIVETUI_LANG": "../../etc"}, "en"),
    ],
)
def test_the_environment_says_the_language(
    environment: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of_environment() == wanted


def test_an_unknown_language_is_english() -> None:
    use_language("xx")
    assert (language(), locale_name(), _("today")) == ("en", "en_GB", "today")


def test_a_catalogue_is_used_and_what_it_lacks_stays_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "activetui.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && '
        '(n%100<12 || n%100>14) ? 1 : 2);\\n"\n\n'
        'msgid "today"\nmsgstr "сегодня"\n\n'
        'msgid "{n} customer"\nmsgid_plural "{n} customers"\n'
        'msgstr[0] "{n} клиент"\nmsgstr[1] "{n} клиента"\nmsgstr[2] "{n} клиентов"\n',
        encoding="utf-8",
    )
    assert [path.name for path in compile_all(tmp_path)] == ["activetui.mo"]
    monkeypatch.setattr(locales, "__file__", str(tmp_path / "__init__.py"))
    use_language("ru")
    assert _("today") == "сегодня"
    assert [ngettext("{n} customer", "{n} customers", n).format(n=n) for n in (1, 3, 11)] == [
        "1 клиент", "3 клиента", "11 клиентов"
    ]
    assert _("no such message") == "no such message"


def test_an_empty_message_is_not_the_head_of_the_catalogue() -> None:
    use_language("ru")
    assert _("") == ""


def test_a_marked_message_is_itself() -> None:
    assert N_("sort") == "sort"
