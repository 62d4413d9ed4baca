"""The Timeline screen: the whole story of one customer."""
