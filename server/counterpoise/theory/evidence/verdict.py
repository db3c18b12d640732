"""The verdict rule, the same for every proposition (theory 1.0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["SUPPORT", "CONTRADICT", "NO_EFFECT", "NOT_ENOUGH_DATA"]
CLUSTERS_MIN = 5
THREATENED_MIN = 30
"""Fewest threatened decisions in the sample for any verdict."""
SPREAD_MIN = 0.05
"""Smallest standard deviation of an antecedent for a verdict."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a test. Without an estimate only ``n`` and ``note`` have a meaning."""

    n: int
    note: str = ""
    estimate: float | None = None
    low: float = 0.0
    high: float = 0.0
    low90: float = 0.0
    high90: float = 0.0
    p: float | None = None
    clusters: int = 0
    spread: float | None = None
    """Standard deviation of the antecedent; ``None`` if the proposition has none."""
    enough: bool = True
    """False if the proposition's own condition for a verdict is not met; the note says which."""


def is_ample(finding: Finding, *, n_min: int, threatened: int) -> bool:
    """Tell whether a finding has enough evidence for a verdict; the arguments are those of ``judge``."""
    if finding.n < n_min or finding.clusters < CLUSTERS_MIN or threatened < THREATENED_MIN:
        return False
    return finding.spread is None or finding.spread >= SPREAD_MIN


def judge(finding: Finding, *, null: float, predicted: int, sesoi: float, n_min: int, threatened: int) -> Verdict:
    """Return the verdict on a finding.

    Args:
        finding: the result of the test.
        null: the value that means no effect.
        predicted: 1 if the proposition predicts a value above the null, -1 if below.
        sesoi: smallest effect of interest, as a distance from the null.
        n_min: fewest observations for a verdict.
        threatened: threatened decisions in the whole sample.
    """
    if finding.estimate is None or not (finding.enough and is_ample(finding, n_min=n_min, threatened=threatened)):
        return "NOT_ENOUGH_DATA"
    effect = (finding.estimate - null) * predicted
    low, high = sorted(((finding.low - null) * predicted, (finding.high - null) * predicted))
    if low > 0.0 and abs(effect) >= sesoi:
        return "SUPPORT"
    if high < 0.0:
        return "CONTRADICT"
    if finding.low90 - null > -sesoi and finding.high90 - null < sesoi:
        return "NO_EFFECT"
    return "NOT_ENOUGH_DATA"


def holm(ps: Sequence[float | None]) -> list[float | None]:
    """Return p corrected for the number of tests in a family (Holm 1979); tests without p do not count."""
    order = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    corrected: list[float | None] = [None] * len(ps)
    largest = 0.0
    for rank, (p, place) in enumerate(order):
        largest = max(largest, min(1.0, p * (len(order) - rank)))
        corrected[place] = largest
    return corrected
