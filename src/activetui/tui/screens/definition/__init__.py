"""The Definition screen: the form, what a change does, and what speaks for another definition."""
