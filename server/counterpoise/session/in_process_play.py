"""Playing a session in process: a policy per seat, no network, no waiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from counterpoise.errors import BotError, OrderError
from counterpoise.session.commands import Start, local_id
from counterpoise.session.running_session import SERVER, Session
from counterpoise.sim.bot import Bot, decide_moves, validated_move
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View

NAME_MAX = 60
Asking = Callable[[Callable[[View], object], View], list[Move]]
"""How the policies are asked: takes ``decide`` of one and a view, returns moves or raises ``BotError``, as ``decide_moves`` does.

Whatever else it raises ends the game.
"""


@dataclass(slots=True)
class Conduct:
    """How the policies behaved: orders taken, orders refused with the newest reason, and exceptions, by seat."""

    orders: dict[ActorId, int] = field(default_factory=dict)
    refusals: dict[ActorId, int] = field(default_factory=dict)
    last_refusal: dict[ActorId, str] = field(default_factory=dict)
    failures: dict[ActorId, list[str]] = field(default_factory=dict)


def player_name(policy: object) -> str:
    """Return what the record calls a policy: its name if it has one, else that of the file it comes from."""
    file = type(policy).__module__.rpartition(".")[2]
    try:
        return str(getattr(policy, "name", file)).encode(errors="replace").decode()[:NAME_MAX]
    except Exception:  # a bot is foreign code: even its name may raise
        return file[:NAME_MAX]


class Table:
    """The policies that sit at a session, and the orders they give.

    ``decide`` asks and orders; where asking may take long, ``ask`` does the one and ``order`` the other.
    """

    def __init__(self, session: Session, policies: Mapping[ActorId, Bot], asking: Asking = decide_moves) -> None:
        self.session = session
        self.policies = policies
        self._asking = asking
        self.conduct = Conduct()

    def decide(self, seat: ActorId) -> None:
        """Let the policy of a seat order. What it raises is its own affair: the seat passes and the game goes on."""
        self.order(seat, self.ask(seat))

    def ask(self, seat: ActorId) -> list[Move] | BotError:
        """Return what the policy of a seat decides, or why that is nothing a seat can order. Nothing is changed."""
        policy = self.policies.get(seat)
        if policy is None:
            return []
        try:
            return self._asking(policy.decide, self.session.view(seat))
        except BotError as error:
            return error

    def order(self, seat: ActorId, decided: list[Move] | BotError) -> None:
        """Order what was decided; a failure is noted."""
        conduct = self.conduct
        if isinstance(decided, BotError):
            self._failed(seat, decided)
            return
        for move in decided:
            order_id = local_id(self.session.id, seat, self.session.orders_of(seat))
            try:
                self.session.submit(seat, order_id, self.session.window, validated_move(move))
            except BotError as failure:
                self._failed(seat, failure)
            except OrderError as refusal:
                conduct.refusals[seat] = conduct.refusals.get(seat, 0) + 1
                conduct.last_refusal[seat] = str(refusal)
            else:
                conduct.orders[seat] = conduct.orders.get(seat, 0) + 1

    def _failed(self, seat: ActorId, failure: BotError) -> None:
        date = self.session.simulation.world.calendar.iso(self.session.now)
        self.conduct.failures.setdefault(seat, []).append(f"{date} {seat}: {failure}")


def play(
    session: Session,
    policies: Mapping[ActorId, Bot],
    *,
    until: int | None = None,
    after_stop: Callable[[Session], None] | None = None,
    asking: Asking = decide_moves,
) -> Conduct:
    """Play a session to its end, or to tick ``until``, with a policy in each seat; seats without one pass.

    Args:
        session: in its lobby or running.
        policies: by seat.
        until: where to stop; the session stays running.
        after_stop: called after each advance, to commit what the session wrote and to show progress.
        asking: how they are asked; one that loses patience ends the game by an error of its own.
    """
    table = Table(session, policies, asking)
    if session.phase == "lobby":
        for seat, policy in policies.items():
            session.note_player(seat, player_name(policy))
        session.command(SERVER, local_id(session.id, SERVER, 0), Start())
    target = session.end if until is None else min(until, session.end)
    while session.phase == "running" and session.now < target:
        for seat in session.called:
            table.decide(seat)
        session.advance(target)
        if after_stop is not None:
            after_stop(session)
    return table.conduct
