"""Imports: what was imported, and files on their way in."""
