"""Players' statements are scored against the outcomes and beside the theory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.elicitation import MOTIVES, elicitation
from counterpoise.theory.evidence.elicitation_document import Elicitation
from counterpoise.theory.evidence.proposition import Sample

Planted = Callable[..., list[DecisionRecord]]


def wrote(record: DecisionRecord, kind: str, tick: int = 0, **detail: Any) -> Incident:
    return Incident(0, tick, kind, (record.point.actor,), None, detail)


def sample_of(records: list[DecisionRecord], incidents: list[Incident]) -> Sample:
    return Sample(records, (), {records[0].session: incidents})


def everyone(record: DecisionRecord) -> list[Any]:
    point = record.point
    return [*point.candidates, *point.barred, *([point.source] if point.threatened else [])]


@pytest.fixture
def records(planted: Planted) -> list[DecisionRecord]:
    return planted("balance_of_threat", sessions=1, windows=1)


def test_a_sample_without_statements_has_no_scores(records: list[DecisionRecord]) -> None:
    assert elicitation(sample_of(records, [])) == Elicitation(None, None, None)


def test_ratings_that_follow_the_index_name_its_top_threat(records: list[DecisionRecord]) -> None:
    incidents = [wrote(r, "assessment", ratings={k.id: k.threat for k in everyone(r)}) for r in records]
    found: Any = elicitation(sample_of(records, incidents)).assessments
    assert found.n == len(records)
    assert found.top_threat_named == 1.0
    assert found.rank_correlation == pytest.approx(1.0)
    assert found.chance == pytest.approx(1 / (len(records) - 1))
    assert [row.n for row in found.players] == [1] * len(records)


def test_ratings_against_the_index_correlate_below_zero_and_the_last_of_a_window_counts(
    records: list[DecisionRecord],
) -> None:
    first = records[0]
    incidents = [
        wrote(first, "assessment", ratings={k.id: k.threat for k in everyone(first)}),
        wrote(first, "assessment", tick=5, ratings={k.id: 1.0 - k.threat for k in everyone(first)}),
    ]
    found: Any = elicitation(sample_of(records, incidents)).assessments
    assert found.n == 1
    assert found.top_threat_named == 0.0
    assert found.rank_correlation == pytest.approx(-1.0)


def test_ratings_that_are_all_the_same_and_too_few_ratings_are_left_out(records: list[DecisionRecord]) -> None:
    flat = wrote(records[0], "assessment", ratings={k.id: 0.5 for k in everyone(records[0])})
    few = wrote(records[1], "assessment", ratings={everyone(records[1])[0].id: 0.9})
    assert elicitation(sample_of(records, [flat, few])).assessments is None


def test_states_that_share_the_highest_rating_count_equal_parts_and_tied_pairs_count_half(
    records: list[DecisionRecord],
) -> None:
    rated = sorted(everyone(records[0]), key=lambda k: k.threat, reverse=True)
    assert len({k.threat for k in rated}) == len(rated)
    shared = {k.id: 1.0 if place < 2 else k.threat / 2 for place, k in enumerate(rated)}
    found: Any = elicitation(sample_of(records, [wrote(records[0], "assessment", ratings=shared)])).assessments
    assert found.n == 1
    pairs = len(rated) * (len(rated) - 1) / 2
    assert found.top_threat_named == 0.5
    assert found.pairs_in_order == pytest.approx((pairs - 0.5) / pairs, abs=1e-5)
    assert found.players[0].pairs_in_order == found.pairs_in_order


def test_predictions_are_scored_beside_the_theory_on_the_same_events(records: list[DecisionRecord]) -> None:
    seer, other = records[0], records[1]
    assert other.outcome is not None
    did = other.outcome.alignment_class
    wrong = "BW" if did != "BW" else "BAL"
    truth = wrote(seer, "prediction", of=other.point.actor, choice=did, confidence=0.9)
    error = wrote(records[2], "prediction", of=other.point.actor, choice=wrong, confidence=0.8)
    found: Any = elicitation(sample_of(records, [truth, error])).predictions
    assert found.n == 2
    assert found.came_true == 0.5
    assert found.confidence == pytest.approx(0.85)
    assert found.brier == pytest.approx((0.1**2 + 0.8**2) / 2)
    shares = dict(zip(other.point.options, other.forecasts["balance_of_threat"], strict=True))
    mine, theirs = (
        sum(share for option, share in shares.items() if option.partition(":")[0] == name) for name in (did, wrong)
    )
    assert found.theory_brier == pytest.approx(((1 - mine) ** 2 + theirs**2) / 2, abs=1e-5)
    assert {row.player: row.n for row in found.players} == {seer.point.actor: 1, records[2].point.actor: 1}


def test_predictions_of_states_without_a_decision_are_left_out(records: list[DecisionRecord]) -> None:
    nobody = wrote(records[0], "prediction", of="XX", choice="BAL", confidence=0.9)
    assert elicitation(sample_of(records, [nobody])).predictions is None


def test_stated_reasons_are_compared_with_the_estimated_motives(planted: Planted) -> None:
    records = [
        record
        for session in range(24)
        for record in planted("ideology", sessions=1, windows=1, seed=f"reason {session}")
    ]
    stated_records = [
        DecisionRecord(r.point, r.forecasts, r.outcome, f"s{place // 9:02d}") for place, r in enumerate(records)
    ]
    chronicles: dict[str, list[Incident]] = {}
    for record in stated_records:
        chronicles.setdefault(record.session, []).append(wrote(record, "reason", reason="threat", note=""))
    found: Any = elicitation(Sample(stated_records, (), chronicles)).reasons
    assert found.given == {"threat": len(stated_records)}
    assert found.motives.threat.stated == 1.0
    assert sum(getattr(found.motives, motive).estimated for motive in MOTIVES) == pytest.approx(1.0, abs=1e-4)
    estimated = {motive: getattr(found.motives, motive).estimated for motive in MOTIVES}
    assert max(estimated, key=lambda motive: estimated[motive]) == "ideology"
