"""Data without any effect, and the p-values that the checker's estimators give them.

Choosers of some sessions decide in windows. Covariates and outcomes are drawn apart from each other; in some worlds both lean the
same way for a chooser throughout, or for all choosers of a session in the same window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterpoise.theory import statistics
from counterpoise.theory.statistics import ChoiceSet, Cluster

SESSIONS, CHOOSERS, WINDOWS = 4, 8, 20
MENU = 5
"""Partners on the menu of each choice."""
LASTING = 0.5
"""How much of a chooser's own leaning in one window remains in the next, where choosers lean."""


@dataclass(frozen=True, slots=True)
class World:
    """How large the leanings of choosers and the shocks of windows are, in standard deviations of what each decision adds."""

    name: str
    chooser: float = 0.0
    shock: float = 0.0


WORLDS = (World("independence"), World("correlation within choosers", chooser=1.0), World("shared shocks", shock=1.0))


class Drawn:
    """One draw of a world: columns with one row a decision."""

    def __init__(self, world: World, dice: np.random.Generator) -> None:
        self.world, self.dice = world, dice
        self.clusters: list[Cluster] = [
            (f"s{s}", f"c{c}") for s in range(SESSIONS) for c in range(CHOOSERS) for _ in range(WINDOWS)
        ]
        self.times = list(range(WINDOWS)) * (SESSIONS * CHOOSERS)

    def column(self) -> Any:
        """Return a new column of normal values with the leanings and shocks of the world."""
        dice, world, shape = self.dice, self.world, (SESSIONS, CHOOSERS, WINDOWS)
        lasting = np.empty(shape)
        lasting[..., 0] = dice.normal(size=shape[:2])
        for window in range(1, WINDOWS):
            fresh = dice.normal(size=shape[:2]) * np.sqrt(1.0 - LASTING**2)
            lasting[..., window] = LASTING * lasting[..., window - 1] + fresh
        leaning = world.chooser * (dice.normal(size=(*shape[:2], 1)) + lasting)
        shock = world.shock * dice.normal(size=(SESSIONS, 1, WINDOWS))
        return (dice.normal(size=shape) + leaning + shock).ravel()

    def deeds(self) -> Any:
        """Return a new column of zeros and ones, about a third of them ones."""
        column = self.column()
        return column > 0.43 * column.std()


PValues = dict[str, float | None]


def means(drawn: Drawn) -> PValues:
    """Return the p of a mean gain that is 0 by the permutation of choosers."""
    return {"permutation of choosers": statistics.paired_permutation_p(drawn.column(), drawn.clusters)}


def intervals(drawn: Drawn) -> PValues:
    """Return 0 if the 95 % interval of a mean gain that is 0 leaves 0 out, and 1 if it does not."""
    fit = statistics.clustered_mean(drawn.column(), drawn.clusters)
    return {"interval of a mean, 0 outside it": None if fit is None else float(fit.low <= 0.0 <= fit.high)}


def slopes(drawn: Drawn) -> PValues:
    """Return the p-values of logits, with one intercept and with one for each chooser."""
    found: PValues = {}
    deeds, columns = drawn.deeds(), [drawn.column(), drawn.column()]
    for name, effects in (("logit", None), ("logit within choosers", drawn.clusters)):
        found |= _of(name, statistics.logit(deeds, columns, drawn.clusters, effects=effects, windows=drawn.times))
    return found


def differences(drawn: Drawn) -> PValues:
    """Return the p-values of differences of shares, by least squares and by matching."""
    deeds, marks, held = drawn.deeds(), drawn.deeds(), [drawn.column()]
    plain = statistics.adjusted_difference(deeds, marks, drawn.clusters, held, windows=drawn.times)
    matched = statistics.matched_difference(deeds, marks, held, drawn.clusters, windows=drawn.times)
    return _of("difference", plain) | _of("matched difference", matched)


def conditional_logits(drawn: Drawn) -> PValues:
    """Return the p-values of choices of a partner: what decides them is not what the test reads."""
    seen, felt = (np.column_stack([drawn.column() for _ in range(MENU)]) for _ in range(2))
    chosen = (felt + drawn.dice.gumbel(size=felt.shape)).argmax(axis=1)
    sets = [
        ChoiceSet(tuple((float(value),) for value in row), int(place), cluster, time)
        for row, place, cluster, time in zip(seen, chosen, drawn.clusters, drawn.times, strict=True)
    ]
    return _of("conditional logit", statistics.conditional_logit(sets))


def spells(drawn: Drawn) -> PValues:
    """Return the p-values of how long alliances last, one begun by each decision, and of rates before and after events."""
    stops = np.exp(0.5 * drawn.column()) * drawn.dice.exponential(size=len(drawn.times))
    ended = drawn.dice.random(len(stops)) < 0.7
    numbers = np.arange(len(stops)) // WINDOWS
    fit = statistics.hazard_ratio(np.zeros(len(stops)), stops, ended, [drawn.column()], numbers)
    before, after = (deeds.reshape(-1, 4).sum(axis=1) for deeds in (drawn.deeds(), drawn.deeds()))
    four = np.full(len(before), 4.0)
    rate = statistics.rate_ratio(before, four, after, four, drawn.clusters[::4])
    return _of("Cox model", fit) | _of("rate ratio", rate)


def _of(name: str, fit: statistics.Fit | None) -> PValues:
    """Return the p-values of a fit by its errors over choosers, its errors in two ways and its shifts, those that it has."""
    if fit is None:
        return {name: None}
    more = {f"{name}, two ways": fit.p_two_way, f"{name}, shifts": fit.p_shift}
    return {name: fit.p, **{key: p for key, p in more.items() if p is not None}}


TESTS = (means, intervals, slopes, differences, conditional_logits, spells)


def rejections(world: World, numbers: Iterable[int], *tests: Callable[[Drawn], PValues]) -> dict[str, list[bool]]:
    """Return, for each p-value, whether it was at most 5 % in each of the draws that gave it.

    Args:
        world: what to draw.
        numbers: the numbers of the draws; the same number always gives the same draw.
        tests: which p-values; all without one.
    """
    found: dict[str, list[bool]] = {}
    for number in numbers:
        drawn = Drawn(world, np.random.default_rng([1987, WORLDS.index(world), number]))
        for test in tests or TESTS:
            for name, p in test(drawn).items():
                if p is not None:
                    found.setdefault(name, []).append(p <= 0.05)
    return found
