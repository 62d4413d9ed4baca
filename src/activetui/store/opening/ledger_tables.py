"""The tables that every store began with: the first migration. Never edited, as no released one is."""

from __future__ import annotations

LEDGER_TABLES = """
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
"""
