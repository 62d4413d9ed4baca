"""Things that take more than one dialog: try the demo, choose the business, copy a value, forget a person."""
