"""The verdict rule, the same for every proposition (theory 1.0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["SUPPORT", "CONTRADICT", "NO_EFFECT", "NOT_ENOUGH_DATA"]
CLUSTERS_MIN = 5
THREATENED_MIN = 30
"""Fewest threatened decisions in the sample for any verdict."""
SPREAD_MIN = 0.05
"""Smallest standard deviation of an antecedent for a verdict."""
ALPHA = 0.05
"""Largest p, corrected for the tests of the family, of a verdict that an effect is there."""


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
    two_way: tuple[float, float] | None = None
    """95 % interval clustered on choosers and on windows; ``None`` where the test has none."""
    p_two_way: float | None = None
    """p by the same errors."""
    p_shift: float | None = None
    """p by shifts of the antecedent in time; ``None`` where the test has none."""
    blind: float | None = None
    """What blind choice from the menus of the same decisions would give on average; ``None`` where the test has no such value."""
    enough: bool = True
    """False if the proposition's own condition for a verdict is not met; the note says which."""


def is_ample(finding: Finding, *, n_min: int, threatened: int) -> bool:
    """Tell whether a finding has enough evidence for a verdict; the arguments are those of ``judge``."""
    return (
        finding.n >= n_min
        and finding.clusters >= CLUSTERS_MIN
        and threatened >= THREATENED_MIN
        and has_varying_antecedent(finding)
    )


def has_varying_antecedent(finding: Finding) -> bool:
    """Tell whether the antecedent of a finding varies enough for an estimate to mean something."""
    return finding.spread is None or finding.spread >= SPREAD_MIN


def hurdle(values: Sequence[float | None], sign: int) -> float:
    """Return the value that an interval must lie beyond: the highest of those known for sign 1, the lowest for sign -1."""
    return sign * max(sign * value for value in values if value is not None)


def judge(
    finding: Finding,
    p_holm: float | None,
    *,
    null: float,
    predicted: int,
    sesoi: float,
    n_min: int,
    threatened: int,
    noise: float | None = None,
) -> Verdict:
    """Return the verdict on a finding.

    An effect is there if both the interval and the corrected p say so. The interval alone does not know how many claims of a
    family were tested. It must leave out, on the same side, the null, what blind choice from the same menus gives, and what
    random players give on average: a value that chance alone reaches is no effect. The verdict of no effect needs no
    correction, since it is no discovery.

    Args:
        finding: the result of the test.
        p_holm: its p, corrected for the tests of its family; ``None`` for a finding without p, which shows no effect.
        null: the value that means no effect.
        predicted: 1 if the proposition predicts a value above the null, -1 if below.
        sesoi: smallest effect of interest, as a distance from the null.
        n_min: fewest observations for a verdict.
        threatened: threatened decisions in the whole sample.
        noise: the mean estimate of random players; ``None`` if it is not known.
    """
    if finding.estimate is None or not (finding.enough and is_ample(finding, n_min=n_min, threatened=threatened)):
        return "NOT_ENOUGH_DATA"
    chance = (null, finding.blind, noise)
    is_above, is_below = finding.low > hurdle(chance, 1), finding.high < hurdle(chance, -1)
    if p_holm is not None and p_holm <= ALPHA and (is_above or is_below):
        if is_above != (predicted > 0):
            return "CONTRADICT"
        if abs(finding.estimate - null) >= sesoi:
            return "SUPPORT"
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


def holm_by_family(tests: Mapping[str, tuple[str, float | None]]) -> dict[str, float | None]:
    """Return the corrected p of each test; the values of ``tests`` are its family and its p."""
    corrected: dict[str, float | None] = {}
    for family in dict.fromkeys(family for family, _ in tests.values()):
        members = [name for name, (group, _) in tests.items() if group == family]
        corrected.update(zip(members, holm([tests[name][1] for name in members]), strict=True))
    return corrected
