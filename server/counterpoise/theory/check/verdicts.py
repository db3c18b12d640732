"""The verdicts on propositions: each test of a family, its corrected p, and what both amount to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counterpoise.theory.evidence.proposition import Proposition
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Finding, Verdict, holm_by_family


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its verdict."""

    finding: Finding
    p_holm: float | None
    verdict: Verdict


def verdicts_of(names: Iterable[str], propositions: Mapping[str, Proposition], sample: Sample) -> dict[str, Verdict]:
    """Return the verdicts that ``judged`` gives on some propositions, without testing others that cannot change them.

    A corrected p lies between p and p times the number of tests. Only where the two would give different verdicts are the
    other claims of the family tested.

    Args:
        names: the propositions to judge.
        propositions: whole families that contain them.
        sample: the decisions.
    """
    findings = {name: propositions[name].test(sample) for name in names}
    found: dict[str, Verdict] = {}
    for name, finding in list(findings.items()):
        claim = propositions[name]
        family = {other: one for other, one in propositions.items() if one.family == claim.family}
        highest = None if finding.p is None else min(1.0, finding.p * len(family))
        verdict = claim.verdict(finding, highest, sample)
        if verdict != claim.verdict(finding, finding.p, sample):
            for other, one in family.items():
                if other not in findings:
                    findings[other] = one.test(sample)
            corrected = holm_by_family({other: (claim.family, findings[other].p) for other in family})
            verdict = claim.verdict(finding, corrected[name], sample)
        found[name] = verdict
    return found


def judged(propositions: Mapping[str, Proposition], sample: Sample) -> dict[str, Judged]:
    """Return the verdict on each proposition. Give whole families: p is corrected for the tests that are given."""
    findings = {name: proposition.test(sample) for name, proposition in propositions.items()}
    corrected = holm_by_family({name: (propositions[name].family, found.p) for name, found in findings.items()})
    return {
        name: Judged(found, corrected[name], propositions[name].verdict(found, corrected[name], sample))
        for name, found in findings.items()
    }
