from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counterpoise.theory.evidence.verdict import ALPHA, Finding, holm, holm_by_family, judge

FOUND = Finding(n=200, estimate=0.5, low=0.3, high=0.7, low90=0.33, high90=0.67, p=0.001, clusters=12, spread=0.2)
RULE: dict[str, Any] = {"null": 0.0, "predicted": 1, "sesoi": 0.2, "n_min": 100, "threatened": 200}


def test_a_clear_and_large_effect_supports_and_its_opposite_contradicts() -> None:
    assert judge(FOUND, 0.001, **RULE) == "SUPPORT"
    assert judge(FOUND, 0.001, **RULE | {"predicted": -1}) == "CONTRADICT"
    assert judge(FOUND, 0.001, **RULE | {"null": 1.0}) == "CONTRADICT"


def test_a_surely_small_effect_is_no_effect() -> None:
    small = replace(FOUND, estimate=0.05, low=-0.05, high=0.15, low90=-0.04, high90=0.14)
    assert judge(small, 0.4, **RULE) == "NO_EFFECT"
    assert judge(replace(small, low=0.01), 0.4, **RULE) == "NO_EFFECT"


@pytest.mark.parametrize(
    ("chance", "verdict"),
    [(0.29, "SUPPORT"), (0.31, "NOT_ENOUGH_DATA"), (-5.0, "SUPPORT"), (0.9, "NOT_ENOUGH_DATA"), (None, "SUPPORT")],
)
def test_an_effect_lies_beyond_blind_choice_and_random_players_as_well_as_the_null(
    chance: float | None, verdict: str
) -> None:
    assert judge(replace(FOUND, blind=chance), 0.001, **RULE) == verdict
    assert judge(FOUND, 0.001, **RULE, noise=chance) == verdict
    mirrored = replace(FOUND, estimate=-0.5, low=-0.7, high=-0.3, low90=-0.67, high90=-0.33)
    opposite = {"SUPPORT": "CONTRADICT"}.get(verdict, verdict)
    assert judge(mirrored, 0.001, **RULE, noise=None if chance is None else -chance) == opposite


def test_a_wide_interval_gives_no_verdict() -> None:
    assert judge(replace(FOUND, low=-0.4, low90=-0.3), 0.001, **RULE) == "NOT_ENOUGH_DATA"


@pytest.mark.parametrize(
    "lack",
    [{"n": 99}, {"clusters": 4}, {"spread": 0.01}, {"estimate": None}],
    ids=["n", "clusters", "spread", "estimate"],
)
def test_too_few_observations_or_clusters_give_no_verdict(lack: dict[str, Any]) -> None:
    assert judge(replace(FOUND, **lack), 0.001, **RULE) == "NOT_ENOUGH_DATA"


def test_fewer_than_thirty_threatened_decisions_give_no_verdict() -> None:
    assert judge(FOUND, 0.001, **RULE | {"threatened": 29}) == "NOT_ENOUGH_DATA"


def test_holm_multiplies_the_smallest_most_and_keeps_the_order() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == [pytest.approx(0.03), None, pytest.approx(0.06), pytest.approx(0.06)]
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


@pytest.mark.parametrize("p_holm", [ALPHA + 0.001, None])
def test_an_effect_that_does_not_survive_the_correction_of_its_family_gives_no_verdict(p_holm: float | None) -> None:
    assert judge(FOUND, ALPHA, **RULE) == "SUPPORT"
    assert judge(FOUND, p_holm, **RULE) == "NOT_ENOUGH_DATA"
    assert judge(FOUND, p_holm, **RULE | {"predicted": -1}) == "NOT_ENOUGH_DATA"


def test_a_family_is_corrected_for_its_own_tests_alone() -> None:
    found = holm_by_family({"W1.1": ("W1", 0.02), "W2.1": ("W2", 0.02), "W1.2": ("W1", 0.5), "W1.3": ("W1", None)})
    assert found == {"W1.1": pytest.approx(0.04), "W1.2": 0.5, "W1.3": None, "W2.1": 0.02}
