"""The pairs of states between which disputes may arise, and the changes of what makes them so: borders, rivalries and claims.

A world keeps its pairs (``World.relevant_pairs``) until one of the following changes: a border, a rivalry or a claim (only the
setters here change them), whether hostility is remembered at all (``memory``), and which states exist (compared at each use).
A new fact on which ``is_relevant`` depends must also call ``forget``.
"""

from __future__ import annotations

from counterpoise.sim.kept import Kept
from counterpoise.sim.types import ActorId, Issue
from counterpoise.sim.world import Dyad, World


def relevant_pairs(world: World) -> list[Dyad]:
    """Return each dyad of two existing states in which ``other`` may start a dispute with ``observer``.

    The dyads stand in the world's order. The caller must not change the list.
    """
    existing = tuple([actor.id for actor in world.actors.values() if actor.active])
    kept = world.relevant_pairs
    if kept is None or kept.made_from != existing:
        states = dict.fromkeys(existing)
        dyads = [
            dyad
            for (observer, other), dyad in world.dyads.items()
            if observer in states and other in states and is_relevant(world, dyad)
        ]
        kept = world.relevant_pairs = Kept(existing, dyads)
    return kept.result


def is_relevant(world: World, dyad: Dyad) -> bool:
    """Tell whether ``other`` may start a dispute with ``observer``.

    It may if the pair is politically relevant (neighbours, a pair with an outside power, rivals, or a claim) or if ``observer``
    remembers hostile acts of ``other``.
    """
    if dyad.contiguity > 0 or dyad.hostility.value > 0 or dyad.rivalry or dyad.claim is not None:
        return True
    return "outside" in (world.actors[dyad.observer].role, world.actors[dyad.other].role)


def forget(world: World) -> None:
    """Forget the kept pairs, because something on which ``is_relevant`` depends has changed."""
    world.relevant_pairs = None


def set_border(world: World, a: ActorId, b: ActorId, kind: int) -> None:
    """Set the kind of border between two states (``Dyad.contiguity``); 0 for none."""
    for dyad in (world.dyad(a, b), world.dyad(b, a)):
        dyad.contiguity = kind
    forget(world)


def set_rivalry(world: World, a: ActorId, b: ActorId, rivals: bool) -> None:
    """Make two states rivals, or end their rivalry."""
    for dyad in (world.dyad(a, b), world.dyad(b, a)):
        dyad.rivalry = rivals
    forget(world)


def set_claim(world: World, challenger: ActorId, target: ActorId, issue: Issue | None) -> None:
    """Set the issue of a state's claim on another; ``None`` ends the claim."""
    world.dyad(target, challenger).claim = issue
    forget(world)
