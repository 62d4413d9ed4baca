"""What Casa Verde sells, for how much, and in which months."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from activetui.ledger.days import Day, to_date
from activetui.ledger.records import LineRecord


class Product(NamedTuple):
    """One thing on the shelf."""

    name: str
    category: str
    price: int
    """Cents."""
    months: tuple[int, ...] = ()
    """When people want it; empty: all year."""


WINTER, SUMMER, FEAST = (11, 12, 1, 2), (5, 6, 7, 8, 9), (12,)

PRODUCTS: tuple[Product, ...] = (
    Product("Douro red 0.75 l", "wine", 1290), Product("Alentejo red 0.75 l", "wine", 950),
    Product("Vinho verde 0.75 l", "wine", 690, SUMMER), Product("Rosé 0.75 l", "wine", 790, SUMMER),
    Product("Dão white 0.75 l", "wine", 880), Product("Tawny port 10 years", "wine", 2450, WINTER),
    Product("Sparkling brut", "wine", 1490, FEAST), Product("Olive oil 1 l", "oil", 1190),
    Product("Olive oil 0.25 l", "oil", 520), Product("Olives 250 g", "oil", 420),
    Product("Azeitão cheese", "cheese", 790), Product("Serra cheese", "cheese", 1380, WINTER),
    Product("Goat cheese", "cheese", 540), Product("Chouriço", "meat", 560),
    Product("Smoked ham 200 g", "meat", 840), Product("Tinned sardines", "fish", 390),
    Product("Salted cod 1 kg", "fish", 1690, (12, 3, 4)), Product("Honey 500 g", "pantry", 750),
    Product("Fig jam", "pantry", 480), Product("Almonds 300 g", "pantry", 590),
    Product("Bread of the day", "bakery", 280), Product("Six pastéis", "bakery", 720),
    Product("Coffee beans 500 g", "coffee", 1150), Product("Tea of the Azores", "coffee", 540),
    Product("Chocolate 70 %", "sweets", 380), Product("Christmas hamper", "gifts", 5900, FEAST),
    Product("Bolo-rei", "sweets", 1650, (12, 1)), Product("Gift box", "gifts", 3400, FEAST),
)
CATEGORIES = tuple(dict.fromkeys(product.category for product in PRODUCTS if product.category != "gifts"))

CLUB_BOX = Product("Wine club box", "club", 3900)
OLIVE_BOX = Product("Yearly olive oil share", "club", 9600)
COURSE = Product("Tasting course", "service", 4500)
KNIVES = Product("Knife sharpening round", "service", 1200)
TASTING = Product("Tasting evening", "service", 2500)

_IN_SEASON, _OUT_OF_SEASON, _LIKED = 3.0, 0.05, 4.0


def basket(rng: random.Random, day: Day, liked: Sequence[str], size: float) -> list[LineRecord]:
    """What somebody who likes these categories takes home on that day; `size` 1 is the usual basket."""
    month = to_date(day).month
    weights = [
        (_IN_SEASON if month in product.months else _OUT_OF_SEASON if product.months else 1.0)
        * (_LIKED if product.category in liked else 1.0)
        * (0.3 if product.category == "gifts" else 1.0)
        for product in PRODUCTS
    ]
    wanted = max(1, min(6, round(rng.gauss(1.3 + size, 0.9))))
    chosen = dict.fromkeys(rng.choices(PRODUCTS, weights, k=wanted))
    lines = []
    for product in chosen:
        quantity = max(1, round(rng.expovariate(1.1) * size))
        paid = quantity * product.price
        lines.append(
            LineRecord(product.name, float(quantity), product.price, paid, category=product.category)
        )
    return lines
