from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.evidence.sample import Sample

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

SIGNS = [(1, "SUPPORT"), (-1, "CONTRADICT"), (0, "")]
WORTH: dict[str, Callable[[DecisionPoint, Candidate], float]] = {
    "W6.1": lambda _, k: 3.0 * k.penetration,
    "W6.2": lambda point, k: 10.0 * (k.penetration - 0.5) * (point.openness - 0.5),
    "W6.3": lambda _, k: 4.0 * (k.penetration - 0.5) * (1.0 if k.limited else -1.0),
    "W6.4": lambda _, k: 4.0 * (k.penetration - 0.5) * (1.0 if k.legitimate else -1.0),
}


def agrees(found: str, verdict: str) -> bool:
    return found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")


@pytest.mark.parametrize("name", list(WORTH))
@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_access_attracts_partners_under_its_conditions(kit: Kit, name: str, sign: int, verdict: str) -> None:
    records = kit.play(lambda point, dice: kit.pick(dice, point, lambda k: sign * WORTH[name](point, k)))
    assert agrees(kit.verdict(name, Sample(records)), verdict)


@pytest.mark.parametrize(
    ("joint", "alone", "verdict"),
    [(3.0, 0.0, "SUPPORT"), (-3.0, 0.0, "CONTRADICT"), (3.0, 2.0, "NOT_ENOUGH_DATA"), (0.0, 0.0, "")],
)
def test_access_helps_an_alliance_that_has_other_causes(kit: Kit, joint: float, alone: float, verdict: str) -> None:
    def decide(point: DecisionPoint, dice: Any) -> str:
        return kit.pick(dice, point, lambda k: k.penetration * (alone + joint * k.shared))

    sample = Sample(kit.play(decide, sessions=20, windows=20))
    assert agrees(kit.verdict("W6.5", sample), verdict)
    assert "slope at a shared threat of 0.1" in PROPOSITIONS["W6.5"].test(sample).note


def test_the_note_reports_exposed_intrusions(kit: Kit) -> None:
    records = kit.play(
        lambda point, dice: kit.pick(dice, point, lambda k: k.penetration),
        tie=lambda dice, session, partner, window: {"prior": partner == "K00" and window < 6},
    )
    chronicles = {}
    for session in range(10):
        log = kit.Log()
        log.add(6 * kit.quarter - 20, "penetration_exposed", "K00", "A00")
        chronicles[f"s{session}"] = log.ordered()
    assert "after 10 exposures the share of windows aligned changed by -1.00" in (
        PROPOSITIONS["W6.3"].test(Sample(records, (), chronicles)).note
    )
    assert "no intrusion came to light" in PROPOSITIONS["W6.3"].test(Sample(records)).note


def test_without_penetration_the_note_says_so(kit: Kit) -> None:
    records = kit.play(
        lambda point, dice: kit.pick(dice, point, lambda k: k.shared), tie=lambda *_: {"penetration": 0.0}
    )
    for name in ("W6.1", "W6.2", "W6.3", "W6.4", "W6.5"):
        finding = PROPOSITIONS[name].test(Sample(records))
        assert finding.estimate is None
        assert "0 of them with a candidate that has access" in finding.note
        assert kit.verdict(name, Sample(records)) == "NOT_ENOUGH_DATA"
