from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.evidence.sample import Sample

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

SIGNS = [(1, "SUPPORT"), (-1, "CONTRADICT"), (0, "")]
WORTH: dict[str, Callable[[DecisionPoint, Candidate], float]] = {
    "W4.1": lambda _, k: 3.0 * k.similarity,
    "W4.3": lambda point, k: 8.0 * (k.similarity - 0.5) * (0.6 - point.threat),
    "W4.4": lambda point, k: 8.0 * (k.similarity - 0.5) * (0.5 - point.legitimacy),
}


def agrees(found: str, verdict: str) -> bool:
    return found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")


@pytest.mark.parametrize("name", list(WORTH))
@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_similarity_attracts_partners_under_its_conditions(kit: Kit, name: str, sign: int, verdict: str) -> None:
    records = kit.play(lambda point, dice: kit.pick(dice, point, lambda k: sign * WORTH[name](point, k)))
    assert agrees(kit.verdict(name, Sample(records)), verdict)


def test_the_effect_of_security_needs_many_choices(kit: Kit) -> None:
    records = kit.play(
        lambda point, dice: kit.pick(dice, point, lambda k: WORTH["W4.3"](point, k)), sessions=5, actors=6
    )
    assert kit.verdict("W4.3", Sample(records)) == "NOT_ENOUGH_DATA"


def worlds(dice: Random, session: str, actor: str, window: int) -> dict[str, Any]:
    """Make half the sessions bipolar."""
    return {"power": 0.4 if int(session[1:]) % 2 else 0.05, "source_power": 0.4}


@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_bipolarity_makes_ideology_count_more(kit: Kit, sign: int, verdict: str) -> None:
    def tie(dice: Random, session: str, *_: Any) -> dict[str, Any]:
        return {"power": 0.02, "offense": 0.1 if int(session[1:]) % 2 else 0.9}

    def decide(point: DecisionPoint, dice: Random) -> str:
        steep = sign * (3.0 if point.power > 0.2 else -3.0)
        return kit.pick(dice, point, lambda k: steep * k.similarity)

    sample = Sample(kit.play(decide, point=worlds, tie=tie))
    assert agrees(kit.verdict("W4.3b", sample), verdict)
    assert PROPOSITIONS["W4.3b"].test(sample).clusters == 10


def test_sessions_of_one_structure_cannot_be_compared(kit: Kit) -> None:
    records = kit.play(lambda point, dice: kit.pick(dice, point, lambda k: k.similarity))
    finding = PROPOSITIONS["W4.3b"].test(Sample(records))
    assert finding.estimate is None
    assert "nothing to compare" in finding.note


@pytest.mark.parametrize(("stated", "worth", "verdict"), [("ideology", 0.0, "SUPPORT"), ("threat", 4.0, "CONTRADICT")])
def test_ideology_is_stated_more_often_than_it_decides(kit: Kit, stated: str, worth: float, verdict: str) -> None:
    records = kit.play(
        lambda point, dice: kit.pick(dice, point, lambda k: worth * k.similarity + (4.0 - worth) * k.shared)
    )
    chronicles = {}
    for session in range(10):
        log = kit.Log()
        for number in range(6):
            for window in range(0, 12, 2):
                log.add(window * kit.quarter + 5, "reason", f"A{number:02d}", reason=stated, note="")
        chronicles[f"s{session}"] = log.ordered()
    sample = Sample(records, (), chronicles)
    assert kit.verdict("W4.5", sample) == verdict
    assert PROPOSITIONS["W4.5"].test(sample).n == 360
    assert (
        PROPOSITIONS["W4.5"].test(Sample(records)).note
        == "no player gave a reason in the window of a choice of partner"
    )


@pytest.mark.parametrize(
    ("shield", "kin", "verdict"), [(6.0, 1.0, "SUPPORT"), (1.0, 6.0, "CONTRADICT"), (0.0, 0.0, "")]
)
def test_the_share_of_security_over_ideology_decides(kit: Kit, shield: float, kin: float, verdict: str) -> None:
    records = kit.play(lambda point, dice: kit.pick(dice, point, lambda k: shield * k.shared + kin * k.similarity))
    assert agrees(kit.verdict("W4.6", Sample(records)), verdict)


@pytest.mark.parametrize("name", ["W4.2", "W4.2b"])
@pytest.mark.parametrize(
    ("one", "other", "verdict"), [(0.3, 0.05, "SUPPORT"), (0.03, 0.2, "CONTRADICT"), (0.1, 0.1, "")]
)
def test_movements_with_one_leader_divide(kit: Kit, name: str, one: float, other: float, verdict: str) -> None:
    def family(dice: Random, session: str, partner: str, window: int) -> dict[str, Any]:
        return {"similarity": 1.0, "divisive": partner in ("K00", "K01")}

    records = kit.play(lambda *_: "NEU", windows=16, actors=8, tie=family)
    chronicles = {}
    for session in range(10):
        dice, log = Random(f"bloc {session}"), kit.Log()
        for number in range(8):
            members = (f"A{number:02d}", f"K{number % 4:02d}")
            log.add(40 * number, "alliance_formed", *members, alignment=number, commitment="defence", against=None)
            log.add(45 + 40 * number, "crisis_opened", *members, crisis=number, level=2)
            for tick in range(40 * number + 91, 1400, 91):
                if dice.random() < (one if number % 4 < 2 else other):
                    log.add(tick, "alliance_ended", *members, alignment=number, reason="left")
                    break
        chronicles[f"s{session}"] = log.ordered()
    sample = Sample(records, (), chronicles)
    assert agrees(kit.verdict(name, sample), verdict)
    assert "disputes among members a year" in PROPOSITIONS[name].test(sample).note


def test_regimes_of_different_kinds_do_not_count_as_a_bloc(kit: Kit) -> None:
    records = kit.play(lambda *_: "NEU", tie=lambda *_: {"similarity": 0.2})
    log = kit.Log()
    log.add(3, "alliance_formed", "A00", "K00", alignment=1, commitment="defence", against=None)
    sample = Sample(records, (), {"s0": log.ordered()})
    assert PROPOSITIONS["W4.2"].test(sample).n == 0
    assert PROPOSITIONS["W2.6"].test(sample).n == 0
