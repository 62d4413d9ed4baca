"""From the owner's TOML to a definition, with every mistake, its place and what was meant."""
