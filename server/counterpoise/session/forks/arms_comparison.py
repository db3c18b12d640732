"""Several forks compared on the same seeds: arms beside the arm that each is compared with, and beside the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from msgspec import structs

from counterpoise.session.forks.arms_document import (
    Arm,
    ArmsOrigin,
    ArmsReport,
    CountByArm,
    CountInArm,
    Design,
    PairByArm,
    ShareInArm,
)
from counterpoise.session.forks.fork_comparison import spread_of
from counterpoise.session.forks.fork_document import Difference
from counterpoise.session.forks.game_summary import TITLES, GameSummary, Pair
from counterpoise.session.forks.paired_differences import corrected_differences, paired_difference, smallest_effect
from counterpoise.theory.statistics.shares import share_interval

Cell = TypeVar("Cell", CountInArm, ShareInArm)


@dataclass(frozen=True, slots=True)
class ComparedJournal:
    """The journal that was forked, for a report."""

    title: str
    name: str
    scenario: str
    actors: dict[str, str]
    """The names of the states by their codes."""
    to: str
    """The date up to which the journal goes, or the end of the comparison."""
    summary: GameSummary


def compare_arms(
    design: Design,
    origin: ArmsOrigin,
    journal: ComparedJournal,
    arms: Sequence[Arm],
    games: Sequence[Sequence[GameSummary]],
) -> ArmsReport:
    """Return the comparison of several forks, with every p corrected for all comparisons that are made.

    Args:
        design: what the arms are.
        origin: what was forked.
        journal: the journal itself.
        arms: the arms.
        games: the games of each arm, in the order of their seeds.
    """
    places = {arm.name: place for place, arm in enumerate(arms)}
    reference = [None if arm.compared_with is None else places[arm.compared_with] for arm in arms]
    counts = [
        CountByArm(
            name,
            title,
            journal.summary.counts[name],
            _count_in_arms([[game.counts[name] for game in arm] for arm in games], reference),
        )
        for name, title in TITLES.items()
    ]
    allied = _pairs(journal.summary.allied, [[game.allied for game in arm] for arm in games], reference)
    fought = _pairs(journal.summary.fought, [[game.fought for game in arm] for arm in games], reference)
    rows: list[CountByArm | PairByArm] = [*counts, *allied, *fought]
    made = corrected_differences([cell.difference for row in rows for cell in row.arms])
    corrected = iter(made)
    counts = [structs.replace(row, arms=_replaced(row.arms, [next(corrected) for _ in row.arms])) for row in counts]
    allied, fought = (
        [structs.replace(row, arms=_replaced(row.arms, [next(corrected) for _ in row.arms])) for row in table]
        for table in (allied, fought)
    )
    return ArmsReport(
        design=design,
        title=journal.title,
        journal=journal.name,
        scenario=journal.scenario,
        forked=origin,
        original_to=journal.to,
        actors=journal.actors,
        arms=list(arms),
        smallest=smallest_effect(origin.seeds, sum(1 for one in made if one is not None)),
        counts=counts,
        allied=sorted(allied, key=_order),
        fought=sorted(fought, key=_order),
    )


def _count_in_arms(values: Sequence[Sequence[int]], reference: Sequence[int | None]) -> list[CountInArm]:
    return [
        CountInArm(spread_of(own), None if with_arm is None else paired_difference(values[with_arm], own, "number"))
        for own, with_arm in zip(values, reference, strict=True)
    ]


def _pairs(
    original: Sequence[Pair], games: Sequence[Sequence[Sequence[Pair]]], reference: Sequence[int | None]
) -> list[PairByArm]:
    """Return each pair of states that is listed for the journal or for any game."""
    known = dict.fromkeys([*original, *(pair for arm in games for game in arm for pair in game)])
    return [
        PairByArm(pair, pair in original, _share_in_arms([[int(pair in g) for g in arm] for arm in games], reference))
        for pair in known
    ]


def _share_in_arms(values: Sequence[Sequence[int]], reference: Sequence[int | None]) -> list[ShareInArm]:
    cells = []
    for own, with_arm in zip(values, reference, strict=True):
        cases = sum(1 for game in own if game)
        low, high = share_interval(cases, len(own))
        difference = None if with_arm is None else paired_difference(values[with_arm], own, "yes_no")
        cells.append(ShareInArm(cases, round(cases / len(own), 6), (round(low, 6), round(high, 6)), difference))
    return cells


def _replaced(cells: Sequence[Cell], differences: Sequence[Difference | None]) -> list[Cell]:
    return [structs.replace(cell, difference=one) for cell, one in zip(cells, differences, strict=True)]


def _order(row: PairByArm) -> tuple[float, float, tuple[str, str]]:
    """Return a sort key: the pairs with the largest difference come first, then those furthest from the journal."""
    moved = max((abs(cell.difference.mean) for cell in row.arms if cell.difference is not None), default=0.0)
    gap = max(abs(cell.share - row.original) for cell in row.arms)
    return (-moved, -round(gap, 6), row.states)
