"""The tables of a store, as migrations. A released migration is never edited: a later one changes it.

Days are whole numbers since 1970-01-01, money is whole minor units; `life`, `fact`, `subscription` and
`status_change` are derived from the ledger and the definition in force, and can be rebuilt at any time.
"""

from __future__ import annotations

from activetui.store.opening.ledger_tables import LEDGER_TABLES

APPLICATION_ID = 0x41545549
"""`PRAGMA application_id` of our files ("ATUI")."""

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "0001_ledger",
        LEDGER_TABLES,
    ),
    (
        "0002_two_clocks",
        """
ALTER TABLE event ADD COLUMN entered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN entered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN day INTEGER NOT NULL DEFAULT 0;

CREATE TEMP TABLE batch_day (id INTEGER PRIMARY KEY, day INTEGER NOT NULL);
INSERT INTO temp.batch_day
SELECT id, CAST(strftime('%s', substr(made_at, 1, 10)) AS INTEGER) / 86400 FROM batch;

UPDATE event SET entered = coalesce(
  (SELECT day FROM temp.batch_day WHERE batch_day.id = event.batch_id), recorded);
UPDATE customer SET entered = coalesce(
  (SELECT day FROM temp.batch_day WHERE batch_day.id = customer.batch_id),
  (SELECT min(event.entered) FROM event WHERE event.customer_id = customer.id), 0);
UPDATE operation SET day = CAST(strftime('%s', substr(made_at, 1, 10)) AS INTEGER) / 86400;

UPDATE before_image SET row = json_set(row, '$.entered', coalesce(
  (SELECT day FROM temp.batch_day WHERE batch_day.id = json_extract(row, '$.batch_id')),
  json_extract(row, '$.recorded')))
WHERE table_name = 'event' AND row IS NOT NULL;
UPDATE before_image SET row = json_set(row, '$.entered', coalesce(
  (SELECT customer.entered FROM customer WHERE customer.id = json_extract(row, '$.id')),
  (SELECT day FROM temp.batch_day WHERE batch_day.id = json_extract(row, '$.batch_id')), 0))
WHERE table_name = 'customer' AND row IS NOT NULL;
DROP TABLE temp.batch_day;
""",
    ),
    (
        "0003_files_and_merges",
        """
CREATE TABLE batch_file (
  batch_id INTEGER NOT NULL REFERENCES batch(id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  first_line INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (batch_id, part)
) STRICT;

CREATE TABLE remembered_answer (
  signature TEXT PRIMARY KEY,
  answers TEXT NOT NULL,
  batch_id INTEGER REFERENCES batch(id)
) STRICT, WITHOUT ROWID;

CREATE TABLE forgotten_event (
  source_id INTEGER NOT NULL REFERENCES source(id),
  key TEXT NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;

ALTER TABLE event ADD COLUMN whose INTEGER;
ALTER TABLE identity ADD COLUMN whose INTEGER;

CREATE TABLE merged_customer (
  id INTEGER PRIMARY KEY,
  kept INTEGER NOT NULL,
  operation_id INTEGER NOT NULL REFERENCES operation(id),
  filled TEXT NOT NULL
) STRICT;

CREATE TABLE not_the_same (
  one INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_the_same_other ON not_the_same(other);

CREATE TABLE payment_ref (
  value TEXT NOT NULL,
  event_id INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  PRIMARY KEY (value, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_ref_of_event ON payment_ref(event_id);
""",
    ),
    (
        "0004_forgotten_people",
        """
CREATE TABLE forgotten_person (
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL,
  day INTEGER NOT NULL
) STRICT;

CREATE TABLE forgotten_sign (
  mark TEXT PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES forgotten_person(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
""",
    ),
    (
        "0005_winning_back",
        """
CREATE TABLE rule_text (
  sort TEXT NOT NULL,
  key TEXT NOT NULL,
  toml TEXT NOT NULL,
  in_use INTEGER NOT NULL DEFAULT 1,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (sort, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE playbook_round (
  id INTEGER PRIMARY KEY,
  playbook TEXT NOT NULL,
  name TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER,
  hold_out INTEGER NOT NULL,
  window_days INTEGER NOT NULL,
  seed TEXT NOT NULL,
  rules TEXT NOT NULL
) STRICT;

CREATE TABLE round_member (
  round_id INTEGER NOT NULL REFERENCES playbook_round(id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL,
  held_out INTEGER NOT NULL,
  drawn INTEGER NOT NULL,
  PRIMARY KEY (round_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_member_of_customer ON round_member(customer_id);

ALTER TABLE enrolment ADD COLUMN round_id INTEGER REFERENCES playbook_round(id);
ALTER TABLE task ADD COLUMN event_id INTEGER REFERENCES event(id) ON DELETE SET NULL;
CREATE INDEX task_of_enrolment ON task(enrolment_id);
CREATE INDEX task_of_event ON task(event_id) WHERE event_id IS NOT NULL;
CREATE INDEX enrolment_of_round ON enrolment(round_id) WHERE round_id IS NOT NULL;
CREATE INDEX enrolment_under_way ON enrolment(playbook, customer_id) WHERE ended IS NULL;
CREATE INDEX task_by_closed ON task(closed) WHERE closed IS NOT NULL;

CREATE TABLE alert_mark (
  rule TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  occasion TEXT NOT NULL,
  day INTEGER NOT NULL,
  state TEXT NOT NULL,
  marked INTEGER NOT NULL,
  PRIMARY KEY (rule, customer_id, occasion)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_mark_of_customer ON alert_mark(customer_id);

CREATE TABLE kept_figure (
  name TEXT NOT NULL,
  day INTEGER NOT NULL,
  mark TEXT NOT NULL,
  figures TEXT NOT NULL,
  PRIMARY KEY (name, day)
) STRICT, WITHOUT ROWID;
""",
    ),
    (
        "0006_lives",
        """
CREATE TABLE life (
  customer_id INTEGER PRIMARY KEY,
  spans BLOB NOT NULL
) STRICT;
""",
    ),
    (
        "0007_without_spans",
        """
DROP TABLE span;
""",
    ),
)
"""The second one: `event.entered` and `customer.entered` are the days on which the store learned of them, and
`operation.day` that on which it changed something, all in the business's calendar (`made_at` is in UTC, and
may lie on the next day). What was there before was learned with its import, else when it was recorded.

The third one: `batch_file` is the imported file as it was, in packed parts that end with a line. An event
deleted by hand is in `forgotten_event`, so that the next import of its file leaves it out. A customer who was
merged into another has no row in `customer` any more, but one in `merged_customer`; `event.whose` and
`identity.whose` say to whom of the merged a row belongs (NULL: to the customer whom it names). `payment_ref`
holds the numbers by which other programs may know the sale of an event (`same_sales.normal`).

The fourth one: of a customer who was forgotten for good only the number is left, which nobody gets again, and
fingerprints of the signs by which a file would bring them back (`forgotten_people`).

The fifth one: `rule_text` holds the owner's own playbooks, alerts and messages (`sort`), and says which of
those that come with the program are not in use. `playbook_round` is one start of a playbook for many, with
the playbook as it was then; `round_member.held_out` is the coin that was drawn, once, for the customer of
that number, who may have been merged into another since. `task.event_id` is the contact that closed the task.
`alert_mark` says what became of an alert (customer 0: of nobody in particular). `kept_figure` keeps what
takes long to work out; it is derived, and can be dropped at any time.

The sixth one: `life` holds the statuses of a customer on all days in one row (`facts.lives`), as `span` did
in a row for each span; it is filled from that (`spans_to_lives`), which the seventh one drops."""
