"""The tables of a journal file, as migrations: a writer that opens an older file adds what it lacks."""

from __future__ import annotations

from counterpoise.store.sqlite import Database, Migrations

APPLICATION_ID = 0x43504A31
"""``CPJ1``, in the SQLite header: this file is a counterpoise journal."""
SCHEMA_VERSION = 4
"""The number of migrations below. SQLite keeps it in ``user_version``."""

COLUMNS: dict[str, dict[str, str]] = {
    "entries": {
        "sequence": "INTEGER",
        "tick": "INTEGER",
        "kind": "TEXT",
        "salt": "BLOB",
        "commitment": "TEXT",
        "chain": "TEXT",
        "body": "BLOB",
    },
    "tokens": {
        "id": "INTEGER",
        "role": "TEXT",
        "seat": "TEXT",
        "name": "TEXT",
        "hash": "TEXT",
        "previous_hash": "TEXT",
        "previous_until": "REAL",
        "created_at": "REAL",
        "parent": "INTEGER",
        "shared": "INTEGER",
        "claimed": "INTEGER",
        "revoked": "INTEGER",
        "salt": "TEXT",
    },
    "facts": {"name": "TEXT", "value": "TEXT"},
    "snapshots": {
        "entries": "INTEGER",
        "chain": "TEXT",
        "state": "BLOB",
        "state_sha256": "TEXT",
        "growth": "BLOB",
        "growth_sha256": "TEXT",
    },
    "play_log": {
        "number": "INTEGER",
        "salt": "BLOB",
        "commitment": "TEXT",
        "chain": "TEXT",
        "body": "BLOB",
    },
}
"""The columns of every table with their types, as SQLite names them. A file from elsewhere is compared with them."""
OPTIONAL_TABLES = ("snapshots", "play_log")
"""The tables that journals of older releases lack."""
OPTIONAL_COLUMNS = {"tokens": ("salt",)}
"""The last columns of tables that journals of older releases lack."""
migrations = Migrations("counterpoise")

_ENTRIES_KEEP = """
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
WHEN NOT (
  length(NEW.body) = 0 AND length(NEW.salt) = 0
  AND NEW.sequence = OLD.sequence AND NEW.tick = OLD.tick AND NEW.kind = OLD.kind
  AND NEW.commitment = OLD.commitment AND NEW.chain = OLD.chain
)
BEGIN SELECT RAISE(ABORT, 'a journal is only ever added to; a body may be redacted, nothing else'); END
"""
_ENTRIES_STAY = """
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'a journal is only ever added to'); END
"""

_PLAY_LOG_KEEP = """
CREATE TRIGGER play_log_keep BEFORE UPDATE ON play_log
WHEN NOT (
  length(NEW.body) = 0 AND length(NEW.salt) = 0
  AND NEW.number = OLD.number AND NEW.commitment = OLD.commitment AND NEW.chain = OLD.chain
)
BEGIN SELECT RAISE(ABORT, 'a play log is only ever added to; a row may be purged, nothing else'); END
"""
_PLAY_LOG_STAY = """
CREATE TRIGGER play_log_stay BEFORE DELETE ON play_log
BEGIN SELECT RAISE(ABORT, 'a play log is only ever added to'); END
"""


@migrations()
def entries_tokens_and_facts(db: Database) -> None:
    """Create the first schema."""
    db.table("entries").create(
        {
            "sequence": int,
            "tick": int,
            "kind": str,
            "salt": bytes,
            "commitment": str,
            "chain": str,
            "body": bytes,
        },
        pk="sequence",
        not_null={"tick", "kind", "salt", "commitment", "chain", "body"},
        strict=True,
    )
    db.execute(_ENTRIES_KEEP)
    db.execute(_ENTRIES_STAY)
    db.table("tokens").create(
        {
            "id": int,
            "role": str,
            "seat": str,
            "name": str,
            "hash": str,
            "previous_hash": str,
            "previous_until": float,
            "created_at": float,
            "parent": int,
            "shared": int,
            "claimed": int,
            "revoked": int,
        },
        pk="id",
        not_null={"role", "seat", "name", "hash", "previous_hash", "previous_until", "created_at", "shared", "claimed"},
        defaults={"name": "", "previous_hash": "", "previous_until": 0.0, "shared": 0, "claimed": 0, "revoked": 0},
        strict=True,
    )
    db.table("tokens").create_index(["hash"], unique=True)
    db.table("tokens").create_index(["previous_hash"])
    db.table("facts").create({"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)
    db.execute("PRAGMA user_version = 1")


@migrations()
def snapshots(db: Database) -> None:
    """Add the snapshots, from which a session is resumed without a replay of its whole journal."""
    db.table("snapshots").create(
        {
            "entries": int,
            "chain": str,
            "state": bytes,
            "state_sha256": str,
            "growth": bytes,
            "growth_sha256": str,
        },
        pk="entries",
        not_null={"chain", "state", "state_sha256", "growth", "growth_sha256"},
        strict=True,
    )
    # A session that is resumed from a snapshot reads the texts of the whole journal.
    db.execute("CREATE INDEX entries_texts ON entries (sequence) WHERE kind = 'text'")
    # The acks in a snapshot are compared with the orders and commands, and what the commands decided with all commands.
    db.execute("CREATE INDEX entries_inputs ON entries (sequence) WHERE kind IN ('order', 'command')")
    db.execute("CREATE INDEX entries_commands ON entries (sequence) WHERE kind = 'command'")
    db.execute("PRAGMA user_version = 2")


@migrations()
def play_log(db: Database) -> None:
    """Add the play log: what people did at what time of day."""
    db.table("play_log").create(
        {"number": int, "salt": bytes, "commitment": str, "chain": str, "body": bytes},
        pk="number",
        not_null={"salt", "commitment", "chain", "body"},
        strict=True,
    )
    db.execute(_PLAY_LOG_KEEP)
    db.execute(_PLAY_LOG_STAY)
    db.execute("PRAGMA user_version = 3")


@migrations()
def salts_of_tokens(db: Database) -> None:
    """Add the salt with which a token's successor is made, and let the token before it be valid until that is confirmed.

    What the tables said before: a token was used last 60 seconds before ``previous_until``, and is valid for 60 days from then.
    """
    db.execute("ALTER TABLE tokens ADD COLUMN salt TEXT NOT NULL DEFAULT ''")
    db.execute("UPDATE tokens SET previous_hash = '' WHERE previous_until < CAST(strftime('%s', 'now') AS REAL)")
    db.execute("UPDATE tokens SET previous_until = previous_until - 60 + 60 * 86400 WHERE previous_until > 0")
    db.execute("PRAGMA user_version = 4")
