"""Next month's file of the same kind asks nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from activetui.importing.asking.answers import Answers
from activetui.importing.read import FileReading, read_files
from activetui.importing.run import plan_reading, setting_of
from activetui.ledger.days import from_iso
from activetui.store.imports import batches
from tests.store.made import open_new

TODAY = from_iso("2026-11-22")
MADE_AT = "2026-11-22T09:00:00Z"
JUNE = "Dia;Quem;Pago\n03/06/2026;Ana;3,50\n04/06/2026;Rui;1,00\n"
JULY = "Pago;Dia;Quem\n4,00;03/07/2026;Ana\n2,50;11/07/2026;Eva\n"


class Shop:
    """A store, and files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.conn: sqlite3.Connection = open_new(folder / "store.db", TODAY)

    def read(self, text: str, name: str, **said: object) -> FileReading:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        answers = Answers(**said)  # type: ignore[arg-type]
        (reading,) = read_files(path, answers, setting_of(self.conn, TODAY), self.folder / "room")
        return reading

    def asked(self, reading: FileReading) -> list[str]:
        return [question.about for question in reading.understood.questions]

    def take(self, reading: FileReading) -> int:
        with plan_reading(self.conn, reading) as plan:
            batch = plan.apply(MADE_AT)
        assert batch is not None
        return batch

    def days(self) -> list[str]:
        rows = self.conn.execute("SELECT date(day * 86400, 'unixepoch') FROM event ORDER BY day, id")
        return [day for (day,) in rows]


ANSWERS = {"date_order": "dmy", "columns": {"Dia": "date", "Quem": "name", "3": "amount"}, "country": "PT"}


def test_what_was_answered_once_holds_for_the_next_file_with_these_headings(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    assert shop.asked(shop.read(JUNE, "june.csv"))
    shop.take(shop.read(JUNE, "june.csv", **ANSWERS))
    july = shop.read(JULY, "july.csv")
    assert shop.asked(july) == []
    (told,) = [one for one in july.understood.assumptions if one.about == "remembered"]
    assert "--date-order dmy" in told.value and "--map Pago=amount" in told.value
    shop.take(july)
    assert shop.days() == ["2026-06-03", "2026-06-04", "2026-07-03", "2026-07-11"]


def test_a_file_that_settles_its_days_itself_is_read_so(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.take(shop.read(JUNE, "june.csv", **ANSWERS))
    shop.take(shop.read(JULY.replace("11/07/2026", "07/31/2026"), "july.csv"))
    assert shop.days() == ["2026-03-07", "2026-06-03", "2026-06-04", "2026-07-31"]


def test_undoing_the_import_forgets_what_was_answered_for_it(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    batch = shop.take(shop.read(JUNE, "june.csv", **ANSWERS))
    batches.undo(shop.conn, batch, today=TODAY, made_at=MADE_AT)
    assert shop.asked(shop.read(JULY, "july.csv"))
    assert shop.conn.execute("SELECT count(*) FROM remembered_answer").fetchone() == (0,)


def test_the_country_of_the_business_is_asked_for_once(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.take(shop.read(JUNE, "june.csv", **ANSWERS))
    people = "Nome;Telefone\nAna;912 345 678\n"
    shop.take(shop.read(people, "people.csv"))
    assert shop.conn.execute("SELECT phone FROM customer WHERE phone <> ''").fetchone() == ("+351912345678",)
    kept = shop.conn.execute("SELECT answers FROM remembered_answer").fetchall()
    assert any(json.loads(answers).get("country") == "PT" for (answers,) in kept)
