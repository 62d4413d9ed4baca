"""The questions about a definition that only its owner can answer."""

from __future__ import annotations

QUESTION_CODES: tuple[str, ...] = ("Q1", "Q2", "Q3", "Q4", "Q5")
"""One purchase or regular purchases (Q1); a complaint as contact or as risk (Q2); contacts alone (Q3);
reviews and referrals as criterion or result (Q4); a fixed window or the own rhythm (Q5). The codes stand in
definitions: they never change."""
