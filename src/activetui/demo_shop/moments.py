"""What else happens between a shop and its customers: talk, trouble, praise, letters, evenings."""

from __future__ import annotations

import random

from activetui.demo_shop.books import BOOKINGS, NEWSLETTER, NOTEBOOK, Books
from activetui.demo_shop.goods import TASTING
from activetui.demo_shop.lives import CURRENCY
from activetui.demo_shop.people import OPENED, TILL, TODAY, Person
from activetui.ledger.days import Day, from_iso
from activetui.ledger.kinds import Kind

CHANNELS = ("phone", "email", "in_person", "chat", "social", "letter", "web")
_ASKED = (
    "Asked about the autumn box", "Wants the invoice with the tax number", "Looking for a present under € 40",
    "Is the Serra cheese in?", "Asked for a table at the tasting", "Can we deliver on Fridays?",
)
_TOLD = ("The new olive oil is here", "Sent the Christmas list", "Wrote a card", "Said thank you")
_SAID = (
    "Always a kind word", "Good wines, a little dear", "The bread is gone by noon",
    "Best cheese of the quarter", "Waited long on Saturday", "", "", "",
)
_WRONG = ("Cork tasted of mould", "Delivery came a day late", "Charged twice", "Broken bottle")
_POSTS = ("Tagged us in a picture", "Commented on the tasting", "Shared the Christmas window")
_HELP = ("Lost the receipt", "How to store the ham", "Needs an invoice")
_HAPPY = (1, 0, 1, 1, 1, 2, 3, 5, 8, 7, 6)
_MIXED = (2, 1, 2, 2, 2, 4, 4, 4, 3, 2, 1)
"""How often which points from 0 to 10 are given."""
_RECENT = ((5, None), (12, None), (21, None), (9, 2), (16, 3))
"""This month's complaints: how many days ago, and after how many days put right."""
_FEATURES = ("order ahead", "wine finder", "recipes", "loyalty card")


def talk(books: Books, people: list[Person]) -> None:
    """Contacts in and out, notes, social media; a word to those who came back, and to some who did not."""
    for person in people:
        rng = person.rng
        first, last = _known(person)
        for _ in range(rng.choices((0, 1, 2, 4), (60, 22, 12, 6))[0]):
            books.write(
                NOTEBOOK, person, Kind.CONTACT, rng.randint(first, last), action="in",
                channel=rng.choice(CHANNELS), note=rng.choice(_ASKED),
            )
        if person.role == "back":
            silence, returned = _return(person)
            books.write(
                NOTEBOOK, person, Kind.CONTACT, returned - rng.randint(2, min(20, silence - 1)), action="out",
                channel=rng.choice(("phone", "email", "phone", "letter")), note=rng.choice(_TOLD),
            )
        elif person.role in ("lapsed", "lost", "regular") and person.says(0.25):
            books.write(
                NOTEBOOK, person, Kind.CONTACT, min(TODAY - 1, last + rng.randint(5, 60)), action="out",
                channel=rng.choice(CHANNELS[:3]), note=rng.choice(_TOLD),
            )
        if person.says(0.07):
            books.write(NOTEBOOK, person, Kind.NOTE, rng.randint(first, last), note=rng.choice(_SAID[:5]))
        if person.says(0.08):
            day = rng.randint(first, last)
            books.write(NOTEBOOK, person, Kind.SOCIAL, day, channel="social", note=rng.choice(_POSTS))


def praise(books: Books, people: list[Person]) -> None:
    """Reviews, feedback and referrals; one customer brings the third friend, one is angry since yesterday."""
    for person in people:
        rng = person.rng
        first, last = _known(person)
        happy = person.role in ("regular", "club", "back", "company")
        if person.says(0.1):
            stars = rng.choices((1, 2, 3, 4, 5), (1, 1, 2, 8, 12) if happy else (3, 4, 5, 5, 3))[0]
            books.write(NOTEBOOK, person, Kind.REVIEW, rng.randint(first, last), rating=stars, channel="web")
        if person.says(0.2):
            points = rng.choices(range(11), _HAPPY if happy else _MIXED)[0]
            day = rng.randint(first, last)
            books.write(NOTEBOOK, person, Kind.FEEDBACK, day, rating=points, note=rng.choice(_SAID))
        if happy and person.says(0.12):
            friend = rng.choice(people).record.name
            books.write(NOTEBOOK, person, Kind.REFERRAL, rng.randint(first, last), note=f"Brought {friend}")
    regulars = [person for person in people if person.role == "regular"]
    for before in (400, 130, 1):
        books.write(NOTEBOOK, regulars[0], Kind.REFERRAL, TODAY - before, note="Brought a friend")
    angry = "Twenty minutes at the counter"
    books.write(NOTEBOOK, regulars[1], Kind.REVIEW, TODAY - 1, rating=2, channel="web", note=angry)


def trouble(books: Books, people: list[Person]) -> None:
    """Complaints, most of them resolved, questions for help, refunds, orders that came to nothing."""
    buyers = [person for person in people if person.bought]
    for place, person in enumerate(buyers):
        rng = person.rng
        if person.says(0.05):
            day = rng.choice(person.bought).day + rng.randint(0, 3)
            _complain(books, person, min(day, TODAY - 2), resolved_after=rng.choice((1, 2, 4, 9, None)))
        if person.says(0.08):
            day = min(TODAY - 1, rng.choice(person.bought).day + rng.randint(1, 9))
            books.write(
                NOTEBOOK, person, Kind.SUPPORT, day, channel=rng.choice(CHANNELS[:4]), note=rng.choice(_HELP)
            )
        if place % 11 == 4:
            _refund(books, person, whole=place % 3 == 0)
        if place % 29 == 7:
            bought = rng.choice(person.bought)
            bought.state, bought.refunded = "partially_refunded", (bought.amount or 0) // 3
        if place % 23 == 9:
            state = ("cancelled", "pending", "failed", "unpaid", "expired")[place % 5]
            day = TODAY - 2 if state == "pending" else rng.choice(person.bought).day
            books.write(
                TILL, person, Kind.PURCHASE, day, amount=rng.randint(15, 90) * 100, currency=CURRENCY,
                state=state, product="Gift box", channel="web",
            )
    crates = "Deposit for empty crates"
    books.write(TILL, buyers[3], Kind.REFUND, TODAY - 200, amount=1500, currency=CURRENCY, note=crates)
    steady = [person for person in people if person.role == "regular"][5:]
    for person, (before, resolved_after) in zip(steady, _RECENT, strict=False):
        _complain(books, person, TODAY - before, resolved_after)


def _complain(books: Books, person: Person, day: Day, resolved_after: int | None) -> None:
    rng = person.rng
    books.write(
        NOTEBOOK, person, Kind.COMPLAINT, day, channel=rng.choice(CHANNELS[:3]), note=rng.choice(_WRONG)
    )
    if resolved_after is not None and day + resolved_after < TODAY:
        books.write(
            NOTEBOOK, person, Kind.COMPLAINT_RESOLVED, day + resolved_after, note="Replaced, with an apology"
        )


def _refund(books: Books, person: Person, whole: bool) -> None:
    bought = person.rng.choice(person.bought)
    paid = bought.amount or 0
    books.give_back(
        bought, min(TODAY - 1, bought.day + person.rng.randint(1, 12)),
        paid if whole else max(100, paid // 4), "Brought it back" if whole else "One bottle broken",
    )


def letters(books: Books, people: list[Person]) -> None:
    """A newsletter on the first of each month: who opens, clicks, answers, and has enough of it."""
    issues = [from_iso(f"{year}-{month:02d}-01") for year in (2024, 2025, 2026) for month in range(1, 13)]
    for person in people:
        rng = person.rng
        if not person.record.email or not (person.role == "prospect" or person.says(0.3)):
            continue
        first, last = _known(person)
        sent = [issue for issue in issues if first - 30 <= issue < TODAY - 1][-14:]
        eager = rng.uniform(0.15, 0.6) if last > TODAY - 200 else 0.12
        for issue in sent:
            if rng.random() < eager:
                action = rng.choices(("open", "click", "reply"), (70, 26, 4))[0]
                day = issue + rng.choice((0, 0, 0, 1, 2))
                books.write(NEWSLETTER, person, Kind.NEWSLETTER, day, action=action)
        if sent and person.says(0.08):
            books.write(NEWSLETTER, person, Kind.NEWSLETTER, sent[-1] + 3, action="unsubscribe")
            person.record.consent = False


def cards(books: Books, people: list[Person]) -> None:
    """The loyalty card and the shop's little app."""
    for person in people:
        rng = person.rng
        if len(person.bought) < 3 or person.is_company or not person.says(0.4):
            continue
        joined = person.bought[1].day
        books.write(TILL, person, Kind.LOYALTY, joined, action="join")
        for count, bought in enumerate(person.bought[2:], 1):
            if count % 14 == 0:
                books.write(
                    TILL, person, Kind.LOYALTY, bought.day, action="earn", quantity=float(rng.randint(8, 30))
                )
            if count % 30 == 0:
                books.write(TILL, person, Kind.LOYALTY, bought.day, action="redeem", quantity=50.0)
        begun, ended = max(joined, TODAY - 300), _known(person)[1]
        if begun < ended and person.says(0.3):
            for _ in range(rng.randint(2, 9)):
                day = rng.randint(begun, ended)
                books.write(TILL, person, Kind.USAGE, day, product=rng.choice(_FEATURES), channel="web")


def evenings(books: Books, people: list[Person]) -> None:
    """A tasting every four weeks: booked, visited or not; those ahead, and Christmas orders."""
    guests = [
        person for person in people
        if person.role in ("regular", "club", "course", "occasional", "back") and person.says(0.25)
    ]
    evening = OPENED + 62
    while evening < TODAY:
        for person in guests:
            first, last = _known(person)
            if first <= evening <= last + 20 and person.says(0.16):
                came = person.says(0.9)
                books.write(
                    BOOKINGS, person, Kind.BOOKING, evening, product=TASTING.name,
                    state="" if came else "no_show", recorded=evening - person.rng.randint(3, 25),
                )
                if came:
                    books.write(BOOKINGS, person, Kind.VISIT, evening, product=TASTING.name)
        evening += 28
    pickers = [person for person in people if person.role in ("december", "lapsed", "regular", "company")]
    for place, person in enumerate(random.Random(len(people)).sample(pickers, 16)):
        day = from_iso("2026-11-26") if place % 4 == 0 else from_iso("2026-12-12") + place % 12
        books.write(
            BOOKINGS, person, Kind.BOOKING, day, recorded=TODAY - 1 - place % 9,
            product=TASTING.name if place % 4 == 0 else "Christmas hamper, to be picked up",
        )
    books.write(
        BOOKINGS, pickers[0], Kind.BOOKING, TODAY + 6, product=TASTING.name, state="cancelled",
        recorded=TODAY - 8,
    )


def passers_by(books: Books) -> None:
    """Sales to people who leave no name: revenue without a person."""
    rng = random.Random("walk-ins")
    for _ in range(150):
        day = rng.randint(OPENED, TODAY - 1)
        amount = rng.randint(3, 60) * 100 + rng.choice((0, 50, 90))
        books.write(TILL, None, Kind.PURCHASE, day, amount=amount, currency=CURRENCY)


def _return(person: Person) -> tuple[int, Day]:
    """The longest silence between two purchases, and the day that ended it."""
    pairs = zip(person.bought, person.bought[1:], strict=False)
    return max((late.day - early.day, late.day) for early, late in pairs)


def _known(person: Person) -> tuple[Day, Day]:
    """The days between which things happen: from the first purchase to a month after the last."""
    if not person.bought:
        return TODAY - 260, TODAY - 1
    return person.bought[0].day, min(TODAY - 1, person.bought[-1].day + 30)
