"""Network indices and what they come to when states change places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import RESAMPLES, SEED

Pairs = Sequence[tuple[int, int]]


@lru_cache(maxsize=64)
def shuffles(size: int, count: int = RESAMPLES) -> Any:
    """Return permutations of the labels, one a row."""
    dice = np.random.default_rng(SEED)
    return dice.permuted(np.tile(np.arange(size), (count, 1)), axis=1)


def in_place(size: int) -> Any:
    """Return the one order in which every label stands where it is."""
    return np.arange(size)


def null_of(observed: float, drawn: Any) -> tuple[float, float, float, float]:
    """Return the one-sided p of an index, its z, and the mean and deviation of what chance makes of it."""
    p = (1 + int((drawn >= observed - 1e-12).sum())) / (len(drawn) + 1)
    mean, deviation = float(drawn.mean()), float(drawn.std())
    return p, (observed - mean) / deviation if deviation > 1e-12 else 0.0, mean, deviation


def checkerboard(signs: Any, near: Pairs, second: Pairs) -> Callable[[Any], Any]:
    """Return the function from orders of the states to half the mean sign over second neighbours less that over neighbours."""
    matrix = np.asarray(signs, dtype=float)
    places = [np.asarray(pairs).T for pairs in (second, near)]

    def contrast(order: Any) -> Any:
        means = [matrix[order[..., i], order[..., j]].mean(axis=-1) for i, j in places]
        return (means[0] - means[1]) / 2.0

    return contrast


def hostile_between(signs: Any, paths: Sequence[tuple[int, int, int]]) -> Callable[[Any], Any]:
    """Return the function from orders to the share of allied ends among paths i-k-j whose two steps are hostile.

    It is -1 where no path is hostile.
    """
    matrix = np.asarray(signs)
    i, k, j = np.asarray(paths).T

    def share(order: Any) -> Any:
        hostile = (matrix[order[..., i], order[..., k]] < 0) & (matrix[order[..., k], order[..., j]] < 0)
        allied = hostile & (matrix[order[..., i], order[..., j]] > 0)
        count = hostile.sum(axis=-1)
        return np.where(count > 0, allied.sum(axis=-1) / np.maximum(1, count), -1.0)

    return share


def sphere(rows: Any, cells: Sequence[int], weights: Sequence[float]) -> Callable[[Any], Any]:
    """Return the function from orders of the rows to the weighted mean alignment with the hegemon of one's cell."""
    alignment = np.asarray(rows, dtype=float)
    cell, weight = np.asarray(cells), np.asarray(weights, dtype=float)
    total = float(weight.sum()) or 1.0
    return lambda order: (alignment[order, cell] * weight).sum(axis=-1) / total


def modularity(allied: Any, cells: Sequence[int]) -> Callable[[Any], Any] | None:
    """Return the function from orders to the modularity of the graph of allies on the cells (Newman 2006)."""
    matrix = np.asarray(allied, dtype=float)
    degree = matrix.sum(axis=1)
    whole = float(degree.sum())
    if not whole:
        return None
    excess = matrix - np.outer(degree, degree) / whole
    cell = np.asarray(cells)

    def share(order: Any) -> Any:
        placed = cell[order]
        together = placed[..., :, None] == placed[..., None, :]
        return (excess * together).sum(axis=(-2, -1)) / whole

    return share


def triads(signs: Any) -> tuple[int, int, float, float, float]:
    """Return how many triads have three signs, how many of those are balanced, and p, z and mean of the balanced share.

    Under the null the signs that exist change places: the graph stays, who likes whom does not.
    """
    matrix = np.asarray(signs)
    size = len(matrix)
    i, j = np.triu_indices(size, 1)
    signed = matrix[i, j] != 0
    first, second = i[signed], j[signed]
    values = matrix[first, second]
    edge = np.full((size, size), -1)
    edge[first, second] = edge[second, first] = np.arange(len(values))
    found = [
        (edge[a, b], edge[b, c], edge[a, c])
        for a in range(size)
        for b in range(a + 1, size)
        if edge[a, b] >= 0
        for c in range(b + 1, size)
        if edge[b, c] >= 0 and edge[a, c] >= 0
    ]
    if not found:
        return 0, 0, 1.0, 0.0, 0.0
    a, b, c = np.asarray(found).T
    balanced = int((values[a] * values[b] * values[c] > 0).sum())
    dealt = values[shuffles(len(values), 400)]
    drawn = (dealt[:, a] * dealt[:, b] * dealt[:, c] > 0).mean(axis=1)
    p, z, mean, _ = null_of(balanced / len(found), drawn)
    return len(found), balanced, p, z, mean
