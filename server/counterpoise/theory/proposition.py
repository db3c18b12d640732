"""What every proposition is, and the sample it is tested on. A new one is a class in its family's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decision import Candidate, DecisionPoint, option_of
from counterpoise.theory.outcome import Outcome
from counterpoise.theory.record import DecisionRecord
from counterpoise.theory.scoring import usable
from counterpoise.theory.statistics import ChoiceSet, Cluster, Fit
from counterpoise.theory.verdict import Finding

Trait = Callable[[DecisionPoint], float]
Tie = Callable[[DecisionPoint, Candidate], float]
SLOPE_SESOI = log(1.25)
"""Smallest slope of interest: odds ratio 1.25 per standard deviation."""
SHARE_SESOI = 0.05


@dataclass(frozen=True, slots=True)
class Case:
    """One decision that is over."""

    record: DecisionRecord
    point: DecisionPoint
    outcome: Outcome

    @property
    def cluster(self) -> Cluster:
        """Whose decision it is."""
        return (self.record.session, self.point.actor)

    @property
    def did(self) -> str:
        """The class of what was done."""
        return self.outcome.alignment_class


class Sample:
    """The decisions under test, in the order they were made. Those whose choice was not on the menu are left out."""

    def __init__(self, records: Sequence[DecisionRecord]) -> None:
        self.cases = [
            Case(record, record.point, record.outcome)
            for record in records
            if usable(record) and record.outcome is not None
        ]
        self.threatened = [case for case in self.cases if case.point.threatened]
        self.sided = [case for case in self.threatened if case.did in ("BAL", "BW")]
        """Threatened decisions that took a side."""
        self.joined = [case for case in self.cases if self.partner(case) is not None]
        """Decisions, threatened or not, that chose a partner."""

    def partner(self, case: Case) -> Candidate | None:
        """Return the partner chosen, the top threat included; ``None`` if nothing was signed."""
        if case.outcome.choice == "BW":
            return case.point.source
        name = option_of(case.outcome.choice)[1]
        return next((k for k in case.point.candidates if k.id == name), None)

    def choice_sets(self, covariates: Callable[[DecisionPoint, Candidate], tuple[float, ...]]) -> list[ChoiceSet]:
        """Return, for each decision that chose a partner, the covariates of everyone it could have chosen."""
        sets = []
        for case in self.joined:
            states = list(case.point.candidates)
            if case.point.threatened:
                states.append(case.point.source)
            chosen = self.partner(case)
            assert chosen is not None
            rows = tuple(covariates(case.point, k) for k in states)
            sets.append(ChoiceSet(rows, [k.id for k in states].index(chosen.id), case.cluster))
        return sets


class Proposition:
    """A claim with a test. It is judged by ``verdict.judge`` and by nothing else."""

    id: ClassVar[str]
    family: ClassVar[str]
    claim: ClassVar[str]
    statistic: ClassVar[str]
    """What is estimated, in words."""
    null: ClassVar[float] = 0.0
    predicted: ClassVar[int] = 1
    sesoi: ClassVar[float] = SLOPE_SESOI
    n_min: ClassVar[int] = 150

    def test(self, sample: Sample) -> Finding:
        """Return what the sample shows."""
        raise TypeError(f"{type(self).__name__} tests nothing")


def found(fit: Fit | None, n: int, *, note: str = "", spread: float | None = None) -> Finding:
    """Return a fit as a finding; ``n`` counts the observations offered if there is none."""
    if fit is None:
        return Finding(n=n, note=_joined(note, "the data cannot carry an estimate"), spread=spread)
    return Finding(
        n=fit.n, note=note, estimate=fit.estimate, low=fit.low, high=fit.high, low90=fit.low90, high90=fit.high90,
        p=fit.p, clusters=fit.clusters, spread=spread,
    )  # fmt: skip


def slope(
    cases: Sequence[Case],
    did: str,
    antecedent: Trait,
    controls: Sequence[Trait] = (),
    *,
    effects: Callable[[Case], object] | None = None,
) -> Finding:
    """Return the slope of doing ``did`` on an antecedent; ``effects`` gives each of its values an intercept."""
    values = [antecedent(case.point) for case in cases]
    fit = None
    if cases:
        fit = statistics.logit(
            [case.did == did for case in cases],
            [values, *([control(case.point) for case in cases] for control in controls)],
            [case.cluster for case in cases],
            effects=None if effects is None else [effects(case) for case in cases],
        )
    count = sum(1 for case in cases if case.did == did)
    return found(fit, len(cases), note=f"{did} in {count} of {len(cases)} decisions", spread=statistics.spread(values))


def pull(sample: Sample, antecedent: Tie, *controls: Tie) -> Finding:
    """Return the coefficient of an antecedent in the choice of partner, with shared threat, distance and power held."""

    def covariates(point: DecisionPoint, k: Candidate) -> tuple[float, ...]:
        held = (k.shared, log(max(1.0, k.km)), log(max(1e-6, k.power)))
        return (antecedent(point, k), *(control(point, k) for control in controls), *held)

    sets = sample.choice_sets(covariates)
    values = [row[0] for choice in sets for row in choice.rows]
    note = f"{len(sets)} choices of a partner"
    return found(statistics.conditional_logit(sets), len(sets), note=note, spread=statistics.spread(values))


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)
