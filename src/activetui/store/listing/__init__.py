"""Lists of customers of any length: in order, by text, counted, and what they need to be quick."""
