"""Games for bots to be watched in: real sessions of the bundled scenarios, no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from counterpoise.session.game import Session
from counterpoise.session.policy import Policy, Table, play
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise_clients import roster


@dataclass
class WatchedBot:
    """Passes a bot's moves on and remembers what it saw and did."""

    bot: Policy
    seen: list[tuple[View, list[Move]]]

    def decide(self, view: View) -> list[Move]:
        moves = self.bot.decide(view)
        self.seen.append((view, moves))
        return moves


@dataclass
class WatchedGame:
    """A game played, and everything every bot saw and did in it, in order."""

    session: Session
    seen: list[tuple[View, list[Move]]]
    refusals: dict[ActorId, str]
    failures: dict[ActorId, list[str]]

    def kinds(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for _, moves in self.seen:
            for move in moves:
                counts[move.kind] = counts.get(move.kind, 0) + 1
        return counts


@pytest.fixture
def watch() -> Callable[..., WatchedGame]:
    """Plays a scenario for some years with one bot in every seat, or the default line-up."""

    def run(text: str, bot: str | None, *, years: int, seed: str = "7") -> WatchedGame:
        session = Session(scenario_text=text, seed=seed, session_id="watched", secret="s")
        seen: list[tuple[View, list[Move]]] = []
        policies: dict[ActorId, Policy] = {
            seat: WatchedBot(roster.load(bot or roster.default_bot(seat, seed))(f"{seed}/bot/{seat}"), seen)
            for seat in session.seats
        }
        conduct = play(session, policies, until=365 * years + 1)
        return WatchedGame(session, seen, dict(conduct.last_refusal), dict(conduct.failures))

    return run


@pytest.fixture
def stops() -> Callable[[Session, dict[ActorId, Policy], int], Iterator[View]]:
    """Walks a session stop by stop; the bots seated play on and every called seat's view is given out."""

    def walk(session: Session, policies: dict[ActorId, Policy], until: int) -> Iterator[View]:
        from counterpoise.session.commands import Start

        session.command("server", "0" * 32, Start())
        table = Table(session, policies)
        while session.phase == "running" and session.now < until:
            for seat in session.called:
                yield session.view(seat)
                table.decide(seat)
            session.advance(until)

    return walk
