"""What is said of customers by a test of a field, as whole messages: that it holds, and that it does not."""

from __future__ import annotations

from typing import NamedTuple

from activetui.locales import _


class Said(NamedTuple):
    """Both messages, with the same mark to be filled in."""

    plain: str
    negated: str


def part_of_text(field: str) -> Said:
    """A text that the field contains, for `{text}`."""
    return {
        "name": Said(_("with {text} in the name"), _("without {text} in the name")),
        "email": Said(_("with {text} in the e-mail address"), _("without {text} in the e-mail address")),
        "phone": Said(_("with {text} in the phone number"), _("without {text} in the phone number")),
        "company": Said(_("with {text} in the company"), _("without {text} in the company")),
        "city": Said(_("with {text} in the city"), _("without {text} in the city")),
        "note": Said(_("with {text} in the note"), _("without {text} in the note")),
        "product": Said(_("bought {text}"), _("never bought {text}")),
    }[field]


def whole_text(field: str) -> Said:
    """A text that is the whole of the field, for `{text}`."""
    return {
        "name": Said(_("whose name is {text}"), _("whose name is not {text}")),
        "email": Said(_("whose e-mail address is {text}"), _("whose e-mail address is not {text}")),
        "phone": Said(_("whose phone number is {text}"), _("whose phone number is not {text}")),
        "company": Said(_("whose company is {text}"), _("whose company is not {text}")),
        "city": Said(_("whose city is {text}"), _("whose city is not {text}")),
        "note": Said(_("whose note is {text}"), _("whose note is not {text}")),
        "product": Said(_("bought exactly {text}"), _("never bought exactly {text}")),
        "tag": Said(_("tagged {text}"), _("not tagged {text}")),
        "language": Said(_("whose language is {text}"), _("whose language is not {text}")),
        "playbook": Said(_("in the playbook {text}"), _("not in the playbook {text}")),
        "key": Said(_("whose key is {text}"), _("whose key is not {text}")),
    }[field]


def number(field: str) -> Said:
    """A stretch of numbers or amounts (`over 500`), for `{number}`."""
    return {
        "spend": Said(_("spent {number}"), _("did not spend {number}")),
        "year": Said(_("spent {number} in a year"), _("did not spend {number} in a year")),
        "id": Said(_("whose number is {number}"), _("whose number is not {number}")),
        "rhythm": Said(_("whose rhythm in days is {number}"), _("whose rhythm in days is not {number}")),
        "r": Said(
            _("whose quintile by last purchase is {number}"),
            _("whose quintile by last purchase is not {number}"),
        ),
        "f": Said(
            _("whose quintile by number of purchases is {number}"),
            _("whose quintile by number of purchases is not {number}"),
        ),
        "m": Said(
            _("whose quintile by spend is {number}"), _("whose quintile by spend is not {number}")
        ),
    }[field]


def day(field: str) -> Said:
    """A stretch of days (`more than 60 days ago`), for `{when}`."""
    return {
        "first": Said(_("first bought {when}"), _("did not first buy {when}")),
        "last": Said(_("last bought {when}"), _("did not last buy {when}")),
        "since": Said(_("came into their status {when}"), _("did not come into their status {when}")),
        "contacted": Said(_("were last contacted {when}"), _("were not last contacted {when}")),
        "complained": Said(_("last complained {when}"), _("did not last complain {when}")),
        "cancelled": Said(
            _("last cancelled a subscription {when}"), _("did not last cancel a subscription {when}")
        ),
        "unrenewed": Said(
            _("had a subscription that ended {when} and was not renewed"),
            _("had no subscription that ended {when} and was not renewed"),
        ),
        "joined": Said(_("joined {when}"), _("did not join {when}")),
        "returned": Said(_("came back {when}"), _("did not come back {when}")),
        "lapsed": Said(_("lapsed {when}"), _("did not lapse {when}")),
        "birthday": Said(_("have a birthday {when}"), _("have no birthday {when}")),
        "anniversary": Said(
            _("have an anniversary as customers {when}"), _("have no anniversary as customers {when}")
        ),
        "until": Said(_("change status {when}"), _("do not change status {when}")),
        "next": Said(_("are expected {when}"), _("are not expected {when}")),
        "renewal": Said(
            _("have a subscription that ends {when}"), _("have no subscription that ends {when}")
        ),
        "expires": Said(
            _("have a subscription that ends {when} and does not renew by itself"),
            _("have no subscription that ends {when} and does not renew by itself"),
        ),
    }[field]
