"""The same thing in another course of events: what one world numbers 512, the other may number 530, or not have at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Alignment, World


def in_other_world(deed: Mapping[str, Any], actor: ActorId | None, here: World, there: World) -> dict[str, Any] | None:
    """Return a move or inject with the numbers of another world, or ``None`` if what it speaks of is not there.

    Args:
        deed: plain values, with the numbers of ``here``.
        actor: who does it; ``None`` for an inject.
        here: the world it was done in.
        there: the world it is to be done in.
    """
    changed = dict(deed)
    for name, value in deed.items():
        key = "alignment" if (deed["kind"], name) == ("accommodate", "drop") else name
        if not isinstance(value, int) or isinstance(value, bool):
            continue
        number: int | None = value
        if key == "alignment":
            number = _alignment(here.alignments.get(value), there)
        elif key == "war":
            number = _war(value, actor, here, there)
        elif key == "crisis":
            number = _crisis(value, here, there)
        elif key == "proposal":
            number = _proposal(value, here, there)
        elif key == "condition":
            number = _condition(value, here, there)
        if number is None:
            return None
        changed[name] = number
    return changed


def _alignment(known: Alignment | None, there: World) -> int | None:
    """Return the living alignment of one commitment and the same members, or else of most of them."""
    if known is None:
        return None
    like = [a for a in there.alignments.values() if not a.ended and a.commitment == known.commitment]
    best, shared_most = None, 1
    for alignment in like:
        if sorted(alignment.members) == sorted(known.members) and alignment.against == known.against:
            return alignment.id
        shared = sum(1 for member in alignment.members if member in known.members)
        if shared > shared_most:
            best, shared_most = alignment.id, shared
    return best


def _war(number: int, actor: ActorId | None, here: World, there: World) -> int | None:
    """Return the war in which two of the same states fight each other, the actor's own first."""
    known = here.wars.get(number)
    if known is None:
        return None
    alike = [
        war
        for war in there.wars.values()
        if any(enemy in war.enemies_of(party) for party in known.attackers for enemy in known.defenders)
    ]
    own = [war for war in alike if actor in war.parties] if actor in known.parties else []
    return next((war.id for war in own or alike), None)


def _crisis(number: int, here: World, there: World) -> int | None:
    known = here.crises.get(number)
    if known is None:
        return None
    pair = sorted((known.initiator, known.target))
    return next((c.id for c in there.crises.values() if sorted((c.initiator, c.target)) == pair), None)


def _proposal(number: int, here: World, there: World) -> int | None:
    known = here.proposals.get(number)
    if known is None:
        return None
    terms = (known.proposer, known.to, known.commitment)
    return next((p.id for p in there.proposals.values() if (p.proposer, p.to, p.commitment) == terms), None)


def _condition(number: int, here: World, there: World) -> int | None:
    known = here.conditions.get(number)
    if known is None:
        return None
    terms = (known.donor, known.recipient, known.aid)
    return next((c.id for c in there.conditions.values() if (c.donor, c.recipient, c.aid) == terms), None)
