"""Cells to values: days, money, states, telephone numbers; strict, and decided once per column."""
