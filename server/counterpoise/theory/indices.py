"""Network indices of a snapshot: checkerboards and spheres of influence.

Balancing against near threats makes a checkerboard of hostile neighbours and allied second neighbours; bandwagoning makes
spheres of influence (Walt 1987, ch. 2, pp. 23-24). Each index stands beside its value where states' places are shuffled.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Literal

import msgspec

from counterpoise.theory import statistics
from counterpoise.theory.structure import Structure

Reading = Literal["balancing", "bandwagoning", "balancing under patronage", "neither"]


class Indices(msgspec.Struct, frozen=True):
    """The indices at a date; ``None`` where the network does not define one."""

    tick: int
    date: str
    cbi: float | None
    """Checkerboard: half the mean sign at distance 2 less that at distance 1, in [-1, 1]."""
    cbi_p: float | None
    """One-sided p of it under permutation of the states."""
    cbi_z: float | None
    cb3: float | None
    """Share of allies among states with a common hostile neighbour between them."""
    cb3_p: float | None
    soi: float | None
    """Sphere of influence: mean alignment with the power that dominates one's place, in [-1, 1]."""
    soi_corrected: float | None
    """The same less its mean when alignments change places."""
    ex: float | None
    """Exclusivity: concentration of alignments on one hegemon, in [1 / hegemons, 1]."""
    reading: Reading | None


def indices(structure: Structure) -> Indices:
    """Return the indices of a snapshot."""
    size = len(structure.actors)
    signs = [[0] * size for _ in range(size)]
    for i, j, sign in structure.signs:
        signs[i][j] = signs[j][i] = sign
    borders = [[False] * size for _ in range(size)]
    for i, j in structure.borders:
        borders[i][j] = borders[j][i] = True
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    near = [(i, j) for i, j in pairs if borders[i][j]]
    second = [
        (i, j) for i, j in pairs if not borders[i][j] and any(borders[i][k] and borders[k][j] for k in range(size))
    ]
    cbi, cbi_p, cbi_z = statistics.checkerboard(signs, near, second) or (None, None, None)
    paths = [(i, k, j) for i, j in pairs if not borders[i][j] for k in range(size) if borders[i][k] and borders[k][j]]
    cb3, cb3_p = statistics.hostile_between(signs, paths) or (None, None)
    soi, corrected, ex = _spheres(structure, signs)
    return Indices(
        tick=structure.tick,
        date=structure.date,
        cbi=_rounded(cbi),
        cbi_p=_rounded(cbi_p),
        cbi_z=_rounded(cbi_z),
        cb3=_rounded(cb3),
        cb3_p=_rounded(cb3_p),
        soi=_rounded(soi),
        soi_corrected=_rounded(corrected),
        ex=_rounded(ex),
        reading=_reading(cbi, soi),
    )


def _spheres(structure: Structure, signs: Sequence[Sequence[int]]) -> tuple[float | None, float | None, float | None]:
    hegemons = structure.hegemons
    clients = [i for i in range(len(structure.actors)) if i not in hegemons]
    if not hegemons or not clients:
        return None, None, None
    weights = [max(structure.reach[i]) for i in clients]
    cells = [structure.reach[i].index(weight) for i, weight in zip(clients, weights, strict=True)]
    rows = [[signs[i][h] for h in hegemons] for i in clients]
    soi, mean = statistics.sphere(rows, cells, weights)
    shares = []
    for row in rows:
        friends = [max(0, sign) for sign in row]
        if any(friends):
            shares.append(fsum(friend * friend for friend in friends) / fsum(friends) ** 2)
    return soi, soi - mean, fsum(shares) / len(shares) if shares else None


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
