"""The journals of several server processes in one PostgreSQL database, with a lease for each session."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import psycopg

from counterpoise.errors import ConfigurationError, JournalError, LockedError, StorageError
from counterpoise.store.addresses import address_in
from counterpoise.store.journal import Journal
from counterpoise.store.journal_copy import copy_journal
from counterpoise.store.postgres.connections import LEASE_SECONDS, connect, plain
from counterpoise.store.postgres.lease import Lease, claim, first_lease, holder_of
from counterpoise.store.postgres.postgres_journal import PostgresJournal
from counterpoise.store.postgres.schema import VERSION, make_tables

SILENT_SHARE = 0.5
"""A process that has not renewed its lease for this share of its length has probably ended: another waits for the rest."""
WAIT_SHARE = 1.5
"""How long a process waits for a lease at most, as a share of its length."""
NO_SESSION = "the database has no session of this name"
_KEEP_KEY = "UPDATE counterpoise.version SET server_key = %s WHERE server_key IS NULL"
_KEY = "SELECT server_key FROM counterpoise.version"
_NAMES = "SELECT session FROM counterpoise.sessions ORDER BY session"
_UNCLAIMED = (
    "SELECT session FROM counterpoise.leases WHERE expires < clock_timestamp() AND NOT EXISTS ("
    "SELECT FROM counterpoise.entries WHERE entries.session = leases.session AND entries.kind = 'end') ORDER BY session"
)
_FIND = "SELECT 1 FROM counterpoise.sessions WHERE session = %s"
_ADD = "INSERT INTO counterpoise.sessions (session) VALUES (%s)"


class PostgresShelf:
    """The sessions of a database; the name of a journal is that of its session.

    Each open journal has a connection of its own; one more is for questions to the shelf, from whatever thread.

    Args:
        url: address of the database, such as ``postgresql://counterpoise@127.0.0.1/counterpoise``, without a password.
        lease_seconds: how long a session stays with its process after the last renewal or write. It is renewed every second.
    """

    is_shared = True

    def __init__(self, url: str, *, lease_seconds: float = LEASE_SECONDS) -> None:
        self._url, self._owner, self._lease_seconds = url, "", lease_seconds
        self._asking = threading.Lock()
        self._connection: psycopg.Connection | None = None

    def open(self, url: str) -> None:
        """Make the tables if there are none. The leases of this process say that it answers at ``url``.

        Raises:
            ConfigurationError: the address of the database is wrong.
            StorageError: the database cannot be used.
        """
        self._owner = url
        with self._connected() as connection:
            version = make_tables(connection)
        if version != VERSION:
            raise StorageError(
                self._url,
                f"its tables have version {version}; this release uses {VERSION}. Use the release that made them.",
            )

    def require_key(self, public: str) -> None:
        """Refuse a server with another key than the first that used the database.

        Raises:
            ConfigurationError: the key is another.
            StorageError: the database refuses.
        """
        with self._connected() as connection:
            connection.execute(_KEEP_KEY, (public,))
            row = connection.execute(_KEY).fetchone()
        if row is None or row[0] != public:
            raise ConfigurationError(
                f"{self._url}: its sessions were served with another server key, and clients have receipts sealed with it. Copy "
                "server.key from the data folder of the server that made them into this server's (--data)."
            )

    def names(self) -> list[str]:
        """Return the names of all sessions, in order."""
        return self._column(_NAMES)

    def unclaimed(self) -> list[str]:
        """Return the names of sessions that are not over and that no process serves, in order."""
        return self._column(_UNCLAIMED)

    def name_for(self, session_id: str) -> str:
        """Return the name of a session."""
        return session_id

    def find(self, name: str) -> str | None:
        """Return the address of a session; ``None`` if there is none with this name."""
        with self._connected() as connection:
            found = connection.execute(_FIND, (name,)).fetchone()
        return None if found is None else address_in(self._url, name)

    def require_space(self) -> None:
        """Do nothing: the database does not tell how much space its disk has."""

    def create(self, name: str) -> PostgresJournal:
        """Make a session without entries and claim it.

        Raises:
            ConfigurationError: the name is taken.
            StorageError: the database refuses.
        """
        address = address_in(self._url, name)
        try:
            with self._connected() as connection, connection.transaction():
                connection.execute(_ADD, (name,))
                lease = first_lease(connection, name, self._owner, self._lease_seconds, address)
        except psycopg.errors.UniqueViolation as error:
            raise _taken(address) from error
        return self._opened(name, lease)

    def adopt(self, name: str, source: Journal) -> None:
        """Copy a journal into a new session, which no process serves yet. It appears whole or not at all.

        Raises:
            ConfigurationError: the name is taken.
            JournalError: the journal cannot be read.
            StorageError: the database refuses.
        """
        address = address_in(self._url, name)
        try:
            with connect(self._url) as connection, connection.transaction():
                connection.execute(_ADD, (name,))
                lease = first_lease(connection, name, self._owner, self._lease_seconds, address)
                copy_journal(source, PostgresJournal(connection, name, address, lease))
                lease.release(connection)
        except psycopg.errors.UniqueViolation as error:
            raise _taken(address) from error
        except psycopg.Error as error:
            raise StorageError(address, f"the database refuses ({plain(error)})") from error

    def claim(self, name: str) -> PostgresJournal:
        """Claim a session and open its journal for writing.

        Wait for a lease that is about to run out because it is not renewed, and for one that a process at this address has left
        behind: that process has ended, for its port is ours.

        Raises:
            JournalError: there is no session of this name.
            LockedError: another process serves it.
            StorageError: the database refuses.
        """
        address = address_in(self._url, name)
        until = time.monotonic() + WAIT_SHARE * self._lease_seconds
        while True:
            with self._connected() as connection:
                lease = claim(connection, name, self._owner, self._lease_seconds, address)
                holder = None if lease is not None else holder_of(connection, name, self._lease_seconds)
            if lease is not None:
                return self._opened(name, lease)
            if holder is None:
                raise JournalError(address, NO_SESSION)
            is_ending = holder.owner == self._owner or holder.silent_seconds > SILENT_SHARE * self._lease_seconds
            if not is_ending or time.monotonic() > until:
                raise LockedError(address, f"the server at {holder.owner} serves this session", holder.owner)
            time.sleep(0.1)

    def read(self, name: str) -> PostgresJournal:
        """Open a journal for reading, whether a process writes it or not.

        Raises:
            JournalError: there is no session of this name.
            StorageError: the database refuses.
        """
        return self._opened(name, None)

    def close(self) -> None:
        """Close the connection of the shelf. The leases end when the journals are closed."""
        with self._asking:
            if self._connection is not None:
                self._connection.close()

    def _opened(self, name: str, lease: Lease | None) -> PostgresJournal:
        """Open a journal for writing under a lease, or for reading without one."""
        address = address_in(self._url, name)
        connection = connect(self._url, stopped_seconds=None if lease is None else self._lease_seconds)
        try:
            if connection.execute(_FIND, (name,)).fetchone() is None:
                raise JournalError(address, NO_SESSION)
            return PostgresJournal(connection, name, address, lease)
        except psycopg.Error as error:
            connection.close()
            raise StorageError(address, f"the database refuses ({plain(error)})") from error
        except BaseException:
            connection.close()
            raise

    def _column(self, statement: str) -> list[str]:
        with self._connected() as connection:
            return [str(row[0]) for row in connection.execute(statement)]

    @contextlib.contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        """Yield the connection for questions; errors of the database become ``StorageError``, but for a name that is taken."""
        with self._asking:
            if self._connection is None or self._connection.closed:
                self._connection = connect(self._url)
            try:
                yield self._connection
            except psycopg.errors.UniqueViolation:
                raise
            except psycopg.Error as error:
                self._connection.close()  # the next question gets another
                raise StorageError(self._url, f"the database refuses ({plain(error)})") from error


def _taken(address: str) -> ConfigurationError:
    return ConfigurationError(f"{address}: the session exists. Choose another name.")
