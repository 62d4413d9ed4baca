"""Copies of the data file: backups, smaller ones, and the demo's."""
