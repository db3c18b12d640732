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


Ties = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Board:
    """A session's snapshots that define an index: how many states change places under the null, and the index."""

    made: tuple[tuple[int, Index], ...]
    """On what play added to the opening's alliances, or took from them."""
    whole: tuple[tuple[int, Index], ...]
    """On all signs, rivalries and the opening's alliances with them."""


def checkerboards(sessions: Sequence[Sequence[Structure]]) -> list[Board]:
    """Return the checkerboard of each snapshot after the first that is large enough for one, session by session.

    ``made`` is twice the index on alliances alone: the density at distance 2 less that at distance 1.
    """
    boards = []
    for session in sessions:
        made, whole = [], []
        for structure in session[1:]:
            near, second = _distances(structure)
            if len(structure.actors) < STATES_MIN or len(near) < PAIRS_MIN or len(second) < PAIRS_MIN:
                continue
            size = len(structure.actors)
            doubled = [[2 * sign for sign in row] for row in _since_opening(session[0], structure)]
            made.append((size, statistics.checkerboard(doubled, near, second)))
            whole.append((size, statistics.checkerboard(_signs(structure), near, second)))
        if made:
            boards.append(Board(tuple(made), tuple(whole)))
    return boards


def spheres(sessions: Sequence[Sequence[Structure]]) -> list[Board]:
    """Return the sphere of influence in each snapshot after the first that has hegemons and others, session by session."""
    boards = []
    for session in sessions:
        made: list[tuple[int, Index]] = []
        whole: list[tuple[int, Index]] = []
        for structure in session[1:]:
            clients = [i for i in range(len(structure.actors)) if i not in structure.hegemons]
            if len(structure.actors) < STATES_MIN or not structure.hegemons or not clients:
                continue
            weights = [max(structure.reach[i]) for i in clients]
            cells = [structure.reach[i].index(weight) for i, weight in zip(clients, weights, strict=True)]
            for kept, signs in ((made, _since_opening(session[0], structure)), (whole, _signs(structure))):
                rows = [[signs[i][h] for h in structure.hegemons] for i in clients]
                kept.append((len(clients), statistics.sphere(rows, cells, weights)))
        if made:
            boards.append(Board(tuple(made), tuple(whole)))
    return boards


def session_finding(boards: Sequence[Board], *, linear: bool) -> Finding:
    """Return an index of what play made, less what chance makes of it: one session is one observation, however long.

    Args:
        boards: the snapshots of each session.
        linear: whether chance makes of the index its mean over places; otherwise it makes it 0.
    """
    if not boards:
        return Finding(n=0, note="no snapshots after an opening with enough states, borders or hegemons")
    values, chance, p = statistics.pooled_index([board.made for board in boards], linear=linear)
    gains = [value - expected for value, expected in zip(values, chance, strict=True)]
    fit = statistics.ratio(gains, [1.0] * len(gains), [(str(place), "") for place in range(len(gains))])
    whole, by_chance, whole_p = statistics.pooled_index([board.whole for board in boards], linear=linear)
    count = sum(1 for board in boards for _ in board.made)
    note = (
        f"{count} snapshots; the index itself, with rivalries and the opening's alliances, {fsum(whole) / len(whole):+.2f} "
        f"against {fsum(by_chance) / len(whole):+.2f} by chance (p {whole_p:.3f})"
    )
    return replace(found(fit, len(gains), note=note), p=p)


def _allies(structure: Structure) -> Ties:
    names = structure.actors
    return {_pair(names[i], names[j]): 1 for i, j, sign in structure.signs if sign > 0}


def _since_opening(opening: Structure, now: Structure) -> list[list[int]]:
    """Return what became of each pair since the opening: 1 allied since, -1 allied no more, 0 as before."""
    before, after = _allies(opening), _allies(now)
    return [
        [0 if a == b else after.get(_pair(a, b), 0) - before.get(_pair(a, b), 0) for b in now.actors]
        for a in now.actors
    ]


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


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
