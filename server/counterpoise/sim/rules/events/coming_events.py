"""The injects of the scenario that are still to come: what the agenda holds of them, and how one is taken off it."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Due
from counterpoise.sim.world import World

_STEPS = ("scheduled.apply", "conditional.begin", "conditional.check", "conditional.apply")


def rows_of_event(world: World, index: int) -> list[Due]:
    """Return the rows of the agenda by which an inject of the scenario, given by its place from 0, may still happen."""
    return [row for row in world.agenda.rows.values() if _event_of(row) == index]


def coming_events(world: World) -> dict[int, int]:
    """Return the places of the injects that may still happen, each with the tick at which that is decided or tried next."""
    coming: dict[int, int] = {}
    for row in world.agenda.rows.values():
        index = _event_of(row)
        if index is not None:
            coming[index] = int(row.arguments[0] or 0) if row.step == "agenda.schedule" else row.tick
    return coming


def cancel_event(world: World, index: int) -> None:
    """Take an inject of the scenario off the agenda, so that it will not happen."""
    for row in rows_of_event(world, index):
        del world.agenda.rows[row.order]


def _event_of(row: Due) -> int | None:
    """Return the place of the inject that a row lets happen; ``None`` for a row of anything else."""
    step, arguments = (
        (row.arguments[1], row.arguments[2:]) if row.step == "agenda.schedule" else (row.step, row.arguments)
    )
    if step not in _STEPS:
        return None
    index = arguments[0]
    assert isinstance(index, int)
    return index
