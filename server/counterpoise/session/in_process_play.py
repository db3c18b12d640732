"""Playing a session in process: one bot per seat, no network, no waiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from counterpoise.errors import BotError, OrderError
from counterpoise.session.commands import Start, local_id
from counterpoise.session.running_session import SERVER, Session
from counterpoise.sim.bot import Bot, decide_moves, validated_move
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View

NAME_MAX = 60
ENDED_PROCESS = "a bot ended its process. Choose another bot, or mend it: a bot must return from decide."
"""What is wrong if a process in which bots play is gone."""
AskBot = Callable[[Callable[[View], object], View], list[Move]]
"""How a bot is asked: takes the bot's ``decide`` and a view, returns moves or raises ``BotError``, as ``decide_moves`` does.

Any other exception ends the game.
"""


@dataclass(slots=True)
class OrderStatistics:
    """How the bots ordered, by seat: orders taken, orders refused with the latest reason, and failures of the bot."""

    orders: dict[ActorId, int] = field(default_factory=dict)
    refusals: dict[ActorId, int] = field(default_factory=dict)
    last_refusal: dict[ActorId, str] = field(default_factory=dict)
    failures: dict[ActorId, list[str]] = field(default_factory=dict)


def player_name(bot: object) -> str:
    """Return the name of a bot for the journal: its ``name``, or else the name of the file it comes from."""
    file = type(bot).__module__.rpartition(".")[2]
    try:
        return str(getattr(bot, "name", file)).encode(errors="replace").decode()[:NAME_MAX]
    except Exception:  # a bot is foreign code: even its name may raise
        return file[:NAME_MAX]


class BotPlayers:
    """The bots in the seats of a session, and the orders they give.

    ``decide`` asks a bot and orders. Where asking may take long, call ``ask`` and ``order`` one after the other.
    """

    def __init__(self, session: Session, bots: Mapping[ActorId, Bot], ask_bot: AskBot = decide_moves) -> None:
        self.session = session
        self.bots = bots
        self.statistics = OrderStatistics()
        self._ask_bot = ask_bot

    def decide(self, seat: ActorId) -> None:
        """Let the bot of a seat order. If the bot fails, the seat passes and the game goes on."""
        self.order(seat, self.ask(seat))

    def ask(self, seat: ActorId) -> list[Move] | BotError:
        """Return what the bot of a seat decides, or the error if it did not answer with moves. The session stays as it is."""
        bot = self.bots.get(seat)
        if bot is None:
            return []
        try:
            return self._ask_bot(bot.decide, self.session.view(seat))
        except BotError as error:
            return error

    def order(self, seat: ActorId, decided: list[Move] | BotError) -> None:
        """Order what a bot decided; count what is refused, and note failures."""
        statistics = self.statistics
        if isinstance(decided, BotError):
            self._note_failure(seat, decided)
            return
        for move in decided:
            order_id = local_id(self.session.id, seat, self.session.orders_of(seat))
            try:
                self.session.submit(seat, order_id, self.session.window, validated_move(move))
            except BotError as failure:
                self._note_failure(seat, failure)
            except OrderError as refusal:
                statistics.refusals[seat] = statistics.refusals.get(seat, 0) + 1
                statistics.last_refusal[seat] = str(refusal)
            else:
                statistics.orders[seat] = statistics.orders.get(seat, 0) + 1

    def _note_failure(self, seat: ActorId, failure: BotError) -> None:
        date = self.session.simulation.world.calendar.iso(self.session.now)
        self.statistics.failures.setdefault(seat, []).append(f"{date} {seat}: {failure}")


def play(
    session: Session,
    bots: Mapping[ActorId, Bot],
    *,
    until: int | None = None,
    after_stop: Callable[[Session], None] | None = None,
    ask_bot: AskBot = decide_moves,
) -> OrderStatistics:
    """Play a session to its end, or to tick ``until``, with a bot in each seat; seats without a bot pass.

    Args:
        session: in its lobby or running.
        bots: by seat.
        until: where to stop; the session stays running.
        after_stop: called after each advance, to commit what the session wrote and to show progress.
        ask_bot: how bots are asked; a time limit ends the game by an error of its own.
    """
    players = BotPlayers(session, bots, ask_bot)
    if session.phase == "lobby":
        for seat, bot in bots.items():
            session.note_player(seat, player_name(bot))
        session.command(SERVER, local_id(session.id, SERVER, 0), Start())
    target = session.end if until is None else min(until, session.end)
    while session.phase == "running" and session.now < target:
        for seat in session.called:
            players.decide(seat)
        session.advance(target)
        if after_stop is not None:
            after_stop(session)
    return players.statistics
