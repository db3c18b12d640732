"""The tables of all journals in a PostgreSQL database, in a schema of their own."""

from __future__ import annotations

import psycopg

SCHEMA = "counterpoise"
VERSION = 3
"""The version of the tables below."""
JOURNAL_TABLES = ("entries", "tokens", "snapshots", "facts", "play_log")
"""The tables with rows of one session each; they have the columns that a journal file has, and the session."""
_MAKING = 0x43504A31
"""The number of the lock under which one process at a time makes the tables."""

_TABLES = """
CREATE SCHEMA counterpoise;
CREATE TABLE counterpoise.version (version integer NOT NULL, server_key text);
INSERT INTO counterpoise.version (version) VALUES (1);
CREATE TABLE counterpoise.sessions (
  session text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE counterpoise.leases (
  session text PRIMARY KEY REFERENCES counterpoise.sessions ON DELETE CASCADE,
  owner text NOT NULL,
  epoch bigint NOT NULL,
  expires timestamptz NOT NULL
);
CREATE TABLE counterpoise.entries (
  session text NOT NULL REFERENCES counterpoise.sessions ON DELETE CASCADE,
  sequence bigint NOT NULL,
  tick bigint NOT NULL,
  kind text NOT NULL,
  salt bytea NOT NULL,
  commitment text NOT NULL,
  chain text NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (session, sequence)
);
CREATE INDEX entries_texts ON counterpoise.entries (session, sequence) WHERE kind = 'text';
CREATE INDEX entries_inputs ON counterpoise.entries (session, sequence) WHERE kind IN ('order', 'command');
CREATE INDEX entries_ends ON counterpoise.entries (session) WHERE kind = 'end';
CREATE FUNCTION counterpoise.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF length(NEW.body) > 0 OR length(NEW.salt) > 0
    OR (NEW.session, NEW.sequence, NEW.tick, NEW.kind, NEW.commitment, NEW.chain)
      IS DISTINCT FROM (OLD.session, OLD.sequence, OLD.tick, OLD.kind, OLD.commitment, OLD.chain)
  THEN
    RAISE EXCEPTION 'a journal is only ever added to; a body may be redacted, nothing else';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entries_keep BEFORE UPDATE ON counterpoise.entries
  FOR EACH ROW EXECUTE FUNCTION counterpoise.refuse_change();
CREATE TABLE counterpoise.tokens (
  id bigint NOT NULL,
  session text NOT NULL REFERENCES counterpoise.sessions ON DELETE CASCADE,
  role text NOT NULL,
  seat text NOT NULL,
  name text NOT NULL DEFAULT '',
  hash text NOT NULL,
  previous_hash text NOT NULL DEFAULT '',
  previous_until double precision NOT NULL DEFAULT 0,
  created_at double precision NOT NULL,
  parent bigint,
  shared integer NOT NULL DEFAULT 0,
  claimed integer NOT NULL DEFAULT 0,
  revoked integer NOT NULL DEFAULT 0,
  PRIMARY KEY (session, id),
  UNIQUE (session, hash)
);
CREATE INDEX tokens_previous ON counterpoise.tokens (session, previous_hash);
CREATE TABLE counterpoise.snapshots (
  session text NOT NULL REFERENCES counterpoise.sessions ON DELETE CASCADE,
  entries bigint NOT NULL,
  chain text NOT NULL,
  state bytea NOT NULL,
  state_sha256 text NOT NULL,
  growth bytea NOT NULL,
  growth_sha256 text NOT NULL,
  PRIMARY KEY (session, entries)
);
CREATE TABLE counterpoise.facts (
  session text NOT NULL REFERENCES counterpoise.sessions ON DELETE CASCADE,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (session, name)
);
"""

_PLAY_LOG = """
CREATE TABLE counterpoise.play_log (
  session text NOT NULL REFERENCES counterpoise.sessions ON DELETE CASCADE,
  number bigint NOT NULL,
  salt bytea NOT NULL,
  commitment text NOT NULL,
  chain text NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (session, number)
);
CREATE FUNCTION counterpoise.refuse_change_of_play() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF length(NEW.body) > 0 OR length(NEW.salt) > 0
    OR (NEW.session, NEW.number, NEW.commitment, NEW.chain)
      IS DISTINCT FROM (OLD.session, OLD.number, OLD.commitment, OLD.chain)
  THEN
    RAISE EXCEPTION 'a play log is only ever added to; a row may be purged, nothing else';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER play_log_keep BEFORE UPDATE ON counterpoise.play_log
  FOR EACH ROW EXECUTE FUNCTION counterpoise.refuse_change_of_play();
UPDATE counterpoise.version SET version = 2;
"""
"""What version 2 adds to version 1."""

_SALTS = """
ALTER TABLE counterpoise.tokens ADD COLUMN salt text NOT NULL DEFAULT '';
UPDATE counterpoise.tokens SET previous_hash = '' WHERE previous_until < extract(epoch FROM clock_timestamp());
UPDATE counterpoise.tokens SET previous_until = previous_until - 60 + 60 * 86400 WHERE previous_until > 0;
UPDATE counterpoise.version SET version = 3;
"""
"""What version 3 adds to version 2: the salt with which a token's successor is made. A token was used last 60 seconds before
``previous_until``, and is now valid for 60 days from then."""


def make_tables(connection: psycopg.Connection) -> int:
    """Make the tables if the database has none, and those that an older release lacked; return the version."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
        found = connection.execute("SELECT to_regclass(%s)", ("counterpoise.version",)).fetchone()
        if found is None or found[0] is None:
            connection.execute(_TABLES)
        version = _version(connection)
        for older, what_it_lacks in ((1, _PLAY_LOG), (2, _SALTS)):
            if version == older:
                connection.execute(what_it_lacks)
                version = _version(connection)
    return version


def _version(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT version FROM counterpoise.version").fetchone()
    return 0 if row is None else int(row[0])
