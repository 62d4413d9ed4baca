"""The app: a module a screen, widgets, styles."""
