"""A made-up world of ten states over thirty years, in which states that look aggressive start disputes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest

from counterpoise.theory.dyadyear.data_tables import Border, Capability, Capital, Dispute, DyadYearTables, YearSpan

STATES = (2, 365, 640, 645, 651, 652, 663, 666, 670, 690)
MAJORS = (2, 365)
FIRST, LAST = 1950, 1984


def make_tables(seed: int = 1, *, quarrelsome: tuple[int, ...] = (645, 666), signing: float = 0.5) -> DyadYearTables:
    """Build tables in which ``quarrelsome`` states begin disputes with their neighbours, and the others sign treaties."""
    dice = Random(f"dyad-years {seed}")
    place = {state: (20.0 + 3.0 * n, 30.0 + 4.0 * n) for n, state in enumerate(STATES[2:])}
    place |= {2: (38.9, -77.0), 365: (55.7, 37.6)}
    capability = {}
    for state in STATES:
        base = 0.2 if state in MAJORS else 0.005 + 0.01 * dice.random()
        for year in range(FIRST - 1, LAST + 1):
            capability[state, year] = Capability(
                round(base * (1 + 0.01 * (year - FIRST)), 6), 50.0 + dice.random() * 200, 5000.0
            )
    regional = STATES[2:]
    borders = [Border((a, b), 1, 1900, 2000) for a, b in pairwise(regional)]
    disputes, ties = [], {}
    number = 0
    signed: list[tuple[int, int, int, int]] = []
    for year in range(FIRST - 5, LAST + 1):
        for by in quarrelsome:
            for border in borders:
                if by in border.pair and dice.random() < 0.35:
                    number += 1
                    other = border.pair[1] if border.pair[0] == by else border.pair[0]
                    disputes.append(Dispute(number, year, by, other, 4, True))
        if dice.random() < signing:
            one, two = sorted(dice.sample([s for s in regional if s not in quarrelsome], 2))
            signed.append((one, two, year, year + 3))
    for one, two, begin, end in signed:
        for year in range(begin, end + 1):
            ties[one, two, year] = True
    return DyadYearTables(
        names={state: f"S{state}" for state in STATES},
        capability=capability,
        borders=tuple(borders),
        capitals=tuple(Capital(state, *place[state], 1900, 2000) for state in STATES),
        disputes=tuple(disputes),
        ties=dict(sorted(ties.items())),
        majors=tuple(YearSpan((state, state), 1945, 2000) for state in MAJORS),
        polity={
            (state, year): float(n % 3) * 8 - 8 for n, state in enumerate(STATES) for year in range(FIRST - 1, LAST + 1)
        },
    )


@pytest.fixture
def tables_of() -> Callable[..., DyadYearTables]:
    return make_tables


@pytest.fixture(scope="session")
def tables() -> DyadYearTables:
    return make_tables()
