"""What a column can mean, in words that an owner knows."""

from __future__ import annotations

from collections.abc import Sequence

from activetui.importing.columns.vocabulary import FIELDS, IGNORE
from activetui.locales import N_, _

_WORDS = {
    IGNORE: N_("not used"),
    # who
    "customer_id": N_("number of the customer"),
    "name": N_("name of the customer"),
    "first_name": N_("first name"),
    "last_name": N_("last name"),
    "middle_name": N_("middle name"),
    "company": N_("company"),
    "tax_id": N_("tax number"),
    "email": N_("e-mail"),
    "phone": N_("telephone"),
    "phone_area": N_("telephone: area code"),
    "contacts": N_("e-mail, telephone, or both"),
    "address": N_("address"),
    "city": N_("city"),
    "region": N_("region"),
    "postcode": N_("postcode"),
    "country": N_("country"),
    "language": N_("language"),
    "birthday": N_("birthday"),
    "history_from": N_("known since then without gaps"),
    "tags": N_("tags"),
    "customer_note": N_("note on the customer"),
    "consent": N_("may be written to: yes or no"),
    "no_consent": N_("does not want to be written to"),
    "do_not_contact": N_("do not contact"),
    "customer_since": N_("customer since"),
    "consent_date": N_("day of consent"),
    "first_visit": N_("first visit (kept as a hint)"),
    "last_visit": N_("last visit (kept as a hint)"),
    "total_spent": N_("spent in all (kept as a hint)"),
    "orders_count": N_("number of orders (kept as a hint)"),
    "gender": N_("gender"),
    "acquisition": N_("how the customer came"),
    "referred_by": N_("referred by"),
    # what happened
    "order_id": N_("number of the order"),
    "date": N_("day of the purchase"),
    "time": N_("time of day"),
    "visit_date": N_("day of the visit or booking"),
    "end_time": N_("end of the visit"),
    "booked_at": N_("day of booking it"),
    "no_show": N_("did not come: yes or no"),
    "attended": N_("came: yes or no"),
    "kind": N_("kind of event"),
    "action": N_("what was done (start, renewal, cancel …)"),
    "nature": N_("sort: a product or a service"),
    "state": N_("state (paid, cancelled, refunded …)"),
    "row_class": N_("sort of row (sale, fee, payout …)"),
    "order_total": N_("total of the order"),
    "adjusted_total": N_("total after refunds"),
    "amount": N_("amount"),
    "net": N_("amount after fees"),
    "refunded": N_("amount given back"),
    "line_refunded": N_("amount given back for the line"),
    "quantity_refunded": N_("quantity given back"),
    "fully_refunded": N_("given back in full: yes or no"),
    "charged_back": N_("charged back: yes or no"),
    "chargeback_won": N_("chargeback won: yes or no"),
    "cancelled": N_("cancelled: yes or no"),
    "cancelled_at": N_("day of cancelling"),
    "outstanding": N_("still to be paid"),
    "paid_so_far": N_("paid so far"),
    "instalment": N_("instalment"),
    "currency": N_("currency"),
    "reference": N_("number of the sale that is meant"),
    "payment_ref": N_("number of the payment"),
    "recipient": N_("recipient"),
    "rating": N_("rating, 1 to 5"),
    "score": N_("score, 0 to 10"),
    "review_text": N_("text of the review"),
    "channel": N_("channel"),
    "until": N_("until"),
    "recorded": N_("day on which it was known"),
    "entered": N_("day on which it was written down"),
    "note": N_("note"),
    "subject": N_("subject"),
    "resolved_at": N_("day of resolving it"),
    "source": N_("source of the row"),
    "event_key": N_("number of the event"),
    # subscriptions, newsletters, loyalty
    "subscription_start": N_("start of the subscription"),
    "subscription_renewal": N_("next renewal"),
    "subscription_end": N_("end of the subscription"),
    "paused_at": N_("day of pausing"),
    "active_subscription": N_("subscription in force: yes or no"),
    "recurrence": N_("how often it renews"),
    "sessions_left": N_("sessions left"),
    "plan": N_("plan"),
    "unsubscribed_at": N_("day of unsubscribing"),
    "unsubscribe_reason": N_("reason for unsubscribing"),
    "points": N_("points earned or spent"),
    "points_balance": N_("points in all"),
    # what was bought
    "product": N_("product or service"),
    "sku": N_("number of the product"),
    "category": N_("category"),
    "items": N_("list of what was bought"),
    "quantity": N_("quantity"),
    "unit_price": N_("price of one"),
    "discount_percent": N_("per cent taken off the price"),
    # read and left
    "subtotal": N_("subtotal (a hint)"),
    "tax": N_("tax (a hint)"),
    "fee": N_("fee (a hint)"),
    "discount": N_("discount (a hint)"),
    "shipping": N_("shipping (a hint)"),
    "tip": N_("tip (a hint)"),
    "gift_card": N_("paid by gift card (a hint)"),
    "paid_at": N_("day of payment"),
    "shipped_at": N_("day of dispatch (not used)"),
    "updated_at": N_("day of the last change (not used)"),
    "due_date": N_("due day"),
    "time_zone": N_("time zone"),
    "payment_method": N_("way of paying"),
    "coupon": N_("coupon"),
    "staff": N_("who served"),
    "duration": N_("duration"),
    "row_number": N_("number of the row"),
    "civility": N_("form of address"),
    "identities": N_("signs by which the customer is recognised"),
    "extra": N_("kept beside the customer as it is"),
}
_OFTEN = (
    "date", "amount", "order_total", "name", "first_name", "last_name", "email", "phone", "customer_id",
    "order_id", "product", "quantity", "unit_price", "state", "refunded", "currency", "note",
)
"""The meanings that most files need."""


def field_words(name: str | None) -> str:
    """A field of `columns.vocabulary` in words; None and `ignore` are "not used"."""
    said = _WORDS.get(name or IGNORE)
    return _(said) if said else (name or "").replace("_", " ")


def fields_to_choose() -> Sequence[str]:
    """Every field, "not used" and those that most files need first."""
    return [IGNORE, *_OFTEN, *(name for name in FIELDS if name not in _OFTEN and name != IGNORE)]
