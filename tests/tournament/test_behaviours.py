"""What entrants do beside winning, beside random players."""

from __future__ import annotations

import random

import msgspec
import pytest

from counterpoise.theory.evidence.behaviour import Measures
from counterpoise.tournament.behaviours import behaviours
from counterpoise.tournament.result_document import EntrantBehaviour, EntrantResult, GameResult

NOISE: dict[str, Measures] = {
    "s": {"balancing": (10.0, 100.0), "skill:ideology": (0.0, 5.0), "skill:waiting": (-4.0, 4.0)}
}


def game(world: int, scenario: str = "s", **measured: Measures) -> GameResult:
    """Make a game from what each entrant did in it."""
    return GameResult(
        counts={}, digest="0" * 64, game=world, key=f"{world:032x}", scenario=scenario, seats=(), seed=str(world), ticks=1,
        entrants=tuple(
            EntrantResult(
                behaviour=done, classes={}, entrant=name, errors=0, mean_score=0.0, moves=0, rank=1, rejected=0, seats=1
            )
            for name, done in measured.items()
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, EntrantBehaviour]:
    dice = random.Random("behaviours")
    games = []
    for world in range(30):
        often, seldom = (float(sum(dice.random() < share for _ in range(10))) for share in (0.6, 0.1))
        games.append(
            game(
                world,
                bold={"balancing": (often, 10.0), "skill:ideology": (1.0, 10.0), "skill:waiting": (-4.0, 10.0)},
                meek={"balancing": (seldom, 10.0), "promises_kept": (1.0, 1.0)},
            )
        )
    return {row.entrant: row for row in behaviours(["bold", "meek"], games, NOISE)}


def test_a_share_stands_beside_that_of_random_players(found: dict[str, EntrantBehaviour]) -> None:
    bold, meek = (found[name].measures[0] for name in ("bold", "meek"))
    assert (bold.measure, bold.n, bold.noise) == ("balancing", 300.0, 0.1)
    assert bold.value.mean == pytest.approx(0.6, abs=0.1)
    assert bold.above is not None
    assert bold.above.mean == pytest.approx(bold.value.mean - 0.1, abs=1e-6)
    assert bold.above.low is not None
    assert bold.above.low > 0.3
    assert meek.above is not None
    assert meek.above.low is not None
    assert meek.above.high is not None
    assert meek.above.low < 0 < meek.above.high, "it balances as often as random players"


def test_the_hypothesis_that_forecasts_best_is_that_with_the_most_skill(found: dict[str, EntrantBehaviour]) -> None:
    best = found["bold"].best_forecast
    assert best is not None
    assert (best.hypothesis, best.share) == ("ideology", 1.0)
    assert best.skill.mean == pytest.approx(0.1)
    skills = {row.measure: row.above.mean for row in found["bold"].measures if row.above is not None}
    assert skills["skill:waiting"] == pytest.approx(0.6), "less wrong than about random players, but still wrong"
    assert found["meek"].best_forecast is None


def test_what_was_always_the_same_or_seen_in_few_worlds_has_no_interval(found: dict[str, EntrantBehaviour]) -> None:
    always = {row.measure: row.value for row in found["meek"].measures}["promises_kept"]
    assert (always.mean, always.low, always.high) == (1.0, None, None)
    few = [game(world, a={"hiding": (float(world), 9.0)}) for world in range(4)]
    (row,) = behaviours(["a"], few, {})
    assert row.measures[0].value.low is None


def test_a_scenario_without_a_benchmark_leaves_the_measure_without_noise() -> None:
    games = [game(0, a={"balancing": (1.0, 2.0)}), game(1, "other", a={"balancing": (1.0, 2.0)})]
    (row,) = behaviours(["a"], games, NOISE)
    assert (row.measures[0].value.mean, row.measures[0].noise, row.measures[0].above) == (0.5, None, None)


def test_the_order_of_the_games_given_does_not_matter_once_they_are_sorted() -> None:
    games = [game(world, a={"hiding": (float(world), 9.0)}) for world in range(5)]
    found = behaviours(["a"], games, {})
    renumbered = [msgspec.structs.replace(one, game=9 - one.game) for one in games]
    assert behaviours(["a"], renumbered, {}) == found


def test_a_single_world_says_nothing_about_how_sure_the_best_forecast_is() -> None:
    (row,) = behaviours(["a"], [game(0, a={"skill:ideology": (1.0, 10.0), "skill:waiting": (-4.0, 10.0)})], NOISE)
    assert row.best_forecast is not None
    assert (row.best_forecast.hypothesis, row.best_forecast.share) == ("ideology", None)
