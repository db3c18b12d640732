"""A disk in memory, which outlives the simulated processes. Journals on it are tables of a SQLite database, as everywhere.

The disk can fail a sync, take long for it, or claim a sync that it has not done and lose what came after when the power is cut.
A lease says which process may write; the disk looks at it in every transaction, as a shared database does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from counterpoise.errors import LeaseLostError, LockedError, StorageError
from counterpoise.session.journal.entries import INPUTS, Entry
from counterpoise.simulation.virtual_loop import Process
from counterpoise.store.database import Rows, Values
from counterpoise.store.open_files import copy_database
from counterpoise.store.schema import migrations
from counterpoise.store.sqlite import Database, sqlite3

SYNC_SECONDS = 0.001, 0.01
"""How long a sync takes."""
LEASE_SECONDS = 5.0
"""How long a lease in a shared database holds after it was renewed."""
NAME = "game"
"""The name of the only journal."""
_SYNC_FAILED = "cannot write the journal (disk I/O error)"


@dataclass(slots=True)
class Lease:
    """The right of one process to write the journal."""

    process: Process
    expires: float
    is_given_up: bool = False


class Disk:
    """Holds the database of one journal.

    Args:
        random: draws how long syncs take, and whether a failed one has written.
        now: returns the virtual time.
        is_shared: whether a lease is a row in a shared database, which expires. Otherwise it is a lock on a file, which a process
            has until it dies.
    """

    def __init__(self, random: Random, now: Callable[[], float], *, is_shared: bool) -> None:
        self.is_shared = is_shared
        self.inputs: dict[str, None] = {}
        """The ids of the orders and commands that the disk has, or says that it has."""
        self.fails_next = False
        """Whether the next sync fails."""
        self.slow_until, self.slow_seconds = 0.0, 0.0
        """The virtual second until which syncs take longer, and how much."""
        self.has_lost = False
        """Whether something is gone that the disk had claimed to have."""
        self.fenced_writes: list[str] = []
        """What was written by a process that did not have the lease."""
        self.has_journal = False
        self._random, self._now = random, now
        self.database = _database_of(_empty_database())
        self._kept: bytes | None = None
        """What is really on the disk since it lies; ``None`` while it does not."""
        self._claimed = 0
        """How many syncs it has claimed since."""
        self._lease: Lease | None = None

    def grant(self, process: Process) -> Lease:
        """Give the lease to a process.

        Raises:
            LockedError: another process has it.
        """
        held = self._lease
        if held is not None and self._is_held(held):
            raise LockedError(NAME, "another process has the lease", held.process.name)
        self._lease = Lease(process, self._now() + LEASE_SECONDS)
        return self._lease

    def require_lease(self, lease: Lease) -> None:
        """Raise ``LeaseLostError`` unless a process still has its lease."""
        if not self._is_held(lease):
            raise LeaseLostError(NAME, "another process may have taken the session over")

    def renew(self, lease: Lease) -> None:
        """Let a lease hold longer; raise as ``require_lease``."""
        self.require_lease(lease)
        lease.expires = self._now() + LEASE_SECONDS

    def sync_seconds(self) -> float:
        """Draw how long the next sync takes."""
        return self._random.uniform(*SYNC_SECONDS) + (self.slow_seconds if self._now() < self.slow_until else 0.0)

    def start_lying(self) -> None:
        """Claim from now on what is not done."""
        if self._kept is None:
            self._kept, self._claimed = self.database.serialize(), 0

    def stop_lying(self) -> None:
        """Write what was only claimed."""
        self._kept = None

    def cut_power(self) -> None:
        """Lose what was only claimed."""
        if self._kept is not None:
            self.database = _database_of(self._kept)
            self._kept = None
            self.has_lost = self.has_lost or self._claimed > 0

    def entries(self) -> list[Entry]:
        """Return the journal."""
        rows = self.database.execute(
            "SELECT sequence, tick, kind, body, salt, commitment, chain FROM entries ORDER BY sequence"
        )
        return [Entry(*row) for row in rows]

    def copy_to(self, target: Path) -> None:
        """Copy the journal to a new SQLite file."""
        copy_database(self.database, target)

    def connection(self, process: Process, lease: Lease | None) -> DiskDatabase:
        """Return a connection of a process; without a lease it can only read."""
        return DiskDatabase(self, process, lease)

    def sync(self, lease: Lease, rows: Sequence[Values]) -> None:
        """Commit a transaction.

        Args:
            lease: of the process that commits.
            rows: the entries in it, as the table has them.

        Raises:
            StorageError: the sync fails; it may have written.
        """
        is_failing, self.fails_next = self.fails_next, False
        if is_failing and self._random.random() < 0.5:
            self.database.rollback()
            raise StorageError(NAME, _SYNC_FAILED)
        self.database.commit()
        self._claimed += 1
        if not self._is_held(lease):
            self.fenced_writes.append(f"{lease.process.name} wrote {len(rows)} entries at second {self._now():.3f}")
        for entry in map(_entry_of, rows):
            if entry.kind in INPUTS:
                self.inputs[entry.content()["id"]] = None
        if is_failing:
            raise StorageError(NAME, _SYNC_FAILED)

    @property
    def is_free(self) -> bool:
        """Whether a process can have the lease."""
        return self._lease is None or not self._is_held(self._lease)

    def _is_held(self, lease: Lease) -> bool:
        holds = self._now() < lease.expires if self.is_shared else not lease.process.is_dead
        return lease is self._lease and not lease.is_given_up and holds


class DiskDatabase:
    """The database of the journal as one process sees it. After the death of the process it is of no use.

    Args:
        disk: where it is.
        process: the process.
        lease: allows to write; ``None`` for a reader.
    """

    def __init__(self, disk: Disk, process: Process, lease: Lease | None) -> None:
        self._disk, self._process, self._lease = disk, process, lease
        self._rows: list[Values] = []

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        """Run one statement."""
        self._require_life()
        return self._disk.database.execute(statement, values)

    def executemany(self, statement: str, values: Iterable[Values], /) -> object:
        """Run one statement for each of many values."""
        self._require_life()
        rows = list(values)
        if statement.startswith("INSERT INTO entries"):
            self._rows.extend(rows)
        return self._disk.database.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block changes when it ends, and take it back if it raises."""
        self._require_life()
        if self._lease is None:
            raise StorageError(NAME, "opened for reading only")
        self._disk.require_lease(self._lease)
        self._rows = []
        try:
            yield
        except BaseException:
            self._disk.database.rollback()
            raise
        self._disk.sync(self._lease, self._rows)

    def _require_life(self) -> None:
        if self._process.is_dead:
            raise StorageError(NAME, "the process is dead")


def _entry_of(row: Any) -> Entry:
    sequence, tick, kind, salt, commitment, chain, body = row
    return Entry(sequence, tick, kind, body, salt, commitment, chain)


def _database_of(image: bytes) -> sqlite3.Connection:
    """Return a new connection: one that has run statements does not survive another database under it."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.deserialize(image)
    return database


@cache
def _empty_database() -> bytes:
    database = sqlite3.connect(":memory:")
    migrations.apply(Database(database, execute_plugins=False))
    image: bytes = database.serialize()
    database.close()
    return image
