"""Each condition sorts decisions by what was frozen before them, and only choices of a partner count."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.answers_document import ConditionRow, Conditions
from counterpoise.theory.evidence.choices.telling import CHOICES_LEAST
from counterpoise.theory.evidence.conditions import conditions
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasts import HYPOTHESES

Planted = Callable[..., list[DecisionRecord]]


def blind(point: DecisionPoint, dice: Random) -> str:
    return dice.choice(point.options[: point.alignments])


def weak_regimes_join_the_threat(point: DecisionPoint, dice: Random) -> str:
    return "BW" if point.threatened and point.legitimacy < 0.5 else blind(point, dice)


def table(records: list[DecisionRecord]) -> Conditions:
    return conditions(Sample(records), HYPOTHESES)


def row(found: Conditions, condition: str, level: str) -> ConditionRow:
    return next(row for row in found.rows if (row.condition, row.level) == (condition, level))


def test_a_hypothesis_beats_chance_where_planted_choosers_follow_it_and_not_elsewhere(chosen_by: Planted) -> None:
    found = table(chosen_by(weak_regimes_join_the_threat, sessions=16))
    weak, firm = (row(found, "regime", level).cells["bandwagoning"] for level in ("weak", "firm"))
    assert weak.ci is not None
    assert firm.ci is not None
    assert weak.ci[0] > 0.0
    assert weak.bits > firm.ci[1]
    assert firm.ci[0] < 0.0
    assert found.sentence.startswith(f"Over {found.rows[0].n} choices of a partner (")
    assert " gave in to the threat without a new tie), " in found.sentence


def test_opposite_conditions_part_all_choices_between_them(chosen_by: Planted) -> None:
    found = table(chosen_by(blind, sessions=6))
    everyone = row(found, "all", "all").n
    assert everyone > 100
    for condition in ("threat", "strength", "allies", "war", "regime", "society"):
        assert sum(row.n for row in found.rows if row.condition == condition) == everyone, condition
    for condition, most in (("outcome", row(found, "war", "war").n), ("ideology", everyone), ("supply", everyone)):
        assert sum(row.n for row in found.rows if row.condition == condition) <= most, condition


def test_a_row_with_few_choices_gives_their_number_only(chosen_by: Planted) -> None:
    found = table(chosen_by(blind, sessions=2))
    for one in found.rows:
        assert bool(one.cells) == (one.n >= CHOICES_LEAST), one.label
    assert any(0 < one.n < CHOICES_LEAST for one in found.rows)
    few = table(chosen_by(blind, sessions=1, windows=1)[:5])
    assert few.sentence == f"No condition has {CHOICES_LEAST} choices of a partner, so nothing can be compared."


def test_decisions_that_sign_nothing_do_not_count(chosen_by: Planted) -> None:
    assert all(one.n == 0 for one in table(chosen_by(lambda point, _: "NEU", sessions=1)).rows)


def test_a_lead_that_may_be_chance_is_not_called_the_best_forecast(chosen_by: Planted) -> None:
    found = table(chosen_by(blind, sessions=6))
    whole = found.rows[0].cells
    lead = max(whole.values(), key=lambda cell: cell.bits)
    assert lead.ci is not None
    assert lead.ci[0] <= 0.0
    assert "comes first, which may be chance" in found.sentence
    sure = table(chosen_by(weak_regimes_join_the_threat, sessions=16))
    best = max(sure.rows[0].cells.values(), key=lambda cell: cell.bits)
    assert ("forecasts best" in sure.sentence) == (best.ci is not None and best.ci[0] > 0.0)
