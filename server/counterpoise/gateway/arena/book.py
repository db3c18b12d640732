"""What a standing arena knows, in a file beside its journals: names with hashes of their keys, games, counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from counterpoise.errors import StorageError
from counterpoise.store.sqlite import sqlite3
from counterpoise.tournament.arena_rating import EntrantCounts, with_game
from counterpoise.tournament.result_document import GameResult

FILE_NAME = "arena.sqlite"
APPLICATION_ID = 0x43504131
"""``CPA1``, in the SQLite header."""
SCHEMA_VERSION = 1
_TABLES = (
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """
    CREATE TABLE IF NOT EXISTS entrants (
      name TEXT PRIMARY KEY, key_hash TEXT NOT NULL, first_seen REAL NOT NULL, last_seen REAL NOT NULL, counts TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE IF NOT EXISTS games (
      number INTEGER PRIMARY KEY, session TEXT NOT NULL, seats TEXT NOT NULL, began REAL NOT NULL, ended REAL,
      state TEXT NOT NULL, watch TEXT NOT NULL, result TEXT, has_journal INTEGER NOT NULL
    ) STRICT
    """,
)


class ArenaGameRow(Struct, frozen=True):
    """One game that is not forgotten."""

    number: int
    session: str
    seats: dict[str, str]
    """Who plays, by seat."""
    began: float
    """In seconds since 1970."""
    ended: float | None
    state: Literal["running", "rated", "void"]
    watch: str
    """The token of the observers' link."""
    result: GameResult | None
    has_journal: bool


class ArenaBook:
    """Keeps an arena. Every method is one short transaction, on the disk when it returns; one thread at a time may use it.

    Args:
        folder: the data folder.

    Raises:
        StorageError: the file cannot be opened, or is of another program or version.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            (mark,) = self._connection.execute("PRAGMA application_id").fetchone()
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if (mark, version) not in ((0, 0), (APPLICATION_ID, SCHEMA_VERSION)):
                raise StorageError(
                    str(self.path), "another program or another release wrote this file. Use another folder."
                )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            with self._change() as connection:
                for table in _TABLES:
                    connection.execute(table)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION:d}")
        except (OSError, sqlite3.Error) as error:
            raise StorageError(str(self.path), f"cannot open this file ({error})") from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def fact(self, name: str, made: str) -> str:
        """Return a fact; if there is none, keep what was made for it."""
        with self._change() as connection:
            connection.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (name, made))
            (value,) = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(value)

    def key_hash(self, name: str) -> str | None:
        """Return the hash of the key of an entrant; ``None`` for a name that is not known, empty for an anchor."""
        row = self._connection.execute("SELECT key_hash FROM entrants WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def see(self, name: str, key_hash: str, now: float) -> None:
        """Note that an entrant has come, with its key if it is new."""
        new = (name, key_hash, now, now, msgspec.json.encode(EntrantCounts()).decode())
        with self._change() as connection:
            connection.execute("INSERT OR IGNORE INTO entrants VALUES (?, ?, ?, ?, ?)", new)
            connection.execute("UPDATE entrants SET last_seen = ? WHERE name = ?", (now, name))

    def counts(self) -> dict[str, EntrantCounts]:
        """Return the counts of every entrant, anchors too, by name."""
        rows = self._connection.execute("SELECT name, counts FROM entrants ORDER BY name")
        return {name: msgspec.json.decode(text, type=EntrantCounts) for name, text in rows}

    def forget_entrants(self, at_most: int, before: float, unplayed_before: float) -> None:
        """Forget entrants that came last before a time, the longest away first, until so many names are left.

        Args:
            at_most: so many names, with those of the anchors.
            before: the time for those with a rated game, in seconds since 1970.
            unplayed_before: the time for those without one.
        """
        with self._change() as connection:
            connection.execute(
                "DELETE FROM entrants WHERE name IN (SELECT name FROM entrants WHERE key_hash <> '' AND last_seen < "
                "CASE json_extract(counts, '$.games') WHEN 0 THEN ? ELSE ? END "
                "ORDER BY last_seen LIMIT max(0, (SELECT count(*) FROM entrants) - ?))",
                (unplayed_before, before, at_most),
            )

    def next_number(self) -> int:
        """Return the number of the next game: one more than the largest ever."""
        (largest,) = self._connection.execute("SELECT max(number) FROM games").fetchone()
        return int(largest or 0) + 1

    def begin(self, game: ArenaGameRow) -> None:
        """Note that a game begins."""
        seats = msgspec.json.encode(game.seats).decode()
        with self._change() as connection:
            row = (game.number, game.session, seats, game.began, None, "running", game.watch, None, 1)
            connection.execute("INSERT INTO games VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def watched_by(self, number: int, token: str) -> None:
        """Note the token of the observers of a game."""
        with self._change() as connection:
            connection.execute("UPDATE games SET watch = ? WHERE number = ?", (token, number))

    def finish(self, number: int, result: GameResult | None, now: float) -> bool:
        """Note how a game ended, with its result and the counts of those who played; void without a result.

        Returns:
            Whether the game was running: a result counts once.
        """
        with self._change() as connection:
            text = None if result is None else msgspec.json.encode(result).decode()
            done = connection.execute(
                "UPDATE games SET state = ?, ended = ?, result = ? WHERE number = ? AND state = 'running'",
                ("void" if result is None else "rated", now, text, number),
            )
            if done.rowcount != 1:
                return False
            if result is not None:
                self._count(connection, result, now)
                connection.execute(
                    "INSERT INTO facts VALUES ('rated', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
                )
        return True

    def rated_ever(self) -> int:
        """Return how many games have been rated, those that are forgotten too."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = 'rated'").fetchone()
        return 0 if row is None else int(row[0])

    def _count(self, connection: sqlite3.Connection, result: GameResult, now: float) -> None:
        for name, counts in with_game(self.counts(), result).items():
            text = msgspec.json.encode(counts).decode()
            # A name without a key is an anchor's: nobody can enter under it.
            connection.execute("INSERT OR IGNORE INTO entrants VALUES (?, '', ?, ?, ?)", (name, now, now, text))
            connection.execute("UPDATE entrants SET counts = ? WHERE name = ?", (text, name))

    def games(self, *states: str, newest: int = 0) -> list[ArenaGameRow]:
        """Return the games in some states, the newest first; all of them, or so many of the newest."""
        marks = ", ".join("?" * len(states))
        rows = self._connection.execute(
            "SELECT number, session, seats, began, ended, state, watch, result, has_journal FROM games "  # noqa: S608 - marks only
            f"WHERE state IN ({marks}) ORDER BY number DESC LIMIT ?",
            (*states, newest or -1),
        )
        return [
            ArenaGameRow(
                number, session, msgspec.json.decode(seats, type=dict[str, str]), began, ended, state, watch,
                None if result is None else msgspec.json.decode(result, type=GameResult), bool(has_journal),
            )
            for number, session, seats, began, ended, state, watch, result, has_journal in rows
        ]  # fmt: skip

    def journals_beyond(self, kept: int) -> list[tuple[int, str]]:
        """Return number and session of each game that is over and has a journal, but for so many of the newest."""
        rows = self._connection.execute(
            "SELECT number, session FROM games WHERE state <> 'running' AND has_journal = 1 "
            "ORDER BY number DESC LIMIT -1 OFFSET ?",
            (kept,),
        )
        return [(int(number), str(session)) for number, session in rows]

    def journal_dropped(self, number: int) -> None:
        """Note that the journal of a game is deleted."""
        with self._change() as connection:
            connection.execute("UPDATE games SET has_journal = 0 WHERE number = ?", (number,))

    def forget_games(self, kept: int) -> None:
        """Forget games that are over and whose journals are deleted, but for so many of the newest. Their counts stay.

        The newest game is never forgotten: the next one gets its number from it.
        """
        with self._change() as connection:
            connection.execute(
                "DELETE FROM games WHERE state <> 'running' AND has_journal = 0 AND number < (SELECT max(number) FROM games) "
                "AND number NOT IN (SELECT number FROM games WHERE state <> 'running' ORDER BY number DESC LIMIT ?)",
                (kept,),
            )

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StorageError(str(self.path), f"cannot be read or written ({error})") from error
