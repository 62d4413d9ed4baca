"""Text to table: delimiter, quotes, title rows, header, total rows."""
