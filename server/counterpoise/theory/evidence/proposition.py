"""The base class of propositions, and the regressions that most of them share.

A new proposition is a class in its family's file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import fsum, log
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.verdict import Finding, Verdict, is_ample, judge
from counterpoise.theory.statistics import ChoiceSet, Cluster, Fit

__all__ = [
    "CHOICES_MIN",
    "SHARES_MIN",
    "SHARE_SESOI",
    "SIDE_MIN",
    "SLOPE_SESOI",
    "Case",
    "PairCovariate",
    "Proposition",
    "Sample",
    "Trait",
    "choice_finding",
    "control_columns",
    "count_balancing_partners",
    "finding_beside_blind_choice",
    "finding_from_fit",
    "format_finding",
    "interaction_column",
    "log_balancing_share",
    "logit_slope",
    "logit_slope_on_columns",
    "menu_share",
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
"""Fewest choices of a partner for a coefficient. A menu of 10-20 carries about as much evidence as two or three binary rows."""
SHARES_MIN = 60
"""Fewest decisions for a difference of proportions: enough to distinguish 0.65 from one half."""

SIDE_MIN = 15
"""Fewest decisions in either group of a comparison."""
EXPECTED_MIN = 5
"""Fewest expected decisions of either outcome in the smaller group."""


class Proposition:
    """A claim with a test. ``verdict.judge`` alone gives its verdict."""

    id: ClassVar[str]
    family: ClassVar[str]
    claim: ClassVar[str]
    statistic: ClassVar[str]
    """The estimate, in words."""
    unit: ClassVar[str] = "threatened decision"
    """The unit of observation."""
    null: ClassVar[float] = 0.0
    predicted: ClassVar[int] = 1
    sesoi: ClassVar[float] = SLOPE_SESOI
    n_min: ClassVar[int] = 150
    has_menu_null: ClassVar[bool] = False
    """Whether the finding says what blind choice from the same menus gives; a verdict must then lie beyond that too."""
    compares: ClassVar[tuple[str, ...]] = ()
    """Hypotheses whose forecasts the test reads."""

    def test(self, sample: Sample) -> Finding:
        """Return the finding of the test on a sample."""
        raise TypeError(f"{type(self).__name__} has no test method and cannot be tested")

    def has_enough(self, finding: Finding, sample: Sample) -> bool:
        """Tell whether a finding rests on enough evidence for a verdict."""
        return is_ample(finding, n_min=self.n_min, threatened=len(sample.threatened))

    def verdict(self, finding: Finding, p_holm: float | None, sample: Sample, noise: float | None = None) -> Verdict:
        """Return the verdict on a finding.

        Args:
            finding: the result of the test.
            p_holm: its p, corrected for the tests of its family.
            sample: the decisions of the test.
            noise: the mean estimate of random players, if it is known.
        """
        return judge(
            finding, p_holm, null=self.null, predicted=self.predicted, sesoi=self.sesoi, n_min=self.n_min,
            threatened=len(sample.threatened), noise=noise,
        )  # fmt: skip


def finding_from_fit(fit: Fit | None, n: int, *, note: str = "", spread: float | None = None) -> Finding:
    """Return a fit as a finding; without a fit, ``n`` is the number of observations offered."""
    if fit is None:
        return Finding(n=n, note=_joined(note, "the data cannot carry an estimate"), spread=spread)
    return Finding(
        n=fit.n, note=note, estimate=fit.estimate, low=fit.low, high=fit.high, low90=fit.low90, high90=fit.high90,
        p=fit.p, clusters=fit.clusters, spread=spread, two_way=fit.two_way, p_two_way=fit.p_two_way, p_shift=fit.p_shift,
    )  # fmt: skip


def logit_slope(
    cases: Sequence[Case],
    did: str | Deed,
    antecedent: Trait,
    controls: Sequence[Trait] = (),
    *,
    effects: Callable[[Case], object] | None = None,
) -> Finding:
    """Return the logit slope of a choice on an antecedent; each value of ``effects`` has an intercept."""
    columns = [[trait(case.point) for case in cases] for trait in (antecedent, *controls)]
    return logit_slope_on_columns(cases, did, columns, effects=effects)


def logit_slope_on_columns(
    cases: Sequence[Case],
    did: str | Deed,
    columns: Sequence[Sequence[float]],
    *,
    effects: Callable[[Case], object] | None = None,
) -> Finding:
    """Return the logit slope of a choice, given by its class or by a test, on the first column; the others are controls."""
    done = [case.did == did if isinstance(did, str) else did(case) for case in cases]
    fit = None
    if cases:
        fit = statistics.logit(
            done,
            columns,
            [case.cluster for case in cases],
            effects=None if effects is None else [effects(case) for case in cases],
            windows=[case.frozen.window for case in cases],
        )
    name = did if isinstance(did, str) else "done"
    note = f"{name} in {sum(1 for made in done if made)} of {len(cases)} decisions"
    return finding_from_fit(fit, len(cases), note=note, spread=statistics.standard_deviation(columns[0]))


def count_balancing_partners(point: DecisionPoint) -> int:
    """Count the candidates with whom an alignment counts as balancing: those that fear the top threat."""
    return sum(1 for k in point.candidates if k.fear_of_top_threat >= point.shared_floor and k.id != point.top_threat)


def menu_share(point: DecisionPoint) -> float:
    """Return how often a blind choice of a side would balance.

    Of the options that take a side, one joins the threat and the others balance.
    """
    count = count_balancing_partners(point)
    return count / (count + 1)


def finding_beside_blind_choice(
    values: Sequence[float], blind: Sequence[float], clusters: Sequence[Cluster], *, null: float = 0.0, note: str = ""
) -> Finding:
    """Return a mean with an interval over choosers, and what blind choice from the same menus would give.

    p is the larger one of two permutations of whole choosers: against the null, and of each value against blind choice
    from its own menu.

    Args:
        values: one a decision.
        blind: for each decision, the mean value if each option that it could have taken were as likely.
        clusters: the chooser of each decision.
        null: the value that means no effect.
        note: what else to know about the finding.
    """
    finding = finding_from_fit(statistics.clustered_mean(values, clusters, null=null), len(values), note=note)
    if finding.p is None or finding.clusters < 2:
        return finding
    surplus = [value - chance for value, chance in zip(values, blind, strict=True)]
    beyond = statistics.paired_permutation_p(surplus, clusters)
    return replace(finding, p=max(finding.p, beyond), blind=fsum(blind) / len(blind))


def log_balancing_share(point: DecisionPoint) -> float:
    """Return the log of the share of balancing among the alignments on the menu.

    The more states fear a threat, the more alignments count as balancing against it, whatever their cause. So every test
    that explains balancing by a source of fear controls this share; otherwise random choices would support the claim.
    """
    return log(max(0.5, count_balancing_partners(point)) / (len(point.candidates) + 1))


def share_difference(
    cases: Sequence[Case], did: str, marks: Sequence[bool], controls: Sequence[Trait] = (), *, note: str = ""
) -> Finding:
    """Return how much more often the marked decisions were ``did`` than the others.

    The error of a small group cannot be trusted. So both groups need ``SIDE_MIN`` decisions, and the smaller one
    ``EXPECTED_MIN`` expected decisions of either outcome (Cochran 1954).
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
            windows=[case.frozen.window for case in cases],
        )
    return finding_from_fit(
        fit, len(cases), note=note, spread=statistics.standard_deviation([float(mark) for mark in marks])
    )


def interaction_column(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return the interaction of two columns: the product of both less their means. Use it beside both columns."""
    if not one:
        return []
    first, second = fsum(one) / len(one), fsum(other) / len(other)
    return [(a - first) * (b - second) for a, b in zip(one, other, strict=True)]


def control_columns(case: Case, k: Candidate) -> tuple[float, ...]:
    """Return the controls of every choice of partner: shared threat, distance, power, and whether it is the top threat."""
    joins = case.point.threatened and k.id == case.point.top_threat
    return (k.shared, log(max(1.0, k.km)), log(max(1e-6, k.power)), float(joins))


def partner_slope(sample: Sample, antecedent: PairCovariate, *controls: PairCovariate) -> Finding:
    """Return the coefficient of an antecedent in the choice of partner, with ``control_columns`` as controls."""

    def covariates(case: Case, k: Candidate) -> tuple[float, ...]:
        return (antecedent(case, k), *(control(case, k) for control in controls), *control_columns(case, k))

    return choice_finding(sample.choice_sets(covariates))


def partner_interaction_slope(
    sample: Sample, one: PairCovariate, other: PairCovariate, *controls: PairCovariate
) -> Finding:
    """Return the coefficient of the interaction of two covariates in the choice of partner, both of them controlled.

    The spread of the finding is the smaller of the two, since a product of shares is small even if both vary.
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
    """Return a secondary finding as text for a note."""
    if finding.estimate is None:
        return f"{name} cannot be estimated"
    return f"{name} {finding.estimate:+.2f} ({finding.low:+.2f} to {finding.high:+.2f})"


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)
