"""The journals of several server processes in one PostgreSQL database, with a lease for each session."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

import psycopg

from counterpoise.errors import ConfigurationError, JournalError, LockedError, StorageError
from counterpoise.store.addresses import address_in
from counterpoise.store.postgres.connections import LEASE_SECONDS, connect, plain
from counterpoise.store.postgres.lease import Lease, claim, first_lease, holder_of
from counterpoise.store.postgres.postgres_journal import PostgresJournal
from counterpoise.store.postgres.schema import VERSION, make_tables

SILENT_SHARE = 0.5
"""A process that has not renewed its lease for this share of its length has probably ended: another waits for the rest."""
WAIT_SHARE = 1.5
"""How long a process waits for a lease at most, as a share of its length."""
_NAMES = "SELECT session FROM counterpoise.sessions ORDER BY session"
_UNCLAIMED = (
    "SELECT session FROM counterpoise.leases WHERE expires < clock_timestamp() AND NOT EXISTS ("
    "SELECT FROM counterpoise.entries WHERE entries.session = leases.session AND entries.kind = 'end') ORDER BY session"
)
_FIND = "SELECT 1 FROM counterpoise.sessions WHERE session = %s"
_ADD = "INSERT INTO counterpoise.sessions (session) VALUES (%s)"


class PostgresShelf:
    """The sessions of a database; the name of a journal is that of its session.

    Args:
        url: address of the database, such as ``postgresql://counterpoise@127.0.0.1/counterpoise``, without a password.
        lease_seconds: how long a session stays with its process after the last renewal or write. It is renewed every second.
    """

    is_shared = True

    def __init__(self, url: str, *, lease_seconds: float = LEASE_SECONDS) -> None:
        self._url, self._owner, self._lease_seconds = url, "", lease_seconds

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
            raise ConfigurationError(f"{address}: the session exists. Choose another name.") from error
        return self._opened(name, lambda connection: lease)

    def claim(self, name: str) -> PostgresJournal:
        """Claim a session and open its journal for writing.

        Wait for a lease that is about to run out because it is not renewed, and for one that a process at this address has left
        behind: that process has ended, for its port is ours.

        Raises:
            JournalError: there is no session of this name.
            LockedError: another process serves it.
            StorageError: the database refuses.
        """
        return self._opened(name, lambda connection: self._lease(connection, name))

    def read(self, name: str) -> PostgresJournal:
        """Open a journal for reading, whether a process writes it or not.

        Raises:
            JournalError: there is no session of this name.
            StorageError: the database refuses.
        """
        return self._opened(name, lambda connection: None)

    def close(self) -> None:
        """Do nothing: the leases end when the journals are closed."""

    def _opened(self, name: str, leased: Callable[[psycopg.Connection], Lease | None]) -> PostgresJournal:
        """Open a journal under the lease that ``leased`` returns; for reading if it returns none."""
        address = address_in(self._url, name)
        connection = connect(self._url, stopped_seconds=self._lease_seconds)
        try:
            if connection.execute(_FIND, (name,)).fetchone() is None:
                raise JournalError(address, "the database has no session of this name")
            return PostgresJournal(connection, name, address, leased(connection))
        except psycopg.Error as error:
            connection.close()
            raise StorageError(address, f"the database refuses ({plain(error)})") from error
        except BaseException:
            connection.close()
            raise

    def _lease(self, connection: psycopg.Connection, name: str) -> Lease:
        address = address_in(self._url, name)
        until = time.monotonic() + WAIT_SHARE * self._lease_seconds
        while (lease := claim(connection, name, self._owner, self._lease_seconds, address)) is None:
            holder = holder_of(connection, name, self._lease_seconds)
            if holder is None:
                raise JournalError(address, "the session was deleted")
            is_ending = holder.owner == self._owner or holder.silent_seconds > SILENT_SHARE * self._lease_seconds
            if not is_ending or time.monotonic() > until:
                raise LockedError(address, f"the server at {holder.owner} serves this session", holder.owner)
            time.sleep(0.1)
        return lease

    def _column(self, statement: str) -> list[str]:
        with self._connected() as connection:
            return [str(row[0]) for row in connection.execute(statement)]

    @contextlib.contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        """Connect for a short while; other errors of the database than a name that is taken become ``StorageError``."""
        with connect(self._url) as connection:
            try:
                yield connection
            except psycopg.errors.UniqueViolation:
                raise
            except psycopg.Error as error:
                raise StorageError(self._url, f"the database refuses ({plain(error)})") from error
