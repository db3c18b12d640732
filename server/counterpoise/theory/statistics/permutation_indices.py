"""Indices of a network of states, and their values when the states are permuted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import RESAMPLES, SEED

Pairs = Sequence[tuple[int, int]]
Index = Callable[[Any], Any]
"""A function from orders of the states, one a row, to the value of an index under each order."""


@lru_cache(maxsize=64)
def permutations(size: int, count: int = RESAMPLES) -> Any:
    """Return random orders of so many labels, one a row; always the same ones."""
    dice = np.random.default_rng(SEED)
    return dice.permuted(np.tile(np.arange(size), (count, 1)), axis=1)


def identity_order(size: int) -> Any:
    """Return the order in which every label keeps its place."""
    return np.arange(size)


def compared_with_chance(observed: float, drawn: Any) -> tuple[float, float, float, float]:
    """Return the one-sided p of an index, its z, and the mean and standard deviation of its values by chance."""
    p = (1 + int((drawn >= observed - 1e-12).sum())) / (len(drawn) + 1)
    mean, deviation = float(drawn.mean()), float(drawn.std())
    return p, (observed - mean) / deviation if deviation > 1e-12 else 0.0, mean, deviation


def checkerboard_index(signs: Any, near: Pairs, second: Pairs) -> Index:
    """Return the index: half the mean sign over second neighbours less that over neighbours."""
    matrix = np.asarray(signs, dtype=float)
    places = [np.asarray(pairs).T for pairs in (second, near)]

    def contrast(order: Any) -> Any:
        means = [matrix[order[..., i], order[..., j]].mean(axis=-1) for i, j in places]
        return (means[0] - means[1]) / 2.0

    return contrast


def hostile_path_index(signs: Any, paths: Sequence[tuple[int, int, int]]) -> Index:
    """Return the index: among paths i-k-j with two hostile steps, the share whose ends are allied.

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


def sphere_index(rows: Any, cells: Sequence[int], weights: Sequence[float]) -> Index:
    """Return the index: the weighted mean alignment of states with the hegemon of their cell."""
    alignment = np.asarray(rows, dtype=float)
    cell, weight = np.asarray(cells), np.asarray(weights, dtype=float)
    total = float(weight.sum()) or 1.0
    return lambda order: (alignment[order, cell] * weight).sum(axis=-1) / total


def modularity_index(allied: Any, cells: Sequence[int]) -> Index | None:
    """Return the index: the modularity of the graph of allies on the cells (Newman 2006); ``None`` without allies."""
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


def triad_balance(signs: Any) -> tuple[int, int, float, float, float]:
    """Return how many triads have three signs, how many of those are balanced, and p, z and mean of the balanced share.

    Under the null the existing signs are permuted: the graph stays the same, but not which of its edges are friendly.
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
    dealt = values[permutations(len(values), 400)]
    drawn = (dealt[:, a] * dealt[:, b] * dealt[:, c] > 0).mean(axis=1)
    p, z, mean, _ = compared_with_chance(balanced / len(found), drawn)
    return len(found), balanced, p, z, mean


def pooled_index(
    sessions: Sequence[Sequence[tuple[int, Index]]], *, linear: bool, count: int = 400
) -> tuple[list[float], list[float], float]:
    """Return each session's mean index, its mean by chance, and the two-sided permutation p over all sessions.

    States are permuted once a session, in the same way in each of its snapshots, so that a lasting pattern does not count
    again every year.

    Args:
        sessions: for each session its snapshots: the number of states to permute, and the index.
        linear: whether the index is a sum over places. Its mean by chance is then that over the cyclic shifts, which is
            exact; otherwise it is 0, as for a difference of mean signs.
        count: permutations.
    """
    observed, expected, drawn = [], [], np.zeros(count)
    for number, snapshots in enumerate(sessions):
        values, centres, deals = [], [], np.zeros(count)
        for size, index in snapshots:
            places = np.arange(size)
            values.append(float(index(places[None, :])[0]))
            centres.append(float(index((places[:, None] + places) % size).mean()) if linear else 0.0)
            deals += index(permutations(size, count)) - centres[-1]
        observed.append(float(np.mean(values)))
        expected.append(float(np.mean(centres)))
        # Sessions on the same map are permuted independently of each other.
        drawn += np.roll(deals / max(1, len(snapshots)), 37 * number)
    gain = float(np.sum(np.asarray(observed) - np.asarray(expected))) if observed else 0.0
    p = (1 + int((np.abs(drawn) >= abs(gain) - 1e-12).sum())) / (count + 1)
    return observed, expected, p
