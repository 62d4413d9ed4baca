"""The commands: a module a noun, thin, with nothing heavy imported before it is needed."""
