from __future__ import annotations

from collections.abc import Callable
from math import log
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.sample import Sample

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

SLOPES: dict[str, Callable[[DecisionPoint], float]] = {
    "W2.2": lambda point: point.relative_power,
    "W2.3": lambda point: point.source.proximity,
    "W2.4": lambda point: point.source.offense,
}
BLIND = log(1.0 / 4.0)
"""The log-odds of joining the threat of a blind choice of a side, with four partners on the menu that fear it."""
UNDECIDED = ("NO_EFFECT", "NOT_ENOUGH_DATA")


@pytest.mark.parametrize("name", list(SLOPES))
@pytest.mark.parametrize(("steepness", "verdicts"), [(3.0, ("SUPPORT",)), (0.0, UNDECIDED), (-3.0, ("CONTRADICT",))])
def test_a_component_that_makes_states_join_is_found(
    kit: Kit, name: str, steepness: float, verdicts: tuple[str, ...]
) -> None:
    trait = SLOPES[name]
    records = kit.play(lambda point, dice: kit.sided(dice, point, steepness * (trait(point) - 0.5)))
    assert kit.verdict(name, Sample(records)) in verdicts


@pytest.mark.parametrize(("log_odds", "verdict"), [(1.0, "SUPPORT"), (-4.0, "CONTRADICT"), (BLIND, "NOT_ENOUGH_DATA")])
def test_the_share_of_threatened_states_that_join_decides(kit: Kit, log_odds: float, verdict: str) -> None:
    records = kit.play(lambda point, dice: kit.sided(dice, point, log_odds))
    assert kit.verdict("W2.1", Sample(records)) == verdict


@pytest.mark.parametrize(
    ("steepness", "verdict", "mirror"), [(-3.0, "SUPPORT", "CONTRADICT"), (3.0, "CONTRADICT", "SUPPORT")]
)
def test_w1_5_and_w2_5_judge_one_coefficient_with_opposite_predictions(
    kit: Kit, steepness: float, verdict: str, mirror: str
) -> None:
    sample = Sample(kit.play(lambda point, dice: kit.aligned(dice, point, steepness * (point.source.intentions - 0.5))))
    assert kit.verdict("W2.5", sample) == verdict
    assert kit.verdict("W1.5", sample) == mirror
    assert PROPOSITIONS["W2.5"].test(sample) == PROPOSITIONS["W1.5"].test(sample)


def courts(kit: Kit, own: float, other: float) -> list[Any]:
    """Make snapshots in which clients ally with the great power of their own cell, or with the other, with these chances."""
    made = []
    for session in range(8):
        dice = Random(f"court {session}")
        made.append(kit.ring(0, []))
        for year in range(1, 5):
            allied = []
            for i in (1, 2, 4, 5, 7, 8, 10, 11):
                near, far = (0, 6) if min(i, 12 - i) < 3 else (6, 0)
                allied += [
                    (min(i, h), max(i, h)) for h, chance in ((near, own), (far, other)) if dice.random() < chance
                ]
            made.append(kit.ring(365 * year, allied))
    return made


@pytest.mark.parametrize(("own", "other", "verdict"), [(0.8, 0.1, "SUPPORT"), (0.1, 0.8, "CONTRADICT"), (0.4, 0.4, "")])
def test_spheres_of_influence(kit: Kit, own: float, other: float, verdict: str) -> None:
    found = kit.verdict("W2.3b", Sample(kit.play(lambda *_: "NEU", sessions=1), courts(kit, own, other)))
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")


@pytest.mark.parametrize(
    ("grave", "light", "verdict"), [(0.35, 0.02, "SUPPORT"), (0.02, 0.35, "CONTRADICT"), (0.1, 0.1, "")]
)
def test_alliances_that_end_when_the_threat_grows_are_found(kit: Kit, grave: float, light: float, verdict: str) -> None:
    def swelling(dice: Random, session: str, actor: str, window: int) -> dict[str, Any]:
        return {"threat": 0.9 if (window // 4 + int(actor[1:])) % 2 else 0.3}

    records = kit.play(lambda *_: "NEU", windows=20, actors=8, point=swelling)
    chronicles = {}
    for session in range(10):
        dice, log = Random(f"melt {session}"), kit.Log()
        for number in range(8):
            members = (f"A{number:02d}", f"K{number % 4:02d}")
            log.add(3, "alliance_formed", *members, alignment=number, commitment="defence", against="FOE")
            for tick in range(30, 1800, 91):
                serious = (tick // 91 // 4 + number) % 2
                if dice.random() < (grave if serious else light):
                    log.add(tick, "alliance_ended", *members, alignment=number, reason="left")
                    break
        chronicles[f"s{session}"] = log.ordered()
    found = kit.verdict("W2.6", Sample(records, (), chronicles))
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")


@pytest.mark.parametrize(
    ("joined", "neutral", "verdict"), [(0.05, 0.5, "SUPPORT"), (0.5, 0.05, "CONTRADICT"), (0.3, 0.3, "")]
)
def test_fewer_attacks_after_joining_support_appeasement(kit: Kit, joined: float, neutral: float, verdict: str) -> None:
    records = kit.play(
        lambda point, dice: "BW" if point.window == 0 and kit.yes(dice, 4.0 * (point.threat - 0.6)) else "NEU",
        actors=12,
    )
    chronicles: dict[str, list[Any]] = {}
    for session in range(10):
        dice, log = Random(f"attack {session}"), kit.Log()
        for record in records:
            if record.session == f"s{session}" and record.point.window == 0:
                assert record.outcome is not None
                chance = joined if record.outcome.choice == "BW" else neutral
                if dice.random() < chance:
                    log.add(200 + dice.randrange(400), "crisis_opened", "FOE", record.point.actor, crisis=1, level=2)
        chronicles[f"s{session}"] = log.ordered()
    first = [record for record in records if record.point.window in (0, 11)]
    sample = Sample(first, (), chronicles)
    found = kit.verdict("W2.7", sample)
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")
    assert PROPOSITIONS["W2.7"].test(sample).n == 120
    assert PROPOSITIONS["W2.7"].test(Sample(first)).n == 0


def joiners(kit: Kit, joining: Callable[[DecisionPoint], bool]) -> Sample:
    """Return decisions over six years, in which every state that stays neutral in the first year is attacked after it."""
    records = kit.play(
        lambda point, _: "BW" if joining(point) else "NEU", actors=8, windows=24,
        point=lambda dice, session, actor, window: {"threat": 0.5},
    )  # fmt: skip
    chronicles: dict[str, list[Any]] = {}
    for session in range(10):
        dice, log = Random(f"joiners {session}"), kit.Log()
        for actor in range(8):
            point = next(r.point for r in records if r.session == f"s{session}" and r.point.actor == f"A{actor:02d}")
            if not joining(point) and dice.random() < 0.9:
                log.add(400 + dice.randrange(300), "crisis_opened", "FOE", point.actor, crisis=1, level=2)
        chronicles[f"s{session}"] = log.ordered()
    kept = [record for record in records if record.point.window < 3 or record.point.window == 23]
    return Sample(kept, (), chronicles)


def test_a_few_states_that_joined_again_and_again_are_too_few_for_appeasement(kit: Kit) -> None:
    few = joiners(kit, lambda point: point.actor == "A01" and point.window < 3)
    finding = PROPOSITIONS["W2.7"].test(few)
    assert "30 BW" in finding.note
    assert "; 10 and " in finding.note, "the three decisions of each state share their 24 months"
    assert finding.estimate is not None
    assert finding.high < 0.0, "the interval alone would support the claim"
    assert kit.verdict("W2.7", few) == "NOT_ENOUGH_DATA"
    many = joiners(kit, lambda point: point.actor in ("A01", "A02") and point.window < 3)
    assert "; 20 and " in PROPOSITIONS["W2.7"].test(many).note
    assert kit.verdict("W2.7", many) == "SUPPORT"


@pytest.mark.parametrize(("steepness", "verdict"), [(3.0, "SUPPORT"), (-3.0, "CONTRADICT"), (0.0, "")])
def test_a_winning_threat_attracts_states(kit: Kit, steepness: float, verdict: str) -> None:
    def fighting(dice: Random, *_: Any) -> dict[str, Any]:
        war = dice.random() < 0.5
        return {"war": war, "win_chance": dice.random() if war else 0.5}

    def decide(point: DecisionPoint, dice: Random) -> str:
        lead = max(0.0, 2.0 * point.win_chance - 1.0)
        return "BW" if kit.yes(dice, steepness * lead - 0.5) else "NEU"

    found = kit.verdict("W2.8", Sample(kit.play(decide, point=fighting)))
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")
