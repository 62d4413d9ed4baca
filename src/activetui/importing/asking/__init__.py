"""What only the owner can decide about a file, how it is asked, and what is remembered of the answers."""
