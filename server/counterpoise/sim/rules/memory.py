"""Deeds that are remembered: each adds to what the one it was done to holds against, or for, the doer."""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.types import ActorId


def remember_hostile_act(stage: Stage, by: ActorId, to: ActorId, level: int) -> None:
    """Remember ``by``'s hostile act against ``to``: ``level`` fifths of a war, on the MID scale 1-5."""
    stage.world.dyad(to, by).hostility.add(level / 5, stage.world.tick)


def add_goodwill(stage: Stage, by: ActorId, to: ActorId, amount: float) -> None:
    """Remember ``by``'s friendly act towards ``to``; 1 is an alliance made, a negative amount is friendship spent."""
    stage.world.dyad(to, by).cooperation.add(amount, stage.world.tick)


def remember_broken_promise(stage: Stage, by: ActorId, to: ActorId) -> None:
    """Remember that ``by`` broke a promise to ``to``."""
    stage.world.dyad(to, by).broken_promises.add(1.0, stage.world.tick)


def remember_subversion(stage: Stage, by: ActorId, to: ActorId, amount: float) -> None:
    """Remember that ``by`` was found working on ``to``'s politics; 1 is a plot laid bare."""
    stage.world.dyad(to, by).subversion.add(amount, stage.world.tick)


def remember_hostile_statement(stage: Stage, by: ActorId, to: ActorId) -> None:
    """Remember that ``by`` spoke as an enemy of ``to``."""
    stage.world.dyad(to, by).hostile_statements.add(1.0, stage.world.tick)
