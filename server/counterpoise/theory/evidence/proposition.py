"""What every proposition is, and the regressions most of them share. A new one is a class in its family's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import fsum, log
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.verdict import Finding, Verdict, is_ample, judge
from counterpoise.theory.statistics import ChoiceSet, Fit

__all__ = [
    "CHOICES_MIN",
    "SHARES_MIN",
    "SHARE_SESOI",
    "SLOPE_SESOI",
    "Case",
    "PairCovariate",
    "Proposition",
    "Sample",
    "Trait",
    "choice_finding",
    "control_columns",
    "count_balancing_partners",
    "finding_from_fit",
    "format_finding",
    "interaction_column",
    "log_balancing_share",
    "logit_slope",
    "logit_slope_on_columns",
    "partner_interaction_slope",
    "partner_slope",
    "share_difference",
]  # fmt: skip

Trait = Callable[[DecisionPoint], float]
PairCovariate = Callable[[Case, Candidate], float]
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
        return is_ample(finding, n_min=self.n_min, threatened=len(sample.threatened))

    def verdict(self, finding: Finding, sample: Sample) -> Verdict:
        """Return what a finding on a sample amounts to."""
        threatened = len(sample.threatened)
        return judge(
            finding, null=self.null, predicted=self.predicted, sesoi=self.sesoi, n_min=self.n_min, threatened=threatened
        )


def finding_from_fit(fit: Fit | None, n: int, *, note: str = "", spread: float | None = None) -> Finding:
    """Return a fit as a finding; ``n`` counts the observations offered if there is none."""
    if fit is None:
        return Finding(n=n, note=_joined(note, "the data cannot carry an estimate"), spread=spread)
    return Finding(
        n=fit.n, note=note, estimate=fit.estimate, low=fit.low, high=fit.high, low90=fit.low90, high90=fit.high90,
        p=fit.p, clusters=fit.clusters, spread=spread,
    )  # fmt: skip


def logit_slope(
    cases: Sequence[Case],
    did: str | Deed,
    antecedent: Trait,
    controls: Sequence[Trait] = (),
    *,
    effects: Callable[[Case], object] | None = None,
) -> Finding:
    """Return the slope of a deed on an antecedent; ``effects`` gives each of its values an intercept."""
    columns = [[trait(case.point) for case in cases] for trait in (antecedent, *controls)]
    return logit_slope_on_columns(cases, did, columns, effects=effects)


def logit_slope_on_columns(
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
    return finding_from_fit(fit, len(cases), note=note, spread=statistics.standard_deviation(columns[0]))


def count_balancing_partners(point: DecisionPoint) -> int:
    """Count the candidates an alignment with whom counts as balancing: those who fear the top threat."""
    return sum(1 for k in point.candidates if k.fear_of_top_threat >= point.floor / 2.0 and k.id != point.top_threat)


def log_balancing_share(point: DecisionPoint) -> float:
    """Return the log share of the alignments on the menu that would be balancing.

    The more states fear a threat, the more alignments count as balancing against it, whoever makes them and why. It is held
    wherever balancing is explained by what makes a threat feared; chance moves would bear those claims out otherwise.
    """
    return log(max(0.5, count_balancing_partners(point)) / (len(point.candidates) + 1))


def share_difference(
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
    return finding_from_fit(
        fit, len(cases), note=note, spread=statistics.standard_deviation([float(mark) for mark in marks])
    )


def interaction_column(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return the product of two columns less their means: their interaction, for use beside both."""
    if not one:
        return []
    first, second = fsum(one) / len(one), fsum(other) / len(other)
    return [(a - first) * (b - second) for a, b in zip(one, other, strict=True)]


def control_columns(case: Case, k: Candidate) -> tuple[float, ...]:
    """Return what is held in every choice of partner: shared threat, distance, power, and whether it is the top threat."""
    joins = case.point.threatened and k.id == case.point.top_threat
    return (k.shared, log(max(1.0, k.km)), log(max(1e-6, k.power)), float(joins))


def partner_slope(sample: Sample, antecedent: PairCovariate, *controls: PairCovariate) -> Finding:
    """Return the coefficient of an antecedent in the choice of partner; see ``held`` for what is always controlled."""

    def covariates(case: Case, k: Candidate) -> tuple[float, ...]:
        return (antecedent(case, k), *(control(case, k) for control in controls), *control_columns(case, k))

    return choice_finding(sample.choice_sets(covariates))


def partner_interaction_slope(
    sample: Sample, one: PairCovariate, other: PairCovariate, *controls: PairCovariate
) -> Finding:
    """Return the coefficient of the interaction of two ties in the choice of partner, both of them held.

    The spread is the smaller of the two: a product of shares is small even where both vary.
    """
    ones, others = ([tie(case, k) for case in sample.joined for k in sample.menu(case)] for tie in (one, other))
    first, second = (fsum(values) / len(values) if values else 0.0 for values in (ones, others))
    finding = partner_slope(
        sample, lambda case, k: (one(case, k) - first) * (other(case, k) - second), one, other, *controls
    )
    return replace(finding, spread=min(statistics.standard_deviation(ones), statistics.standard_deviation(others)))


def choice_finding(sets: Sequence[ChoiceSet]) -> Finding:
    """Return the coefficient of the first covariate of choice sets."""
    values = [row[0] for choice in sets for row in choice.rows]
    note = f"{len(sets)} choices of a partner"
    return finding_from_fit(
        statistics.conditional_logit(sets), len(sets), note=note, spread=statistics.standard_deviation(values)
    )


def format_finding(name: str, finding: Finding) -> str:
    """Say what a secondary finding came to, for a note."""
    if finding.estimate is None:
        return f"{name} cannot be estimated"
    return f"{name} {finding.estimate:+.2f} ({finding.low:+.2f} to {finding.high:+.2f})"


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)
