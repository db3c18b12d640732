"""A running game, live or replayed: one code, fed from sockets or from a journal.

The caller drives the session: feed it with ``submit``, ``command`` and ``advance``; take what it wrote (``take_entries``),
make that durable, and only then take and send its messages (``take_outputs``).
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace

import msgspec
from msgspec import structs

from counterpoise.errors import OrderError
from counterpoise.session import commands
from counterpoise.session.commands import SERVER, Command, Pace
from counterpoise.session.forecast_ledger import ForecastLedger
from counterpoise.session.index_deal import index_deal
from counterpoise.session.journal.entries import Entry, EntryKind, canonical
from counterpoise.session.journal.free_text import (
    FreeTexts,
    command_with_references,
    move_with_references,
    require_no_references,
)
from counterpoise.session.journal.header import commitment_to_seed, hash_of_scenario, header_content
from counterpoise.session.journal.writer import JournalWriter
from counterpoise.session.message_streams import Numbered, StreamState
from counterpoise.session.orders.acknowledgements import Acknowledgement, Acknowledgements
from counterpoise.session.orders.input_effects import carry_out, require_place, require_playing, require_subject
from counterpoise.session.orders.pending_orders import PendingOrders
from counterpoise.session.orders.talk import Talk
from counterpoise.session.orders.teams import NOBODY_IN_PARTICULAR, Sender, Teams
from counterpoise.session.orders.waiting_injects import WaitingInjects
from counterpoise.session.published_messages import MODERATOR, OBSERVER, MessagePublisher
from counterpoise.session.seat_views import SeatViews
from counterpoise.session.session_setup import NEW_GAME, NEW_JOURNAL, JournalSettings, ResumePoint, ScenarioSetup
from counterpoise.session.session_snapshot import Growth, GrowthCounts, Occasion, SessionState, copy_of, encode_state
from counterpoise.session.session_state import growth_of, state_of
from counterpoise.session.window_records import WindowRecords
from counterpoise.sim.catalogue import encode_move
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.wire.checkpoints import Checkpoint
from counterpoise.wire.messages import Observe, Phase


class Session:
    """One game from its lobby to its end.

    Args:
        scenario_text: the scenario file, whole; it goes into the journal's header.
        seed: decides every chance in the game.
        session_id: the session's name in links and in the journal.
        secret: salts the commitment to the seed and, without a server, the entries: then equal secrets give equal bytes.
        streaming: whether to number messages for seats; off where nobody listens.
        setup: how the session uses the scenario.
        journal: how the session writes its journal.
        resumed: where the session stood, for one that is restored; it writes no header.

    Raises:
        ScenarioError: the scenario is wrong.
        SnapshotError: the state does not fit the scenario.
    """

    def __init__(
        self,
        *,
        scenario_text: str,
        seed: str,
        session_id: str,
        secret: str,
        streaming: bool = False,
        setup: ScenarioSetup = NEW_GAME,
        journal: JournalSettings = NEW_JOURNAL,
        resumed: ResumePoint | None = None,
    ) -> None:
        self.id, self.seed = session_id, seed
        self.scenario: Scenario = setup.scenario(scenario_text)
        self.scenario_hash = hash_of_scenario(scenario_text)
        self.journal_settings = journal
        self.index_deal = index_deal(setup.threat_index, self.scenario, seed)
        require_no_references(self.scenario, setup.source)
        self.seed_commitment = commitment_to_seed(secret, seed)
        self._secret, self._streaming = secret, streaming
        if resumed is not None:
            self._resume(resumed.state, FreeTexts(resumed.texts.by_entry()))
            return
        self._begin()
        identity = {"seed": seed, "session": session_id, "secret": secret}
        content = header_content(setup, journal, scenario_text, self.scenario.id, deal=self.index_deal, **identity)
        self._write("header", content)
        self._stop()

    def _begin(self) -> None:
        """Set the state of a session in its lobby."""
        self.simulation = Simulation(self.scenario, self.seed)
        self.seats = tuple(self.simulation.world.actors)
        self.phase: Phase = "lobby"
        self.pace, self.evidence_shown, self.pause_reason, self.pause_seconds = Pace(), False, "", 0.0
        self.occasion: Occasion = "window"
        self.called: tuple[ActorId, ...] = ()
        self.ledger = ForecastLedger(self.id)
        self.texts = FreeTexts()  # those that the world and its incidents refer to
        self.players: dict[str, str] = {}  # who decides for each seat, as last noted
        self.journal = JournalWriter(self.journal_settings.chain(self._secret), self.texts)
        self.orders, self.injects = PendingOrders(self.seats), WaitingInjects()
        self.talk, self.teams = Talk(), Teams()
        self.acknowledgements = Acknowledgements(self.texts)
        self._records = self._window_records()
        self.messages = self._publisher()
        self.checkpoint: Checkpoint | None = None  # the last one in the journal
        self.views = SeatViews(self.simulation.world, self.scenario)

    def _resume(self, state: SessionState, texts: FreeTexts, simulation: Simulation | None = None) -> None:
        """Set the state that a snapshot holds; ``simulation`` stands in for the snapshot's."""
        growth = state.growth
        self.simulation = simulation or Simulation.restore(self.scenario, state.simulation, growth.incidents)
        self.seats = tuple(self.simulation.world.actors)
        self.phase, self.pace, self.occasion, self.called = state.phase, state.pace, state.occasion, state.called
        self.ledger = ForecastLedger(self.id, growth.decisions, growth.structures, state.open_decisions)
        self.texts, self.players, self.evidence_shown = texts, dict(state.players), state.evidence_shown
        self.pause_reason, self.pause_seconds = state.pause_reason, state.pause_seconds
        chain = self.journal_settings.chain(self._secret, state.entries, state.chain)
        self.journal = JournalWriter(chain, self.texts, state.last_tick)
        self.orders, self.talk = PendingOrders(self.seats, state.pending, state.order_counts), Talk(state.talk)
        self.injects, self.teams = WaitingInjects(state.injects), Teams(state.teams)
        self.acknowledgements = Acknowledgements(texts, growth.acks)
        self._records = self._window_records(state.chronicled)
        self.messages = self._publisher(growth.streams)
        self.checkpoint, self.views = state.checkpoint, SeatViews(self.simulation.world, self.scenario)

    def _window_records(self, chronicled: int = 0) -> WindowRecords | None:
        """Return what writes the forecasts, outcomes and digests; ``None`` if no journal is kept."""
        settings = self.journal_settings
        return WindowRecords(self.journal, self.ledger, chronicled) if settings.kept else None

    def _publisher(self, states: Mapping[str, StreamState] | None = None) -> MessagePublisher:
        addresses = (*self.seats, MODERATOR, OBSERVER) if self._streaming else ()
        key = self.journal_settings.secrets.receipt_key(self.id, self.seed_commitment)
        return MessagePublisher(addresses, key, self.texts, states)

    def snapshot(self) -> bytes:
        """Return the whole state of the session, except its texts; ``replay`` goes on from it in the same way.

        Raises:
            ValueError: entries or messages wait to be taken. They would be lost: a snapshot comes after them.
        """
        if self.messages.has_waiting():
            raise ValueError("take the outputs before a snapshot")
        return encode_state(self.state(GrowthCounts()))

    def adopt(self, state: SessionState) -> None:
        """Go to the state in a snapshot of this session.

        With a state whose growth stands apart, the session has no acks, messages, decisions and incidents: it tells the time,
        the phase and the seats, and must adopt the whole state before it is asked for anything else.

        Raises:
            ValueError: entries or messages wait to be taken.
        """
        if self.has_entries or self.messages.has_waiting():
            raise ValueError("take the entries and outputs before another state")
        self._resume(state, self.texts)

    def copy(self, *, kept: bool = True) -> Session:
        """Return an independent session that goes on in the same way; without a journal and listeners if not ``kept``."""
        if self.messages.has_waiting():
            raise ValueError("take the outputs before a copy")
        state = copy_of(state_of(self, b"", GrowthCounts(), Growth()))
        session = copy(self)
        if not kept:
            session.journal_settings, session._streaming = replace(self.journal_settings, kept=False), False
        whole = structs.replace(state, growth=growth_of(self, GrowthCounts()))
        session._resume(whole, FreeTexts(self.texts.by_entry()), self.simulation.copy())
        return session

    def state(self, since: GrowthCounts) -> SessionState:
        """Return the state without what ``since`` counts of the growing parts. Encode it before the session moves on.

        Raises:
            ValueError: entries wait to be taken.
        """
        return state_of(self, self.simulation.snapshot(incidents=False), since, growth_of(self, since))

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

    @property
    def chronicled(self) -> int:
        """How many incidents the chronicle holds."""
        return 0 if self._records is None else self._records.chronicled

    def orders_of(self, seat: ActorId) -> int:
        """Return how many orders of a seat have been taken so far."""
        return self.orders.counts[seat]

    def view(self, seat: ActorId) -> View:
        """Return what a seat sees now."""
        return self.texts.filled_view(self.views.view(seat))

    def observe(self, seat: ActorId, *, with_index: bool = False) -> Observe:
        """Return the message that shows a seat its whole view; those who look on see its threat index too (``with_index``)."""
        view = self.view(seat)
        threats = self.index_deal.threats(view, with_index=with_index)
        is_called = seat in self.called and self.phase != "lobby"
        kinds = self.views.kinds(seat) if is_called else []
        return Observe(self.messages.head(seat)[0], is_called, view, threats, kinds=kinds)

    def submit(
        self,
        seat: ActorId,
        order_id: str,
        window: int,
        move: Move,
        replaces: str = "",
        sender: Sender = NOBODY_IN_PARTICULAR,
    ) -> Acknowledgement:
        """Take an order; it acts when the clock next moves, a message at once. The same id again gives the same ack.

        Args:
            seat: the seat that orders.
            order_id: the order's.
            window: the window that the seat takes to be open.
            move: what the seat does.
            replaces: the id of a waiting order whose place this one takes, if any.
            sender: who sends it, if several people share the seat.

        Raises:
            OrderError: not running, too late, too many, illegal, or an id used before for something else.
        """
        known = self.acknowledgements.find(order_id, seat, window, move, replaces)
        if known is not None:
            return self._sealed(seat, known)
        if seat not in self.orders.counts:
            raise OrderError("not_your_seat", "$.seat", "a seat of this session", seat)
        require_playing(self, window)
        require_place(self, seat, move, replaces)
        kept, texts = move_with_references(move, self.journal.length + 1) if self._records is not None else (move, [])
        self.simulation.require_legal(seat, kept)
        encoded = canonical(encode_move(kept))  # once, for the entry and the acknowledgement
        content = {"id": order_id, "seat": seat, "window": window, "move": msgspec.Raw(encoded)}
        further = {"replaces": replaces, **sender._asdict()}
        self._write("order", content | {name: value for name, value in further.items() if value})
        self.journal.write_texts(self.now, texts)
        self.orders.add(seat, order_id, kept, replaces)
        self.teams.note_sender(seat, order_id, sender)
        if kept.AT_ONCE:
            self.views.forget()
            self.simulation.apply(seat, kept)
            self.publish_incidents()
        given = self.messages.acknowledge(seat, order_id)
        return self._sealed(seat, self.acknowledgements.add(order_id, seat, window, encoded, given, replaces))

    def command(self, who: str, command_id: str, command: Command) -> Acknowledgement:
        """Carry out a command; raises ``OrderError`` if it makes no sense now. The same id again gives the same ack."""
        seat = ActorId(who) if who in self.seats else None
        # The server's own commands are nobody's messages: their acks get no number.
        address = "" if who == SERVER else seat or MODERATOR
        known = self.acknowledgements.find(command_id, seat, None, command)
        if known is not None:
            return self._sealed(address, known)
        self.views.forget()
        commands.require_possible(command, self.phase, self.seats, self.simulation.world, who=who)
        require_subject(self, seat, command)
        plain, texts = commands.encode_command(command), list[str]()
        if self._records is not None:
            plain, texts = command_with_references(plain, self.journal.length + 1)
        encoded = canonical(plain)
        self._write("command", {"id": command_id, "who": who, "command": msgspec.Raw(encoded)})
        self.journal.write_texts(self.now, texts)
        carry_out(self, seat, command_id, command, plain)
        ack = self.messages.acknowledge(address, command_id)
        return self._sealed(address, self.acknowledgements.add(command_id, seat, None, encoded, ack))

    def _sealed(self, address: str, given: Acknowledgement) -> Acknowledgement:
        return Acknowledgement(self.messages.sealed(address, given.ack), given.is_new)

    def note_player(self, seat: ActorId, player: str) -> None:
        """Journal who decides for a seat from now on, unless it is the same player as before."""
        if self.players.get(seat, "") != player:
            self._note("seated", commands.Seated(seat, player))

    def note_heard(self, seat: ActorId, message: int) -> None:
        """Journal that the bot of a seat is asked to answer a message now; its answers follow as orders."""
        self._note("heard", commands.Heard(seat, message))

    def _note(self, purpose: str, command: Command) -> None:
        self.command(SERVER, commands.local_id(self.id, purpose, len(self.acknowledgements)), command)

    def advance(self, to: int) -> None:
        """Let the clock run to the next stop, or to tick ``to`` if that comes first.

        Waiting injects happen first, then waiting orders act, in the order of the seats and then of their arrival, so that a
        fast seat has no advantage.
        The clock stops where a window opens, where seats are called to answer, and at the end.
        """
        if self.phase != "running" or to <= self.now:
            return
        self.views.forget()
        calendar = self.simulation.world.calendar
        self.injects.carry_out(self.simulation)
        for seat, move in self.orders.take():
            self.simulation.apply(seat, move)
        self.teams.forget_senders()
        opening = calendar.opening_of(calendar.window_of(self.now) + 1)
        self.simulation.advance(min(to, opening, self.end))
        has_published = self.publish_incidents()
        self._stop()
        if has_published and self.journal.last_tick < self.now:
            # Journal the clock position, so that a restart cannot roll back events that players have seen.
            self._write("clock", {})

    def take_entries(self) -> list[Entry]:
        """Return the entries written since the last call; commit them before taking the outputs."""
        return self.journal.take()

    @property
    def has_entries(self) -> bool:
        """Whether entries wait to be taken."""
        return self.journal.has_entries

    def put_back(self, entries: list[Entry]) -> None:
        """Put entries that were taken but not stored before those written since."""
        self.journal.put_back(entries)

    def forget_replayed(self) -> None:
        """Forget the entries of the journal that was replayed: what comes now is new."""
        self.journal_settings = replace(self.journal_settings, stored={})
        self.journal.chain.stored = {}

    def take_outputs(self) -> list[tuple[str, Numbered]]:
        """Return the messages to send, each with its address; ``submit`` and ``command`` return acks."""
        return self.messages.take_waiting()

    def _write(self, kind: EntryKind, content: object) -> None:
        if self._records is not None:
            self.journal.write(self.now, kind, content)

    def _stop(self) -> None:
        """Decide what the clock stopped for: the end, a window that opens, or calls that must be answered."""
        calls = self.simulation.take_calls()
        world = self.simulation.world
        if self.now >= self.end:
            self.finish()
        elif world.calendar.opens_window(self.now):
            self._open_window()
        elif calls:
            # A seat that was called before has been told then. A second notice would tell it that another seat is called now.
            waiting = [call.actor for call in calls if call.id in world.calls]
            self.occasion, self.called = "call", tuple(seat for seat in self.seats if seat in waiting)
            self.messages.announce_stop(world, self.window, self.occasion, self.called)
        else:
            self.called = ()

    def _open_window(self) -> None:
        world = self.simulation.world
        if self._records is not None:
            outcomes = self._records.close(world, self.window - 1, self.players)
            if outcomes is not None:
                self.messages.report_decisions(self.window - 1, outcomes)
            self.messages.report_decisions(self.window, self._records.open(world, self.window))
        self.occasion = "window"
        self.talk.count_anew()
        self.teams.close_window()
        self.called = tuple(actor.id for actor in world.active())
        self.messages.announce_stop(world, self.window, self.occasion, self.called)

    def finish(self) -> None:
        """End the session here."""
        if self._records is not None:
            self._records.close(self.simulation.world, self.window, self.players)
            self._records.finish(self.simulation.world)
        self.phase, self.called = "ended", ()
        self.talk.count_anew()
        self.teams.close_window()

    def publish_incidents(self) -> bool:
        """Publish the incidents since the last call to those who may see them; return whether there were any."""
        incidents = self.simulation.take_incidents()
        self.messages.publish(self.simulation.world, incidents)
        self.talk.note_messages(incidents, [actor.id for actor in self.simulation.world.active()])
        return bool(incidents)
