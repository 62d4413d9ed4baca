"""The owner's own keys: a TOML file that gives commands, by their ids, other keys than the declared ones."""
