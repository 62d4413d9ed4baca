"""The tables of a store, as migrations. A released migration is never edited: a later one changes it.

Days are whole numbers since 1970-01-01, money is whole minor units; `span`, `fact`, `subscription` and
`status_change` are derived from the ledger and the definition in force, and can be rebuilt at any time.
"""

from __future__ import annotations

APPLICATION_ID = 0x41545549
"""`PRAGMA application_id` of our files ("ATUI")."""

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "0001_ledger",
        """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES source(id),
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  system TEXT NOT NULL,
  assumptions TEXT NOT NULL,
  counts TEXT NOT NULL,
  last_day INTEGER,
  first_event INTEGER,
  last_event INTEGER,
  first_customer INTEGER,
  last_customer INTEGER,
  undone_at TEXT
) STRICT;
CREATE INDEX batch_by_hash ON batch(file_hash);

CREATE TABLE refusal (
  batch_id INTEGER NOT NULL REFERENCES batch(id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  cells TEXT NOT NULL
) STRICT;
CREATE INDEX refusal_of_batch ON refusal(batch_id, line);

CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  first_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  tax_id TEXT NOT NULL DEFAULT '',
  company TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  region TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  birthday INTEGER,
  note TEXT NOT NULL DEFAULT '',
  consent INTEGER,
  do_not_contact INTEGER NOT NULL DEFAULT 0,
  history_from INTEGER,
  extra TEXT NOT NULL DEFAULT '{}',
  search TEXT NOT NULL DEFAULT '',
  batch_id INTEGER REFERENCES batch(id)
) STRICT;
CREATE INDEX customer_by_name ON customer(search, id);
CREATE INDEX customer_with_note ON customer(id) WHERE note <> '';

CREATE INDEX customer_with_history ON customer(id, history_from) WHERE history_from IS NOT NULL;

CREATE TABLE identity (
  kind TEXT NOT NULL,
  source_id INTEGER NOT NULL,
  value TEXT NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  PRIMARY KEY (kind, source_id, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_of_customer ON identity(customer_id);

CREATE TABLE tag (
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (customer_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_by_name ON tag(name, customer_id);

CREATE TABLE kind (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer(id),
  kind INTEGER NOT NULL REFERENCES kind(id),
  day INTEGER NOT NULL,
  time TEXT NOT NULL DEFAULT '',
  amount INTEGER,
  currency TEXT NOT NULL DEFAULT '',
  refunded INTEGER NOT NULL DEFAULT 0,
  net INTEGER NOT NULL DEFAULT 0,
  counts INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL DEFAULT '',
  nature TEXT NOT NULL DEFAULT '',
  product TEXT NOT NULL DEFAULT '',
  quantity REAL,
  rating INTEGER,
  channel TEXT NOT NULL DEFAULT '',
  until INTEGER,
  order_ref TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  recorded INTEGER NOT NULL,
  source_id INTEGER NOT NULL REFERENCES source(id),
  key TEXT NOT NULL,
  line INTEGER NOT NULL DEFAULT 0,
  batch_id INTEGER REFERENCES batch(id),
  UNIQUE (source_id, key)
) STRICT;
CREATE INDEX event_of_customer ON event(customer_id, day);
CREATE INDEX event_ahead ON event(day) WHERE day > recorded;
CREATE INDEX event_by_kind ON event(kind, customer_id, day, counts) WHERE kind <> 1;
CREATE INDEX refund_of_order ON event(source_id, order_ref) WHERE kind = 2 AND order_ref <> '';
CREATE INDEX purchase_of_order ON event(source_id, order_ref)
  WHERE kind = 1 AND order_ref <> '' AND key <> 'purchase:' || order_ref;

CREATE TABLE line (
  event_id INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  product TEXT NOT NULL,
  sku TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  quantity REAL,
  unit_price INTEGER,
  amount INTEGER,
  PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE definition (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  toml TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE span (
  customer_id INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  status INTEGER NOT NULL,
  PRIMARY KEY (customer_id, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE status_change (
  status INTEGER NOT NULL,
  day INTEGER NOT NULL,
  change INTEGER NOT NULL,
  PRIMARY KEY (status, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  customer_id INTEGER PRIMARY KEY,
  status INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  next_status INTEGER NOT NULL,
  next_change INTEGER NOT NULL,
  first_purchase INTEGER,
  last_purchase INTEGER,
  purchases INTEGER NOT NULL,
  purchase_days INTEGER NOT NULL,
  spend INTEGER NOT NULL,
  year_spend INTEGER NOT NULL,
  rhythm REAL,
  next_expected INTEGER,
  last_event INTEGER,
  last_contact INTEGER,
  types INTEGER NOT NULL
) STRICT;
CREATE INDEX fact_by_next_change ON fact(next_change);
CREATE INDEX fact_by_status ON fact(status);
CREATE INDEX fact_by_since ON fact(since);

CREATE TABLE subscription (
  customer_id INTEGER NOT NULL,
  product TEXT NOT NULL,
  nature TEXT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  PRIMARY KEY (customer_id, product, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE segment (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  query TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  playbook TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  started INTEGER NOT NULL,
  ended INTEGER,
  ending TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX enrolment_of_customer ON enrolment(customer_id);

CREATE TABLE task (
  id INTEGER PRIMARY KEY,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment(id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  title TEXT NOT NULL,
  channel TEXT NOT NULL,
  due INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open',
  closed INTEGER,
  outcome TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX task_by_due ON task(state, due);
CREATE INDEX task_of_customer ON task(customer_id);

CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL,
  what TEXT NOT NULL,
  batch_id INTEGER REFERENCES batch(id),
  undone_at TEXT
) STRICT;

CREATE TABLE before_image (
  operation_id INTEGER NOT NULL REFERENCES operation(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,
  row TEXT,
  PRIMARY KEY (operation_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX before_image_of_row ON before_image(table_name, row_key);
CREATE INDEX operation_of_batch ON operation(batch_id);
""",
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
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
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
the playbook as it was then; `round_member.held_out` is the coin that was drawn, once. `task.event_id` is the
contact that closed the task. `alert_mark` says what became of an alert (customer 0: of nobody in particular).
`kept_figure` keeps what takes long to work out; it is derived, and can be dropped at any time."""
