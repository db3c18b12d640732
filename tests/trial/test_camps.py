"""Camps are groups that ties connect and no tie joins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counterpoise.sim.expectation import CampsExpectation
from counterpoise.sim.types import ActorId
from counterpoise.trial.camps import connected, two_camps
from counterpoise.trial.game_record import Tie


def ties(words: str) -> list[Tie]:
    """Ties from words such as ``AA-BB BB-CC``."""
    return [Tie((ActorId(w[:2]), ActorId(w[3:])), "defence", 0, 10) for w in words.split()]


def row(**keys: Any) -> CampsExpectation:
    return CampsExpectation(source="a test", at_least=0.5, on=date(1914, 6, 1), **keys)


def test_states_are_connected_through_others() -> None:
    groups = connected(ties("AA-BB CC-DD BB-CC EE-FF"))
    assert sorted(sorted(group) for group in groups) == [["AA", "BB", "CC", "DD"], ["EE", "FF"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("AA-BB CC-DD", True), ("AA-BB CC-DD BB-CC", False), ("AA-BB", False), ("AA-XX XX-BB CC-DD", True)],
)
def test_named_camps_are_each_connected_and_apart(words: str, expected: bool) -> None:
    named = row(camps=(("AA", "BB"), ("CC", "DD")))
    assert two_camps(named, ties(words), []) is expected


def test_a_camp_may_have_to_be_large() -> None:
    named = row(camps=(("AA",), ("CC",)), states=3)
    assert two_camps(named, ties("AA-BB BB-XX CC-DD DD-YY"), [])
    assert not two_camps(named, ties("AA-BB BB-XX CC-DD"), [])


def test_any_two_camps_have_enough_great_powers_each() -> None:
    great = [ActorId(code) for code in ("AA", "BB", "CC", "DD")]
    assert two_camps(row(), ties("AA-BB CC-DD"), great)
    assert not two_camps(row(), ties("AA-BB CC-XX"), great)
    assert two_camps(row(great_powers=1), ties("AA-BB CC-XX"), great)
