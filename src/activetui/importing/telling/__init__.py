"""What was found in a file and what importing it would change, as words and as data."""
