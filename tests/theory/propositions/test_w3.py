from __future__ import annotations

from collections.abc import Callable
from math import log
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.propositions.w3_support import best_will, coverage

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

SIGNS = [(1, "SUPPORT"), (-1, "CONTRADICT"), (0, "")]


def agrees(found: str, verdict: str) -> bool:
    return found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")


@pytest.mark.parametrize(
    ("log_odds", "verdict"), [(-4.0, "SUPPORT"), (1.0, "CONTRADICT"), (log(1.0 / 4.0), "NOT_ENOUGH_DATA")]
)
def test_the_share_of_balancing_decides_if_blind_choice_does_not_give_it(
    kit: Kit, log_odds: float, verdict: str
) -> None:
    sample = Sample(kit.play(lambda point, dice: kit.sided(dice, point, log_odds)))
    finding = PROPOSITIONS["W3.1"].test(sample)
    assert finding.blind == pytest.approx(0.8), "four partners fear the threat, and one option joins it"
    assert finding.low > 0.5 or log_odds > 0.0, "one half alone would give a verdict"
    assert kit.verdict("W3.1", sample) == verdict
    assert "lift" in finding.note


JOINING: dict[str, Callable[[DecisionPoint], float]] = {
    "W3.2": lambda point: -6.0 * (point.weight - 0.4),
    "W3.2b": lambda point: -30.0 * (point.weight - 0.4) * (point.relative_power - 0.5),
    "W3.4": lambda point: -3.0 * (point.source.intentions - 0.5),
}


@pytest.mark.parametrize("name", list(JOINING))
@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_weak_states_join_the_threat(kit: Kit, name: str, sign: int, verdict: str) -> None:
    records = kit.play(lambda point, dice: kit.sided(dice, point, sign * JOINING[name](point)))
    assert agrees(kit.verdict(name, Sample(records)), verdict)


def test_an_interaction_needs_many_decisions(kit: Kit) -> None:
    records = kit.play(lambda point, dice: kit.sided(dice, point, JOINING["W3.2b"](point)), sessions=5)
    assert kit.verdict("W3.2b", Sample(records)) == "NOT_ENOUGH_DATA"


@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_support_makes_states_balance(kit: Kit, sign: int, verdict: str) -> None:
    records = kit.play(lambda point, dice: kit.aligned(dice, point, sign * 4.0 * (best_will(point) - 0.8)))
    assert agrees(kit.verdict("W3.3", Sample(records)), verdict)


@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_certain_support_makes_states_hide(kit: Kit, sign: int, verdict: str) -> None:
    def decide(point: DecisionPoint, dice: Random) -> str:
        hides = kit.yes(dice, sign * 2.0 * ((coverage(point) > 1.0) - 0.5))
        return "HIDE" if hides else kit.first_partner(point)

    sample = Sample(kit.play(decide, point=lambda dice, *_: {"sheltered": dice.random() < 0.8}))
    assert agrees(kit.verdict("W3.3b", sample), verdict)
    assert PROPOSITIONS["W3.3b"].test(sample).n == sum(1 for case in sample.cases if case.point.sheltered)


@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_lack_of_allies_makes_states_join_the_threat(kit: Kit, sign: int, verdict: str) -> None:
    def decide(point: DecisionPoint, dice: Random) -> str:
        return "BW" if kit.yes(dice, -0.5 + sign * (1.5 if best_will(point) < 0.3 else -1.0)) else "NEU"

    records = kit.play(decide, tie=lambda dice, *_: {"will": dice.uniform(0.0, 0.45)}, partners=2, seed="alone")
    assert agrees(kit.verdict("W3.3c", Sample(records)), verdict)


def test_the_note_counts_broken_promises_that_the_chooser_knew_of(kit: Kit) -> None:
    def decide(point: DecisionPoint, dice: Random) -> str:
        return kit.sided(dice, point, 1.0 if point.window < 6 else -1.5)

    records = kit.play(decide)
    chronicles = {}
    for session in range(10):
        log = kit.Log()
        log.add(545, "promise_broken", "FOE", "K01", war=1)
        chronicles[f"s{session}"] = log.ordered()
    note = PROPOSITIONS["W3.4"].test(Sample(records, (), chronicles)).note
    assert "slope on broken promises -" in note
    assert "cannot be estimated" in PROPOSITIONS["W3.4"].test(Sample(records)).note


@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_a_threat_near_victory_makes_states_join(kit: Kit, sign: int, verdict: str) -> None:
    def decide(point: DecisionPoint, dice: Random) -> str:
        lead = 2.0 * point.win_chance - 1.0 if point.war else 0.0
        return "BW" if kit.yes(dice, sign * 2.0 * lead - 0.5) else "NEU"

    def fighting(dice: Random, *_: Any) -> dict[str, Any]:
        war = dice.random() < 0.5
        return {"war": war, "win_chance": dice.random() if war else 0.5}

    sample = Sample(kit.play(decide, point=fighting, seed="victory"))
    assert agrees(kit.verdict("W3.5", sample), verdict)
    assert "in peace BW in" in PROPOSITIONS["W3.5"].test(sample).note


@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_peace_and_early_war_make_states_balance(kit: Kit, sign: int, verdict: str) -> None:
    def fighting(dice: Random, session: str, actor: str, window: int) -> dict[str, Any]:
        return {"war": window >= 3}

    def decide(point: DecisionPoint, dice: Random) -> str:
        return kit.sided(dice, point, sign * (1.0 if point.window > 6 else -1.0))

    chronicles = {}
    for session in range(10):
        log = kit.Log()
        log.add(260, "war_began", "K00", "FOE", war=1, aim="policy", win_chance=0.5)
        chronicles[f"s{session}"] = log.ordered()
    sample = Sample(kit.play(decide, point=fighting), (), chronicles)
    assert agrees(kit.verdict("W3.6", sample), verdict)
    late = sum(1 for case in sample.cases if case.point.opened - 260 >= 365)
    assert PROPOSITIONS["W3.6"].test(sample).note.startswith(f"{late} of ")
    assert PROPOSITIONS["W3.6"].test(Sample(kit.play(decide, point=fighting))).note.startswith("540 of 720")
