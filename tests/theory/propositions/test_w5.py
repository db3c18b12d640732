from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.compliance_episodes import episodes
from counterpoise.theory.evidence.sample import Sample

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

SIGNS = [(1, "SUPPORT"), (-1, "CONTRADICT"), (0, "")]


def agrees(found: str, verdict: str) -> bool:
    return found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")


def programmes(dice: Random, session: str, donor: str, window: int) -> dict[str, Any]:
    """Let each donor's aid change once a year."""
    return {"aid": Random(f"{session} {donor} {window // 4}").choice((0.0, 0.5)), "prior": dice.random() < 0.3}


WORTH: dict[str, Callable[[DecisionPoint, Candidate], float]] = {
    "W5.1": lambda _, k: 4.0 * k.aid,
    "W5.2": lambda point, k: 20.0 * (k.aid - 0.25) * (point.threat - 0.6),
}


@pytest.mark.parametrize("name", list(WORTH))
@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_aid_attracts_partners_under_its_conditions(kit: Kit, name: str, sign: int, verdict: str) -> None:
    records = kit.play(
        lambda point, dice: kit.pick(dice, point, lambda k: sign * WORTH[name](point, k)), tie=programmes
    )
    assert agrees(kit.verdict(name, Sample(records)), verdict)


def trail_of_aid(kit: Kit, before: float, after: float) -> list[DecisionRecord]:
    """Let every state ally with K00 in the middle of the record, and set its aid before and after."""

    def tie(dice: Random, session: str, donor: str, window: int) -> dict[str, Any]:
        level = (before if window < 8 else after) if donor == "K00" else 0.1
        return {"aid": max(0.0, level + dice.uniform(-0.02, 0.02)), "prior": False, "similarity": 0.5}

    return kit.play(lambda point, _: "BAL:K00" if point.window == 7 else "NEU", tie=tie, windows=16)


@pytest.mark.parametrize(
    ("before", "after", "verdict"), [(0.1, 0.2, "SUPPORT"), (0.2, 0.1, "CONTRADICT"), (0.1, 0.1, "")]
)
def test_aid_follows_alliance(kit: Kit, before: float, after: float, verdict: str) -> None:
    sample = Sample(trail_of_aid(kit, before, after))
    assert agrees(kit.verdict("W5.1n", sample), verdict)
    assert PROPOSITIONS["W5.1n"].test(sample).n == 60


def test_aid_that_also_leads_to_alliances_gives_no_verdict(kit: Kit) -> None:
    def tie(dice: Random, session: str, donor: str, window: int) -> dict[str, Any]:
        return {"aid": 0.4 if donor == f"K{(window // 4) % 4:02d}" else 0.0, "prior": False}

    def decide(point: DecisionPoint, dice: Random) -> str:
        return kit.pick(dice, point, lambda k: 8.0 * k.aid)

    finding = PROPOSITIONS["W5.1n"].test(Sample(kit.play(decide, tie=tie, windows=16)))
    assert not finding.enough
    assert "leads as well" in finding.note


LEVERAGE: dict[str, Callable[[DecisionPoint], float]] = {
    "W5.3": lambda point: 4.0 * (point.candidates[0].monopoly - 0.5),
    "W5.4": lambda point: 4.0 * (point.candidates[0].asymmetry - 0.5),
    "W5.5": lambda point: 2.0 * point.candidates[0].motivation,
    "W5.6": lambda point: -4.0 * (point.candidates[0].constraint - 0.5),
    "W5.7": lambda point: -0.5 * (point.window - 6),
}


def demanded(
    kit: Kit, complies: Callable[[DecisionPoint], float], kinds: str = "crisis", **traits: Any
) -> tuple[list[DecisionRecord], dict[str, list[Any]]]:
    """Let K00 make a demand of every state in every other window, answered with these log-odds."""

    def tie(dice: Random, session: str, donor: str, window: int) -> dict[str, Any]:
        drawn = {"monopoly": dice.random(), "asymmetry": dice.random(), "constraint": dice.random()}
        return {**drawn, "aid": dice.uniform(0.1, 0.5), "motivation": dice.uniform(-1, 1), **traits}

    records = kit.play(lambda *_: "NEU", tie=tie)
    logs = {f"s{session}": kit.Log() for session in range(10)}
    dice = Random("answers")
    for number, record in enumerate(records):
        point, log = record.point, logs[record.session]
        if point.window % 2:
            continue
        yields = kit.yes(dice, complies(point))
        if kinds == "crisis":
            log.add(point.opened + 10, "crisis_opened", "K00", point.actor, crisis=number, level=2)
            yielder = point.actor if yields else None
            log.add(point.opened + 40, "crisis_ended", "K00", point.actor, crisis=number, yielder=yielder)
        else:
            k = point.candidates[0]
            leverage = {name: getattr(k, name) for name in ("monopoly", "asymmetry", "motivation", "constraint")}
            kind = "compliance_given" if yields else "compliance_refused"
            log.add(point.opened + 10, kind, "K00", point.actor, amount=k.aid, cumulative=0.0, **leverage)
    return records, {name: log.ordered() for name, log in logs.items()}


@pytest.mark.parametrize("name", list(LEVERAGE))
@pytest.mark.parametrize(("sign", "verdict"), SIGNS)
def test_the_conditions_of_leverage_are_found(kit: Kit, name: str, sign: int, verdict: str) -> None:
    records, chronicles = demanded(kit, lambda point: sign * LEVERAGE[name](point))
    sample = Sample(records, (), chronicles)
    assert agrees(kit.verdict(name, sample), verdict)
    assert PROPOSITIONS[name].test(sample).n == 360


def test_conditions_on_aid_are_episodes_too(kit: Kit) -> None:
    records, chronicles = demanded(kit, LEVERAGE["W5.3"], "conditions")
    assert kit.verdict("W5.3", Sample(records, (), chronicles)) == "SUPPORT"


def test_a_demand_on_a_state_without_aid_is_no_episode(kit: Kit) -> None:
    records, chronicles = demanded(kit, lambda _: 0.0, aid=0.0)
    assert episodes(Sample(records, (), chronicles)) == []
    assert "no donor asked anything" in PROPOSITIONS["W5.4"].test(Sample(records, (), chronicles)).note
