"""What followed balancing and bandwagoning: for the chooser, for the threat and for the system.

Walt (1987), ch. 2, expects states to be more secure where most balance, and the threat to grow where most bandwagon. Decisions
under threat that took a side are compared. They are not matched on the threat, as those of W2.7 are: the table says what
followed, not what was caused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from counterpoise.theory import statistics
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.answers_document import ConsequenceGroup, ConsequenceRow, Consequences, Outcome
from counterpoise.theory.evidence.event_studies import AFTERMATH_DAYS, attacked, is_cut_off
from counterpoise.theory.evidence.forecast_scores import mean
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.quantising import DIGITS, rounded

SIDE_LEAST = 11
"""Decisions of either kind below which no difference is given."""
SNAPSHOT_DAYS = 190
"""How far a yearly snapshot may lie from the day that is asked for: half a year and a little."""


@dataclass(frozen=True, slots=True)
class _Comparison:
    outcome: Outcome
    label: str
    value: Callable[[Sample, Case], float | None]
    """What followed a decision that is not cut off; ``None`` if an attack was under way, or no snapshot is near."""
    attack: bool
    """Whether ``None`` means that an attack was under way."""


def _attacked_by_threat(sample: Sample, case: Case) -> float | None:
    return _number(attacked(sample, case, AFTERMATH_DAYS))


def _attacked_by_anyone(sample: Sample, case: Case) -> float | None:
    return _number(attacked(sample, case, AFTERMATH_DAYS, by_anyone=True))


def _number(happened: bool | None) -> float | None:
    return None if happened is None else float(happened)


def _wars_lost(sample: Sample, case: Case) -> float | None:
    closed, threat = case.outcome.closed, case.point.top_threat
    defeats = sample.chronicles[case.record.session].defeats
    return float(sum(1 for tick, state in defeats if state == threat and closed <= tick < closed + AFTERMATH_DAYS))


def _later_concentration(sample: Sample, case: Case) -> float | None:
    return _concentration_near(sample, case, case.outcome.closed + AFTERMATH_DAYS)


def _change_of_concentration(sample: Sample, case: Case) -> float | None:
    early, late = _concentration_near(sample, case, case.frozen.opened), _later_concentration(sample, case)
    return None if early is None or late is None else late - early


COMPARISONS = (
    _Comparison("attacked_by_threat", "attacked by the threat", _attacked_by_threat, True),
    _Comparison("attacked_by_anyone", "attacked by anyone", _attacked_by_anyone, True),
    _Comparison("wars_lost_by_threat", "wars that the threat lost", _wars_lost, False),
    _Comparison("concentration", "concentration of power at the end", _later_concentration, False),
    _Comparison("concentration_change", "change in the concentration of power", _change_of_concentration, False),
)


def consequences(sample: Sample) -> Consequences:
    """Return what followed the decisions under threat that took a side."""
    rows = [_row(sample, comparison) for comparison in COMPARISONS]
    return Consequences(AFTERMATH_DAYS, SIDE_LEAST, rows, _sentence(rows[0]))


def concentration(structure: Structure) -> float:
    """Return how concentrated power is, from 0 (all states equal) to 1 (one has all): Singer, Bremer & Stuckey (1972)."""
    whole, size = fsum(structure.power), len(structure.power)
    if size < 2 or not whole > 0.0:
        return 0.0 if size > 1 else 1.0
    spread = fsum((power / whole) ** 2 for power in structure.power)
    return sqrt(max(0.0, (spread - 1.0 / size) / (1.0 - 1.0 / size)))


def _concentration_near(sample: Sample, case: Case, tick: int) -> float | None:
    taken = sample.structures_by_session.get(case.record.session, ())
    place = bisect_right(taken, tick, key=lambda structure: structure.tick)
    near = min(taken[max(0, place - 1) : place + 1], key=lambda one: abs(one.tick - tick), default=None)
    return concentration(near) if near is not None and abs(near.tick - tick) <= SNAPSHOT_DAYS else None


def _row(sample: Sample, comparison: _Comparison) -> ConsequenceRow:
    inside = [case for case in sample.sided if not is_cut_off(sample, case, AFTERMATH_DAYS)]
    found = [(case, value) for case in inside if (value := comparison.value(sample, case)) is not None]
    missing = len(inside) - len(found)
    balanced, joined = ([pair for pair in found if pair[0].did == did] for did in ("BAL", "BW"))
    fit = None
    if min(len(balanced), len(joined)) >= SIDE_LEAST:
        fit = statistics.mean_difference(
            [value for _, value in found],
            [case.did == "BAL" for case, _ in found],
            [case.cluster for case, _ in found],
        )
    return ConsequenceRow(
        outcome=comparison.outcome,
        label=comparison.label,
        balanced=_group(balanced),
        bandwagoned=_group(joined),
        difference=None if fit is None else rounded(fit.estimate),
        ci=None if fit is None else (round(fit.low, DIGITS), round(fit.high, DIGITS)),
        cut_off=len(sample.sided) - len(inside) + (0 if comparison.attack else missing),
        under_way=missing if comparison.attack else 0,
    )


def _group(pairs: Sequence[tuple[Case, float]]) -> ConsequenceGroup:
    choosers = len(dict.fromkeys(case.cluster for case, _ in pairs))
    return ConsequenceGroup(len(pairs), choosers, rounded(mean([value for _, value in pairs])))


def _sentence(row: ConsequenceRow) -> str:
    """Say how often the threat attacked those who balanced it and those who joined it."""
    groups = [(row.balanced, "balanced"), (row.bandwagoned, "bandwagoned")]
    if not any(group.n for group, _ in groups):
        return "No decision that took a side under threat has 24 months on record afterwards."
    if row.difference is None or row.ci is None:
        counted = " and ".join(f"{group.n} that {did}" for group, did in groups)
        return (
            f"Too few decisions to compare attacks by the threat within 24 months: {counted} began without such an attack and "
            f"are on record for so long; a comparison takes {SIDE_LEAST} of each, by two choosers or more."
        )
    shares = " and ".join(f"{group.mean:.0%} of {group.n} that {did}" for group, did in groups)
    start = f"Within 24 months the threat attacked {shares}"
    reach = "could be chance" if row.ci[0] <= 0.0 <= row.ci[1] else "is more than chance"
    low, high = (100.0 * bound for bound in row.ci)
    return f"{start}: a difference of {100.0 * row.difference:+.0f} points ({low:+.0f} to {high:+.0f}), which {reach}."
