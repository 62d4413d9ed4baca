"""Amounts: every spelling read strictly, the decimal mark of a column from its own evidence."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activetui.importing.deciding.currency import usual_currency
from activetui.importing.values.amounts import Mark, minor_reader, plain_reader, proof_of, read_amount
from activetui.importing.values.bad import BadCell
from activetui.importing.values.decide import MarkEvidence
from activetui.ledger.money import to_minor
from tests.importing.files import SAMPLES, Writer, events, reading, records

CENTS = st.integers(-10**12, 10**12)
USUAL = st.integers(0, 10**9).map(lambda cents: f"{cents // 100},{cents % 100:02}")
ODD = st.sampled_from([
    "", "12", "12,5", "12.50", "-1,00", "1.000,00", "€5,00", " 7,00", "007,00", "1,00\n2,00", "٣,00", "1,234",
    "9" * 12 + ",99", "9" * 13 + ",99", ",50", "5,", "x",
])


def test_the_31_spellings_of_the_trap_file() -> None:
    with (SAMPLES / "trap_amounts_mixed.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 31
    for row in rows:
        if row["value"] == "AMBIGUOUS":
            with pytest.raises(BadCell):
                read_amount(row["raw"], None)
            assert proof_of(row["raw"]) == "open"
        else:
            amount = read_amount(row["raw"], None)
            said = Decimal(row["value"]) if row["value"] else None
            assert (amount.value if amount else None) == said, row["raw"]


@pytest.mark.parametrize(
    "cell",
    [
        "NaN",
        "Infinity",
        "1e5000",
        "12%",
        "--5",
        "-5-",
        "(5",
        "5)",
        "1.2.3",
        "1,2,3",
        "12.34.56",
        "1 2 3",
        "five",
        "1.234,56.7",
        "٣",
        "5 шт",
        "8 (916) 123",
        "1234 567",
        "12:30",
        "10/2",
        "= 5",
    ],
)
def test_what_is_no_amount_is_refused(cell: str) -> None:
    if cell == "NaN":
        assert read_amount(cell, ".") is None
        return
    for mark in (".", ",", None):
        with pytest.raises(BadCell):
            read_amount(cell, mark)  # type: ignore[arg-type]


def _written(cents: int, mark: Mark, group: str, style: str) -> str:
    whole, fraction = divmod(abs(cents), 100)
    digits = f"{whole:,}".replace(",", group) if group else str(whole)
    text = f"{digits}{mark}{fraction:02}"
    if cents >= 0:
        return text
    return {"before": "-" + text, "after": text + "-", "around": f"({text})", "minus": "−" + text}[style]


@given(
    CENTS,
    st.sampled_from([(".", ","), (".", " "), (".", "'"), (".", ""), (",", "."), (",", "\u00a0"), (",", "")]),
    st.sampled_from(["before", "after", "around", "minus"]),
    st.sampled_from(["", " €", " руб.", " USD"]),
)
def test_an_amount_comes_back_whatever_its_signs(
    cents: int, signs: tuple[Mark, str], style: str, currency: str
) -> None:
    mark, group = signs
    text = _written(cents, mark, group, style)
    text = f"{text[:-1]}{currency})" if currency and text.endswith(")") else text + currency
    if style == "after" and currency and cents < 0:
        text = _written(-cents, mark, group, style) + currency + "-"
    amount = read_amount(text, mark)
    assert amount is not None and amount.value == Decimal(cents).scaleb(-2)
    assert minor_reader(mark, "EUR")(text) == cents


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.sampled_from([(".", ","), (",", ".")]))
def test_a_mark_is_decided_only_where_the_column_proves_it(cents: list[int], signs: tuple[Mark, str]) -> None:
    mark, group = signs
    evidence = MarkEvidence()
    for one in cents:
        evidence.add(_written(one, mark, group, "before"))
    assert evidence.decide().choice == mark
    whole = MarkEvidence()
    for one in cents:
        whole.add(f"{one:,}".replace(",", group))
    decision = whole.decide()
    if any(one >= 1_000_000 for one in cents):
        assert decision.choice == mark
    elif any(one >= 1000 for one in cents):
        assert decision.open
    else:
        assert decision.choice is None and not decision.open


@given(st.text(max_size=24), st.sampled_from([".", ",", None]))
def test_any_text_is_an_amount_or_refused(text: str, mark: Mark | None) -> None:
    try:
        amount = read_amount(text, mark)
    except BadCell as bad:
        assert bad.reason
    else:
        assert amount is None or abs(to_minor(amount.value, "EUR")) <= 10**17


def test_an_open_mark_is_asked_for_and_answered(write: Writer) -> None:
    path = write("Data;Cliente;Valor\n13/01/2026;Ana;1.234\n14/01/2026;Bia;12\n")
    assert [one.about for one in reading(path).understood.questions] == ["decimal_mark"]
    assert [one.amount for one in events(records(path, decimal=","))] == [123_400, 1_200]
    assert [one.amount for one in events(records(path, decimal="."))] == [123, 1_200]


def test_another_column_can_settle_it(write: Writer) -> None:
    text = "Data;Cliente;Produto;Qtd;Preço unitário;Total\n13/01/2026;Ana;X;1;0,50;1.234\n"
    assert [one.amount for one in events(records(write(text)))] == [123_400]


def test_cells_prove_themselves_where_two_marks_are_mixed(write: Writer) -> None:
    text = "Data;Cliente;Valor\n13/01/2026;Ana;R$1.093,18\n14/01/2026;Bia;199.90\n15/01/2026;Cid;1.234\n"
    found = records(write(text))
    assert [one.amount for one in events(found)] == [109_318, 19_990]
    assert events(found)[0].currency == "BRL"


def test_a_currency_without_cents_has_none(write: Writer) -> None:
    found = events(records(write("date,customer,amount,currency\n2026-01-13,Ana,42980,CLP\n")))
    assert (found[0].amount, found[0].currency) == (42_980, "CLP")


def test_rows_in_two_currencies_are_never_added(write: Writer) -> None:
    read = reading(write("Date;Customer;Amount\n2026-01-13;Ana;€ 10.50\n2026-01-14;Bo;£ 3.25\n"))
    found = events(read.records())
    assert [(one.amount, one.currency) for one in found] == [(1050, "EUR"), (325, "GBP")]
    assert dict(read.found.total) == {"EUR": 1050, "GBP": 325}


@pytest.mark.parametrize(
    ("locale", "code"), [("pt_BR", "BRL"), ("pt", "EUR"), ("ru", "RUB"), ("en_GB", "GBP"), ("es_MX", "MXN")]
)
def test_the_usual_currency_of_a_place(locale: str, code: str) -> None:
    assert usual_currency(locale) == code


@given(
    cells=st.lists(USUAL, min_size=1, max_size=8) | st.lists(USUAL | ODD, min_size=1, max_size=4),
    mark=st.sampled_from([",", ".", None]), currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    cents=st.booleans(),
)
def test_amounts_read_together_are_those_read_one_by_one(
    cells: list[str], mark: Mark | None, currency: str, cents: bool
) -> None:
    together = plain_reader(mark, currency, cents=cents)(cells)
    if together is not None:
        assert together == list(map(minor_reader(mark, currency, cents=cents), cells))


def test_usual_amounts_are_read_together() -> None:
    assert plain_reader(",", "EUR")(["0,05", "12345,60"]) == [5, 1_234_560]
    assert plain_reader(".", "JPY")(["5", "1200"]) == [5, 1200]
