export const runs = `
CREATE TABLE runs (
  id          TEXT PRIMARY KEY,
  network     TEXT NOT NULL,
  genesis     TEXT NOT NULL,
  subject     TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  finished_at TEXT,
  receipt     TEXT
) STRICT;
CREATE INDEX runs_by_scope ON runs (network, genesis, subject, started_at);

CREATE TABLE steps (
  run         TEXT NOT NULL REFERENCES runs (id),
  name        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  started_at  TEXT NOT NULL,
  finished_at TEXT,
  outcome     TEXT,
  figures     TEXT,
  failure     TEXT,
  PRIMARY KEY (run, name)
) STRICT;

CREATE TABLE events (
  id  INTEGER PRIMARY KEY AUTOINCREMENT,
  run TEXT NOT NULL REFERENCES runs (id),
  at  TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_run ON events (run, id);

CREATE TABLE transactions (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  genesis    TEXT NOT NULL,
  run        TEXT NOT NULL,
  step       TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  sender     TEXT NOT NULL,
  recipient  TEXT,
  nonce      INTEGER NOT NULL,
  raw        TEXT NOT NULL,
  hash       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('signed', 'sent', 'included', 'final', 'reverted')),
  block      INTEGER,
  block_hash TEXT,
  gas_used   TEXT,
  fee        TEXT,
  note       TEXT,
  UNIQUE (genesis, run, purpose),
  UNIQUE (genesis, sender, nonce)
) STRICT;
`;
