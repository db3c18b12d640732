"""The verdicts on propositions: each test of a family, its corrected p, and what both amount to."""

from __future__ import annotations

from collections.abc import Mapping
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


def judged(propositions: Mapping[str, Proposition], sample: Sample) -> dict[str, Judged]:
    """Return the verdict on each proposition. Give whole families: p is corrected for the tests that are given."""
    findings = {name: proposition.test(sample) for name, proposition in propositions.items()}
    corrected = holm_by_family({name: (propositions[name].family, found.p) for name, found in findings.items()})
    return {
        name: Judged(found, corrected[name], propositions[name].verdict(found, corrected[name], sample))
        for name, found in findings.items()
    }
