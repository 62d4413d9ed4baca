"""Measurements: `python -m benchmarks`. Never part of the tests, because a clock on a shared machine lies."""
