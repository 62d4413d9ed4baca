"""Changes by hand, one or many at once, each with what was before, so that it can be taken back."""
