"""A definition as a form."""
