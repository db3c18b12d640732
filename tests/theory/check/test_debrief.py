"""The checker recognises planted choosers, and finds nothing in choosers that follow no theory."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.world import World
from counterpoise.theory.check.debrief import debrief, shared_shock_sentences
from counterpoise.theory.check.debrief_document import CheckReport, SensitivitySettings
from counterpoise.theory.check.player_scores import class_counts
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.sensitivity import Draws
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.decisions.outcome import observe
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import snapshot
from counterpoise.theory.evidence.proposition import Sample
from counterpoise.theory.forecasts import HYPOTHESES, forecast

Planted = Callable[..., list[DecisionRecord]]
SCENARIO = Path(__file__).resolve().parents[3] / "scenarios" / "checkerboard.toml"


def rows(report: CheckReport, part: str, key: str) -> dict[str, Any]:
    return {getattr(row, key): row for row in getattr(report, part)}


def against_the_threat(point: DecisionPoint, dice: Random) -> str:
    """Align with some state that fears the top threat, if there is one."""
    return dice.choice([option for option in point.options if option.startswith("BAL")] or ["NEU"])


def test_those_who_never_join_the_threat_are_recognised(chosen_by: Callable[..., list[DecisionRecord]]) -> None:
    verdicts = rows(debrief(chosen_by(against_the_threat)), "propositions", "id")
    assert verdicts["W3.1"].verdict == "SUPPORT"
    assert verdicts["W2.1"].verdict == "CONTRADICT"
    assert "lift" in verdicts["W3.1"].note


def test_planted_balancers_are_recognised(planted: Planted) -> None:
    how = {"sessions": 24, "windows": 2, "outside": 0}
    document = debrief(planted("balance_of_threat", **how))
    verdicts = rows(debrief(planted("balance_of_threat", sharp=True, **how)), "propositions", "id")
    assert verdicts["W3.2"].verdict == "SUPPORT"
    assert verdicts["W2.1"].estimate < 0.5 < verdicts["W3.1"].estimate
    assert document.hypotheses[0].name == "balance_of_threat"
    assert rows(document, "hypotheses", "name")["balance_of_threat"].ci[0] > 0.0


def test_planted_bandwagoners_are_recognised(planted: Planted) -> None:
    verdicts = rows(debrief(planted("bandwagoning", sharp=True)), "propositions", "id")
    assert verdicts["W2.1"].verdict == "SUPPORT"
    assert verdicts["W3.1"].verdict == "CONTRADICT"
    assert debrief(planted("bandwagoning")).hypotheses[0].name == "bandwagoning"


def test_planted_ideologues_are_recognised(planted: Planted) -> None:
    verdicts = rows(debrief(planted("ideology", sessions=16)), "propositions", "id")
    assert verdicts["W4.1"].verdict == "SUPPORT"
    assert verdicts["W6.1"].verdict != "SUPPORT"


@pytest.mark.parametrize("planted_one", ["balance_of_threat", "bandwagoning", "ideology", "aid", "penetration"])
def test_the_planted_hypothesis_has_the_best_log_score_of_all(planted: Planted, planted_one: str) -> None:
    records = planted(planted_one, sessions=16, windows=2)
    scores = {
        name: sum(log(r.forecasts[name][r.point.options.index(r.outcome.choice)]) for r in records if r.outcome)
        for name in HYPOTHESES
    }
    assert max(scores, key=lambda name: scores[name]) == planted_one


def test_no_hypothesis_beats_the_base_rates_if_choosers_follow_only_those(planted: Planted) -> None:
    document = debrief(planted("base_rate", sessions=16))
    for name, row in rows(document, "hypotheses", "name").items():
        if name != "base_rate":
            assert row.ci[0] < 0.0, name
    assert abs(rows(document, "hypotheses", "name")["balance_of_threat"].partner_percentile - 0.5) < 0.1


@pytest.mark.parametrize(("sessions", "windows"), [(12, 2), (2, 12)], ids=["many sessions", "few sessions"])
def test_choosers_without_a_theory_seldom_give_a_significant_finding(
    planted: Planted, redrawn: Callable[..., list[DecisionRecord]], sessions: int, windows: int
) -> None:
    records = planted("base_rate", sessions=sessions, windows=windows)
    tested = rejected = 0
    for round_number in range(20):
        sample = Sample(redrawn(records, "base_rate", seed=f"null {round_number}"))
        for name in ("W1.1", "W1.3", "W1.4", "W1.5", "W3.2", "W4.1", "W5.1", "W6.1"):
            finding = PROPOSITIONS[name].test(sample)
            if finding.estimate is not None:
                tested += 1
                rejected += finding.low > 0.0 or finding.high < 0.0
    assert tested > 100
    # At a true rate of 5 % more than this is less likely than one in a thousand.
    assert rejected <= 0.05 * tested + 3.1 * (0.05 * 0.95 * tested) ** 0.5


def test_shuffled_labels_remove_the_skill_in_forecasting_partners(planted: Planted) -> None:
    dice = Random("shuffle")
    shuffled = []
    for record in planted("balance_of_threat", sessions=16):
        forecasts = {}
        for name, shares in record.forecasts.items():
            partners = list(shares[: len(record.point.candidates)])
            dice.shuffle(partners)
            forecasts[name] = (*partners, *shares[len(partners) :])
        shuffled.append(DecisionRecord(record.point, forecasts, record.outcome, record.session))
    document = debrief(planted("balance_of_threat", sessions=16))
    honest = rows(document, "hypotheses", "name")["balance_of_threat"]
    assert rows(document, "propositions", "id")["WX.1"].verdict == "SUPPORT"
    assert honest.partner_ci[0] > 0.0
    blind = rows(debrief(shuffled), "hypotheses", "name")["balance_of_threat"]
    assert honest.log_score > blind.log_score
    assert honest.partner_percentile > blind.partner_percentile
    assert blind.partner_skill < honest.partner_skill


def test_the_report_has_every_hypothesis_and_survives_encoding(planted: Planted, world: World) -> None:
    document = debrief(planted("balance_of_threat", sessions=3, windows=1), [snapshot(world)])
    assert msgspec.json.decode(msgspec.json.encode(document), type=CheckReport) == document
    assert document.decisions
    assert document.indices[0].date
    assert document.threats_to_validity
    assert len({row.n for row in document.hypotheses}) == 1
    assert {row.name for row in document.hypotheses} == set(HYPOTHESES)
    assert document.matrix is not None
    assert 0.0 <= document.matrix.threat["S00"]["S01"].threat <= 1.0


def test_without_decisions_the_report_is_empty_and_has_no_verdict() -> None:
    document = debrief([])
    assert document.decisions == []
    assert document.matrix is None
    assert all(row.verdict == "NOT_ENOUGH_DATA" for row in document.propositions)
    assert all(row.n == 0 and row.log_score is None for row in document.hypotheses)


def test_verdicts_that_shared_shocks_may_have_made_are_named(planted: Planted) -> None:
    row = next(row for row in debrief(planted("ideology", sessions=6)).propositions if row.id == "W4.1")
    sure = msgspec.structs.replace(row, verdict="SUPPORT", p_two_way=0.01, p_shift=None)
    shocked = msgspec.structs.replace(sure, id="W4.3", p_two_way=0.2)
    shifted = msgspec.structs.replace(sure, id="W4.4", verdict="CONTRADICT", p_shift=0.06)
    silent = msgspec.structs.replace(shocked, id="W4.2", verdict="NOT_ENOUGH_DATA")
    [sentence] = shared_shock_sentences([sure, shocked, shifted, silent])
    assert sentence.startswith("The verdicts on W4.3, W4.4 take choosers to be independent of each other.")
    assert shared_shock_sentences([sure, silent]) == []


def test_equal_records_give_equal_reports(planted: Planted) -> None:
    records = planted("balance_of_threat", sessions=4)
    assert debrief(records) == debrief(records)


def test_decisions_under_threat_are_counted_by_class(planted: Planted) -> None:
    records = planted("balance_of_threat", sessions=12)
    counts = class_counts(Sample(records).made)
    assert counts.decisions == len(records)
    assert counts.threatened == sum(1 for record in records if record.point.threatened)
    assert counts.threatened == sum(counts.by_class().values())


def test_verdicts_are_marked_fragile_only_if_other_threat_indices_were_tried(planted: Planted) -> None:
    records = planted("bandwagoning", sharp=True, sessions=24, windows=1, outside=0)
    untried = debrief(records)
    done: list[int] = []
    assert all(row.fragile is None and row.agreement is None for row in untried.propositions)
    tried = debrief(records, draws=Draws(4, done.append))
    assert done == [1, 2, 3, 4]
    assert tried.sensitivity == SensitivitySettings(draws=4, robust=0.9)
    after: Any
    for before, after in zip(untried.propositions, tried.propositions, strict=True):
        assert before.verdict == after.verdict
        if after.verdict == "NOT_ENOUGH_DATA":
            assert after.fragile is None
        else:
            assert after.fragile == (after.agreement < 0.9)
    assert any(row.fragile is not None for row in tried.propositions)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_game_without_players_is_debriefed(seed: str) -> None:
    simulation = Simulation(parse_scenario(SCENARIO.read_text(), "checkerboard"), seed)
    records = []
    for _ in range(6):
        points = freeze(simulation.world)
        foretold = forecast(points)
        while simulation.now < points[0].closes:
            simulation.advance(points[0].closes)
        outcomes = [observe(point, simulation.world) for point in points]
        records += [DecisionRecord(p, f, o, "s") for p, f, o in zip(points, foretold, outcomes, strict=True)]
    document = debrief(records, [snapshot(simulation.world)])
    assert len(document.decisions) == len(records)
    assert {row.alignment_class for row in document.decisions} <= {"NEU", "HIDE"}
