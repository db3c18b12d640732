"""Under which conditions which hypothesis forecasts the choice of a partner better than chance.

Walt (1987), ch. 2, names conditions that favour one behaviour or another. Each decision is sorted by what was frozen before its
window. Only choices of a partner count: over all decisions, whoever expects no alignment would win everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.alliances_explained import competing, shares_of_alignments
from counterpoise.theory.evidence.answers_document import ConditionCell, ConditionRow, Conditions
from counterpoise.theory.evidence.choices.telling import CHOICES_LEAST
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.quantising import DIGITS

HALF = 0.5
CERTAIN = 0.75
"""Chance of winning from which the outcome of a war counts as certain, for either side (chosen)."""
MONOPOLY = 0.75
"""Share of one kind of aid from which one donor has a monopoly of it (chosen)."""


@dataclass(frozen=True, slots=True)
class _Condition:
    about: str
    level: str
    label: str
    rule: str
    holds: Callable[[DecisionPoint], bool]


def _is_certain(point: DecisionPoint) -> bool:
    return max(point.win_chance, 1.0 - point.win_chance) >= CERTAIN


def _divides(point: DecisionPoint) -> bool:
    return any(k.divisive for k in point.others)


def _unites(point: DecisionPoint) -> bool:
    return not _divides(point) and any(k.similarity >= 1.0 for k in point.others)


def _is_supplied(point: DecisionPoint) -> bool:
    return any(k.aid > 0.0 for k in point.others)


def _has_one_supplier(point: DecisionPoint) -> bool:
    return any(k.aid > 0.0 and k.monopoly >= MONOPOLY for k in point.others)


CONDITIONS = (
    _Condition("all", "all", "All choices", "any decision", lambda point: True),
    _Condition(
        "threat", "secure", "Secure", "the top threat is below the floor", lambda point: not point.threatened
    ),
    _Condition(
        "threat", "threatened", "Threatened", "the top threat reaches the floor", lambda point: point.threatened
    ),
    _Condition(
        "strength", "weak", "Weak", "own power is below the top threat's", lambda point: point.weight < HALF
    ),
    _Condition(
        "strength", "strong", "Strong", "own power reaches the top threat's", lambda point: point.weight >= HALF
    ),
    _Condition(
        "allies", "available", "Allies available", "a state in reach is likely to help and has not refused lately",
        lambda point: bool(point.available),
    ),
    _Condition("allies", "none", "No allies available", "there is no such state", lambda point: not point.available),
    _Condition("war", "peace", "Peace", "neither the state nor its top threat is at war", lambda point: not point.war),
    _Condition("war", "war", "War", "the state or its top threat is at war", lambda point: point.war),
    _Condition(
        "outcome", "certain", "War, outcome certain", f"in war, one side's public chance to win is {CERTAIN} or more",
        lambda point: point.war and _is_certain(point),
    ),
    _Condition(
        "outcome", "open", "War, outcome open", f"in war, no side's public chance to win is {CERTAIN} or more",
        lambda point: point.war and not _is_certain(point),
    ),
    _Condition(
        "ideology", "unifying", "Unifying ideology",
        "another state has wholly the same ideology, and it prescribes no single leader", _unites,
    ),
    _Condition(
        "ideology", "divisive", "Divisive ideology", "another state shares an ideology that prescribes a single leader", _divides
    ),
    _Condition(
        "regime", "weak", "Weak regime", f"legitimacy is below {HALF}", lambda point: point.legitimacy < HALF
    ),
    _Condition(
        "regime", "firm", "Firm regime", f"legitimacy is {HALF} or more", lambda point: point.legitimacy >= HALF
    ),
    _Condition(
        "supply", "monopoly", "Monopoly of supply", f"one donor gives {MONOPOLY} or more of a kind of aid", _has_one_supplier
    ),
    _Condition(
        "supply", "several", "Several suppliers", "the state gets aid, and no donor gives as much of any kind",
        lambda point: _is_supplied(point) and not _has_one_supplier(point),
    ),
    _Condition(
        "society", "open", "Open society", f"the mean of openness and the diffusion of power is {HALF} or more",
        lambda point: point.permeability >= HALF,
    ),
    _Condition(
        "society", "closed", "Closed society", f"the mean of openness and the diffusion of power is below {HALF}",
        lambda point: point.permeability < HALF,
    ),
)  # fmt: skip


def conditions(sample: Sample, hypotheses: Mapping[str, Hypothesis]) -> Conditions:
    """Return the table of hypotheses by conditions; baselines are passed over."""
    names = list(competing(sample, hypotheses))
    cases = [case for case in sample.joined if case.point.alignments >= 2]
    gains = [_gains(case, names) for case in cases]
    rows = []
    for condition in CONDITIONS:
        inside = [place for place, case in enumerate(cases) if condition.holds(case.point)]
        rows.append(_row(condition, [cases[place] for place in inside], [gains[place] for place in inside]))
    return Conditions(CHOICES_LEAST, rows, _sentence(rows, sum(1 for case in cases if not case.outcome.partners)))


def _gains(case: Case, names: Sequence[str]) -> dict[str, float]:
    """Return the bits by which each hypothesis beat chance on a choice of a partner."""
    chosen, menu = case.point.options.index(case.outcome.choice), case.point.alignments
    return {name: log2(shares_of_alignments(case, name)[chosen] * menu) for name in names}


def _row(condition: _Condition, cases: Sequence[Case], gains: Sequence[Mapping[str, float]]) -> ConditionRow:
    clusters = [case.cluster for case in cases]
    names = list(gains[0]) if len(cases) >= CHOICES_LEAST else []
    cells = {name: _cell([gain[name] for gain in gains], clusters) for name in names}
    return ConditionRow(
        condition=condition.about,
        level=condition.level,
        label=condition.label,
        rule=condition.rule,
        n=len(cases),
        choosers=len(dict.fromkeys(clusters)),
        cells=cells,
    )


def _cell(gains: Sequence[float], clusters: Sequence[statistics.Cluster]) -> ConditionCell:
    fit = statistics.clustered_interval(gains, clusters)
    assert fit is not None
    ci = None if fit.clusters < 2 else (round(fit.low, DIGITS), round(fit.high, DIGITS))
    return ConditionCell(round(fit.estimate, DIGITS), ci)


def _sentence(rows: Sequence[ConditionRow], without_tie: int) -> str:
    """Say how the hypothesis with the best score over all choices fares from condition to condition.

    Args:
        rows: the table.
        without_tie: choices of the threat as a partner from which no tie came.
    """
    whole, told = rows[0], [row for row in rows[1:] if row.cells]
    if not whole.cells or not told:
        return f"No condition has {CHOICES_LEAST} choices of a partner, so nothing can be compared."
    clause = f" ({without_tie} gave in to the threat without a new tie)" if without_tie else ""
    over = f"Over {whole.n} choices of a partner{clause}, "
    most = max(cell.bits for cell in whole.cells.values())
    first = [name for name, cell in whole.cells.items() if cell.bits == most]
    if len(first) > 1:
        names = [name.replace("_", " ") for name in first]
        return (
            f"{over}{', '.join(names[:-1])} and {names[-1]} forecast equally well, by "
            f"{most:.2f} bits above chance, and no other better."
        )
    best = first[0]
    high, low = (pick(told, key=lambda row: row.cells[best].bits) for pick in (max, min))
    span = whole.cells[best].ci
    is_beyond = span is not None and span[0] > 0.0
    verdict = "forecasts best" if is_beyond else "comes first, which may be chance"
    return (
        f"{over}{best.replace('_', ' ')} {verdict}, by {_bits(whole.cells[best])} above "
        "chance: "
        f'most under "{high.label.lower()}", by {_bits(high.cells[best])}, and least under "{low.label.lower()}", by '
        f"{_bits(low.cells[best])}."
    )


def _bits(cell: ConditionCell) -> str:
    span = "" if cell.ci is None else f" ({cell.ci[0]:.2f} to {cell.ci[1]:.2f})"
    return f"{cell.bits:.2f} bits{span}"
