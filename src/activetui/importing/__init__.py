"""CSV to plan to batch: an import that never guesses silently, loses nothing, and can be undone."""
