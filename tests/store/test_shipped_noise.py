"""Every bundled scenario has a noise benchmark of its own file and of this program's rules and theory."""

from __future__ import annotations

import hashlib

import pytest

from counterpoise.scenario_files import bundled_scenarios, scenario_folder, scenario_text
from counterpoise.sim import RULES_VERSION
from counterpoise.store.shipped_noise import ENDING, shipped_noise
from counterpoise.theory import THEORY_VERSION
from counterpoise.theory.check.expected_noise import ESTIMATES_MIN
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.forecasts import HYPOTHESES

BYTES_MAX = 60_000
AGAIN = "`counterpoise noise --out scenarios --force --jobs 2` makes them again"


@pytest.mark.parametrize("name", bundled_scenarios())
def test_the_benchmark_of_a_scenario_is_of_this_program(name: str) -> None:
    found = next((benchmark for benchmark in shipped_noise() if benchmark.scenario == name), None)
    assert found is not None, AGAIN
    assert found.scenario_hash == hashlib.sha256(scenario_text(name)[0].encode()).hexdigest(), AGAIN
    assert (found.rules_version, found.theory_version) == (RULES_VERSION, THEORY_VERSION), AGAIN
    for noise in (found.random, found.shuffled):
        assert list(noise.propositions) == list(PROPOSITIONS), AGAIN
        assert list(noise.hypotheses) == list(HYPOTHESES), AGAIN
        lengths = {len(row.values) for row in noise.propositions.values()}
        assert lengths == {noise.games // found.pool}
        assert min(lengths) >= ESTIMATES_MIN


@pytest.mark.parametrize("name", bundled_scenarios())
def test_a_benchmark_is_small(name: str) -> None:
    assert len((scenario_folder() / f"{name}{ENDING}").read_bytes()) <= BYTES_MAX


def test_random_players_balance_in_most_choices_of_a_side() -> None:
    """The reason for benchmarks: a share of one half is not what players without a theory give."""
    [benchmark] = [one for one in shipped_noise() if one.scenario == "middle-east-1955"]
    shares = [value for value in benchmark.random.propositions["W3.1"].values if value is not None]
    assert sum(shares) / len(shares) > 0.8
