from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.sample import Sample

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

SLOPES: dict[str, Callable[[DecisionPoint], float]] = {
    "W1.2": lambda point: point.relative_power,
    "W1.3": lambda point: point.source.proximity,
    "W1.4": lambda point: point.source.offense,
    "W1.5": lambda point: point.source.intentions,
    "W1.8": lambda point: float(point.source.power >= 1.0 / 3.0),
}
UNDECIDED = ("NO_EFFECT", "NOT_ENOUGH_DATA")


@pytest.mark.parametrize("name", list(SLOPES))
@pytest.mark.parametrize(("steepness", "verdicts"), [(3.0, ("SUPPORT",)), (0.0, UNDECIDED), (-3.0, ("CONTRADICT",))])
def test_a_component_that_makes_states_balance_is_found(
    kit: Kit, name: str, steepness: float, verdicts: tuple[str]
) -> None:
    trait = SLOPES[name]
    records = kit.play(lambda point, dice: kit.aligned(dice, point, steepness * (trait(point) - 0.5) - 0.5))
    assert kit.verdict(name, Sample(records)) in verdicts


def unthreatened(dice: Random, *_: Any) -> dict[str, Any]:
    threat = dice.random()
    return {"threat": threat, "threatened": threat >= 0.15}


@pytest.mark.parametrize(("steepness", "verdict"), [(3.0, "SUPPORT"), (-3.0, "CONTRADICT")])
def test_threat_makes_states_balance(kit: Kit, steepness: float, verdict: str) -> None:
    records = kit.play(
        lambda point, dice: kit.aligned(dice, point, steepness * (point.threat - 0.5)), point=unthreatened
    )
    assert kit.verdict("W1.1", Sample(records)) == verdict


def test_unthreatened_decisions_count_by_the_same_rule_so_that_the_claim_is_not_true_by_definition(kit: Kit) -> None:
    records = kit.play(lambda point, dice: kit.aligned(dice, point, -0.5), point=unthreatened, sessions=20)
    finding = PROPOSITIONS["W1.1"].test(Sample(records))
    assert finding.low < 0.0 < finding.high


def snapshots(kit: Kit, near: float, second: float) -> list[Any]:
    """Make five yearly snapshots of eight sessions, in which pairs ally by their distance."""
    made = []
    for session in range(8):
        dice = Random(f"ring {session}")
        made.append(kit.ring(0, []))
        allied: dict[tuple[int, int], None] = {}
        for year in range(1, 6):
            for i in range(12):
                for step, chance in ((1, near), (2, second)):
                    if dice.random() < chance / 3:
                        j = (i + step) % 12
                        allied[min(i, j), max(i, j)] = None
            made.append(kit.ring(365 * year, list(allied)))
    return made


@pytest.mark.parametrize(
    ("near", "second", "verdict"), [(0.05, 0.6, "SUPPORT"), (0.6, 0.05, "CONTRADICT"), (0.3, 0.3, "")]
)
def test_second_neighbours_ally_more_than_neighbours(kit: Kit, near: float, second: float, verdict: str) -> None:
    sample = Sample(kit.play(lambda *_: "NEU", sessions=1), snapshots(kit, near, second))
    found = kit.verdict("W1.3b", sample)
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")
    finding = PROPOSITIONS["W1.3b"].test(sample)
    assert finding.clusters == 8
    assert "40 snapshots" in finding.note


def test_alliances_of_the_opening_do_not_count(kit: Kit) -> None:
    second = [(i, (i + 2) % 12) for i in range(6)]
    made = [kit.ring(365 * year, second) for _ in range(8) for year in range(4)]
    sample = Sample(kit.play(lambda *_: "NEU", sessions=1), made)
    finding = PROPOSITIONS["W1.3b"].test(sample)
    assert finding.estimate == 0.0
    assert "+0.25 against +0.00 by chance" in finding.note


def test_too_few_states_give_no_checkerboard(kit: Kit) -> None:
    sample = Sample([], [kit.ring(365 * year, [], size=6, hegemons=(0,)) for year in range(3)])
    assert PROPOSITIONS["W1.3b"].test(sample).estimate is None


def turning(dice: Random, session: str, actor: str, window: int) -> dict[str, Any]:
    """Let intent rise in the middle of the record, with all else fixed."""
    return {"relative": 0.5, "proximity": 1.0, "offense": 0.5, "intentions": 0.2 if window < 8 else 0.7}


@pytest.mark.parametrize(
    ("before", "after", "verdict"), [(-2.0, 0.5, "SUPPORT"), (0.5, -2.0, "CONTRADICT"), (-0.5, -0.5, "")]
)
def test_a_jump_of_intent_makes_realignment(kit: Kit, before: float, after: float, verdict: str) -> None:
    records = kit.play(
        lambda point, dice: kit.aligned(dice, point, before if point.window < 8 else after), point=turning, windows=16
    )
    sample = Sample(records)
    found = kit.verdict("W1.5b", sample)
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")
    assert PROPOSITIONS["W1.5b"].test(sample).note.startswith("60 jumps")


def test_a_jump_of_intent_with_a_change_of_power_is_left_out(kit: Kit) -> None:
    def arming(dice: Random, session: str, actor: str, window: int) -> dict[str, Any]:
        return {**turning(dice, session, actor, window), "offense": 0.1 if window < 8 else 0.9}

    sample = Sample(kit.play(lambda point, dice: kit.aligned(dice, point, 0.0), point=arming, windows=16))
    assert PROPOSITIONS["W1.5b"].test(sample).n == 0


def coalitions(kit: Kit, after_defeat: float, before: float = 0.02) -> tuple[list[Any], dict[str, list[Any]]]:
    """Make alliances against FOE, which loses its war halfway; they end with these chances a quarter."""
    records = kit.play(lambda *_: "NEU", windows=20, actors=8)
    chronicles = {}
    for session in range(10):
        dice, log = Random(f"war {session}"), kit.Log()
        log.add(900, "war_ended", "FOE", "K00", war=1, outcome="WIN", winners=["K00"])
        for number in range(8):
            members, made = (f"A{number:02d}", f"K{number % 4:02d}"), 3 + 110 * number
            log.add(made, "alliance_formed", *members, alignment=number, commitment="defence", against="FOE")
            for tick in range(made + 30, 1800, 91):
                if dice.random() < (after_defeat if tick > 900 else before):
                    log.add(tick, "alliance_ended", *members, alignment=number, reason="left")
                    break
        chronicles[f"s{session}"] = log.ordered()
    return records, chronicles


@pytest.mark.parametrize(("after", "before", "verdict"), [(0.3, 0.03, "SUPPORT"), (0.02, 0.15, "CONTRADICT")])
def test_alliances_end_after_their_enemys_defeat(kit: Kit, after: float, before: float, verdict: str) -> None:
    records, chronicles = coalitions(kit, after, before)
    sample = Sample(records, (), chronicles)
    assert kit.verdict("W1.6", sample) == verdict
    assert "was defeated while they lasted" in PROPOSITIONS["W1.6"].test(sample).note


def test_too_few_defeats_give_no_verdict(kit: Kit) -> None:
    records, chronicles = coalitions(kit, 0.3)
    quiet = {name: [i for i in found if i.kind != "war_ended" or name == "s0"] for name, found in chronicles.items()}
    assert kit.verdict("W1.6", Sample(records, (), quiet)) == "NOT_ENOUGH_DATA"


@pytest.mark.parametrize(("steepness", "verdict"), [(5.0, "SUPPORT"), (-5.0, "CONTRADICT"), (0.0, "")])
def test_balancers_prefer_partners_among_whom_they_have_influence(kit: Kit, steepness: float, verdict: str) -> None:
    def decide(point: DecisionPoint, dice: Random) -> str:
        return kit.pick(dice, point, lambda k: steepness * point.power / (point.power + k.power))

    found = kit.verdict("W1.7", Sample(kit.play(decide)))
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")
