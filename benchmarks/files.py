"""Synthetic orders: a file as a till would write it, of any size, always the same for a size."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

LAST = date(2026, 11, 21)
DAYS = 3 * 365
PRODUCTS = ("Olive oil", "Bread", "Cheese", "Wine, red", "Coffee", "Honey", "Olives", "Sardines")
HEADER = "Order number;Customer number;Customer name;Email;Order date;Product;Total"


def write_orders(path: Path, customers: int, rows: int) -> int:
    """Write `rows` orders of `customers` people over three years; the sum of all amounts in cents.

    Semicolons, decimal comma, dd.mm.yyyy. Some buy much more often than others, as in every shop.
    """
    random = np.random.default_rng(customers * 1_000_003 + rows)
    often = random.gamma(0.7, size=customers) + 0.02
    bought = random.choice(customers, size=rows, p=often / often.sum())
    bought[:customers] = np.arange(customers)[:rows]                   # nobody is left out
    bought = random.permutation(bought)
    days = np.sort(random.integers(0, DAYS, size=rows))
    cents = random.integers(100, 12_000, size=rows)
    written = [(LAST - timedelta(DAYS - 1 - day)).strftime("%d.%m.%Y") for day in range(DAYS)]
    products = random.integers(0, len(PRODUCTS), size=rows)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(HEADER + "\n")
        columns = (bought.tolist(), days.tolist(), products.tolist(), cents.tolist())
        for order, (who, day, product, amount) in enumerate(zip(*columns, strict=True), 1):
            stream.write(
                f"{order};K{who:06d};Customer {who};k{who}@example.com;{written[day]};{PRODUCTS[product]};"
                f"{amount // 100},{amount % 100:02d}\n"
            )
    return int(cents.sum())
