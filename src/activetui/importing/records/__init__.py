"""Rows to records: customers, purchases with their lines, refunds, visits."""
