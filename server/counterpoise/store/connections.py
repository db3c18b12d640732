"""Connections to the file of a journal, for its one writer and for readers."""

from __future__ import annotations

from pathlib import Path

from counterpoise.store.open_files import log_of
from counterpoise.store.schema import migrations
from counterpoise.store.sqlite import Database, sqlite3


def connect_writer(path: Path) -> sqlite3.Connection:
    """Connect to a journal for writing; call ``prepare_writer`` before the first write."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False, timeout=5.0)


def connect_reader(path: Path) -> sqlite3.Connection:
    """Connect to a journal for reading. No file is created or changed."""
    # SQLite creates a log beside a file in WAL mode even for a reader; "immutable" prevents that. It is safe only when there
    # is no log, and so no writer.
    at_rest = not log_of(path).exists()
    options = "mode=ro&immutable=1" if at_rest else "mode=ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, check_same_thread=False, timeout=5.0
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    return connection


def prepare_writer(connection: sqlite3.Connection) -> None:
    """Set the pragmas of a writer and bring the tables up to date."""
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    # Database() turns recursive triggers on, so that INSERT OR REPLACE runs the triggers too.
    migrations.apply(Database(connection, execute_plugins=False))
