"""The same sales, however a spreadsheet wrote them, give the same ledger or a question; never another one."""

from __future__ import annotations

import codecs
import csv
import io
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activetui.importing.asking.answers import Answers
from activetui.importing.run import setting_of
from activetui.ledger.days import from_iso
from tests.importing.files import plan_import
from tests.store.made import open_new

TODAY = from_iso("2026-11-22")
MADE_AT = "2026-11-22T09:00:00Z"
_NAMES = ("João Brandão", "Ana Muñoz", "Chloé Lefèvre", "Niccolò Già", "Conceição, Rita", 'Maria "Mia" Sá')
_HEADINGS = {
    "en": ("Order Number", "Date", "Customer", "Email", "Total"),
    "pt": ("Número do Pedido", "Data", "Cliente", "E-mail", "Valor total"),
    "es": ("Número de pedido", "Fecha", "Cliente", "Correo electrónico", "Importe"),
    "it": ("Numero ordine", "Data ordine", "Cliente", "Email", "Totale"),
    "fr": ("N° commande", "Date de commande", "Client", "Courriel", "Montant TTC"),
    "ru": ("Номер заказа", "Дата заказа", "Клиент", "Эл. почта", "Сумма"),
}
_TITLES = st.sampled_from(["Vendas 2026, loja", "Report"])
_EXAMPLES = int(os.environ.get("ACTIVITY_EXAMPLES", "60"))
_ORDERS = {"%d/%m/%Y": "dmy", "%d.%m.%Y": "dmy", "%m/%d/%Y": "mdy", "%Y-%m-%d": "ymd", "%Y/%m/%d": "ymd"}


@dataclass(frozen=True)
class Sale:
    """What one row tells."""

    number: int
    day: date
    name: str
    cents: int


@dataclass(frozen=True)
class Way:
    """How a spreadsheet writes."""

    language: str
    dates: str
    delimiter: str
    decimal: str
    thousands: str
    encoding: str
    line_end: str
    quote_all: bool
    columns: tuple[int, ...]
    titles: tuple[str, ...]


@st.composite
def _sales(draw: st.DrawFn) -> list[Sale]:
    days = st.integers(0, 700).map(lambda back: date(2026, 11, 20) - timedelta(days=back))
    rows = draw(st.lists(
        st.tuples(days, st.sampled_from(range(len(_NAMES))), st.integers(0, 400_000)), min_size=1, max_size=25
    ))
    return [Sale(1001 + n, day, _NAMES[who], cents) for n, (day, who, cents) in enumerate(rows)]


@st.composite
def _ways(draw: st.DrawFn) -> Way:
    decimal = draw(st.sampled_from([",", "."]))
    language = draw(st.sampled_from(sorted(_HEADINGS)))
    encodings = ["utf-8", "utf-8-sig", "utf-16"]
    if language != "ru":
        encodings.append("cp1252")
    return Way(
        language=language,
        dates=draw(st.sampled_from(sorted(_ORDERS))),
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        decimal=decimal,
        thousands=draw(st.sampled_from(["", " ", "." if decimal == "," else ","])),
        encoding=draw(st.sampled_from(encodings)),
        line_end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        quote_all=draw(st.booleans()),
        columns=tuple(draw(st.permutations(range(5)))),
        titles=tuple(draw(st.lists(_TITLES, max_size=2, unique=True))),
    )


def _amount(cents: int, way: Way) -> str:
    whole = f"{cents // 100:,}".replace(",", way.thousands)
    return f"{whole}{way.decimal}{cents % 100:02d}"


def _mail(name: str) -> str:
    return f"person{_NAMES.index(name)}@example.com"


def _written(sales: list[Sale], way: Way) -> bytes:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if way.quote_all else csv.QUOTE_MINIMAL
    rows = csv.writer(text, delimiter=way.delimiter, lineterminator=way.line_end, quoting=quoting)
    for title in way.titles:
        rows.writerow([title])
    rows.writerow([_HEADINGS[way.language][place] for place in way.columns])
    for sale in sales:
        cells = (
            str(sale.number), sale.day.strftime(way.dates), sale.name, _mail(sale.name),
            _amount(sale.cents, way),
        )
        rows.writerow([cells[place] for place in way.columns])
    written = text.getvalue()
    return codecs.BOM_UTF16_LE + written.encode("utf-16-le") if way.encoding == "utf-16" else written.encode(
        way.encoding
    )


def _ledger(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    return conn.execute(
        "SELECT order_ref, day, amount, customer.email, customer.name FROM event"
        " JOIN customer ON customer.id = customer_id ORDER BY order_ref"
    ).fetchall()


def _truth(sales: list[Sale]) -> list[tuple[object, ...]]:
    return sorted(
        (str(sale.number), from_iso(sale.day.isoformat()), sale.cents, _mail(sale.name), sale.name)
        for sale in sales
    )


def _take(folder: Path, content: bytes, answers: Answers) -> tuple[list[str], list[tuple[object, ...]]]:
    path = folder / "sales.csv"
    path.write_bytes(content)
    store = folder / "store.db"
    store.unlink(missing_ok=True)
    with closing(open_new(store, TODAY)) as conn:
        with plan_import(conn, path, answers, setting_of(conn, TODAY)) as plan:
            asked = [question.option for question in plan.reading.understood.questions]
            if not asked:
                plan.apply(MADE_AT)
        return asked, _ledger(conn)


@settings(deadline=None, max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(sales=_sales(), way=_ways())
def test_however_they_are_written_the_sales_are_the_same_or_a_question_is_asked(
    sales: list[Sale], way: Way
) -> None:
    with TemporaryDirectory() as name:
        content = _written(sales, way)
        asked, found = _take(Path(name), content, Answers(currency="EUR"))
        if asked:
            assert found == []
            assert {option.split()[0] for option in asked} <= {"--date-order", "--decimal"}, asked
            answers = Answers(date_order=_ORDERS[way.dates], decimal=way.decimal, currency="EUR")
            asked, found = _take(Path(name), content, answers)
            assert asked == []
        assert found == _truth(sales)
