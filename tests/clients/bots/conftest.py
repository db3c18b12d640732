"""Games that record what bots see and do: real sessions of the bundled scenarios, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from counterpoise.session.in_process_play import BotPlayers, OrderStatistics, play
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise_clients import roster


@dataclass
class WatchedBot:
    """Passes a bot's moves on and remembers what it saw and did."""

    bot: Bot
    seen: list[tuple[View, Sequence[Move]]]

    def decide(self, view: View) -> Sequence[Move]:
        moves = self.bot.decide(view)
        self.seen.append((view, moves))
        return moves


@dataclass
class WatchedGame:
    """A game played, and everything the bots watched saw and did in it, in order."""

    session: Session
    seats: tuple[ActorId, ...]
    seen: list[tuple[View, Sequence[Move]]]
    conduct: OrderStatistics

    @property
    def refusals(self) -> dict[ActorId, str]:
        return self.conduct.last_refusal

    @property
    def failures(self) -> dict[ActorId, list[str]]:
        return self.conduct.failures

    def kinds(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for _, moves in self.seen:
            for move in moves:
                counts[move.kind] = counts.get(move.kind, 0) + 1
        return counts


DELIBERATE = ("planner",)
"""Bots that think long: they take the first seat of a game, the default line-up the others, and a game lasts two years."""


def seats_of(bot: str | None, seats: tuple[ActorId, ...]) -> tuple[ActorId, ...]:
    return seats[:1] if bot in DELIBERATE else seats


@pytest.fixture(scope="session")
def watch() -> Callable[..., WatchedGame]:
    """Plays a scenario for some years with one bot in its seats, or the default line-up; the same game only once."""
    played: dict[tuple[str, str | None, int, str], WatchedGame] = {}

    def run(text: str, bot: str | None, *, years: int, seed: str = "7", anew: bool = False) -> WatchedGame:
        years = min(years, 2) if bot in DELIBERATE else years
        key = (text, bot, years, seed)
        if anew or key not in played:
            played[key] = _played(text, bot, years, seed)
        return played[key]

    return run


def _played(text: str, bot: str | None, years: int, seed: str) -> WatchedGame:
    session = Session(scenario_text=text, seed=seed, session_id="watched", secret="s")
    seen: list[tuple[View, Sequence[Move]]] = []
    watched = seats_of(bot, session.seats)
    policies: dict[ActorId, Bot] = {}
    for seat in session.seats:
        name = bot if bot is not None and seat in watched else roster.default_bot(seat, seed)
        made = roster.load_bot(name)(f"{seed}/bot/{seat}")
        policies[seat] = WatchedBot(made, seen) if seat in watched else made
    return WatchedGame(session, watched, seen, play(session, policies, until=365 * years + 1))


@pytest.fixture
def stops() -> Callable[[Session, dict[ActorId, Bot], int], Iterator[View]]:
    """Walks a session stop by stop; the bots seated play on and every called seat's view is given out."""

    def walk(session: Session, policies: dict[ActorId, Bot], until: int) -> Iterator[View]:
        from counterpoise.session.commands import Start

        session.command("server", "0" * 32, Start())
        table = BotPlayers(session, policies)
        while session.phase == "running" and session.now < until:
            for seat in session.called:
                yield session.view(seat)
                table.decide([seat])
            session.advance(until)

    return walk
