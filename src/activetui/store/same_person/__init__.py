"""Customers who are one person: proposed, merged, and taken apart again."""
