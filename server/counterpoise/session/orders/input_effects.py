"""What a session asks of orders and commands beside their legality, and what commands do once they are journalled."""

from __future__ import annotations

from typing import Any, Protocol

from counterpoise.errors import OrderError
from counterpoise.session import commands
from counterpoise.session.commands import Command, Pace
from counterpoise.session.forecast_ledger import ForecastLedger
from counterpoise.session.orders.acknowledgements import Acknowledgements
from counterpoise.session.orders.pending_orders import PendingOrders
from counterpoise.session.orders.talk import Talk, require_message, write_note
from counterpoise.session.orders.teams import Proposal, Teams
from counterpoise.session.orders.waiting_injects import WaitingInject, WaitingInjects, happen
from counterpoise.session.published_messages import MessagePublisher
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import Phase


class CommandedSession(Protocol):
    """The part of a session that commands act on."""

    simulation: Simulation
    phase: Phase
    pace: Pace
    players: dict[str, str]
    evidence_shown: bool
    pause_reason: str
    pause_seconds: float
    injects: WaitingInjects
    talk: Talk
    orders: PendingOrders
    acknowledgements: Acknowledgements
    messages: MessagePublisher
    ledger: ForecastLedger
    teams: Teams

    @property
    def window(self) -> int:
        """The number of the window that is open."""

    def publish_incidents(self) -> bool:
        """Publish the incidents since the last call; return whether there were any."""

    def finish(self) -> None:
        """End the session."""


def require_subject(session: CommandedSession, seat: ActorId | None, command: Command) -> None:
    """Raise ``OrderError`` unless what a command names is there, and a command that shows or hides changes something."""
    match command:
        case commands.Withdraw() if seat is not None:
            session.orders.require_waiting(seat, command.order, "$.order")
        case commands.Read() if seat is not None:
            require_message(session.simulation.world, seat, command.thread, command.number)
        case commands.Heard():
            session.talk.require_unheard(ActorId(command.seat), command.message)
        case commands.Inject(when="clock"):
            session.injects.require_place()
        case commands.TakeBack():
            session.injects.require_waiting(command.order)
        case commands.Propose() if seat is not None:
            _require_proposable(session, seat, command)
        case commands.Drop() if seat is not None:
            session.teams.require_proposal(seat, command.proposal, "$.proposal")
        case commands.PassOn() if seat is not None:
            session.teams.require_member(seat, command.to, "$.to")
        case commands.SetTeam() if command.decider:
            session.teams.require_member(ActorId(command.seat), command.decider, "$.command.decider")
        case commands.Decider():
            session.teams.require_member(ActorId(command.seat), command.member, "$.command.member")
        case commands.ShowEvidence(shown=shown) if shown == session.evidence_shown:
            holds = f"{str(shown).lower()}, which holds already"
            raise OrderError("illegal", "$.command.shown", str(not shown).lower(), holds, "shown_already")
        case _:
            pass


def _require_proposable(session: CommandedSession, seat: ActorId, proposed: commands.Propose) -> None:
    """Raise ``OrderError`` unless a member of a seat may propose a move now."""
    require_playing(session, proposed.window)
    session.teams.require_place(seat)
    session.simulation.require_legal(seat, decode_move(proposed.move))


def require_playing(session: CommandedSession, window: int) -> None:
    """Raise ``OrderError`` unless orders and proposals for a window are taken now."""
    if session.phase == "ended":
        raise OrderError("game_over", "$", "", "the session has ended", "game_over")
    if session.phase == "lobby":
        problem = "the session has not started; wait for the phase running"
        raise OrderError("not_running", "$", "", problem, "not_started")
    if window != session.window:
        needed = f"the open window, {session.window}"
        raise OrderError("late", "$.window", needed, str(window), "window_closed")


def require_place(session: CommandedSession, seat: ActorId, move: Move, replaces: str) -> None:
    """Raise ``OrderError`` unless a seat may give another order now, or the one that it replaces waits."""
    if move.AT_ONCE:
        session.talk.require_place(seat)
        if replaces:
            needed = "nothing, for this move acts at once"
            raise OrderError("illegal", "$.replaces", needed, replaces, "acts_at_once")
    elif replaces:
        session.orders.require_waiting(seat, replaces, "$.replaces")
    else:
        session.orders.require_place(seat)


def carry_out(
    session: CommandedSession, seat: ActorId | None, command_id: str, command: Command, plain: dict[str, Any]
) -> None:
    """Carry out a command that is possible now.

    Args:
        session: the session.
        seat: the seat that gives the command; ``None`` for the moderator and the server.
        command_id: the id of the command.
        command: as given.
        plain: the command as plain values, with references in place of its texts.
    """
    simulation = session.simulation
    match command:
        case commands.Inject():
            wanted = WaitingInject(command_id, plain["inject"], plain.get("reason", ""), plain.get("instead_of", -1))
            if command.when == "clock":
                session.injects.add(wanted)
            else:
                happen(simulation, wanted)
                session.publish_incidents()
        case commands.TakeBack():
            session.injects.take_back(command.order)
        case commands.Bookmark():
            simulation.record("bookmark", audience=(), note=plain["note"])
            session.publish_incidents()
        case commands.Note():
            write_note(simulation, ActorId(command.seat), "moderator" if seat is None else "seat", plain["text"])
            session.publish_incidents()
        case Pace():
            session.pace = command
        case commands.SetTalk():
            simulation.world.talk.level = command.level
            simulation.record("talk_set", level=command.level)
            session.publish_incidents()
        case commands.ShowEvidence(shown=shown):
            session.evidence_shown = shown
        case commands.Branch():
            simulation.branch(command.seed)
            session.acknowledgements.forget_numbers()
            session.messages.restart(simulation.world, session.window, session.ledger.forecasts)
        case commands.Seated():
            session.players[command.seat] = command.player
        case commands.Heard():
            session.talk.note_heard(ActorId(command.seat), command.message)
        case commands.Withdraw() if seat is not None:
            session.orders.withdraw(seat, command.order)
        case commands.Read() if seat is not None:
            session.talk.mark_read(seat, command.thread, command.number)
        case commands.End():
            _take_notes(session)
            session.finish()
        case commands.SetTeam() | commands.Membership() | commands.Decider():
            _settle_team(session.teams, ActorId(command.seat), command)
        case commands.PassOn() if seat is not None:
            session.teams.hand_on(seat, command.to, "passed")
        case commands.Propose() if seat is not None:
            session.teams.propose(seat, Proposal(command_id, command.member, plain["move"]))
        case commands.Drop() if seat is not None:
            session.teams.drop(seat, command.proposal)
        case commands.Start() | commands.Resume():
            session.phase = "running"
        case commands.Pause():
            session.phase, session.pause_reason = "paused", plain["reason"]
            session.pause_seconds = plain.get("seconds", 0.0)
        case _:
            pass


def _settle_team(
    teams: Teams, seat: ActorId, command: commands.SetTeam | commands.Membership | commands.Decider
) -> None:
    match command:
        case commands.SetTeam():
            teams.settle(seat, command.deciding, command.writing, command.decider)
        case commands.Membership(joined=True):
            teams.join(seat, command.member)
        case commands.Membership():
            teams.leave(seat, command.member)
        case commands.Decider():
            teams.hand_on(seat, command.member, command.because)


def _take_notes(session: CommandedSession) -> None:
    """Carry out the waiting orders that note something for the debrief, because the clock will not move again."""
    for seat, move in session.orders.take():
        if move.FOR_DEBRIEF:
            session.simulation.apply(seat, move)
    session.publish_incidents()
