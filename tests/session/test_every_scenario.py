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
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

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

    conduct = play(session, bots, after_stop=look)
    assert session.phase == "ended"
    assert session.now == session.end
    assert windows >= 8
    assert conduct.failures == {}
