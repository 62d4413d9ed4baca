"""What can be set with `config`: what each setting means, which values it takes, and where it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import NamedTuple

from activetui.ledger.errors import OwnerError, UsageError
from activetui.ledger.text import one_line
from activetui.locales import LANGUAGES, N_, _

_LONGEST_NAME = 80
_MOST_CALLS = 1000
_MOST_REST = 365
_CODE = re.compile(r"[A-Z]{3}")


class Setting(NamedTuple):
    """One setting."""

    name: str
    """As the owner writes it."""
    meaning: str
    """In English; translated where it is shown."""
    read: Callable[[str], str]
    """What the owner wrote as it is kept; `UsageError` where it does not do."""
    key: str = ""
    """Where the store keeps it; empty for what the program itself remembers of a person."""

    @property
    def of_business(self) -> bool:
        """Whether it is kept in the store, with the business's data, and so can be undone."""
        return bool(self.key)


def _name(text: str) -> str:
    found = one_line(text).strip()
    if len(found) > _LONGEST_NAME:
        raise UsageError(
            _("A name of {n} letters is too long.").format(n=len(found)),
            _("{n} letters are the most.").format(n=_LONGEST_NAME),
        )
    return found


def _currency(text: str) -> str:
    from babel.core import get_global

    code = text.strip().upper()
    if not _CODE.fullmatch(code) or code not in get_global("all_currencies"):
        raise UsageError(
            _("{text!r} is no currency.").format(text=one_line(text)),
            _("Write its code, such as EUR or BRL."),
        )
    return code


def _country(text: str) -> str:
    from activetui.importing.values.phones import is_country

    code = text.strip().upper()
    if not is_country(code):
        raise UsageError(
            _("{text!r} is no country.").format(text=one_line(text)),
            _("Write its code of two letters, such as PT or BR."),
        )
    return code


def _time_zone(text: str) -> str:
    from activetui.importing.values.zones import zone_of

    if zone_of(text) is None:
        raise UsageError(
            _("{text!r} is no time zone.").format(text=one_line(text)),
            _("Give its name, such as Europe/Lisbon, America/Sao_Paulo or Europe/Moscow."),
        )
    return text.strip()


def _calls(text: str) -> str:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:9]) <= _MOST_CALLS):
        raise UsageError(
            _("{text!r} is no number of calls.").format(text=one_line(text)),
            _("Write a whole number from 1 to {most}.").format(most=_MOST_CALLS),
        )
    return str(int(digits))


def _rest(text: str) -> str:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and int(digits[:9]) <= _MOST_REST):
        raise UsageError(
            _("{text!r} is no number of days.").format(text=one_line(text)),
            _("Write a whole number from {least} to {most}.").format(least=0, most=_MOST_REST),
        )
    return str(int(digits))


def _language(text: str) -> str:
    language, _mark, country = text.strip().replace("-", "_").partition("_")
    if language.lower() not in LANGUAGES or (country and not (len(country) == 2 and country.isalpha())):
        raise UsageError(
            _("{text!r} is no language of this program.").format(text=one_line(text)),
            _("There are: {languages}; with a country for its dates and money: pt_BR.").format(
                languages=", ".join(LANGUAGES)
            ),
        )
    return f"{language.lower()}_{country.upper()}" if country else language.lower()


def _theme(text: str) -> str:
    from activetui.tui.themes import all_names

    names = all_names()
    if text.strip() not in names:
        near = get_close_matches(text.strip(), names, n=1)
        raise UsageError(
            _("There is no theme {text!r}.").format(text=one_line(text)),
            _("Did you mean {name}?").format(name=near[0]) if near
            else _("There are: {names}.").format(names=", ".join(names)),
        )
    return text.strip()


SETTINGS: tuple[Setting, ...] = (
    Setting("business", N_("the name of your business, in the header and in reports"), _name, "business"),
    Setting("sender", N_("who signs the messages to customers"), _name, "sender"),
    Setting("currency", N_("the currency in which money is added up"), _currency, "currency"),
    Setting("country", N_("where your customers' telephone numbers are at home"), _country, "country"),
    Setting("time-zone", N_("whose calendar a file's times of day are put into"), _time_zone, "time_zone"),
    Setting("calls-a-day", N_("how many customers you can contact in a day; 5 unless you say"), _calls,
            "calls_a_day"),
    Setting("rest-days", N_("nobody is asked who was contacted within so many days; 7 unless you say"), _rest,
            "rest_days"),
    Setting("language", N_("the language of the program; else that of the system"), _language),
    Setting("theme", N_("the colours of the app"), _theme),
)


def setting_of(name: str) -> Setting:
    """The setting of a name, however it is joined; `OwnerError` with a proposal where there is none."""
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    for setting in SETTINGS:
        if setting.name == wanted:
            return setting
    names = [setting.name for setting in SETTINGS]
    near = get_close_matches(wanted, names, n=1)
    raise OwnerError(
        _("There is no setting {name!r}.").format(name=one_line(name)),
        _("Did you mean {name}?").format(name=near[0]) if near
        else _("There are: {names}.").format(names=", ".join(names)),
    )
