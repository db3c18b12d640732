"""Secrets: secret alignments become known by chance, to everyone or to a state with access to a member's politics.

The rates are chosen: the data on alliances say which were secret (Leeds, Ritter, Mitchell & Long 2002; Kuo 2020), not when each
became known. That open societies keep secrets less well is an assumption.
"""

from __future__ import annotations

from math import expm1, fsum

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import alignments
from counterpoise.sim.timing import repeat_monthly, start_monthly
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

LEAKS_A_YEAR = 0.08
"""Yearly hazard that a secret of two states with an openness of 0.5 becomes public (0.03-0.15)."""
CLOSED_FACTOR = 0.5
"""Factor of two wholly closed states on that hazard; that of two wholly open states is 1.5."""
DISCOVERIES_A_YEAR = 2.0
"""Yearly hazard that a state with full access to a member's politics discovers the secret (1-4)."""


def start(stage: Stage) -> None:
    """Start the process."""
    start_monthly(stage, "secrets.leak")


def leak_hazard(world: World, alignment: Alignment) -> float:
    """Return the yearly hazard that a secret alignment becomes public."""
    openness = [world.actors[member].openness for member in alignment.members]
    return LEAKS_A_YEAR * (CLOSED_FACTOR + fsum(openness) / len(openness))


def discovery_hazard(world: World, alignment: Alignment, finder: ActorId) -> float:
    """Return the yearly hazard that one state discovers a secret alignment, by its access to the members' politics."""
    return DISCOVERIES_A_YEAR * max(world.dyad(member, finder).penetration for member in alignment.members)


def _leak(stage: Stage) -> None:
    """Draw which secret alignments become known this month."""
    if not stage.recorded:  # the record says what became known
        _draw_disclosures(stage)
    repeat_monthly(stage, "secrets.leak")


def _draw_disclosures(stage: Stage) -> None:
    world = stage.world
    for alignment in [a for a in world.alignments.values() if a.secret and not a.ended]:
        members = "-".join(alignment.members)
        stream = stage.stream(f"secrets/{members}")
        if happens(stream, -expm1(-leak_hazard(world, alignment) / 12)):
            alignments.reveal(stage, alignment)
            continue
        for actor in world.active():
            hazard = 0.0 if alignment.seen_by(actor.id) else discovery_hazard(world, alignment, actor.id)
            # Each state has its own stream, so that its search does not change the day on which the secret leaks.
            if hazard > 0.0 and happens(stage.stream(f"secrets/{members} found by {actor.id}"), -expm1(-hazard / 12)):
                _record_discovery(stage, alignment, actor.id)


def _record_discovery(stage: Stage, alignment: Alignment, finder: ActorId) -> None:
    """Let one state discover a secret alignment; no other state sees this."""
    alignment.known_to += (finder,)
    stage.record(
        "secret_learned",
        finder,
        *alignment.members,
        audience=(finder,),
        alignment=alignment.id,
        commitment=alignment.commitment,
        against=alignment.against,
    )


STEPS: Steps = {"leak": _leak}
