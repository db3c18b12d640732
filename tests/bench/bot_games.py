"""In-process games with the default bots in every seat, for the benchmarks."""

from __future__ import annotations

from collections.abc import Callable

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster


def new_game(
    text: str, seed: str, *, name: str = "bench", streaming: bool = False
) -> tuple[Session, dict[ActorId, Bot]]:
    """Return a session in its lobby, and the default bots for its seats."""
    session = Session(scenario_text=text, seed=seed, session_id=name, secret="bench", streaming=streaming)
    bots: dict[ActorId, Bot] = {
        seat: roster.load_bot(name)(f"{seed}/bot/{seat}")
        for seat, name in roster.line_up(session.scenario.actors, seed).items()
    }
    return session, bots


def play_years(
    session: Session, bots: dict[ActorId, Bot], years: float, after_stop: Callable[[Session], None] | None = None
) -> float:
    """Play this many more years, or to the end, and return the years played."""
    began = session.now
    play(session, bots, until=began + round(years * DAYS_PER_YEAR), after_stop=after_stop)
    return (session.now - began) / DAYS_PER_YEAR
