"""The tokens of join links: random, hashed at rest, replaced at each connect, revocable, and valid for a time.

A token is replaced in two steps, because a server may die between them and its answer may be lost. A claim makes the successor
and leaves the token valid. The token is void once its holder has shown the successor: by a frame (``confirm``) or by a claim with
it. Until then every claim of the token has the same successor, so that two tabs that come with one token both hold a valid one.
A successor is made from the token and a salt, which is then erased: an old token and a copy of the journal do not tell it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from counterpoise.store.database import JournalDatabase

VALID_SECONDS = 60 * 86_400.0
"""How long a token is valid after it was made or used last."""
_TOKEN_BYTES = 24
DEVICE = "device"
"""The role of a token that stands for its parent: whoever uses it goes on in place of the parent's holder."""

_BY_HASH = (
    "SELECT id, role, seat, name, shared, claimed, hash = :hash, parent, salt FROM tokens WHERE revoked = 0 "
    "AND ((hash = :hash AND (created_at > :now - :valid OR previous_until > :now)) "
    "OR (previous_hash = :hash AND previous_until > :now))"
)
_INSERT = (
    "INSERT INTO tokens (id, role, seat, name, hash, created_at, parent, shared, claimed) "
    "VALUES ((SELECT coalesce(max(id), 0) + 1 FROM tokens), ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)
_ALL = (
    "SELECT id, role, seat, name, hash, previous_hash, previous_until, created_at, parent, shared, claimed, revoked FROM tokens "
    "ORDER BY id"
)
_COPY = (
    "INSERT INTO tokens "
    "(id, role, seat, name, hash, previous_hash, previous_until, created_at, parent, shared, claimed, revoked) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_USED = "UPDATE tokens SET previous_until = ? WHERE id = ?"
_RENEW = (
    "UPDATE tokens SET hash = ?, previous_hash = hash, previous_until = ?, salt = ?, claimed = 1, name = ? WHERE id = ?"
)
_VOID_OTHERS = "UPDATE tokens SET revoked = 1 WHERE role = ? AND seat = ? AND id <> ?"
_AGAIN = "UPDATE tokens SET hash = ?, previous_until = ?, salt = ?, name = ? WHERE id = ?"
_VOID_PREVIOUS = "UPDATE tokens SET previous_hash = '', salt = '' WHERE id = ? AND hash = ? AND previous_hash <> ''"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows. ``next_token`` replaces the token; ``mark`` identifies it in logs without revealing it.

    ``link`` is the number of the shared link by which the holder came, or the token's own number.
    """

    id: int
    role: str
    seat: str
    name: str
    next_token: str
    mark: str
    link: int
    is_other_device: bool = False
    """Whether it came by a code for another device, so that the device before has lost it."""

    @property
    def member(self) -> str:
        """The pseudonym of the holder among those who share a seat."""
        return f"m{self.id}"


@dataclass(frozen=True, slots=True)
class HolderName:
    """A name that somebody gave when they claimed a link. ``seat`` is empty for a role without a seat."""

    role: str
    seat: str
    name: str


@dataclass(frozen=True, slots=True)
class Holder:
    """One of the people who hold a seat. ``id`` is that of their token, whichever device has it."""

    id: int
    role: str
    seat: str
    name: str

    @property
    def member(self) -> str:
        """The pseudonym of the holder among those who share the seat."""
        return f"m{self.id}"


def digest_of(token: str) -> str:
    """Return the hash of a token, which is all that is stored. 192 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


_HELD = (
    "SELECT id, seat, name FROM tokens WHERE role = 'player' AND revoked = 0 AND (claimed = 1 OR parent IS NOT NULL) "
    "ORDER BY id"
)
"""The players' tokens that somebody claimed, and the tokens that replaced those."""
_PEOPLE = "SELECT id, role, seat, name FROM tokens WHERE role IN ('player', 'team') AND revoked = 0 AND claimed = 1 ORDER BY id"
_OF_HOLDER = "SELECT id, role, seat, name FROM tokens WHERE id = ? AND revoked = 0"
_CAME_BY = (
    "SELECT id FROM tokens WHERE revoked = 0 AND claimed = 1 "
    "AND ((id = ? AND role = 'player') OR (parent = ? AND role = 'team')) ORDER BY id DESC"
)
_VOID_LINK = "UPDATE tokens SET revoked = 1 WHERE id = ? OR (parent = ? AND role <> 'player') RETURNING id"
_OF_DEVICE = "SELECT id FROM tokens WHERE role = 'device' AND parent = ? AND hash = ? AND revoked = 0"
_USE_CODE = (
    "UPDATE tokens SET hash = ?, previous_hash = hash, previous_until = created_at + ?, salt = ?, claimed = 1, created_at = ? "
    "WHERE id = ?"
)
"""The code stays valid for as long as it was made for; what it is replaced by, as long as any token."""
_SPEND_CODE = "UPDATE tokens SET hash = 'spent ' || hash, previous_hash = '', salt = '', revoked = 1 WHERE id = ?"
_MOVE_TO_DEVICE = "UPDATE tokens SET hash = ?, previous_hash = '', salt = '', claimed = 1, created_at = ? WHERE id = ?"
_FREE_HASH = "UPDATE tokens SET hash = 'void ' || id || ' ' || hash WHERE hash = ?"
"""A device that comes again with a token of its own making that is void."""
_NAMES = "SELECT DISTINCT role, seat, name FROM tokens WHERE name <> '' ORDER BY seat, role, name"
_NAMED = "SELECT id, name FROM tokens WHERE name <> '' ORDER BY id"
_ERASE_NAME = "UPDATE tokens SET name = '' WHERE role = ? AND seat = ? AND name = ?"


class Tokens:
    """The tokens table of one journal. Every method is one short transaction of the journal's only writer.

    Args:
        database: the database of the journal.
        clock: returns the seconds since 1970.
        random: draws the tokens; by default from the operating system, so that nobody can guess them.
    """

    def __init__(
        self,
        database: JournalDatabase,
        *,
        clock: Callable[[], float] = time.time,
        random: Random | None = None,
    ) -> None:
        self._database = database
        self._clock, self._random = clock, random or secrets.SystemRandom()

    def issue(self, role: str, seat: str = "", *, shared: bool = False, name: str = "") -> str:
        """Make a join token and return it; only its hash is stored.

        Args:
            role: ``player``, ``observer``, ``moderator``...
            seat: the seat of a player, else empty.
            shared: whether many people may use the link; each of them gets a token of their own. Otherwise the first person
                to claim the token takes the seat and voids its other unclaimed tokens.
            name: for whom the token is made, if the name is known; whoever claims it may give another.
        """
        return self._issue(role, seat, name, shared=shared, parent=None)

    def _issue(self, role: str, seat: str, name: str, *, shared: bool, parent: int | None) -> str:
        token = self._new_token()
        with self._database.transaction():
            self._insert(role, seat, name, token, parent=parent, shared=shared, claimed=False)
        return token

    def find(self, token: str) -> Grant | None:
        """Return what a token allows without using it up; ``None`` if it is unknown, expired or revoked."""
        row = self._row(token)
        holder = None if row is None else self._holder_of(row)
        if row is None or holder is None:
            return None
        seat, mark, link = holder.seat, digest_of(token)[:8], self._link(row)
        return Grant(holder.id, holder.role, seat, holder.name, "", mark, link, row[1] == DEVICE)

    def claim(self, token: str, name: str = "") -> Grant | None:
        """Use a token: ``next_token`` replaces it. The token stays valid until ``confirm``, or until ``next_token`` is claimed.

        Args:
            token: the token that the client presents.
            name: the name that the holder chose; empty keeps the old name.

        Returns:
            What the token allows; ``None`` if it is unknown, expired or revoked.
        """
        return self.claim_all([(token, name)])[0]

    def claim_all(self, wanted: Sequence[tuple[str, str]]) -> list[Grant | None]:
        """Use tokens, each with the name that its holder chose, as ``claim`` does; all are on the disk together."""
        with self._database.transaction():
            return [self._claim(token, name) for token, name in wanted]

    def confirm(self, grants: Sequence[Grant]) -> None:
        """Void the tokens that ``next_token`` of each grant replaces: its holder has shown that they have it.

        A grant that came by a code for another device takes the seat from the device before, and the code is spent.
        """
        with self._database.transaction():
            for grant in grants:
                if grant.is_other_device:
                    self._move_to_device(grant.id, digest_of(grant.next_token))
            self._database.executemany(_VOID_PREVIOUS, [(grant.id, digest_of(grant.next_token)) for grant in grants])

    def _claim(self, token: str, name: str) -> Grant | None:
        row = self._row(token)
        if row is None:
            return None
        if row[1] == DEVICE:
            return self._claim_for_device(row, token, name)
        identity, role, seat, known_as, shared, claimed, is_current, _, salt = row
        link = self._link(row)
        called, valid_until = name or known_as, self._clock() + VALID_SECONDS
        if shared:
            successor = self._new_token()
            self._database.execute(_USED, (valid_until, identity))
            identity = self._insert(role, seat, called, successor, parent=identity, shared=False, claimed=True)
        else:
            successor, salt = self._successor(token, "" if is_current else salt)
            renew = _RENEW if is_current else _AGAIN
            self._database.execute(renew, (digest_of(successor), valid_until, salt, called, identity))
        if seat and not claimed and not shared:
            self._database.execute(_VOID_OTHERS, (role, seat, identity))
        return Grant(identity, role, seat, called, successor, digest_of(token)[:8], link)

    def _successor(self, token: str, salt: str) -> tuple[str, str]:
        """Return what replaces a token, and the salt that it is made with: a new one if ``salt`` is empty."""
        salt = salt or self._random.randbytes(_TOKEN_BYTES).hex()
        made = hmac.digest(bytes.fromhex(salt), token.encode(), "sha256")[:_TOKEN_BYTES]
        return base64.urlsafe_b64encode(made).decode(), salt

    def issue_for_device(self, token: str, holder: int, seconds: float) -> None:
        """Let a token stand for a holder's for some seconds. The holder's device loses the seat once another has its successor.

        Args:
            token: a code that was shown to the holder, or what a device has made up that a moderator trusts.
            holder: the id of the holder's token.
            seconds: how long it is valid. An earlier one for the same holder is void.
        """
        made = self._clock() - VALID_SECONDS + seconds
        with self._database.transaction():
            self._database.execute("UPDATE tokens SET revoked = 1 WHERE role = ? AND parent = ?", (DEVICE, holder))
            self._database.execute(_FREE_HASH, (digest_of(token),))
            self._insert(DEVICE, "", "", token, parent=holder, shared=False, claimed=False, made=made)

    def issue_for_next_device(self, link: int, seconds: float) -> str | None:
        """Return a token for another device of whoever came by a link, as ``issue_for_device``; ``None`` if nobody did.

        Args:
            link: the number of the link, which was made for one person.
            seconds: how long the token is valid.
        """
        found = self._database.execute(_CAME_BY, (link, link)).fetchone()
        if found is None:
            return None
        token = self._new_token()
        self.issue_for_device(token, found[0], seconds)
        return token

    def people(self) -> list[Holder]:
        """Return the people who hold seats, also several in one seat, in the order in which they came."""
        return [Holder(*row) for row in self._database.execute(_PEOPLE)]

    def _holder_of(self, row: Any) -> Holder | None:
        """Return whose token a row is; ``None`` if it stands for one that is void."""
        if row[1] != DEVICE:
            return Holder(*row[:4])
        found = self._database.execute(_OF_HOLDER, (row[7],)).fetchone()
        return None if found is None else Holder(*found)

    def _link(self, row: Any) -> int:
        """Return the number of the link that a row came of, or that of the holder for whom it stands."""
        if row[1] != DEVICE:
            return _link_of(row[1], row[0], row[7])
        holder = self._database.execute("SELECT role, id, parent FROM tokens WHERE id = ?", (row[7],)).fetchone()
        return row[7] if holder is None else _link_of(*holder)

    def _claim_for_device(self, row: Any, token: str, name: str) -> Grant | None:
        """Grant what a code allows, or what replaced one. The device before keeps its token until the new one shows its own."""
        holder, link, is_code = self._holder_of(row), self._link(row), not row[5] or not row[6]
        if holder is None:
            return None
        if not is_code:  # to come with what replaced the code shows that the device has it
            self._move_to_device(holder.id, digest_of(token))
            grant = self._claim(token, name)
            return None if grant is None else replace(grant, is_other_device=True)
        successor, salt = self._successor(token, row[8])
        if row[6]:
            self._database.execute(_USE_CODE, (digest_of(successor), VALID_SECONDS, salt, self._clock(), row[0]))
        called = name or holder.name
        self._database.execute("UPDATE tokens SET name = ? WHERE id = ?", (called, holder.id))
        return Grant(holder.id, holder.role, holder.seat, called, successor, digest_of(token)[:8], link, True)

    def _move_to_device(self, holder: int, digest: str) -> None:
        """Give a holder's seat to the device that has the token with this hash, if it came by a code that is not void."""
        found = self._database.execute(_OF_DEVICE, (holder, digest)).fetchone()
        if found is not None:
            self._database.execute(_SPEND_CODE, (found[0],))
            self._database.execute(_MOVE_TO_DEVICE, (digest, self._clock(), holder))

    def revoke(self, role: str, seat: str = "") -> None:
        """Void every token of a role or of one seat, and the tokens that replaced them."""
        with self._database.transaction():
            self._database.execute("UPDATE tokens SET revoked = 1 WHERE role = ? AND seat = ?", (role, seat))

    def revoke_link(self, link: int) -> list[int]:
        """Void one link, by its ``Grant.link``, and the tokens of everybody who came by it; return the ids of all of them."""
        with self._database.transaction():
            return [row[0] for row in self._database.execute(_VOID_LINK, (link, link))]

    def replace_link(self, role: str) -> str:
        """Make a new link that many people of a role without a seat may use, and void the earlier one.

        The tokens of those who have used the earlier link stay valid.
        """
        with self._database.transaction():
            self._database.execute("UPDATE tokens SET revoked = 1 WHERE role = ? AND shared = 1", (role,))
            token = self._new_token()
            self._insert(role, "", "", token, parent=None, shared=True, claimed=False)
        return token

    def reissue(self, role: str, seat: str = "", *, shared: bool = False, name: str = "") -> str:
        """Void the tokens of a role or seat and make a new one, as ``issue`` does. A seat that somebody held is kept for it."""
        held = self._held().get(seat) if role == "player" else None
        self.revoke(role, seat)
        return self._issue(role, seat, name, shared=shared, parent=None if held is None else held[0])

    def holders(self) -> dict[str, str]:
        """Return the name of the holder of each seat; the name is empty if the seat is kept for a new link."""
        return {seat: name for seat, (_, name) in self._held().items()}

    def names(self) -> list[HolderName]:
        """Return the names that people gave, also those of earlier holders, by seat."""
        return [HolderName(*row) for row in self._database.execute(_NAMES)]

    def named(self) -> list[tuple[int, str]]:
        """Return the number and the name of every token with a name."""
        return [(int(number), str(name)) for number, name in self._database.execute(_NAMED)]

    def links(self) -> list[tuple[int, int]]:
        """Return the number of every token, and that of the link by which its holder came, or its own."""
        rows = self._database.execute("SELECT id, role, parent FROM tokens ORDER BY id")
        return [(int(number), _link_of(role, number, parent)) for number, role, parent in rows]

    def erase_names_of(self, numbers: Sequence[int]) -> None:
        """Empty the names of tokens, given by number."""
        with self._database.transaction():
            self._database.executemany("UPDATE tokens SET name = '' WHERE id = ?", [(number,) for number in numbers])

    def erase_names(self, names: Sequence[HolderName]) -> None:
        """Empty the names of holders."""
        rows = [(held.role, held.seat, held.name) for held in names]
        with self._database.transaction():
            self._database.executemany(_ERASE_NAME, rows)

    def all_rows(self) -> list[tuple[object, ...]]:
        """Return every token as it is stored, for a copy of the journal, but without the salts: older tables have none."""
        return [tuple(row) for row in self._database.execute(_ALL)]

    def add_rows(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Store what ``all_rows`` of another journal returned."""
        with self._database.transaction():
            self._database.executemany(_COPY, rows)

    def _new_token(self) -> str:
        return base64.urlsafe_b64encode(self._random.randbytes(_TOKEN_BYTES)).decode()

    def _held(self) -> dict[str, tuple[int, str]]:
        return {seat: (identity, name) for identity, seat, name in self._database.execute(_HELD)}

    def _row(self, token: str) -> Any:
        values = {"hash": digest_of(token), "now": self._clock(), "valid": VALID_SECONDS}
        return self._database.execute(_BY_HASH, values).fetchone()

    def _insert(
        self,
        role: str,
        seat: str,
        name: str,
        token: str,
        *,
        parent: int | None,
        shared: bool,
        claimed: bool,
        made: float | None = None,
    ) -> int:
        created = self._clock() if made is None else made
        values = (role, seat, name, digest_of(token), created, parent, int(shared), int(claimed))
        return int(self._database.execute(_INSERT, values).fetchone()[0])


def _link_of(role: str, identity: int, parent: int | None) -> int:
    """Return the number of a token's link: a shared link has the tokens made from it as children; a player's is its own."""
    return identity if parent is None or role == "player" else parent
