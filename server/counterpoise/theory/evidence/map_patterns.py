"""Snapshots of who stands with whom, session by session, for the propositions about the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from counterpoise.theory import statistics
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.proposition import finding_from_fit
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.statistics import Index

STATES_MIN = 8
PAIRS_MIN = 10
"""Pairs at a distance of one border, and at two, below which a checkerboard tells nothing."""

FREE_MIN = 5
"""Pairs at either distance that were neither allies nor rivals at the opening."""


@dataclass(frozen=True, slots=True)
class Board:
    """A session's snapshots that define an index: how many states change places under the null, and the index."""

    made: tuple[tuple[int, Index], ...]
    """On the alliances that play has made."""
    whole: tuple[tuple[int, Index], ...]
    """On all signs, rivalries and the opening's alliances with them."""


def checkerboards(sessions: Sequence[Sequence[Structure]]) -> list[Board]:
    """Return the checkerboard of each snapshot after the first that is large enough for one, session by session.

    ``made`` is twice the index on new alliances alone: their density at distance 2 less that at distance 1.
    """
    boards = []
    for session in sessions:
        made: list[tuple[int, Index]] = []
        whole: list[tuple[int, Index]] = []
        for structure in session[1:]:
            near, second = _distances(structure)
            size = len(structure.actors)
            if size < STATES_MIN or len(near) < PAIRS_MIN or len(second) < PAIRS_MIN:
                continue
            new, free = _new_alliances(session[0], structure)
            near_free, second_free = ([(i, j) for i, j in pairs if free[i][j]] for pairs in (near, second))
            if min(len(near_free), len(second_free)) >= FREE_MIN:
                doubled = [[2.0 * value for value in row] for row in new]
                made.append((size, statistics.checkerboard_index(doubled, near_free, second_free)))
                whole.append((size, statistics.checkerboard_index(_signs(structure), near, second)))
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
            signs = [[float(sign) for sign in row] for row in _signs(structure)]
            for kept, matrix in ((made, _new_alliances(session[0], structure)[0]), (whole, signs)):
                rows = [[matrix[i][h] for h in structure.hegemons] for i in clients]
                kept.append((len(clients), statistics.sphere_index(rows, cells, weights)))
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
    fit = statistics.bootstrap_ratio(gains, [1.0] * len(gains), [(str(place), "") for place in range(len(gains))])
    whole, by_chance, whole_p = statistics.pooled_index([board.whole for board in boards], linear=linear)
    count = sum(1 for board in boards for _ in board.made)
    note = (
        f"{count} snapshots; the index itself, with rivalries and the opening's alliances, {fsum(whole) / len(whole):+.2f} "
        f"against {fsum(by_chance) / len(whole):+.2f} by chance (p {whole_p:.3f})"
    )
    return replace(finding_from_fit(fit, len(gains), note=note), p=p)


def _new_alliances(opening: Structure, now: Structure) -> tuple[list[list[float]], list[list[bool]]]:
    """Return which pairs have allied since the opening, and which could be seen to.

    Allies and rivals of the opening could not: the first may only part, and of the second a snapshot does not tell whether
    they are allied as well. They stand at the mean of the pairs that could, so that they say nothing when states change
    places.
    """
    names = opening.actors
    bound = {_pair(names[i], names[j]): sign for i, j, sign in opening.signs}
    free = [[a != b and _pair(a, b) not in bound for b in now.actors] for a in now.actors]
    signs, size = _signs(now), len(now.actors)
    seen = [float(signs[i][j] > 0) for i in range(size) for j in range(size) if free[i][j]]
    mean = fsum(seen) / len(seen) if seen else 0.0
    return [[float(signs[i][j] > 0) if free[i][j] else mean for j in range(size)] for i in range(size)], free


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
