"""Camps: groups of states that ties connect, on one day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from counterpoise.sim.expectation import CampsExpectation
from counterpoise.sim.types import ActorId
from counterpoise.trial.game_record import Tie


def two_camps(row: CampsExpectation, ties: Iterable[Tie], great_powers: Collection[ActorId]) -> bool:
    """Tell whether there are two camps: those that a row names, or any two with enough great powers each.

    Args:
        row: the row.
        ties: the ties of the row's kinds on its date.
        great_powers: the great powers on that date.
    """
    groups = [group for group in connected(ties) if len(group) >= row.states]
    if row.camps is None:
        return sum(len([s for s in group if s in great_powers]) >= row.great_powers for group in groups) >= 2
    first, second = (_group_of(camp, groups) for camp in row.camps)
    return first is not None and second is not None and first is not second


def connected(ties: Iterable[Tie]) -> list[list[ActorId]]:
    """Return the groups of states that ties connect, directly or through others, each in the order of the ties."""
    groups: list[list[ActorId]] = []
    for tie in ties:
        joined = [group for group in groups if any(state in group for state in tie.states)]
        merged = list(dict.fromkeys([state for group in joined for state in group] + list(tie.states)))
        groups = [group for group in groups if group not in joined] + [merged]
    return groups


def _group_of(camp: Sequence[str], groups: Sequence[list[ActorId]]) -> list[ActorId] | None:
    """Return the group to which all states of a camp belong, or ``None``."""
    return next((group for group in groups if all(state in group for state in camp)), None)
