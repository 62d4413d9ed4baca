"""Dialogs: one question each, Escape leaves without an answer."""
