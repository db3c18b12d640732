"""Each question is scored apart, against a null of its own, and planted choosers are recognised by the questions they answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, log2
from random import Random

import pytest
from msgspec import structs

from counterpoise.theory.decisions.decision_point import DecisionPoint, option_of
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.choices.choices_document import QuestionRow, QuestionScores
from counterpoise.theory.evidence.choices.three_questions import (
    direction_of_ties,
    partner_of_ties,
    proposals,
    whether_tied,
)
from counterpoise.theory.evidence.choices.tie_rates import tie_rate
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasts import HYPOTHESES

Planted = Callable[..., list[DecisionRecord]]
Proposed = Callable[[Sequence[DecisionRecord]], Sample]


def blind(point: DecisionPoint, dice: Random) -> str:
    """Take any alignment on the menu."""
    return dice.choice(point.options[: point.alignments])


def row(scores: QuestionScores, name: str) -> QuestionRow:
    return next(one for one in scores.hypotheses if one.name == name)


def test_a_planted_partner_rule_is_recognised_by_the_partner(planted: Planted, proposed: Proposed) -> None:
    made, _ = proposals(proposed(planted("ideology", sessions=16, windows=1, sharp=True)))
    found = partner_of_ties(made, 0, HYPOTHESES)
    assert found.scores.telling
    best = row(found.scores, "ideology")
    low = best.gains["uniform"].ci
    assert low is not None
    assert low[0] > 0.0
    assert "Ideology" in found.scores.sentence


def test_blind_proposers_let_no_hypothesis_beat_a_lot_or_the_menu(chosen_by: Planted, proposed: Proposed) -> None:
    made, left_out = proposals(proposed(chosen_by(blind, sessions=20, windows=1)))
    assert not left_out
    partner, direction = partner_of_ties(made, 0, HYPOTHESES), direction_of_ties(made, HYPOTHESES)
    for scores, null in ((partner.scores, "uniform"), (direction.scores, "menu")):
        assert scores.n > 50
        for one in scores.hypotheses:
            ci = one.gains[null].ci
            assert ci is not None
            assert ci[0] <= 1e-9, one.name
    for way in ("against", "towards", "neither"):
        chosen, expected = getattr(direction.chosen, way), getattr(direction.expected, way)
        assert abs(chosen - expected) <= 4.0 * max(1.0, expected) ** 0.5


def test_planted_bandwagoners_are_recognised_by_the_direction(planted: Planted, proposed: Proposed) -> None:
    made, _ = proposals(proposed(planted("bandwagoning", sessions=24, windows=1, sharp=True)))
    found = direction_of_ties(made, HYPOTHESES)
    assert found.chosen.towards > 2.0 * found.expected.towards
    gains = {name: row(found.scores, name).gains["menu"] for name in ("bandwagoning", "balance_of_threat")}
    low = gains["bandwagoning"].ci
    assert low is not None
    assert low[0] > 0.0
    assert gains["bandwagoning"].bits > gains["balance_of_threat"].bits
    assert "Bandwagoning" in found.scores.sentence


def test_the_scores_of_one_proposal_are_the_renormalised_shares(chosen_by: Planted, proposed: Proposed) -> None:
    records = chosen_by(blind, sessions=10, windows=1)
    record = next(
        one for one in records if one.point.threatened and len({option_of(o)[0] for o in one.point.options}) == 5
    )
    made, _ = proposals(proposed([record]))
    assert record.outcome is not None
    menu, given = record.point.alignments, record.forecasts["ideology"]
    place = record.point.options.index(record.outcome.choice)
    share = given[place] / sum(given[:menu])
    found = row(partner_of_ties(made, 0, HYPOTHESES).scores, "ideology")
    assert found.log_score == pytest.approx(log(share), abs=1e-5)
    assert found.gains["uniform"].bits == pytest.approx(log2(share * menu), abs=1e-5)
    assert found.gains["uniform"].ci is None
    ways = [option_of(option)[0] for option in record.point.options[:menu]]
    way = ways[place]
    alike = sum(s for s, other in zip(given, ways, strict=False) if other == way) / sum(given[:menu])
    direction = direction_of_ties(made, HYPOTHESES).scores
    assert row(direction, "ideology").log_score == pytest.approx(log(alike), abs=1e-5)
    assert direction.nulls[0].log_score == pytest.approx(log(ways.count(way) / menu), abs=1e-5)


def test_a_menu_that_leads_one_way_only_is_no_choice_of_direction(chosen_by: Planted, proposed: Proposed) -> None:
    record = next(one for one in chosen_by(blind, sessions=1, windows=1) if one.point.threatened)
    safe = structs.replace(record.point, threatened=False, options=(*record.point.options[:-3], "NEU"))
    made, _ = proposals(proposed([structs.replace(record, point=safe)]))
    assert direction_of_ties(made, HYPOTHESES).scores.n == 0


def test_whether_a_tie_is_made_is_scored_by_the_shares_of_all_alignments(planted: Planted) -> None:
    records = planted("balance_of_threat", sessions=6, windows=2)
    cases = Sample(records).made
    found = whether_tied(cases, "people", HYPOTHESES)
    tied = [bool(case.outcome.partners) for case in cases]
    assert (found.made, found.scores.n) == (sum(tied), len(cases))
    rate = tie_rate(records[0].point, "people")
    assert found.expected == pytest.approx(rate * len(cases), rel=1e-6)
    expected = 0.0
    for case, did in zip(cases, tied, strict=True):
        share = sum(case.record.forecasts["balance_of_threat"][: case.point.alignments])
        expected += log(share if did else 1.0 - share) / len(cases)
    assert row(found.scores, "balance_of_threat").log_score == pytest.approx(expected, abs=1e-5)


def test_quiet_windows_alone_tell_no_hypotheses_apart(chosen_by: Planted) -> None:
    cases = Sample(chosen_by(lambda point, dice: "NEU", sessions=6)).made
    found = whether_tied(cases, "people", HYPOTHESES)
    assert found.made == 0
    assert found.scores.n > 100
    assert not found.scores.telling
    assert found.scores.sentence.startswith("Too few choices to tell which hypothesis forecasts better: no window")


def test_a_proposal_off_the_menu_is_counted_and_left_out(chosen_by: Planted, incident: Callable[..., object]) -> None:
    record = chosen_by(blind, sessions=1, windows=1)[0]
    pact = incident(1, "alliance_formed", record.point.actor, "XXX", alignment=1, commitment="arms")
    made, left_out = proposals(Sample([record], (), {record.session: [pact]}))  # type: ignore[list-item]
    assert made == []
    assert [case.record for case in left_out] == [record]


def test_an_acceptor_has_no_row_of_its_own(chosen_by: Planted, proposed: Proposed) -> None:
    records = chosen_by(blind, sessions=3, windows=1)
    sample = proposed(records)
    made, _ = proposals(sample)
    pacts = sum(len(known.pacts) for known in sample.diplomacies.values())
    assert len(made) == pacts == len(records)
