from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import pytest

from counterpoise.cli.noise.noise_games import NoisePool, games_in_pool, play_pool, play_pools
from counterpoise.cli.worker_processes import process_pool
from counterpoise.sim.reading.scenario_text import parse_scenario


def test_a_short_game_makes_an_estimate_only_with_others(checkerboard: str) -> None:
    scenario = parse_scenario(checkerboard, "checkerboard")
    assert len(scenario.actors) == 8
    assert games_in_pool(scenario) == 10, "eight decisions in each of eight windows"


def test_any_number_of_processes_gives_the_same_estimates(checkerboard: str) -> None:
    pools = [
        NoisePool(kind, number, 1, checkerboard, "c.toml", "1") for kind in ("random", "shuffled") for number in (0, 1)
    ]
    alone = dict(play_pools(pools))
    with process_pool(2, runs_user_code=False) as executor:
        assert dict(play_pools(pools, executor)) == alone
    assert alone[pools[0]] != alone[pools[1]], "every game is another one"


def test_random_players_and_shuffled_threats_come_from_different_games(checkerboard: str) -> None:
    random, shuffled = (
        play_pool(NoisePool(kind, 0, 1, checkerboard, "c.toml", "1")) for kind in ("random", "shuffled")
    )
    assert random.propositions["W4.1"] != shuffled.propositions["W4.1"]
    assert random.hypotheses["ideology"][:2] != shuffled.hypotheses["ideology"][:2]


@pytest.mark.parametrize("kind", ["random", "shuffled"])
def test_the_benchmark_that_is_shipped_is_what_the_games_of_today_give(
    kind: Literal["random", "shuffled"], repository: Path
) -> None:
    text = (repository / "scenarios" / "weak-and-alone.toml").read_text(encoding="utf-8")
    shipped = msgspec.json.decode((repository / "scenarios" / "weak-and-alone.noise.json").read_bytes())
    pool = NoisePool(kind, 0, shipped["pool"], text, "weak-and-alone.toml", shipped["seed"])
    estimates = play_pool(pool)
    kept = shipped[kind]["hypotheses"]
    made = {name: round(found[2], 4) for name, found in estimates.hypotheses.items() if found[2] is not None}
    assert made == {name: kept[name]["skill"][0] for name in made}, "run counterpoise noise --out scenarios --force"
    assert len(made) > 10
