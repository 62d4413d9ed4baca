"""The store as it is seen from another day, or by another definition."""
