"""How long the content of a list or a paper is that paints its lines itself."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


def tell_size(view: ScrollView, size: Size) -> None:
    """Tell the scrollbar the size of the content; only where it comes or goes is anything laid out anew."""
    if (size.height > view.container_size.height) != view.show_vertical_scrollbar:
        view.virtual_size = size
        return
    view.set_reactive(ScrollView.virtual_size, size)
    if view.show_vertical_scrollbar:
        view.vertical_scrollbar.window_virtual_size = size.height
    view.scroll_y = view.validate_scroll_y(view.scroll_y)
