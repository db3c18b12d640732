"""Unions of states: their members fight together, and most unions break up."""

from __future__ import annotations

from itertools import permutations
from math import exp, expm1

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import alignments, memory
from counterpoise.sim.timing import repeat_monthly, start_monthly
from counterpoise.sim.world import World

BREAK_UPS_A_YEAR = 0.2
"""Yearly hazard of a union whose weaker regime has a legitimacy of 0.5 (0.1-0.5).

Chosen from the unions of the period: the United Arab Republic lasted 3.6 years, the Arab Federation 0.4, Mali 0.2, Senegambia
7.7."""
LEGITIMACY_EFFECT = -2.0
"""Effect on the log hazard of the weaker regime's legitimacy, measured from 0.5 (chosen; -4 to 0)."""
BREAK_UP_GOODWILL = -1.0
"""Change of the members' goodwill when a union breaks up."""


def start(stage: Stage) -> None:
    """Start the process."""
    start_monthly(stage, "unions.review")


def break_up_hazard(world: World, union: Alignment) -> float:
    """Return the yearly hazard that a union breaks up by itself."""
    weakest = min(world.actors[member].legitimacy for member in union.members)
    return BREAK_UPS_A_YEAR * exp(LEGITIMACY_EFFECT * (weakest - 0.5))


def _review(stage: Stage) -> None:
    """Draw which unions break up this month."""
    if not stage.recorded:  # the record says when unions broke up
        _draw_break_ups(stage)
    repeat_monthly(stage, "unions.review")


def _draw_break_ups(stage: Stage) -> None:
    world = stage.world
    for union in [a for a in world.alignments.values() if a.commitment == "union" and not a.ended]:
        hazard = break_up_hazard(world, union)
        if happens(stage.stream("unions/" + "-".join(union.members)), -expm1(-hazard / 12)):
            for a, b in permutations(union.members, 2):
                memory.add_goodwill(stage, a, b, BREAK_UP_GOODWILL)
            alignments.dissolve(stage, union, "the union breaks up")


STEPS: Steps = {"review": _review}
