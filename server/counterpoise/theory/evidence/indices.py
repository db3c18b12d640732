"""Network indices of a snapshot: checkerboards and spheres of influence.

Balancing against near threats makes a checkerboard of hostile neighbours and allied second neighbours; bandwagoning makes
spheres of influence (Walt 1987, ch. 2, pp. 23-24). Each index stands beside its value where states' places are shuffled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum
from typing import Any, Literal

import msgspec

from counterpoise.document_schema import Count, Day, Share
from counterpoise.theory import statistics
from counterpoise.theory.decisions.structure import Structure

Reading = Literal["balancing", "bandwagoning", "balancing under patronage", "neither"]
Signs = Sequence[Sequence[int]]


class Indices(msgspec.Struct, frozen=True):
    """The network indices of one snapshot. An index is null where the network does not define it."""

    tick: int
    """The day of the snapshot, counted from the scenario's start."""
    date: Day
    """The same day as a date."""
    cbi: float | None = None
    """Checkerboard: half the mean sign at distance 2 less that at distance 1, in [-1, 1]."""
    cbi_p: Share | None = None
    """One-sided p of the checkerboard index under permutation of the states."""
    cbi_z: float | None = None
    """The checkerboard index in standard deviations from its mean under permutation."""
    cb3: Share | None = None
    """Share of allies among states with a common hostile neighbour between them."""
    cb3_p: Share | None = None
    """One-sided p of that share under permutation of the states."""
    soi: float | None = None
    """Sphere of influence: mean alignment of states with the power that dominates their place, in [-1, 1]."""
    soi_corrected: float | None = None
    """The sphere index less its mean when alignments change places."""
    soi_p: Share | None = None
    """One-sided p of the sphere index when alignments change places."""
    ex: Share | None = None
    """Exclusivity: concentration of alignments on one hegemon, in [1 / hegemons, 1]."""
    modularity: float | None = None
    """Newman's (2006) modularity of the graph of allies, cut into the powers' spheres."""
    modularity_p: Share | None = None
    """One-sided p of the modularity under permutation of the states."""
    triads: Count = 0
    """How many triples of states all have friends or foes in each other."""
    balance: Share | None = None
    """Share of these triples that are balanced: a friend's friend is a friend, an enemy's enemy too (Heider 1946)."""
    balance_p: Share | None = None
    """One-sided p of the balance when the signs that exist change places."""
    balance_z: float | None = None
    """The balance in standard deviations from its mean when the signs change places."""
    reading: Reading | None = None
    """What the checkerboard and the sphere index say together."""


def indices(structure: Structure) -> Indices:
    """Return the indices of a snapshot."""
    size = len(structure.actors)
    signs = [[0] * size for _ in range(size)]
    for i, j, sign in structure.signs:
        signs[i][j] = signs[j][i] = sign
    checker = _checkerboard(structure, signs)
    sphere = _spheres(structure, signs)
    return Indices(
        tick=structure.tick,
        date=structure.date,
        **checker,
        **sphere,
        **_balance(signs),
        reading=_reading(checker.get("cbi"), sphere.get("soi")),
    )


def _checkerboard(structure: Structure, signs: Signs) -> dict[str, Any]:
    size = len(structure.actors)
    borders = [[False] * size for _ in range(size)]
    for i, j in structure.borders:
        borders[i][j] = borders[j][i] = True
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    near = [(i, j) for i, j in pairs if borders[i][j]]
    paths = [(i, k, j) for i, j in pairs if not borders[i][j] for k in range(size) if borders[i][k] and borders[k][j]]
    second = list(dict.fromkeys((i, j) for i, _, j in paths))
    found: dict[str, Any] = {}
    if near and second:
        cbi, p, z, _ = _beside_chance(statistics.checkerboard_index(signs, near, second), size)
        found |= {"cbi": _rounded(cbi), "cbi_p": _rounded(p), "cbi_z": _rounded(z)}
    if paths:
        cb3, p, _, _ = _beside_chance(statistics.hostile_path_index(signs, paths), size)
        found |= {"cb3": _rounded(cb3), "cb3_p": _rounded(p)} if cb3 >= 0.0 else {}
    return found


def _spheres(structure: Structure, signs: Signs) -> dict[str, Any]:
    hegemons, size = structure.hegemons, len(structure.actors)
    clients = [i for i in range(size) if i not in hegemons]
    if not hegemons or not clients:
        return {}
    weights = [max(structure.reach[i]) for i in clients]
    cells = [structure.reach[i].index(weight) for i, weight in zip(clients, weights, strict=True)]
    rows = [[signs[i][h] for h in hegemons] for i in clients]
    soi, p, _, mean = _beside_chance(statistics.sphere_index(rows, cells, weights), len(clients))
    found = {"soi": _rounded(soi), "soi_corrected": _rounded(soi - mean), "soi_p": _rounded(p)}
    shares = []
    for row in rows:
        friends = [max(0, sign) for sign in row]
        if any(friends):
            shares.append(fsum(friend * friend for friend in friends) / fsum(friends) ** 2)
    found["ex"] = _rounded(fsum(shares) / len(shares)) if shares else None
    places = [structure.reach[i].index(max(structure.reach[i])) for i in range(size)]
    parts = statistics.modularity_index([[max(0, sign) for sign in row] for row in signs], places)
    if parts is not None:
        value, p, _, _ = _beside_chance(parts, size)
        found |= {"modularity": _rounded(value), "modularity_p": _rounded(p)}
    return found


def _balance(signs: Signs) -> dict[str, Any]:
    count, balanced, p, z, _ = statistics.triad_balance(signs)
    if not count:
        return {}
    return {"triads": count, "balance": _rounded(balanced / count), "balance_p": _rounded(p), "balance_z": _rounded(z)}


def _beside_chance(index: Callable[[Any], Any], size: int) -> tuple[float, float, float, float]:
    """Return an index as it is, its one-sided p, its z, and its mean when the states change places."""
    observed = float(index(statistics.identity_order(size)))
    p, z, mean, _ = statistics.compared_with_chance(observed, index(statistics.permutations(size)))
    return observed, p, z, mean


def _reading(cbi: float | None, soi: float | None, dead: float = 0.03) -> Reading | None:
    """Return what the two indices say together; values inside the dead band count as zero."""
    if cbi is None or soi is None:
        return None
    if cbi > dead and soi > dead:
        return "balancing under patronage"
    if cbi > dead:
        return "balancing"
    return "bandwagoning" if soi > dead else "neither"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
