"""Every scenario that is shipped plays for years with bots of all kinds, and no window opens on a world that cannot be.

One seed each; ``python tests/bench/run.py soak`` plays twenty to their end with every bot.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.bot import Bot
from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

YEARS_MAX = 10
"""The years that are played of a long scenario."""
NAMES = sorted(
    path.stem
    for path in (Path(__file__).resolve().parents[2] / "scenarios").glob("*.toml")
    if not path.name.endswith(".history.toml")
)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_plays_for_years_with_every_kind_of_bot(
    scenarios: dict[str, str], invariant_violations: Callable[..., list[str]], name: str
) -> None:
    session = Session(
        scenario_text=scenarios[name],
        seed=f"whole {name}",
        session_id="whole",
        secret="s",
        setup=ScenarioSetup(source=name),
    )
    kinds = roster.bot_names()
    bots: dict[ActorId, Bot] = {
        seat: roster.load_bot(kinds[place % len(kinds)])(f"whole/{seat}") for place, seat in enumerate(session.seats)
    }
    windows = 0

    def look(session: Session) -> None:
        nonlocal windows
        session.take_entries()
        if session.phase == "ended" or session.simulation.world.calendar.opens_window(session.now):
            windows += 1
            assert invariant_violations(session.simulation.world) == []

    until = min(session.end, round(YEARS_MAX * DAYS_PER_YEAR))
    conduct = play(session, bots, until=until, after_stop=look)
    assert session.now == until
    assert (session.phase == "ended") == (until == session.end)
    assert windows >= 8
    assert conduct.failures == {}
