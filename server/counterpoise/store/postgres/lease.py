"""The lease of a session: one process at a time may write its journal, and the database compares at each write."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from counterpoise.errors import LeaseLostError

_CLAIM = (
    "UPDATE counterpoise.leases SET owner = %s, epoch = epoch + 1, expires = clock_timestamp() + make_interval(secs => %s) "
    "WHERE session = %s AND expires < clock_timestamp() RETURNING epoch"
)
_FIRST = (
    "INSERT INTO counterpoise.leases (session, owner, epoch, expires) "
    "VALUES (%s, %s, 1, clock_timestamp() + make_interval(secs => %s))"
)
_HOLD = (
    "UPDATE counterpoise.leases SET expires = clock_timestamp() + make_interval(secs => %s) "
    "WHERE session = %s AND owner = %s AND epoch = %s"
)
_RELEASE = "UPDATE counterpoise.leases SET expires = to_timestamp(0) WHERE session = %s AND owner = %s AND epoch = %s"
_HOLDER = (
    "SELECT owner, %s - extract(epoch FROM expires - clock_timestamp())::double precision "
    "FROM counterpoise.leases WHERE session = %s"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a session or held it last: where that process answers, and for how long it has not renewed its lease."""

    owner: str
    silent_seconds: float


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one process to write a journal, until another process claims it.

    Args:
        session: name of the session.
        owner: where the process answers.
        epoch: number of the claim; each claim of a session has a higher one.
        seconds: how long it lasts after the last renewal or write.
        address: where the journal is, for errors.
    """

    session: str
    owner: str
    epoch: int
    seconds: float
    address: str

    def hold(self, connection: psycopg.Connection) -> None:
        """Renew the lease, inside the caller's transaction. Until that ends, no other process can claim the session.

        Raises:
            LeaseLostError: another process has claimed the session, or it was deleted.
        """
        if connection.execute(_HOLD, (self.seconds, self.session, self.owner, self.epoch)).rowcount != 1:
            other = holder_of(connection, self.session, self.seconds)
            problem = "the session was deleted" if other is None else f"{other.owner} has taken the session over"
            raise LeaseLostError(self.address, f"{problem}. This process writes nothing more to it.")

    def release(self, connection: psycopg.Connection) -> None:
        """Let another process claim the session at once; does nothing if one has claimed it already."""
        connection.execute(_RELEASE, (self.session, self.owner, self.epoch))


def first_lease(connection: psycopg.Connection, session: str, owner: str, seconds: float, address: str) -> Lease:
    """Claim a session that is made in the caller's transaction: no other process ever sees it unclaimed."""
    connection.execute(_FIRST, (session, owner, seconds))
    return Lease(session, owner, 1, seconds, address)


def claim(connection: psycopg.Connection, session: str, owner: str, seconds: float, address: str) -> Lease | None:
    """Claim a session for a process; ``None`` if another process holds it, or is writing just now."""
    try:
        row = connection.execute(_CLAIM, (owner, seconds, session)).fetchone()
    except psycopg.errors.LockNotAvailable:
        return None
    return None if row is None else Lease(session, owner, int(row[0]), seconds, address)


def holder_of(connection: psycopg.Connection, session: str, seconds: float) -> Holder | None:
    """Return who holds a session or held it last, for leases of so many seconds; ``None`` if there is no such session."""
    row = connection.execute(_HOLDER, (seconds, session)).fetchone()
    return None if row is None else Holder(str(row[0]), float(row[1]))
