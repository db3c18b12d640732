"""Ties: borders, rivalries and claims that begin or end on a date, and alignments with a term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterpoise.sim.move import Process, Stage
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import Claim, Contiguity, Rivalry, Scenario
from counterpoise.sim.timing import at_eve_of
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Alignment, World

Tie = Contiguity | Rivalry | Claim


def start(stage: Stage, scenario: Scenario) -> Iterable[Process]:
    """Yield a process for every later date of a tie or an alignment."""
    ties: tuple[Tie, ...] = (*scenario.contiguity, *scenario.rivalries, *scenario.claims)
    for tie in ties:
        if tie.end is not None and tie.end > 0:
            yield _change(stage, tie, tie.end, begins=False)
    for tie in ties:
        if tie.start > 0:
            yield _change(stage, tie, tie.start, begins=True)
    for alignment in _alignments_with_a_term(stage):
        yield alignments.end_at_term(stage, alignment)


def set_both_ways(world: World, a: ActorId, b: ActorId, field: str, value: object) -> None:
    """Set one field on both dyads of a pair."""
    setattr(world.dyad(a, b), field, value)
    setattr(world.dyad(b, a), field, value)


def _alignments_with_a_term(stage: Stage) -> Iterator[Alignment]:
    return (a for a in stage.world.alignments.values() if not a.ended and a.until is not None)


def _change(stage: Stage, tie: Tie, tick: int, *, begins: bool) -> Process:
    """Begin or end a tie on the day before its date.

    ``start`` yields ends before beginnings, so that a tie that ends and begins on one day stays in force.
    """
    yield at_eve_of(stage, tick)
    if isinstance(tie, Claim):
        dyad = stage.world.dyad(tie.target, tie.challenger)
        if begins:
            dyad.claim = tie.issue
        elif dyad.claim == tie.issue:
            dyad.claim = None
    elif isinstance(tie, Rivalry):
        set_both_ways(stage.world, tie.a, tie.b, "rivalry", begins)
    else:
        set_both_ways(stage.world, tie.a, tie.b, "contiguity", tie.kind if begins else 0)
