"""Write the play log of a session: stops, orders, readiness, refusals, connections, seats and consent, each with the time of day.

The room calls it once in each turn. Rows are committed together with the journal's entries of the turn. Those of a turn
without entries wait up to a second for the next commit, so that a ready or a connection costs no sync of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from counterpoise.gateway.audience import Outgoing
from counterpoise.gateway.connection import Connection, Request
from counterpoise.gateway.play.participants import KeptPlay, Participant, participant_of
from counterpoise.gateway.seating.administration import is_administration
from counterpoise.gateway.seats import Seats
from counterpoise.session.commands import SERVER
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayChain, PlayEvent, PlayKind, PlayRow
from counterpoise.session.running_session import Session
from counterpoise.store.tokens import Grant
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.consent import Consent, ConsentMark, ConsentState
from counterpoise.wire.messages import Ack, Command, Error, Hello, Noted
from counterpoise.wire.typed_messages import name_of

SAVE_SECONDS = 1.0
"""How long a row waits at most for a commit of the journal."""
RECORDED = ("player", "team", "moderator", "admin")
"""The roles that are recorded. Observers only look on."""
ASKED = ("player", "team")
"""The roles that are asked for consent."""
_TOLD = ("kind", "seat", "to", "seconds")
"""The fields of a moderator's administration that are recorded. No text is among them."""
_UNRECORDED = ("read", "heard", "seated")
"""Commands that say nothing about play, or that a row of another kind tells."""


class _Act(msgspec.Struct):
    kind: str


class _Input(msgspec.Struct):
    """What is read of an order or a command of the journal."""

    id: str
    seat: str = ""
    who: str = ""
    command: _Act | None = None


_NOBODY = Participant("", "", "", "")
_decoder = msgspec.json.Decoder(_Input)


class PlayRecorder:
    """Records one session.

    Args:
        session: the session.
        seats: its seats.
        writer: writer of its journal.
        kept: what the journal holds of it so far.
        wall: gives the seconds since 1970.
        now: gives the seconds of the monotonic clock, as in ``Request.received``.
        salt: draws the salts of the rows.
    """

    def __init__(
        self,
        session: Session,
        seats: Seats,
        writer: JournalWriter,
        kept: KeptPlay,
        *,
        wall: Callable[[], float],
        now: Callable[[], float],
        salt: Callable[[], bytes],
    ) -> None:
        self._session, self._seats, self._writer = session, seats, writer
        self._wall, self._now, self._salt = wall, now, kept.salt
        self._people = dict(kept.people)
        self._chain, self._consents = PlayChain(salt, kept.rows, kept.head), dict(kept.consents)
        self._waiting: list[PlayRow] = []
        self._waits_since = 0.0
        self._is_urgent = False
        """Whether somebody waits for a row to be on the disk."""
        self._present: dict[Connection, Participant] = {}
        self._known: WeakKeyDictionary[Connection, Participant] = WeakKeyDictionary()
        """Those who are present, and those who have gone while their messages are being answered."""
        self._senders: dict[str, Request] = {}
        """Who sent the orders and commands of this turn, by id."""
        self._tick, self._phase = session.now, session.phase
        self._is_over = session.phase == "ended"
        """Whether the game was over before this turn: then only consent is recorded."""
        self._deciders = self._decided_by()
        self._note("served", detail={"phase": session.phase, "seats": self._deciders})

    def recognize(self, link: int, pseudonym: str) -> None:
        """Know who comes by a link from now on: a person of a class, by the pseudonym that the person has in all its sessions."""
        self._people[link] = pseudonym

    def joined(self, connection: Connection, grant: Grant, hello: Hello) -> None:
        """Note that a client was admitted."""
        if grant.role in RECORDED:
            self._present[connection] = self._known[connection] = who = participant_of(
                self._salt, self._people, grant, hello
            )
            self._note("connected", who)

    def left(self, connection: Connection) -> None:
        """Note that a client has gone, or that the server has closed its connection."""
        who = self._present.pop(connection, None)
        if who is not None:
            self._note("left", who, detail={"code": connection.peer.close_code} if connection.peer.close_code else {})

    def consent_of(self, connection: Connection) -> ConsentState:
        """Return what a person has answered; empty for those who are not asked: programs, and those who do not play."""
        who = self._present.get(connection)
        if who is None or who.role not in ASKED or who.client in ("sdk", "bot"):
            return ""
        answer = self._consents.get(who.id)
        return "ask" if answer is None else "given" if answer else "refused"

    def follow(self, answered: Iterable[Request], outgoing: Iterable[Outgoing]) -> None:
        """Note what was asked in this turn and how it was answered, before the entries of the turn are taken."""
        for request in answered:
            order_id = getattr(request.message, "id", "")
            if order_id:
                self._senders[order_id] = request
        for item in outgoing:
            if isinstance(item.to, Request):
                self._note_answer(item.to, item.message)

    def write(self, written: Sequence[Entry]) -> None:
        """Note the entries that the session has written, its stops and its seats. At a stop the journal commits to the rows."""
        for entry in written:
            if entry.kind in ("order", "command"):
                self._note_input(entry)
        self._senders.clear()
        self._note_seats()
        session = self._session
        is_stop = session.now != self._tick and (bool(session.called) or session.pace.mode == "windows")
        if is_stop:
            called = list(session.called)
            self._note("stop", detail={"window": session.window, "occasion": session.occasion, "called": called})
        if session.phase != self._phase:
            self._note("phase", detail={"phase": session.phase})
        if is_stop or session.phase != self._phase:
            session.journal.write(session.now, "play", msgspec.to_builtins(self._chain.seal()))
        self._tick, self._phase = session.now, session.phase
        self._is_over = session.phase == "ended"

    def take(self, written: Sequence[Entry] = ()) -> list[PlayRow]:
        """Return the rows to commit with the entries of this turn; without entries none, unless somebody waits for them."""
        if not written and not self._is_urgent:
            return []
        taken, self._waiting, self._is_urgent = self._waiting, [], False
        return taken

    async def save(self) -> None:
        """Commit rows that have waited long enough for entries to be committed with.

        Raises:
            StorageError: the journal cannot be written.
        """
        if self.wait_seconds() == 0.0:
            await self._commit()

    async def close(self) -> None:
        """Note that the server stops serving the session, and commit all rows; raises as ``save``."""
        self._note("stopped")
        await self._commit()

    async def _commit(self) -> None:
        self._is_urgent = True
        await self._writer.append((), rows=self.take())

    def wait_seconds(self) -> float | None:
        """Return the seconds until ``save`` has something to do; ``None`` if nothing waits."""
        return max(0.0, self._waits_since + SAVE_SECONDS - self._now()) if self._waiting else None

    def _note_answer(self, request: Request, answer: object) -> None:
        who, message = self._known.get(request.connection), request.message
        if who is None:
            return
        match answer:
            case Error(code=code, path=path):
                detail: dict[str, Any] = {"of": answer.answers or name_of(message), "code": code, "path": path}
                self._note("refusal", who, request, detail=detail)
            case Noted():
                self._note("ready", who, request)
            case ConsentMark() if isinstance(message, Consent):
                self._consents[who.id], self._is_urgent = message.given, True
                self._note("consent", who, request, detail={"given": message.given})
            case Ack() if is_administration(message) and isinstance(message, Command):
                told = {name: message.command[name] for name in _TOLD if name in message.command}
                self._note("command", who, request, detail=told)

    def _note_input(self, entry: Entry) -> None:
        given = _decoder.decode(entry.body)
        request = self._senders.get(given.id)
        who = None if request is None else self._known.get(request.connection)
        if given.command is None:
            if who is None:
                who = Participant("", "player", given.seat, "bot")  # the server's own
            self._note("order", who, request, entry=entry.sequence)
        elif given.command.kind not in _UNRECORDED:
            kind: PlayKind = "withdrawal" if given.command.kind == "withdraw" else "command"
            detail = {} if kind == "withdrawal" else {"kind": given.command.kind}
            if given.who == SERVER:
                detail["by"] = SERVER
            self._note(kind, who, request, entry=entry.sequence, detail=detail)

    def _note_seats(self) -> None:
        deciders = self._decided_by()
        if deciders == self._deciders:
            return
        for seat, decider in deciders.items():
            if decider != (was := self._deciders[seat]):
                holder = next((one for one in self._present.values() if (one.role, one.seat) == ("player", seat)), None)
                detail = {"was": was, "now": decider}
                self._note("seat", holder, seat=seat, detail=detail)
        self._deciders = deciders

    def _decided_by(self) -> dict[str, str]:
        return {str(seat): self._seats.decider(seat) for seat in self._seats.by_id}

    def _note(
        self,
        kind: PlayKind,
        who: Participant | None = None,
        request: Request | None = None,
        *,
        seat: str = "",
        entry: int = -1,
        detail: dict[str, Any] | None = None,
    ) -> None:
        if self._is_over and kind != "consent":
            return
        now = self._now()
        at = self._wall() - (0.0 if request is None else now - request.received)
        if not self._waiting:
            self._waits_since = now
        by = who or _NOBODY
        event = PlayEvent(
            at=round(at, 3),
            kind=kind,
            tick=self._session.now,
            seat=seat or by.seat,
            participant=by.id,
            client=by.client,
            role=by.role,
            entry=entry,
            detail=detail or {},
        )
        self._waiting.append(self._chain.row(event))
