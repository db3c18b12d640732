"""A snapshot of alliances and rivalries, for the network indices (theory 5.6)."""

from __future__ import annotations

from typing import Any

import msgspec

from counterpoise.sim.numbers.geography import ADJACENT
from counterpoise.sim.rules.conflict.war_odds import reach
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.world import World
from counterpoise.theory.quantising import DIGITS

HEGEMON_SHARE = 0.15
"""Share of all capabilities from which a state counts as a hegemon."""
SUPPORTING: tuple[Commitment, ...] = (
    "defence", "offence", "consultation", "guarantee", "basing", "arms", "joint_operation", "union"
)  # fmt: skip
"""Commitments that make two states allies. Neutrality and non-aggression do not."""


class Structure(msgspec.Struct, frozen=True):
    """The alignment structure of a world at a tick. Numbers are positions in ``actors``."""

    tick: int
    date: str
    actors: tuple[ActorId, ...]
    power: tuple[float, ...]
    borders: tuple[tuple[int, int], ...]
    """Pairs of neighbours, the smaller position first."""
    signs: tuple[tuple[int, int, int], ...]
    """Pairs that are allied (1), or rivals or at war (-1). Pairs that are both or neither are left out."""
    hegemons: tuple[int, ...]
    reach: tuple[tuple[float, ...], ...]
    """For each actor the power of each hegemon, less what is lost over the distance between the two."""


def snapshot(world: World) -> Structure:
    """Return the structure of a world at its current tick."""
    active = list(world.active())
    allied: dict[tuple[ActorId, ActorId], bool] = {}
    for alignment in world.alignments.values():
        if not alignment.ended and alignment.commitment in SUPPORTING:
            for a in alignment.members:
                for b in alignment.members:
                    allied[a, b] = True
    fighting: dict[tuple[ActorId, ActorId], bool] = {}
    for war in world.wars.values():
        for a in war.attackers:
            for b in war.defenders:
                fighting[a, b] = fighting[b, a] = True
    borders, signs = [], []
    for i, first in enumerate(active):
        for j in range(i + 1, len(active)):
            pair = (first.id, active[j].id)
            dyad = world.dyads[pair]
            if dyad.contiguity in ADJACENT:
                borders.append((i, j))
            friends, foes = pair in allied, dyad.rivalry or pair in fighting
            if friends != foes:
                signs.append((i, j, 1 if friends else -1))
    hegemons = [h for h, actor in enumerate(active) if actor.power >= HEGEMON_SHARE]
    reaching = tuple(
        tuple(round(active[h].power * reach(world, active[h].id, actor.id), DIGITS) for h in hegemons)
        for actor in active
    )
    return Structure(
        tick=world.tick,
        date=world.calendar.iso(world.tick),
        actors=tuple(actor.id for actor in active),
        power=tuple(round(actor.power, DIGITS) for actor in active),
        borders=tuple(borders),
        signs=tuple(signs),
        hegemons=tuple(hegemons),
        reach=reaching,
    )


def encode(structure: Structure) -> Any:
    """Return a snapshot as plain values for the journal."""
    return msgspec.to_builtins(structure)


def decode(raw: Any) -> Structure:
    """Return the snapshot that ``encode`` encoded."""
    return msgspec.convert(raw, Structure)
