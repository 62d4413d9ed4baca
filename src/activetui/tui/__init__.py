"""The app: a module a screen, widgets, styles."""

import os

os.environ.setdefault("TEXTUAL_FPS", "120")
"""Paintings a second at most; Textual reads it when it is loaded. With its 60, what an answer brings can wait
for 33 ms after the letter typed before was painted."""
