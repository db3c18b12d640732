"""Connections to a PostgreSQL database, and the addresses of the journals in it."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from counterpoise.errors import ConfigurationError, StorageError

LEASE_SECONDS = 4.0
"""How long a session stays with its process after the last renewal or write."""
_WAITING = {"connect_timeout": 5, "tcp_user_timeout": 5000, "keepalives_idle": 5, "keepalives_interval": 2}
"""How long a connection waits for a database that does not answer: seconds, but for ``tcp_user_timeout`` in milliseconds."""
_SETTINGS = {
    "synchronous_commit": "on",
    "lock_timeout": "1s",
    # Whatever the role's own search path is, the names of a journal's tables mean the views that this connection makes.
    "search_path": "pg_temp",
}


def check_url(url: str) -> None:
    """Refuse the address of a database that is malformed or has a password.

    Raises:
        ConfigurationError: what is wrong with it, without the password.
    """
    try:
        found = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ConfigurationError(
            f"the address of the database is malformed ({' '.join(str(error).split())}). Expected one such as "
            "postgresql://counterpoise@127.0.0.1/counterpoise"
        ) from error
    if found.get("password"):
        raise ConfigurationError(
            "the address of the database has a password, which every user of this machine can read in the list of processes. "
            "Put it into ~/.pgpass or the variable PGPASSWORD."
        )


def connect(url: str, *, stopped_seconds: float | None = None) -> psycopg.Connection:
    """Connect to a database; every statement is a transaction of its own unless a block joins several.

    Args:
        url: address of the database.
        stopped_seconds: a process that is stopped within a transaction keeps rows locked for so long at most; ``None`` for a
            connection that only reads, or writes in single statements.

    Raises:
        ConfigurationError: the address is malformed or has a password.
        StorageError: the database cannot be reached.
    """
    check_url(url)
    milliseconds = 0.0 if stopped_seconds is None else stopped_seconds * 1000  # 0: no limit
    stopped = {"idle_in_transaction_session_timeout": f"{milliseconds:.0f}ms"}
    options = " ".join(f"-c {name}={value}" for name, value in (_SETTINGS | stopped).items())
    try:
        return psycopg.connect(
            make_conninfo(url, application_name="counterpoise", options=options, **_WAITING), autocommit=True
        )
    except psycopg.Error as error:
        raise StorageError(url, f"cannot reach the database ({plain(error)})") from error


def plain(error: psycopg.Error) -> str:
    """Return the message of an error of the database as one line."""
    return " ".join(str(error).split()) or type(error).__name__
