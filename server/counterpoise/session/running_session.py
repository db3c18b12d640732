"""A running game, live or replayed: the same code fed from sockets or from a journal.

The session is pumped: feed it with ``submit``, ``command`` and ``advance``; then take what it wrote (``take_entries``),
make that durable, and only then take and send what it says (``take_outputs``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import msgspec

from counterpoise import __version__
from counterpoise.errors import OrderError
from counterpoise.session.commands import (
    Branch,
    Command,
    End,
    Inject,
    Pace,
    Pause,
    Resume,
    Seated,
    Start,
    command_to,
    local_id,
    require_possible,
)
from counterpoise.session.forecast_ledger import Ledger
from counterpoise.session.journal import FORMAT_VERSION, Chain, Entry, EntryKind, canonical
from counterpoise.session.message_streams import LATEST, Numbered, SeatStream
from counterpoise.sim import RULES_VERSION
from counterpoise.sim.catalogue import decode_inject, encode_move
from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.sim.view_builder import build_view as view_of
from counterpoise.sim.view_builder import can_see, incident_fields
from counterpoise.sim.world import Incident
from counterpoise.theory.threat import threats_from_view
from counterpoise.wire.messages import Ack, ForecastNews, IncidentNews, Observe, Phase, WindowNews

MODERATOR, OBSERVER = "moderator", "observer"
SERVER = "server"
"""Who commands when the server itself does."""
ORDERS_PER_STOP = 64
"""A seat's orders at one stop of the clock; more than any state can mean, and a bound on memory."""


class Session:
    """One game from its lobby to its end.

    Args:
        scenario_text: the scenario file, whole; it goes into the journal's header.
        seed: decides every chance in it.
        session_id: its name in links and in the journal.
        secret: salts the journal and the commitment to the seed; equal for runs that are to give equal bytes.
        streaming: whether to number messages for seats; off where nobody listens.
        source: name of the scenario file, for errors.
        written_by: the release whose journal this is.
        recorded: whether the session is fed what states did in fact, so that nothing else may happen by chance.
        forked: what it was forked from and how, for the header.
        withheld: which injects of the scenario are not to happen, by their places in its file, from 0.

    Raises:
        ScenarioError: the scenario is wrong.
    """

    def __init__(
        self,
        *,
        scenario_text: str,
        seed: str,
        session_id: str,
        secret: str,
        streaming: bool = False,
        source: str = "scenario",
        written_by: str = __version__,
        recorded: bool = False,
        forked: Mapping[str, Any] | None = None,
        withheld: Sequence[int] = (),
    ) -> None:
        self.id = session_id
        self.seed = seed
        self.scenario: Scenario = replace(
            parse_scenario(scenario_text, source).withholding(withheld), recorded=recorded
        )
        self.simulation = Simulation(self.scenario, seed)
        self.seats = tuple(self.simulation.world.actors)
        self.phase: Phase = "lobby"
        self.pace = Pace()
        self.occasion: Literal["window", "call"] = "window"
        self.called: tuple[ActorId, ...] = ()
        self.ledger = Ledger(session_id)
        self.players: dict[str, str] = {}
        """Who decides for each seat, as last noted."""
        self.seed_commitment = hashlib.sha256(f"{secret}/seed/{seed}".encode()).hexdigest()
        self._chain = Chain(secret)
        self._entries: list[Entry] = []
        self._outputs: list[tuple[str, Numbered]] = []
        self._pending: dict[ActorId, list[Move]] = {seat: [] for seat in self.seats}
        self._acks: dict[str, tuple[bytes, Ack]] = {}
        self._order_counts: dict[ActorId, int] = dict.fromkeys(self.seats, 0)
        self._written_to = -1
        self._chronicled = 0
        addresses = (*self.seats, MODERATOR, OBSERVER) if streaming else ()
        self._streams: dict[str, SeatStream[Any]] = {address: SeatStream(address, secret) for address in addresses}
        self._write(
            "header",
            {
                "format": FORMAT_VERSION,
                "rules_version": RULES_VERSION,
                "session": session_id,
                "scenario": self.scenario.id,
                "scenario_hash": hashlib.sha256(scenario_text.encode()).hexdigest(),
                "scenario_text": scenario_text,
                "seed": seed,
                "secret": secret,
                "seed_commitment": self.seed_commitment,
                "counterpoise": written_by,
                **({"recorded": True} if recorded else {}),
                **({"forked": forked} if forked else {}),
                **({"withheld": withheld} if withheld else {}),
            },
        )
        self._stop()

    @property
    def now(self) -> int:
        """The tick of the clock: everything due before it has happened, nothing due at it has."""
        return self.simulation.now

    @property
    def end(self) -> int:
        """The tick the scenario ends at."""
        return self.simulation.world.end

    @property
    def window(self) -> int:
        """The number of the window that is open."""
        return self.simulation.world.calendar.window_of(min(self.now, self.end - 1))

    def orders_of(self, seat: ActorId) -> int:
        """Return how many orders of a seat have been taken so far."""
        return self._order_counts[seat]

    def view(self, seat: ActorId) -> View:
        """Return what a seat sees now."""
        return view_of(self.simulation.world, self.scenario, seat)

    def observe(self, seat: ActorId) -> Observe:
        """Return the message that shows a seat its whole view and its own estimate of threats."""
        view = self.view(seat)
        threats = {str(other): threat.components() for other, threat in threats_from_view(view).items()}
        return Observe(vseq=self.head(seat)[0], called=seat in self.called, view=view, threats=threats)

    def head(self, address: str) -> tuple[int, str]:
        """Return the number and receipt of the last message to an address."""
        stream = self._streams.get(address)
        return (0, "") if stream is None else (stream.vseq, stream.receipt)

    def missed(
        self, address: str, last_vseq: int, last_receipt: str
    ) -> tuple[Literal["fresh", "delta", "snapshot"], list[Numbered]]:
        """Return what a returning client has missed; raises ``ProtocolError`` ``log_regressed`` if it knows more than we do."""
        latest = 0 if address in self.seats else LATEST
        return self._streams[address].missed(last_vseq, last_receipt, latest=latest)

    def receipt_of(self, address: str, vseq: int) -> str:
        """Return the receipt that went with a message to an address."""
        return self._streams[address].receipt_of(vseq)

    def submit(self, seat: ActorId, order_id: str, window: int, move: Move) -> Ack:
        """Take an order; it acts when the clock next moves. The same id again gives the same ack.

        Raises:
            OrderError: not running, too late, too many, illegal, or an id used before for something else.
        """
        plain = {"seat": seat, "window": window, "move": encode_move(move)}
        fingerprint = canonical(plain)
        known = self._known(order_id, fingerprint)
        if known is not None:
            return known
        if seat not in self._order_counts:
            raise OrderError("not_your_seat", "$.seat", "a seat of this session", seat)
        self._require_playing()
        if window != self.window:
            raise OrderError("late", "$.window", f"window {self.window}, which is open", str(window))
        if len(self._pending[seat]) >= ORDERS_PER_STOP:
            raise OrderError("too_many", "$", f"at most {ORDERS_PER_STOP} orders at one stop of the clock", "one more")
        self.simulation.legal(seat, move)
        self._pending[seat].append(move)
        self._order_counts[seat] += 1
        self._write("order", {"id": order_id, **plain})
        return self._acknowledge(seat, order_id, fingerprint)

    def command(self, who: str, command_id: str, command: Command) -> Ack:
        """Carry out a moderator's command; raises ``OrderError`` where it makes no sense now."""
        plain = command_to(command)
        fingerprint = canonical({"command": plain})
        known = self._known(command_id, fingerprint)
        if known is not None:
            return known
        require_possible(command, self.phase, self.seats, self.simulation.world, by_server=who == SERVER)
        self._write("command", {"id": command_id, "who": who, "command": plain})
        if isinstance(command, Inject):
            self.simulation.inject(decode_inject(command.inject, self.simulation.world.calendar))
            self._publish(self.simulation.take_incidents())
        elif isinstance(command, Pace):
            self.pace = command
        elif isinstance(command, Branch):
            self.simulation.branch(command.seed)
        elif isinstance(command, Seated):
            self.players[command.seat] = command.player
        elif isinstance(command, End):
            self._finish()
        elif isinstance(command, Start | Resume):
            self.phase = "running"
        elif isinstance(command, Pause):
            self.phase = "paused"
        # What the server does of itself is nobody's message: it gets no number.
        return self._acknowledge("" if who == SERVER else MODERATOR, command_id, fingerprint)

    def note_player(self, seat: ActorId, player: str) -> None:
        """Note who decides for a seat from now on, if that is news."""
        if self.players.get(seat, "") != player:
            self.command(SERVER, local_id(self.id, "seated", self._chain.length), Seated(seat, player))

    def advance(self, to: int) -> None:
        """Let the clock run to the next stop, or to tick ``to`` if that comes first.

        Orders waiting act first, in the order of the seats and then of their arrival, so that nobody gains by haste. The
        clock stops where a window opens, where seats are called to answer, and at the end.
        """
        if self.phase != "running" or to <= self.now:
            return
        calendar = self.simulation.world.calendar
        for seat, moves in self._pending.items():
            for move in moves:
                self.simulation.apply(seat, move)
            moves.clear()
        opening = calendar.opening_of(calendar.window_of(self.now) + 1)
        self.simulation.advance(min(to, opening, self.end))
        published = self._publish(self.simulation.take_incidents())
        self._stop()
        if published and self._written_to < self.now:
            # What was just published must not be unsaid after a crash: the clock's place is part of the record.
            self._write("clock", {})

    def take_entries(self) -> list[Entry]:
        """Take what was written since the last time; commit it before taking the outputs."""
        taken, self._entries = self._entries, []
        return taken

    @property
    def has_entries(self) -> bool:
        """Whether something was written that nobody has taken yet."""
        return bool(self._entries)

    def put_back(self, entries: list[Entry]) -> None:
        """Return entries taken but not stored, before those written since."""
        self._entries[:0] = entries

    def take_outputs(self) -> list[tuple[str, Numbered]]:
        """Take what is to be sent, as pairs of address and message; acks are returned by ``submit`` instead."""
        taken, self._outputs = self._outputs, []
        return taken

    def _known(self, order_id: str, fingerprint: bytes) -> Ack | None:
        known = self._acks.get(order_id)
        if known is None:
            return None
        if known[0] != fingerprint:
            raise OrderError("idempotency_mismatch", "$.id", "a new id for a new order", f"{order_id}, used before")
        return known[1]

    def _require_playing(self) -> None:
        if self.phase == "ended":
            raise OrderError("game_over", "$", "a session that has not ended", "an order after its end")
        if self.phase == "lobby":
            raise OrderError("not_running", "$", "a session that has started", "an order in the lobby")

    def _acknowledge(self, address: str, order_id: str, fingerprint: bytes) -> Ack:
        stream = self._streams.get(address)
        if stream is None:
            ack = Ack(id=order_id, vseq=0, receipt="")
        else:
            content: dict[str, object] = {"t": "ack", "id": order_id}
            ack = stream.push(content, lambda vseq, receipt: Ack(id=order_id, vseq=vseq, receipt=receipt))
        self._acks[order_id] = (fingerprint, ack)
        return ack

    def _write(self, kind: EntryKind, content: object) -> None:
        self._entries.append(self._chain.entry(self.now, kind, content))
        self._written_to = self.now

    def _stop(self) -> None:
        """See what the clock stopped for: the end, a window that opens, or calls that want an answer."""
        calls = self.simulation.take_calls()
        world = self.simulation.world
        if self.now >= self.end:
            self._finish()
        elif world.calendar.opens_window(self.now):
            self._open_window()
        elif calls:
            waiting = [call.actor for call in world.calls.values()]
            self.occasion = "call"
            self.called = tuple(seat for seat in self.seats if seat in waiting)
            self._announce_stop()
        else:
            self.called = ()

    def _open_window(self) -> None:
        world = self.simulation.world
        self._write_chronicle()
        outcomes = self.ledger.close(world, self.players)
        if outcomes is not None:
            self._write("outcome", {"window": self.window - 1, "outcomes": outcomes, "players": self.players})
            self._report(self.window - 1, outcomes)
        if self.ledger.wants_structure(world):
            self._write("structure", self.ledger.structure(world))
        self._write("digest", {"digest": digest(world)})
        forecasts = self.ledger.open(world)
        self._write("forecast", {"window": self.window, "decisions": forecasts})
        self._report(self.window, forecasts)
        self.occasion = "window"
        self.called = tuple(actor.id for actor in world.active())
        self._announce_stop()

    def _finish(self) -> None:
        world = self.simulation.world
        self._write_chronicle()
        outcomes = self.ledger.close(world, self.players)
        if outcomes is not None:
            self._write("outcome", {"window": self.window, "outcomes": outcomes, "players": self.players})
        self._write("structure", self.ledger.structure(world))
        scores = {actor: round(score, 6) for actor, score in world.scores.items()}
        self._write("end", {"digest": digest(world), "scores": scores})
        self.phase = "ended"
        self.called = ()

    def _write_chronicle(self) -> None:
        """Write down what happened since the last window, private things too: the checker reads it, the players do not."""
        incidents = self.simulation.world.incidents[self._chronicled :]
        if incidents:
            self._chronicled += len(incidents)
            self._write("chronicle", {"incidents": [msgspec.to_builtins(incident) for incident in incidents]})

    def _announce_stop(self) -> None:
        world = self.simulation.world
        content: dict[str, object] = {"t": "window", "tick": self.now, "occasion": self.occasion}
        for address, stream in self._streams.items():

            def news(vseq: int, receipt: str, address: str = address) -> WindowNews:
                return WindowNews(
                    vseq=vseq,
                    receipt=receipt,
                    window=self.window,
                    tick=self.now,
                    date=world.calendar.iso(self.now),
                    occasion=self.occasion,
                    called=address in self.called,
                )

            # Who else is called to a crisis or a negotiation is nobody's business.
            if self.occasion == "window" or address in self.called or address == MODERATOR:
                self._outputs.append((address, stream.push(content, news)))

    def _publish(self, incidents: list[Incident]) -> bool:
        """Send each incident to those who may see it; tells whether there was anything to see."""
        if not self._streams:
            return bool(incidents)
        for incident in incidents:
            plain = incident_fields(self.simulation.world, incident)
            for address, stream in self._streams.items():
                if address == MODERATOR or can_see(ActorId(address), incident):

                    def news(vseq: int, receipt: str, plain: dict[str, Any] = plain) -> IncidentNews:
                        return IncidentNews(vseq=vseq, receipt=receipt, incident=plain)

                    self._outputs.append((address, stream.push({"t": "incident", **plain}, news)))
        return bool(incidents)

    def _report(self, window: int, decisions: list[dict[str, Any]]) -> None:
        stream = self._streams.get(MODERATOR)
        if stream is not None:
            content: dict[str, object] = {"t": "forecast", "window": window}
            news = partial(ForecastNews, window=window, decisions=decisions)
            self._outputs.append((MODERATOR, stream.push(content, lambda v, receipt: news(vseq=v, receipt=receipt))))
