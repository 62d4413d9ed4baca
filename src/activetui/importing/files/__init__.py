"""Bytes to text: which file, whether it can be a table at all, in which encoding."""
