"""Every scenario that is shipped runs to its end with bots of all kinds, and no window opens on a world that cannot be.

One seed each; ``python tests/bench/run.py soak`` plays twenty with every bot.
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

SHORT_YEARS = 5
"""The length up to which the planner plays a scenario to its end. It simulates every decision many times; in a longer scenario
another bot takes its seat after the first year."""
NAMES = sorted(
    path.stem
    for path in (Path(__file__).resolve().parents[2] / "scenarios").glob("*.toml")
    if not path.name.endswith(".history.toml")
)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_runs_to_its_end_with_every_kind_of_bot(
    scenarios: dict[str, str], invariant_violations: Callable[..., list[str]], name: str
) -> None:
    session = Session(
        scenario_text=scenarios[name],
        seed=f"whole {name}",
        session_id="whole",
        secret="s",
        setup=ScenarioSetup(source=name),
    )
    kinds = [kind for kind in roster.bot_names() if kind != "planner"]
    bots: dict[ActorId, Bot] = {
        seat: roster.load_bot(kinds[place % len(kinds)])(f"whole/{seat}") for place, seat in enumerate(session.seats)
    }
    planner = {session.seats[0]: roster.load_bot("planner")("whole/planner")}
    windows = 0

    def look(session: Session) -> None:
        nonlocal windows
        session.take_entries()
        if session.phase == "ended" or session.simulation.world.calendar.opens_window(session.now):
            windows += 1
            assert invariant_violations(session.simulation.world) == []

    is_short = session.end <= SHORT_YEARS * DAYS_PER_YEAR
    planned = play(session, bots | planner, until=session.end if is_short else round(DAYS_PER_YEAR), after_stop=look)
    conduct = play(session, bots, after_stop=look)
    assert session.phase == "ended"
    assert session.now == session.end
    assert windows >= 8
    assert (planned.failures, conduct.failures) == ({}, {})
