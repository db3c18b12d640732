"""What states remember of each other's acts: hostility, goodwill, subversion, hostile statements and broken promises.

Every function adds to the dyad of the state that was acted upon. The amounts decay (``decaying_sum``).
"""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.rules.relevant_pairs import forget, is_relevant
from counterpoise.sim.types import ActorId


def remember_hostile_act(stage: Stage, by: ActorId, to: ActorId, level: int) -> None:
    """Add ``by``'s hostile act to the hostility that ``to`` remembers.

    Args:
        stage: the simulation.
        by: the state that acts.
        to: the state that remembers.
        level: hostility on the MID scale from 1 to 5; a war (5) adds 1.
    """
    add_hostility(stage, by, to, level / 5)


def add_hostility(stage: Stage, by: ActorId, to: ActorId, amount: float) -> None:
    """Add to the hostility of ``by`` that ``to`` remembers; a war adds 1, a negative amount takes away."""
    world, dyad = stage.world, stage.world.dyad(to, by)
    was_relevant = is_relevant(world, dyad)
    dyad.hostility.add(amount, world.tick)
    if is_relevant(world, dyad) != was_relevant:
        forget(world)


def add_goodwill(stage: Stage, by: ActorId, to: ActorId, amount: float) -> None:
    """Add ``by``'s act to the cooperation that ``to`` remembers; a new alliance adds 1, a negative amount takes away."""
    stage.world.dyad(to, by).cooperation.add(amount, stage.world.tick)


def remember_broken_promise(stage: Stage, by: ActorId, to: ActorId) -> None:
    """Add one broken promise to those that ``to`` remembers of ``by``."""
    stage.world.dyad(to, by).broken_promises.add(1.0, stage.world.tick)


def remember_subversion(stage: Stage, by: ActorId, to: ActorId, amount: float) -> None:
    """Add to the subversion that ``to`` remembers of ``by``; an exposed plot against the government adds 1."""
    stage.world.dyad(to, by).subversion.add(amount, stage.world.tick)


def remember_hostile_statement(stage: Stage, by: ActorId, to: ActorId) -> None:
    """Add one hostile statement to those that ``to`` remembers of ``by``."""
    stage.world.dyad(to, by).hostile_statements.add(1.0, stage.world.tick)
