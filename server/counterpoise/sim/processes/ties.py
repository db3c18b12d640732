"""Ties: borders, rivalries and claims that begin or end on a date, and alignments with a term."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.scenario import Claim, Contiguity, Rivalry, Scenario
from counterpoise.sim.timing import start_on_eve_of
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

Tie = Contiguity | Rivalry | Claim


def start(stage: Stage) -> None:
    """Start a process for every later date of a tie or an alignment."""
    ties = _ties(stage.scenario)
    # Ends come before beginnings, so that a tie that ends and begins on one day stays in force.
    for index, tie in enumerate(ties):
        if tie.end is not None and tie.end > 0:
            start_on_eve_of(stage, tie.end, "ties.end", index)
    for index, tie in enumerate(ties):
        if tie.start > 0:
            start_on_eve_of(stage, tie.start, "ties.begin", index)
    for alignment in stage.world.alignments.values():
        if not alignment.ended and alignment.until is not None:
            stage.start("alignment_terms.end_at_term", alignment.id)


def set_both_ways(world: World, a: ActorId, b: ActorId, field: str, value: object) -> None:
    """Set one field on both dyads of a pair."""
    setattr(world.dyad(a, b), field, value)
    setattr(world.dyad(b, a), field, value)


def _ties(scenario: Scenario) -> tuple[Tie, ...]:
    return (*scenario.contiguity, *scenario.rivalries, *scenario.claims)


def _begin(stage: Stage, index: int) -> None:
    tie = _ties(stage.scenario)[index]
    if isinstance(tie, Claim):
        stage.world.dyad(tie.target, tie.challenger).claim = tie.issue
    elif isinstance(tie, Rivalry):
        set_both_ways(stage.world, tie.a, tie.b, "rivalry", True)
    else:
        set_both_ways(stage.world, tie.a, tie.b, "contiguity", tie.kind)


def _end(stage: Stage, index: int) -> None:
    tie = _ties(stage.scenario)[index]
    if isinstance(tie, Claim):
        dyad = stage.world.dyad(tie.target, tie.challenger)
        if dyad.claim == tie.issue:
            dyad.claim = None
    elif isinstance(tie, Rivalry):
        set_both_ways(stage.world, tie.a, tie.b, "rivalry", False)
    else:
        set_both_ways(stage.world, tie.a, tie.b, "contiguity", 0)


STEPS: Steps = {"begin": _begin, "end": _end}
