"""Each tie is told with a reason that looks at the fears of both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.in_words import in_words
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample

Points = Callable[..., DecisionPoint]
Candidates = Callable[..., Candidate]
NAMES = {"A": "Arden", "B": "Belmar", "C": "Corvane", "FOE": "Fenholm"}


@pytest.fixture
def decides(point_of: Points, candidate_of: Candidates) -> Callable[..., DecisionRecord]:
    """Return a maker of decisions of a state that sees each other one as this great a threat, and got these partners."""

    def make(
        actor: str,
        top: str,
        did: str,
        *partners: str,
        others: dict[str, float],
        player: str = "",
        threatened: bool = True,
    ) -> DecisionRecord:
        fears = {"threat": 0.0, **others}
        candidates = tuple(candidate_of(k, threat=fears[k]) for k in others if k != top)
        source = candidate_of(top, threat=others.get(top, 0.6))
        point = point_of(
            candidates, actor=ActorId(actor), top_threat=ActorId(top), source=source, threatened=threatened
        )
        made = tuple(map(ActorId, partners))
        outcome = Outcome(
            point.actor, point.window, point.opened, point.closes, "formation" if made else "abstention",
            f"{did}:{made[0]}" if made and did in ("BAL", "OTHER") else did, did, made, (9,) if made else (), (), False, False,  # type: ignore[arg-type]
        )  # fmt: skip
        return DecisionRecord(point, {}, outcome, "s", player)

    return make


def told(records: list[DecisionRecord], *members: str, against: str | None = None, **log: Any) -> tuple[str, str]:
    """Return the summary and the reason of a tie between the states, which its first member proposed."""
    terms = {"commitment": "defence", "against": against, "secret": False}
    states = tuple(map(ActorId, members))
    offered = Incident(1, 1, "alliance_proposed", states, None, {**terms, "proposal": 1, "alignment": None})
    made = Incident(2, 1, "alliance_formed", states, None, {**terms, "alignment": 9})
    sample = Sample(records, (), {"s": [made] if len(members) > 2 else [offered, made]})
    found = in_words(sample, sample, NAMES)
    return found.aligned[0], found.ties[0].partition(": ")[2]


def test_a_partner_that_feared_the_proposer_most_gave_in_to_it(decides: Callable[..., DecisionRecord]) -> None:
    records = [
        decides("A", "FOE", "OTHER", "B", others={"B": 0.0, "FOE": 0.6}),
        decides("B", "A", "BW", "A", others={"A": 0.8, "FOE": 0.0}),
    ]
    summary, why = told(records, "A", "B")
    assert why == "Belmar feared Arden most, and gave in to it."
    assert summary == "1 new tie was made: 1 with a state that the proposer's partner feared most."


def test_states_that_feared_each_other_most_are_told_as_that(decides: Callable[..., DecisionRecord]) -> None:
    records = [
        decides("A", "B", "BW", "B", others={"B": 0.6, "C": 0.0}),
        decides("B", "A", "BW", "A", others={"A": 0.8, "C": 0.0}),
    ]
    summary, why = told(records, "A", "B")
    assert why == "Arden and Belmar feared each other most."
    assert summary == "1 new tie was made: 1 between states that feared each other most."


@pytest.mark.parametrize(
    ("against", "words"),
    [
        ("FOE", "against a threat that only the proposer feared"),
        (None, "with a partner that did not share the proposer's fear"),
    ],
)
def test_only_a_pact_that_names_a_threat_is_said_to_be_against_it(
    decides: Callable[..., DecisionRecord], against: str | None, words: str
) -> None:
    records = [
        decides("A", "FOE", "OTHER", "B", others={"B": 0.0, "FOE": 0.6}),
        decides("B", "C", "OTHER", "A", others={"A": 0.0, "C": 0.6, "FOE": 0.0}),
    ]
    summary, why = told(records, "A", "B", against=against)
    assert why == "Arden feared Fenholm, and its partner did not."
    assert summary == f"1 new tie was made: 1 {words}."


def test_a_pact_against_a_threat_that_only_the_partner_feared_is_told_as_that(
    decides: Callable[..., DecisionRecord],
) -> None:
    records = [
        decides("A", "C", "OTHER", "B", others={"B": 0.0, "C": 0.6, "FOE": 0.0}),
        decides("B", "FOE", "BAL", "A", others={"A": 0.0, "FOE": 0.6}),
    ]
    summary, why = told(records, "A", "B", against="FOE")
    assert why == "only Belmar feared Fenholm."
    assert summary == "1 new tie was made: 1 against a threat that only the partner feared."


def test_of_three_states_all_or_some_feared_a_threat(decides: Callable[..., DecisionRecord]) -> None:
    def records(third: float) -> list[DecisionRecord]:
        return [
            decides("A", "FOE", "BAL", "B", "C", others={"B": 0.0, "C": 0.0, "FOE": 0.6}),
            decides("B", "FOE", "BAL", "A", "C", others={"A": 0.0, "C": 0.0, "FOE": 0.6}),
            decides("C", "A", "OTHER", "A", "B", others={"A": 0.1, "B": 0.0, "FOE": third}, threatened=False),
        ]

    assert told(records(0.5), "A", "B", "C")[1] == "all feared Fenholm."
    assert told(records(0.0), "A", "B", "C")[1] == "Arden and Belmar feared Fenholm, and Corvane did not."


def test_of_a_partner_without_a_decision_nothing_is_claimed(decides: Callable[..., DecisionRecord]) -> None:
    records = [decides("A", "FOE", "BAL", "B", others={"B": 0.0, "FOE": 0.6})]
    summary, why = told(records, "A", "B")
    assert why == "Arden feared Fenholm; what its partner feared is not on record."
    assert summary == "1 new tie was made: 1 with a partner whose fears are not on record."


def test_each_line_says_whose_decisions_it_counts_where_people_and_bots_play(
    decides: Callable[..., DecisionRecord],
) -> None:
    records = [
        decides("A", "FOE", "BAL", "B", others={"B": 0.0, "FOE": 0.6}, player="human"),
        decides("B", "FOE", "BAL", "A", others={"A": 0.0, "FOE": 0.6}, player="balancer"),
    ]
    terms = {"commitment": "defence", "against": None, "secret": False, "alignment": 9}
    log = [
        Incident(1, 1, "alliance_formed", (ActorId("A"), ActorId("B")), None, terms),
        Incident(2, 2, "alliance_joined", (ActorId("A"), ActorId("C")), None, terms),
    ]
    everyone = Sample(records, (), {"s": log})
    found = in_words(everyone, Sample(records[:1], (), {"s": log}, records[1:]), NAMES)
    assert "in 2 of 2 decisions of all players under threat" in found.feared[0]
    assert found.aligned[0].startswith("2 new ties were made by all players (1 new alliance and 1 entry into one): ")
