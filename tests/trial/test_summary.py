"""The report of a trial counts games right and puts the most frequent first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from counterpoise.sim.expectation import TieExpectation, WarsExpectation
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.trial.game_record import Absurdity, Coup, Fight, GameRecord, InjectRecord, RegimeSpell, Tie, War
from counterpoise.trial.summary import trial_report
from counterpoise.trial.trial_document import TrialReport

NewGame = Callable[..., GameRecord]
A, B, C = (ActorId(code) for code in ("ARD", "BEL", "COR"))
LAST = 1460


@pytest.fixture
def report(checkerboard_scenario: Scenario, new_game: NewGame) -> TrialReport:
    """The report of two games."""
    scenario = replace(
        checkerboard_scenario,
        injects=(InjectSpec("announce", {"text": "The fair opens."}, tick=5),),
        expectations=(
            TieExpectation(source="a test", between=("ARD", "BEL"), at_least=0.9),
            TieExpectation(source="a test", between=("ARD", "COR"), at_least=0.5, held_out=True),
            WarsExpectation(source="a test", at_most=2),
        ),
    )
    first = new_game(
        1,
        ties=[Tie((A, C), "defence", 0, LAST), Tie((A, B), "arms", 0, 100), Tie((A, B), "arms", 50, 150)],
        fights=[Fight((B, C), 0, 365)],
        wars=[War(0, [C], [B], [C, B])],
        coups=[Coup(A, 3, "republic", "junta", great_power=True)],
        regimes=[RegimeSpell(A, "republic", 0, LAST)],
        injects=[InjectRecord(0, 0, void=False)],
        absurdities=[Absurdity("regime_jump", (A,), 3, 0.5, "ARD jumps")],
    )
    second = new_game(2, ties=[Tie((A, C), "defence", 0, LAST)], injects=[InjectRecord(0, 9, void=True)])
    return trial_report(scenario, [second, first], "1", [], [])


def test_rows_are_met_or_not_and_those_held_out_are_counted_apart(report: TrialReport) -> None:
    assert [(row.words, row.observed, row.met) for row in report.expectations] == [
        ("ARD and BEL tied", 0.5, False),
        ("ARD and COR tied", 1.0, True),
        ("wars", 0.5, True),
    ]
    assert (report.tuned.met, report.tuned.of, report.held_out.met, report.held_out.of) == (1, 2, 1, 1)


def test_pairs_begin_with_the_most_frequent_and_overlapping_ties_count_once(report: TrialReport) -> None:
    assert [(row.states, row.share, row.to_fight) for row in report.allied] == [
        (("ARD", "COR"), 1.0, 1.0),
        (("ARD", "BEL"), 0.5, 0.0),
    ]
    assert report.allied[1].years == pytest.approx(150 / 365.25 / 2, abs=0.01)
    (pair,) = report.fought
    assert (pair.states, pair.first_attacked, pair.second_attacked) == (("BEL", "COR"), 0, 1)


def test_an_inject_without_a_text_is_listed_with_its_id_and_its_states(
    checkerboard_scenario: Scenario, new_game: NewGame
) -> None:
    fields = {"donor": "ARD", "recipient": "BEL", "aid": "military", "amount": 0.1}
    loan = InjectSpec("set_aid", fields, tick=5, id="loan")
    scenario = replace(checkerboard_scenario, injects=(loan, replace(loan, id="")))
    listed = trial_report(scenario, [new_game()], "1", [], []).injects
    assert [row.words for row in listed] == ["loan: set_aid ARD BEL", "set_aid ARD BEL"]


def test_wars_coups_injects_and_absurdities_are_counted(report: TrialReport) -> None:
    assert (report.great_power_wars.value, report.great_power_coups.value) == (0.5, 0.5)
    families = {row.family: row.coups.cases for row in report.coups_by_family}
    assert families["republic"] == 1
    (inject,) = report.injects
    assert (inject.share, inject.void, inject.on_first_day, inject.earliest) == (0.5, 0.5, 0.5, "1901-01-01")
    assert report.absurdities_a_game["regime_jump"] == 0.5
    assert [(row.share, row.words, row.seed) for row in report.absurdities] == [(0.5, "ARD jumps", "1/1")]


def test_the_report_is_plain_json(report: TrialReport) -> None:
    assert msgspec.json.decode(msgspec.json.encode(report), type=TrialReport) == report
