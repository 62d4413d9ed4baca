"""Lists in which the day stands at the end of another cell, as bookkeeping programs write it."""

from __future__ import annotations

import sqlite3

import pytest

from tests.importing.files import Writer, day, events, plan, records, refusals

ONE = "Документ;Контрагент;Сумма\n{}13.10.2026 12:00:00;ООО Ромашка;12000,00\n" \
    "{}14.10.2026 15:30:00;Петров;8500,00\n"


@pytest.mark.parametrize("before", [
    "Реализация 0000-000123 от ", "Fatura FT 2026/12 de ", "Invoice 12 of ", "Rechnung 12 vom ",
    "Fattura 12 del ",
    "Facture F-12 du ",
])
def test_the_day_at_the_end_of_a_cell_is_that_of_the_row(write: Writer, before: str) -> None:
    made = events(records(write(ONE.format(before, before.replace("12", "13")))))
    assert [(day(one), one.time) for one in made] == [("2026-10-13", "12:00"), ("2026-10-14", "15:30")]


def test_it_is_told_and_the_owner_can_refuse_it(store: sqlite3.Connection, write: Writer) -> None:
    path = write(ONE.format("Счёт 1 от ", "Счёт 2 от "))
    (told,) = [one for one in plan(store, path)["assumptions"] if one["about"] == "day"]
    assert (told["value"], "Счёт 1 от 13.10.2026" in told["why"]) == ("Документ", True)
    apart = plan(store, path, columns={"Документ": "order_id"})
    assert [one["about"] for one in apart["questions"]] == ["date"]


def test_a_day_in_a_column_of_its_own_goes_before(write: Writer) -> None:
    text = "Дата;Документ;Контрагент;Сумма\n20.10.2026;Счёт 1 от 13.10.2026;Мария;5\n" \
        "21.10.2026;Счёт 2 от 14.10.2026;Олег;6\n"
    assert [day(one) for one in events(records(write(text)))] == ["2026-10-20", "2026-10-21"]


def test_a_row_whose_cell_has_none_is_refused(write: Writer) -> None:
    rows = "".join(f"Счёт {n} от {n}.10.2026;Мария;{n}\n" for n in range(13, 28))
    made = records(write(f"Документ;Контрагент;Сумма\n{rows}Ввод остатков;Олег;6\n"))
    assert [(one.line, "the day is missing" in one.reason) for one in refusals(made)] == [(17, True)]
