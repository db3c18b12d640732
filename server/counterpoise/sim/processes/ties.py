"""Ties: borders, rivalries and claims that begin or end on a date, and alignments with a term."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules.relevant_pairs import set_border, set_claim, set_rivalry
from counterpoise.sim.scenario import Claim, Contiguity, Rivalry, Scenario
from counterpoise.sim.timing import start_on_eve_of

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


def _ties(scenario: Scenario) -> tuple[Tie, ...]:
    return (*scenario.contiguity, *scenario.rivalries, *scenario.claims)


def _begin(stage: Stage, index: int) -> None:
    tie = _ties(stage.scenario)[index]
    if isinstance(tie, Claim):
        set_claim(stage.world, tie.challenger, tie.target, tie.issue)
    elif isinstance(tie, Rivalry):
        set_rivalry(stage.world, tie.a, tie.b, True)
    else:
        set_border(stage.world, tie.a, tie.b, tie.kind)


def _end(stage: Stage, index: int) -> None:
    tie = _ties(stage.scenario)[index]
    if isinstance(tie, Claim):
        if stage.world.dyad(tie.target, tie.challenger).claim == tie.issue:
            set_claim(stage.world, tie.challenger, tie.target, None)
    elif isinstance(tie, Rivalry):
        set_rivalry(stage.world, tie.a, tie.b, False)
    else:
        set_border(stage.world, tie.a, tie.b, 0)


STEPS: Steps = {"begin": _begin, "end": _end}
