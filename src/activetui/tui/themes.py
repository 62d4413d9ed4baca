"""Our two themes, and the colours of the statuses in any theme.

The status colours follow Okabe & Ito, "Color Universal Design" (2008), a palette that people with any
colour vision can tell apart, made lighter or darker until each has a contrast of at least 4.5 : 1 (WCAG
2.2, 1.4.3) on the theme's backgrounds. Colour is never the only sign: a symbol and a word stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DARK_STATUS = {
    "status-prospect": "#a3aebb",
    "status-new": "#6cc0f0",
    "status-active": "#35c796",
    "status-reactivated": "#dd9cc3",
    "status-at-risk": "#eda820",
    "status-inactive": "#a3aebb",
    "status-lost": "#f58a52",
    "status-unknown": "#c9bc62",
}
LIGHT_STATUS = {
    "status-prospect": "#545e69",
    "status-new": "#00609c",
    "status-active": "#00664a",
    "status-reactivated": "#8c3a6f",
    "status-at-risk": "#7d5200",
    "status-inactive": "#545e69",
    "status-lost": "#a33c00",
    "status-unknown": "#5f5600",
}


def _scrollbars(bar: str, hover: str, track: str) -> dict[str, str]:
    return {
        "scrollbar": bar,
        "scrollbar-hover": hover,
        "scrollbar-active": hover,
        "scrollbar-background": track,
        "scrollbar-background-hover": track,
        "scrollbar-background-active": track,
        "scrollbar-corner-color": track,
    }


DARK = Theme(
    name="active-dark",
    primary="#7fb2ff",
    secondary="#8fa3bb",
    accent="#7fb2ff",
    warning="#eda820",
    error="#f58a52",
    success="#35c796",
    foreground="#dbe2ea",
    background="#11151b",
    surface="#171c24",
    panel="#202732",
    dark=True,
    variables={
        **DARK_STATUS,
        "block-cursor-background": "#25385a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#232c39",
        "quiet": "#8d99a8",
        "rule": "#3a4453",
        **_scrollbars("#3a4453", "#5a6778", "#11151b"),
    },
)
LIGHT = Theme(
    name="active-light",
    primary="#1d4f91",
    secondary="#4f5f73",
    accent="#1d4f91",
    warning="#7d5200",
    error="#a33c00",
    success="#00664a",
    foreground="#1c232b",
    background="#fafbfc",
    surface="#f1f3f6",
    panel="#e4e8ee",
    dark=False,
    variables={
        **LIGHT_STATUS,
        "block-cursor-background": "#cfe0f7",
        "block-cursor-foreground": "#10161d",
        "block-cursor-blurred-background": "#e4e8ee",
        "quiet": "#586472",
        "rule": "#b9c1cc",
        **_scrollbars("#b9c1cc", "#8b95a3", "#fafbfc"),
    },
)
OURS = (DARK, LIGHT)
_SHADE = 0.18
"""How much of a theme's first colour its cursor has."""


def variables_for(dark: bool) -> dict[str, str]:
    """Our own variables for a theme that does not set them."""
    theme = DARK if dark else LIGHT
    return {name: theme.variables[name] for name in (*DARK_STATUS, "quiet", "rule")}


def cursor_for(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """The colours of the cursor for a theme that is not ours.

    Lists keep the colours of statuses under the cursor, and themes from elsewhere have a cursor in a full
    colour, on which dark letters are lost. So theirs is a shade of it over the background.
    """
    if theme.name in {ours.name for ours in OURS} or theme.name.startswith("ansi"):
        return {}
    from textual.color import Color

    shade = Color.parse(variables["background"]).blend(Color.parse(variables["primary"]), _SHADE)
    return {"block-cursor-background": shade.hex, "block-cursor-foreground": variables["foreground"]}


def all_names() -> list[str]:
    """The names of all themes, ours first."""
    from textual.theme import BUILTIN_THEMES

    ours = [theme.name for theme in OURS]
    return [*ours, *sorted(set(BUILTIN_THEMES) - set(ours))]
