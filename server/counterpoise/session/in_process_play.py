"""Playing a session in process: one bot per seat, no network, no waiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from counterpoise.errors import BotError, OrderError
from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.orders.talk import message_of
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot, DistantBot, answers_messages, decide_moves, hear, validated_move
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View

NAME_MAX = 60
ENDED_PROCESS = "a bot ended its process. Choose another bot, or mend it: a bot must return from decide."
"""What is wrong if a process in which bots play is gone."""


@dataclass(slots=True)
class OrderStatistics:
    """How the bots ordered, by seat: answers, orders taken, orders refused with the latest reason, and failures of the bot."""

    answers: dict[ActorId, int] = field(default_factory=dict)
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
    """The bots in the seats of a session, the orders they give, and their answers to messages.

    ``decide`` does all that bots do at one stop of the clock. Where asking may take long, call the other methods one by one.
    """

    def __init__(self, session: Session, bots: Mapping[ActorId, Bot]) -> None:
        self.session = session
        self.bots = bots
        self.statistics = OrderStatistics()

    def decide(self, seats: Sequence[ActorId]) -> None:
        """Let the bots of some seats order, and then answer messages. If a bot fails, its seat passes and the game goes on.

        All of them decide before the first orders: what one writes reaches no other that has still to decide. So those that
        decide elsewhere do it side by side.
        """
        views = {seat: self.session.view(seat) for seat in seats if seat in self.bots}
        for seat, view in views.items():
            bot = self.bots[seat]
            if isinstance(bot, DistantBot):
                bot.begin_decision(view)
        for seat, decided in [(seat, self._decided(seat, views.get(seat))) for seat in seats]:
            self.order(seat, decided)
        while (heard := self.take_unheard()) is not None:
            self.order(heard[0], self.answer(*heard))

    def take_unheard(self) -> tuple[ActorId, int] | None:
        """Return the next seat whose bot answers messages, with the message, and journal that the bot is asked.

        Returns:
            The seat and the id of the message; ``None`` if no bot is to be asked now.
        """
        heard = self.next_unheard()
        if heard is not None:
            self.session.note_heard(*heard)
        return heard

    def next_unheard(self) -> tuple[ActorId, int] | None:
        """Return what ``take_unheard`` would return, and change nothing."""
        return next((heard for heard in self.session.talk.unheard() if answers_messages(self.bots.get(heard[0]))), None)

    def answer(self, seat: ActorId, message: int) -> list[Move] | BotError:
        """Return what the bot of a seat answers to a message, as ``ask`` does."""
        bot = self.bots.get(seat)
        if bot is None:
            return []
        told = message_of(self.session.simulation.world, self.session.texts, message)
        try:
            return decide_moves(lambda view: hear(bot, view, told), self.session.view(seat))
        except BotError as error:
            return error

    def ask(self, seat: ActorId) -> list[Move] | BotError:
        """Return what the bot of a seat decides, or the error if it did not answer with moves. The session stays as it is."""
        return self._decided(seat, self.session.view(seat))

    def _decided(self, seat: ActorId, view: View | None) -> list[Move] | BotError:
        bot = self.bots.get(seat)
        if bot is None or view is None:
            return []
        try:
            return decide_moves(bot.decide, view)
        except BotError as error:
            return error

    def order(self, seat: ActorId, decided: list[Move] | BotError) -> None:
        """Order what a bot decided; count what is refused, and note failures."""
        statistics = self.statistics
        if seat in self.bots:
            statistics.answers[seat] = statistics.answers.get(seat, 0) + 1
        if isinstance(decided, BotError):
            self._note_failure(seat, decided)
            return
        window = self.session.window
        for move in decided:
            order_id = local_id(self.session.id, seat, self.session.orders_of(seat))
            try:
                self.session.submit(seat, order_id, window, validated_move(move))
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
) -> OrderStatistics:
    """Play a session to its end, or to tick ``until``, with a bot in each seat; seats without a bot pass.

    Args:
        session: in its lobby or running.
        bots: by seat.
        until: where to stop; the session stays running.
        after_stop: called after each advance, to commit what the session wrote and to show progress.
    """
    players = BotPlayers(session, bots)
    if session.phase == "lobby":
        for seat, bot in bots.items():
            session.note_player(seat, player_name(bot))
        session.command(SERVER, local_id(session.id, SERVER, 0), Start())
    target = session.end if until is None else min(until, session.end)
    while session.phase == "running" and session.now < target:
        players.decide(session.called)
        session.advance(target)
        if after_stop is not None:
            after_stop(session)
    return players.statistics
