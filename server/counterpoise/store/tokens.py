"""Join links and the tokens they become: random, hashed at rest, rotated at each connect, revocable."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any

from counterpoise.store.sqlite import sqlite3

GRACE_SECONDS = 60.0
"""How long the token before the present one still opens the door: the welcome with its successor may have been lost."""
_TOKEN_BYTES = 24

_BY_HASH = (
    "SELECT id, role, seat, name, shared, claimed, hash = :hash FROM tokens WHERE revoked = 0 "
    "AND (hash = :hash OR (previous_hash = :hash AND previous_until > :now))"
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows. ``next_token`` replaces it; ``mark`` names it in logs without giving it away."""

    id: int
    role: str
    seat: str
    name: str
    next_token: str
    mark: str


def digest_of(token: str) -> str:
    """Return what is stored of a token: 192 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


_HELD = (
    "SELECT id, seat, name FROM tokens WHERE role = 'player' AND revoked = 0 AND (claimed = 1 OR parent IS NOT NULL) "
    "ORDER BY id"
)
"""Of players' tokens those that somebody claimed, and those made in place of such a one."""


class Tokens:
    """The tokens table of one journal file. Every method is one short transaction of the file's only writer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def issue(self, role: str, seat: str = "", *, shared: bool = False) -> str:
        """Make a join token and return it; only its hash stays.

        Args:
            role: ``player``, ``observer``, ``moderator``...
            seat: the seat of a player, else empty.
            shared: the link may be used by many; each use gets a token of its own. Otherwise the first claim takes it
                and voids the other unclaimed tokens of the seat.
        """
        return self._issue(role, seat, shared=shared, parent=None)

    def _issue(self, role: str, seat: str, *, shared: bool, parent: int | None) -> str:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._connection:
            self._insert(role, seat, "", token, parent=parent, shared=shared, claimed=False)
        return token

    def find(self, token: str) -> Grant | None:
        """Tell what a token allows without using it up; ``None`` if it is unknown, worn out or revoked."""
        row = self._row(token)
        if row is None:
            return None
        return Grant(row[0], row[1], row[2], row[3], "", digest_of(token)[:8])

    def claim(self, token: str, name: str = "") -> Grant | None:
        """Use a token: it is replaced by ``next_token`` and stays good for a minute. ``None`` as in ``find``.

        Args:
            token: as the client presents it.
            name: what its holder wants to be called; empty keeps the old name.
        """
        row = self._row(token)
        if row is None:
            return None
        identity, role, seat, known_as, shared, claimed, is_current = row
        successor = secrets.token_urlsafe(_TOKEN_BYTES)
        called = name or known_as
        with self._connection:
            if shared:
                identity = self._insert(role, seat, called, successor, parent=identity, shared=False, claimed=True)
            elif is_current:
                self._connection.execute(
                    "UPDATE tokens SET hash = ?, previous_hash = hash, previous_until = ?, claimed = 1, name = ? WHERE id = ?",
                    (digest_of(successor), time.time() + GRACE_SECONDS, called, identity),
                )
            else:
                self._connection.execute(
                    "UPDATE tokens SET hash = ?, name = ? WHERE id = ?", (digest_of(successor), called, identity)
                )
            if seat and not claimed and not shared:
                self._connection.execute(
                    "UPDATE tokens SET revoked = 1 WHERE role = ? AND seat = ? AND id <> ?", (role, seat, identity)
                )
        return Grant(identity, role, seat, called, successor, digest_of(token)[:8])

    def revoke(self, role: str, seat: str = "") -> None:
        """Void every token of a role, or of one seat, with all that came of them."""
        with self._connection:
            self._connection.execute("UPDATE tokens SET revoked = 1 WHERE role = ? AND seat = ?", (role, seat))

    def reissue(self, role: str, seat: str = "", *, shared: bool = False) -> str:
        """Void the tokens of a role or seat and make a new one; a seat that was held is kept for whoever brings it."""
        held = self._held().get(seat) if role == "player" else None
        self.revoke(role, seat)
        return self._issue(role, seat, shared=shared, parent=None if held is None else held[0])

    def holders(self) -> dict[str, str]:
        """Return who holds each seat by name, which is empty for a seat that is kept for the bearer of a new link."""
        return {seat: name for seat, (_, name) in self._held().items()}

    def _held(self) -> dict[str, tuple[int, str]]:
        return {seat: (identity, name) for identity, seat, name in self._connection.execute(_HELD)}

    def _row(self, token: str) -> Any:
        return self._connection.execute(_BY_HASH, {"hash": digest_of(token), "now": time.time()}).fetchone()

    def _insert(
        self, role: str, seat: str, name: str, token: str, *, parent: int | None, shared: bool, claimed: bool
    ) -> int:
        cursor = self._connection.execute(
            "INSERT INTO tokens (role, seat, name, hash, created_at, parent, shared, claimed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (role, seat, name, digest_of(token), time.time(), parent, int(shared), int(claimed)),
        )
        return int(cursor.lastrowid or 0)
