"""What everyone may know of the world, whoever looks: states, treaties, crises, wars and economic aid, without free texts."""

from __future__ import annotations

from msgspec import Struct

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.types import ActorId, Commitment, Issue
from counterpoise.sim.world import World


class PublicState(Struct, frozen=True, gc=False):
    """A state that exists. ``occupied`` is the share of its land, in [0, 1], that ``occupier`` holds."""

    id: ActorId
    name: str
    occupied: float
    occupier: ActorId | None


class PublicAlignment(Struct, frozen=True, gc=False):
    """An alignment in force that is not secret."""

    id: int
    members: tuple[ActorId, ...]
    commitment: Commitment
    since: int
    against: ActorId | None
    lead: ActorId | None


class PublicCrisis(Struct, frozen=True, gc=False):
    """A crisis under way; ``level`` is on the scale of the MID data, from 1 to 5."""

    id: int
    initiator: ActorId
    target: ActorId
    aim: Issue
    level: int


class PublicWar(Struct, frozen=True, gc=False):
    """A war under way."""

    id: int
    attackers: tuple[ActorId, ...]
    defenders: tuple[ActorId, ...]
    aim: Issue
    since: int


class PublicAid(Struct, frozen=True, gc=False):
    """A flow of economic aid. Military aid is not public."""

    donor: ActorId
    recipient: ActorId
    kind: str


class PublicView(Struct, frozen=True):
    """Everything public at a tick."""

    tick: int
    date: str
    states: tuple[PublicState, ...]
    alignments: tuple[PublicAlignment, ...]
    crises: tuple[PublicCrisis, ...]
    wars: tuple[PublicWar, ...]
    aid: tuple[PublicAid, ...]


def public_view(world: World) -> PublicView:
    """Return what everyone may know of the world now."""
    return PublicView(
        tick=world.tick,
        date=world.calendar.iso(world.tick),
        states=tuple(PublicState(a.id, a.name, quantised(a.occupied), a.occupier) for a in world.active()),
        alignments=tuple(
            PublicAlignment(a.id, a.members, a.commitment, a.since, a.against, a.lead)
            for a in world.alignments.values()
            if not a.ended and not a.secret
        ),
        crises=tuple(PublicCrisis(c.id, c.initiator, c.target, c.aim, c.level) for c in world.crises.values()),
        wars=tuple(PublicWar(w.id, w.attackers, w.defenders, w.aim, w.since) for w in world.wars.values()),
        aid=tuple(PublicAid(f.donor, f.recipient, f.kind) for f in world.aid.values() if f.kind == "economic"),
    )
