"""Family W5: foreign aid (Walt 1987, ch. 2, pp. 41-46; tested on the region in ch. 7)."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import ClassVar

from counterpoise.theory.proposition import Case, Proposition, Sample, pull
from counterpoise.theory.statistics import Cluster
from counterpoise.theory.verdict import Finding


class AidMakesAlliance(Proposition):
    """Walt (1987), pp. 41-42 and 46; that aid follows alignment as much as it leads, ch. 7; Sullivan, Tessman & Li (2011).

    Aid counts if it flowed before the window, and being aligned already is held. The note tells the reverse: how aid
    changed by the next decision after an alignment, and otherwise.
    """

    id: ClassVar[str] = "W5.1"
    family: ClassVar[str] = "W5"
    claim: ClassVar[str] = "The more aid one state gives another, the likelier they ally."
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of earlier aid; alignment, shared threat, distance and power held"
    )
    n_min: ClassVar[int] = 60

    def test(self, sample: Sample) -> Finding:
        """Return the pull of earlier aid."""
        finding = pull(sample, lambda _, k: k.aid, lambda _, k: float(k.prior))
        return replace(finding, note=f"{finding.note}; {_reverse(sample)}")


def _reverse(sample: Sample) -> str:
    """Say how aid changed after an alignment and where none was made: whether aid follows alignment."""
    after: list[float] = []
    otherwise: list[float] = []
    last: dict[Cluster, Case] = {}
    for case in sample.cases:
        before = last.get(case.cluster)
        last[case.cluster] = case
        if before is None or case.point.window != before.point.window + 1:
            continue
        for k in before.point.candidates:
            now = case.point.candidate(k.id)
            if now is not None:
                (after if k.id in before.outcome.partners else otherwise).append(now.aid - k.aid)
    if not after or not otherwise:
        return "no alignment to see whether aid follows"
    return f"aid changed by {fsum(after) / len(after):+.4f} after an alignment, {fsum(otherwise) / len(otherwise):+.4f} without"
