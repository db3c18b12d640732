"""The differences between games of the same seeds, with intervals, exact tests and the correction for how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Literal

from msgspec import structs

from counterpoise.session.forks.fork_document import Difference, SmallestEffect
from counterpoise.theory.statistics import mean_interval
from counterpoise.theory.statistics.shares import (
    ALPHA,
    holm,
    paired_p,
    paired_share_interval,
    smallest_mean_difference,
    smallest_share_difference,
)

Measure = Literal["yes_no", "share", "number"]
"""Whether something happened in a game, a share that each game has, or a number that each game has."""


def paired_difference(before: Sequence[float], after: Sequence[float], measure: Measure) -> Difference | None:
    """Return the mean difference seed by seed, after less before; ``None`` without games after.

    Its p is not corrected yet: ``corrected`` does so for all rows of a document.

    Args:
        before: a value for each seed; 0 or 1 for ``yes_no``.
        after: values for the same seeds in the same order.
        measure: what the values are.
    """
    if not after:
        return None
    gaps = [b - a for a, b in zip(before, after, strict=True)]
    more, fewer = sum(1 for gap in gaps if gap > 0), sum(1 for gap in gaps if gap < 0)
    ends = mean_interval(gaps)
    if measure == "yes_no":
        both = sum(1 for a, b in zip(before, after, strict=True) if a and b)
        ends = paired_share_interval(both, more, fewer, len(gaps) - both - more - fewer)
    elif ends is not None and measure == "share":
        ends = (max(-1.0, ends[0]), min(1.0, ends[1]))
    p = round(paired_p(more, fewer), 6)
    smallest = None if measure == "yes_no" else smallest_mean_difference(gaps)
    return Difference(
        mean=round(fsum(gaps) / len(gaps), 6),
        ci=None if ends is None else (round(ends[0], 6), round(ends[1], 6)),
        p=p,
        p_corrected=p,
        smallest=None if smallest is None else round(smallest, 6),
    )


def corrected_differences(differences: Sequence[Difference | None]) -> list[Difference | None]:
    """Return differences in their order, with p corrected for how many there are."""
    values = iter(holm([one.p for one in differences if one is not None]))
    return [None if one is None else structs.replace(one, p_corrected=round(next(values), 6)) for one in differences]


def smallest_effect(seeds: int, comparisons: int) -> SmallestEffect:
    """Return the smallest differences of shares that a number of seeds can show among so many comparisons."""
    first = ALPHA / max(1, comparisons)
    return SmallestEffect(
        comparisons=comparisons,
        by_change=smallest_share_difference(seeds, by_chance=False),
        by_chance=smallest_share_difference(seeds, by_chance=True),
        by_change_corrected=smallest_share_difference(seeds, first, by_chance=False),
        by_chance_corrected=smallest_share_difference(seeds, first, by_chance=True),
    )
