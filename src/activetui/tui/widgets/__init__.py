"""Widgets: they show plain values and post messages; none of them asks the store."""
