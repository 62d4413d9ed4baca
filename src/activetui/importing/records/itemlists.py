"""Cells that list what was bought: several products, each with its quantity and perhaps its price."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from activetui.importing.values.bad import BadCell
from activetui.importing.values.words import is_nothing
from activetui.ledger.text import one_line

_COUNTED = re.compile(r"(?P<count>\d+)\s?[×xX]\s+(?P<name>.+)", re.DOTALL)
_BETWEEN_COUNTED = re.compile(r"[,;|\n]\s*(?=\d+\s?[×xX]\s)")
_PAIR = re.compile(r"(?P<word>[A-Za-z_ ]+?):\s?(?P<value>.*)", re.DOTALL)
_BETWEEN_LABELS = re.compile(r",\s?(?=Product [A-Z])")
_LABELLED = re.compile(r"Product (?:ID|Qty|Name|SKU)\s*:")
_WORDS = {
    "name": "product", "product name": "product", "quantity": "quantity", "product qty": "quantity",
    "sku": "sku", "product sku": "sku", "total": "amount", "product total price": "amount",
    "product unit price": "price",
}


class Item(NamedTuple):
    """One product of a list; amounts in minor units."""

    product: str
    quantity: float | None = None
    price: int | None = None
    amount: int | None = None
    sku: str = ""


Money = Callable[[str], int | None]
Number = Callable[[str], float | None]


def items_of(cell: str, money: Money, number: Number) -> Iterator[Item]:
    """The products of a cell: `1× Soap, 2× Cream`, `name:Soap|sku:S1|quantity:2|total:9.00`, or one name."""
    if is_nothing(cell):
        return
    if cell.startswith("name:"):
        yield from _item(cell.split("|"), money, number)
    elif _LABELLED.search(cell):
        for one in cell.split("|"):
            yield from _item(_BETWEEN_LABELS.split(one), money, number)
    else:
        for one in _BETWEEN_COUNTED.split(cell):
            counted = _COUNTED.fullmatch(one.strip())
            if counted:
                yield Item(one_line(counted["name"]), float(counted["count"]))
            else:
                yield Item(one_line(one))


def _item(parts: list[str], money: Money, number: Number) -> Iterator[Item]:
    said: dict[str, str] = {}
    for part in parts:
        pair = _PAIR.fullmatch(part.strip())
        word = _WORDS.get(pair["word"].strip().lower()) if pair else None
        if pair and word and word not in said:
            said[word] = one_line(pair["value"])
    if said.get("product"):
        quantity = number(said["quantity"]) if "quantity" in said else None
        yield Item(
            said["product"], quantity, _minor(said, "price", money), _minor(said, "amount", money),
            said.get("sku", ""),
        )


def _minor(said: Mapping[str, str], word: str, money: Money) -> int | None:
    try:
        return money(said[word]) if word in said else None
    except BadCell:
        return None
