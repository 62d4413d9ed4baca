"""Ready definitions for nine kinds of business."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from activetui.locales import _


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready definition: its file is `<key>.toml` beside this module."""

    key: str
    source_title: str
    source_summary: str

    @property
    def title(self) -> str:
        """The kind of business, in the language in use."""
        return _(self.source_title)

    @property
    def summary(self) -> str:
        """What the preset means, in the language in use."""
        return _(self.source_summary)


def N_(message: str) -> str:  # noqa: N802 - the customary mark of a message that is translated later
    """Mark a message for the catalogue without translating it yet."""
    return message


PRESETS: tuple[Preset, ...] = (
    Preset("shop", N_("Shop"), N_("Active for 30 days after a purchase; a booking keeps them active.")),
    Preset("cafe", N_("Café or restaurant"), N_("Active for 21 days after a purchase or a visit.")),
    Preset("salon", N_("Salon or studio"), N_("Active for 60 days after a visit, or while one is booked.")),
    Preset("gym", N_("Gym or club"), N_("Active while a membership runs; at risk when visits stop.")),
    Preset("subscription", N_("Streaming or newsletter"), N_("Active while a subscription is in force.")),
    Preset("online_shop", N_("Online shop"), N_("Active for 90 days after an order.")),
    Preset("software", N_("Software"), N_("Active while subscribed and using it.")),
    Preset("trade", N_("Trade customers"), N_("Active for 120 days after an order of a business customer.")),
    Preset("donors", N_("Donors"), N_("Active for a year after a gift, or while giving regularly.")),
)


def preset_text(key: str) -> str:
    """The TOML of a preset; `KeyError` for an unknown key."""
    if key not in {preset.key for preset in PRESETS}:
        raise KeyError(key)
    return (Path(__file__).parent / f"{key}.toml").read_text(encoding="utf-8")
