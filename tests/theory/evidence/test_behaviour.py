"""What a player does beside winning, counted from decisions and incidents."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import pytest

from counterpoise.sim.types import AlignmentClass
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.behaviour import FORECASTERS, MEASURES, added, behaviour

Happened = Callable[..., Incident]


def test_sides_taken_are_shares_of_the_decisions_under_threat(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    point = point_of((candidate_of("AAA"), candidate_of("BBB")))
    assert point.threatened

    def decided(did: AlignmentClass) -> DecisionRecord:
        outcome = Outcome(point.actor, 0, 0, 90, "formation", "NEU", did, (), (), (), False, False)
        return DecisionRecord(point, {}, outcome)

    found = behaviour([decided("BAL"), decided("BAL"), decided("HIDE"), decided("NEU")], [])[point.actor]
    assert [found[name] for name in ("balancing", "bandwagoning", "hiding")] == [(2.0, 4.0), (0.0, 4.0), (1.0, 4.0)]
    assert found["wars_begun"] == pytest.approx((0.0, 4 * 90 / 365.25), abs=1e-6)


def test_the_hypothesis_that_forecasts_better_than_the_base_rates_has_skill(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    point = point_of((candidate_of("AAA"), candidate_of("BBB")))
    outcome = Outcome(point.actor, 0, 0, 90, "formation", "BAL:AAA", "BAL", (), (), (), False, False)
    base, good = (0.2, 0.2, 0.2, 0.2, 0.2), (0.6, 0.1, 0.1, 0.1, 0.1)
    shares = {name: (good if name == "ideology" else base) for name in FORECASTERS}
    measured = behaviour([DecisionRecord(point, {**shares, "base_rate": base}, outcome)], [])[point.actor]
    assert measured["skill:ideology"] == pytest.approx((log(3), log(5)), abs=1e-6)
    assert measured["skill:waiting"][0] == 0.0


def test_promises_and_wars_are_counted_for_the_state_that_acts(happened: Happened) -> None:
    found = behaviour(
        [],
        [
            happened(1, "promise_honoured", "AAA", "BBB", war=1),
            happened(2, "promise_broken", "AAA", "CCC", war=2),
            happened(3, "promise_broken", "BBB", "AAA", war=3),
        ],
    )
    assert found["AAA"]["promises_kept"] == (1.0, 2.0)
    assert found["BBB"]["promises_kept"] == (0.0, 1.0)


def test_words_are_held_against_the_deeds_of_the_year_after_them(happened: Happened) -> None:
    found = behaviour(
        [],
        [
            happened(0, "war_began", "AAA", "CCC"),
            happened(10, "statement", "AAA", "BBB", intent="friendly"),
            happened(10, "statement", "AAA", "CCC", intent="friendly"),
            happened(10, "statement", "AAA", "DDD", intent="hostile"),
            happened(10, "statement", "BBB", "AAA", intent="neutral"),
            happened(300, "crisis_opened", "AAA", "BBB"),
            happened(400, "hostile_incident", "AAA", "DDD"),
        ],
    )
    assert found["AAA"]["friendly_words_belied"] == (1.0, 2.0), "the war on CCC came before the words"
    assert found["AAA"]["hostile_words_acted_on"] == (0.0, 1.0), "more than a year later"
    assert "BBB" not in found


def test_an_offer_in_a_message_is_kept_by_the_deed_it_names(happened: Happened) -> None:
    found = behaviour(
        [],
        [
            happened(1, "message", "AAA", "BBB", "CCC", offer="aid", text=""),
            happened(2, "message", "BBB", "AAA", offer="alliance"),
            happened(3, "message", "CCC", "AAA", ask="aid"),
            happened(5, "aid_given", "AAA", "BBB"),
            happened(6, "alliance_formed", "AAA", "BBB"),
        ],
    )
    assert found["AAA"]["offers_kept"] == (1.0, 2.0)
    assert found["BBB"]["offers_kept"] == (1.0, 1.0)
    assert "CCC" not in found


def test_measures_add_up_in_one_order_and_leave_out_those_that_nobody_could_do() -> None:
    summed = added([{"hiding": (1.0, 2.0), "wars_begun": (1.0, 0.0)}, {"balancing": (0.0, 2.0), "hiding": (0.0, 1.0)}])
    assert list(summed.items()) == [("balancing", (0.0, 2.0)), ("hiding", (1.0, 3.0))]
    assert len(set(MEASURES)) == len(MEASURES)
