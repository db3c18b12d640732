"""The verdicts on propositions: each test of a family, its corrected p, and what both amount to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise.theory.evidence.proposition import Proposition
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import ALPHA, Finding, Verdict, holm_by_family, hurdle
from counterpoise.theory.statistics import Prediction


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its verdict."""

    finding: Finding
    p_holm: float | None
    verdict: Verdict
    within_noise: bool
    """Whether the interval leaves out the null, but blind choice or random players give as much, so that no effect is shown."""


@dataclass(frozen=True, slots=True)
class _Tested:
    """A proposition with its finding, and what random players would give from as many observations."""

    proposition: Proposition
    finding: Finding
    expected: Prediction | None

    @property
    def p(self) -> float | None:
        """The p of an effect that is neither the null's nor random players' (Berger 1982), uncorrected."""
        if self.finding.p is None or self.finding.estimate is None or self.expected is None:
            return self.finding.p
        return max(self.finding.p, self.expected.p(self.finding.estimate))

    def verdict(self, p_holm: float | None, sample: Sample) -> Verdict:
        """Return the verdict."""
        mean = None if self.expected is None else self.expected.mean
        return self.proposition.verdict(self.finding, p_holm, sample, mean)

    def judged(self, p_holm: float | None, sample: Sample) -> Judged:
        """Return the finding with its verdict."""
        finding, expected, null = self.finding, self.expected, self.proposition.null
        verdict = self.verdict(p_holm, sample)
        chance = (null, finding.blind, None if expected is None else expected.mean)
        clears_null = finding.low > null or finding.high < null
        clears_chance = finding.low > hurdle(chance, 1) or finding.high < hurdle(chance, -1)
        is_usual = expected is not None and finding.estimate is not None and expected.p(finding.estimate) > ALPHA
        within = self.proposition.has_enough(finding, sample) and clears_null and (is_usual or not clears_chance)
        return Judged(finding, p_holm, verdict, within and verdict not in ("SUPPORT", "CONTRADICT"))


def verdicts_of(
    names: Iterable[str],
    propositions: Mapping[str, Proposition],
    sample: Sample,
    noise: ExpectedNoise | None = None,
) -> dict[str, Verdict]:
    """Return the verdicts that ``judged`` gives on some propositions, without testing others that cannot change them.

    A corrected p lies between p and p times the number of tests. Only where the two would give different verdicts are the
    other claims of the family tested.

    Args:
        names: the propositions to judge.
        propositions: whole families that contain them.
        sample: the decisions.
        noise: what random players would give in these sessions.
    """
    tested = {name: _tested(propositions[name], sample, noise) for name in names}
    found: dict[str, Verdict] = {}
    for name, test in list(tested.items()):
        family = {other: one for other, one in propositions.items() if one.family == test.proposition.family}
        highest = None if test.p is None else min(1.0, test.p * len(family))
        verdict = test.verdict(highest, sample)
        if verdict != test.verdict(test.p, sample):
            for other, one in family.items():
                if other not in tested:
                    tested[other] = _tested(one, sample, noise)
            corrected = holm_by_family({other: (test.proposition.family, tested[other].p) for other in family})
            verdict = test.verdict(corrected[name], sample)
        found[name] = verdict
    return found


def judged(
    propositions: Mapping[str, Proposition], sample: Sample, noise: ExpectedNoise | None = None
) -> dict[str, Judged]:
    """Return the verdict on each proposition.

    Args:
        propositions: whole families: p is corrected for the tests that are given.
        sample: the decisions.
        noise: what random players would give in these sessions; without it verdicts compare with the null and blind choice alone.
    """
    tested = {name: _tested(proposition, sample, noise) for name, proposition in propositions.items()}
    corrected = holm_by_family({name: (test.proposition.family, test.p) for name, test in tested.items()})
    return {name: test.judged(corrected[name], sample) for name, test in tested.items()}


def _tested(proposition: Proposition, sample: Sample, noise: ExpectedNoise | None) -> _Tested:
    finding = proposition.test(sample)
    return _Tested(proposition, finding, None if noise is None else noise.random(proposition.id, finding.n))
