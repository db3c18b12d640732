"""Snapshots of who stands with whom, session by session, for the propositions about the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from counterpoise.theory import statistics
from counterpoise.theory.proposition import found
from counterpoise.theory.statistics.contrasts import Index
from counterpoise.theory.structure import Structure
from counterpoise.theory.verdict import Finding

STATES_MIN = 8
PAIRS_MIN = 10
"""Pairs at a distance of one border, and at two, below which a checkerboard tells nothing."""


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The snapshots of a session that define an index: how many states change places under the null, and the index."""

    indexed: tuple[tuple[int, Index], ...]
    note: str


def checkerboards(sessions: Sequence[Sequence[Structure]]) -> list[Snapshots]:
    """Return the checkerboard of each snapshot large enough for one, session by session."""
    boards = []
    for session in sessions:
        indexed, one, two = [], [], []
        for structure in session:
            near, second = _distances(structure)
            if len(structure.actors) < STATES_MIN or len(near) < PAIRS_MIN or len(second) < PAIRS_MIN:
                continue
            signs = _signs(structure)
            indexed.append((len(structure.actors), statistics.checkerboard(signs, near, second)))
            one.append(_allied(signs, near))
            two.append(_allied(signs, second))
        if indexed:
            apart = (
                f"allied pairs {fsum(one) / len(one):.2f} at distance 1 and {fsum(two) / len(two):.2f} at distance 2"
            )
            boards.append(Snapshots(tuple(indexed), apart))
    return boards


def spheres(sessions: Sequence[Sequence[Structure]]) -> list[Snapshots]:
    """Return the sphere-of-influence index of each snapshot with hegemons and others, session by session."""
    boards = []
    for session in sessions:
        indexed = []
        for structure in session:
            clients = [i for i in range(len(structure.actors)) if i not in structure.hegemons]
            if len(structure.actors) < STATES_MIN or not structure.hegemons or not clients:
                continue
            signs = _signs(structure)
            weights = [max(structure.reach[i]) for i in clients]
            cells = [structure.reach[i].index(weight) for i, weight in zip(clients, weights, strict=True)]
            rows = [[signs[i][h] for h in structure.hegemons] for i in clients]
            indexed.append((len(clients), statistics.sphere(rows, cells, weights)))
        if indexed:
            boards.append(Snapshots(tuple(indexed), ""))
    return boards


def session_finding(boards: Sequence[Snapshots], *, linear: bool) -> Finding:
    """Return an index less what chance makes of it, over sessions: one session is one observation, however long.

    Args:
        boards: the snapshots of each session.
        linear: whether chance makes of the index its mean over places; otherwise it makes it 0.
    """
    if not boards:
        return Finding(n=0, note="no snapshots of enough states, borders or hegemons")
    sessions = [board.indexed for board in boards]
    values, chance, p = statistics.pooled_index(sessions, linear=linear)
    opening = statistics.pooled_index([session[:1] for session in sessions], linear=linear)[0]
    gains = [value - expected for value, expected in zip(values, chance, strict=True)]
    fit = statistics.ratio(gains, [1.0] * len(gains), [(str(place), "") for place in range(len(gains))])
    notes = [
        f"index {fsum(values) / len(values):+.2f}, by chance {fsum(chance) / len(chance):+.2f}, at the opening "
        f"{fsum(opening) / len(opening):+.2f}, over {fsum(len(session) for session in sessions):.0f} snapshots of "
        f"{len(sessions)} session{'' if len(sessions) == 1 else 's'}"
    ]
    if boards[0].note:
        notes.append(f"in the first session {boards[0].note}")
    return replace(found(fit, len(gains), note="; ".join(notes)), p=p)


def _signs(structure: Structure) -> list[list[int]]:
    size = len(structure.actors)
    signs = [[0] * size for _ in range(size)]
    for i, j, sign in structure.signs:
        signs[i][j] = signs[j][i] = sign
    return signs


def _distances(structure: Structure) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the pairs of neighbours, and those with one other state between them."""
    around: dict[int, list[int]] = {}
    for i, j in structure.borders:
        around.setdefault(i, []).append(j)
        around.setdefault(j, []).append(i)
    near = sorted(structure.borders)
    second: dict[tuple[int, int], None] = {}
    for i, neighbours in around.items():
        for k in neighbours:
            second.update({(i, j): None for j in around[k] if j > i and j not in neighbours})
    return near, sorted(second)


def _allied(signs: Sequence[Sequence[int]], pairs: Sequence[tuple[int, int]]) -> float:
    return sum(1 for i, j in pairs if signs[i][j] > 0) / len(pairs)
