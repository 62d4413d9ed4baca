"""Traps of real files that have no test of their own, and why they cannot occur here."""

from __future__ import annotations

WHY_NOT: dict[int, str] = {}
