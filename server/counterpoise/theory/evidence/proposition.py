"""What every proposition is, and the regressions most of them share. A new one is a class in its family's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import fsum, log
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.verdict import Finding, Verdict, ample, judge
from counterpoise.theory.statistics import ChoiceSet, Fit

__all__ = [
    "CHOICES_MIN", "SHARES_MIN", "SHARE_SESOI", "SLOPE_SESOI", "Case", "Proposition", "Sample", "Tie", "Trait",
    "balancing_partners", "chosen_on", "crossed", "found", "gap", "held", "menu", "pull", "pull_of_both", "slope", "slope_on",
    "tell",
]  # fmt: skip

Trait = Callable[[DecisionPoint], float]
Tie = Callable[[Case, Candidate], float]
Deed = Callable[[Case], bool]
SLOPE_SESOI = log(1.25)
"""Smallest slope of interest: odds or hazard ratio 1.25, per standard deviation unless a test says otherwise."""
SHARE_SESOI = 0.05
CHOICES_MIN = 60
"""Choices of a partner for a coefficient of theirs: each menu of 10-20 tells about as much as two or three yes-or-no rows."""
SHARES_MIN = 60
"""Decisions for a difference of proportions: as many as tell 0.65 from one half."""

SIDE_MIN = 15
"""Decisions on either side of a comparison of two groups."""
EXPECTED_MIN = 5
"""Decisions of either outcome to be expected on the smaller side."""


class Proposition:
    """A claim with a test. It is judged by ``verdict.judge`` and by nothing else."""

    id: ClassVar[str]
    family: ClassVar[str]
    claim: ClassVar[str]
    statistic: ClassVar[str]
    """What is estimated, in words."""
    unit: ClassVar[str] = "threatened decision"
    """What one observation is."""
    null: ClassVar[float] = 0.0
    predicted: ClassVar[int] = 1
    sesoi: ClassVar[float] = SLOPE_SESOI
    n_min: ClassVar[int] = 150
    compares: ClassVar[tuple[str, ...]] = ()
    """Hypotheses whose forecasts the test reads."""

    def test(self, sample: Sample) -> Finding:
        """Return what the sample shows."""
        raise TypeError(f"{type(self).__name__} tests nothing")

    def has_enough(self, finding: Finding, sample: Sample) -> bool:
        """Tell whether there is as much evidence as a verdict needs, whatever it says."""
        return ample(finding, n_min=self.n_min, threatened=len(sample.threatened))

    def verdict(self, finding: Finding, sample: Sample) -> Verdict:
        """Return what a finding on a sample amounts to."""
        threatened = len(sample.threatened)
        return judge(
            finding, null=self.null, predicted=self.predicted, sesoi=self.sesoi, n_min=self.n_min, threatened=threatened
        )


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
    did: str | Deed,
    antecedent: Trait,
    controls: Sequence[Trait] = (),
    *,
    effects: Callable[[Case], object] | None = None,
) -> Finding:
    """Return the slope of a deed on an antecedent; ``effects`` gives each of its values an intercept."""
    columns = [[trait(case.point) for case in cases] for trait in (antecedent, *controls)]
    return slope_on(cases, did, columns, effects=effects)


def slope_on(
    cases: Sequence[Case],
    did: str | Deed,
    columns: Sequence[Sequence[float]],
    *,
    effects: Callable[[Case], object] | None = None,
) -> Finding:
    """Return the slope of a deed, by its class or by a test, on the first column; the others are controls."""
    done = [case.did == did if isinstance(did, str) else did(case) for case in cases]
    fit = None
    if cases:
        fit = statistics.logit(
            done,
            columns,
            [case.cluster for case in cases],
            effects=None if effects is None else [effects(case) for case in cases],
        )
    name = did if isinstance(did, str) else "done"
    note = f"{name} in {sum(1 for made in done if made)} of {len(cases)} decisions"
    return found(fit, len(cases), note=note, spread=statistics.standard_deviation(columns[0]))


def balancing_partners(point: DecisionPoint) -> int:
    """Count the candidates an alignment with whom counts as balancing: those who fear the top threat."""
    return sum(1 for k in point.candidates if k.threatened >= point.floor / 2.0 and k.id != point.top_threat)


def menu(point: DecisionPoint) -> float:
    """Return the log share of the alignments on the menu that would be balancing.

    The more states fear a threat, the more alignments count as balancing against it, whoever makes them and why. It is held
    wherever balancing is explained by what makes a threat feared; chance moves would bear those claims out otherwise.
    """
    return log(max(0.5, balancing_partners(point)) / (len(point.candidates) + 1))


def gap(
    cases: Sequence[Case], did: str, marks: Sequence[bool], controls: Sequence[Trait] = (), *, note: str = ""
) -> Finding:
    """Return how much more often the marked decisions were ``did`` than the others.

    A handful on one side has no error that could be trusted, so both sides need some, and some of them to have been
    expected to do it and not to (Cochran 1954).
    """
    marked, done = sum(1 for mark in marks if mark), sum(1 for case in cases if case.did == did)
    smaller, rarer = min(marked, len(cases) - marked), min(done, len(cases) - done)
    fit = None
    if smaller >= SIDE_MIN and smaller * rarer >= EXPECTED_MIN * len(cases):
        fit = statistics.adjusted_difference(
            [case.did == did for case in cases],
            [float(mark) for mark in marks],
            [case.cluster for case in cases],
            [[trait(case.point) for case in cases] for trait in controls],
        )
    return found(fit, len(cases), note=note, spread=statistics.standard_deviation([float(mark) for mark in marks]))


def crossed(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return the product of two columns less their means: their interaction, for use beside both."""
    if not one:
        return []
    first, second = fsum(one) / len(one), fsum(other) / len(other)
    return [(a - first) * (b - second) for a, b in zip(one, other, strict=True)]


def held(case: Case, k: Candidate) -> tuple[float, ...]:
    """Return what is held in every choice of partner: shared threat, distance, power, and whether it is the top threat."""
    joins = case.point.threatened and k.id == case.point.top_threat
    return (k.shared, log(max(1.0, k.km)), log(max(1e-6, k.power)), float(joins))


def pull(sample: Sample, antecedent: Tie, *controls: Tie) -> Finding:
    """Return the coefficient of an antecedent in the choice of partner; see ``held`` for what is always controlled."""

    def covariates(case: Case, k: Candidate) -> tuple[float, ...]:
        return (antecedent(case, k), *(control(case, k) for control in controls), *held(case, k))

    return chosen_on(sample.choice_sets(covariates))


def pull_of_both(sample: Sample, one: Tie, other: Tie, *controls: Tie) -> Finding:
    """Return the coefficient of the interaction of two ties in the choice of partner, both of them held.

    The spread is the smaller of the two: a product of shares is small even where both vary.
    """
    ones, others = ([tie(case, k) for case in sample.joined for k in sample.menu(case)] for tie in (one, other))
    first, second = (fsum(values) / len(values) if values else 0.0 for values in (ones, others))
    finding = pull(sample, lambda case, k: (one(case, k) - first) * (other(case, k) - second), one, other, *controls)
    return replace(finding, spread=min(statistics.standard_deviation(ones), statistics.standard_deviation(others)))


def chosen_on(sets: Sequence[ChoiceSet]) -> Finding:
    """Return the coefficient of the first covariate of choice sets."""
    values = [row[0] for choice in sets for row in choice.rows]
    note = f"{len(sets)} choices of a partner"
    return found(statistics.conditional_logit(sets), len(sets), note=note, spread=statistics.standard_deviation(values))


def tell(name: str, finding: Finding) -> str:
    """Say what a secondary finding came to, for a note."""
    if finding.estimate is None:
        return f"{name} cannot be estimated"
    return f"{name} {finding.estimate:+.2f} ({finding.low:+.2f} to {finding.high:+.2f})"


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)
