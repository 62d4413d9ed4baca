"""The screen behind a dialog, in its shade.

It is painted anew whenever anything changes there, and some times while a dialog opens. So each style is
shaded once and remembered, and lines stay lines: a third of what it takes to hand letters to Rich and back.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions, Visual


class Behind(BackgroundScreen, Visual):
    """What Textual shows behind a dialog, painted in less time."""

    def render_strips(
        self, width: int, height: int | None, style: VisualStyle, options: RenderOptions
    ) -> list[Strip]:
        """All lines of the screen."""
        shade, plain = self.color, style.rich_style
        return [
            Strip(
                [Segment(text, _shaded(painted, shade, plain), control) for text, painted, control in line],
                line.cell_length,
            )
            for line in self.screen._compositor.render_strips()
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as the screen."""
        return self.screen.size.width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As high as the screen."""
        return self.screen.size.height


@lru_cache(2048)
def _shaded(style: Style | None, shade: Color, plain: Style) -> Style:
    """A style as Textual shades it, on top of the plain one."""
    [segment] = BackgroundScreen.process_segments([Segment("", style)], shade)
    return plain + segment.style
