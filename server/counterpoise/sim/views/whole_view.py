"""The whole world as a map shows it to whoever may see everything: with secret pacts and military aid."""

from __future__ import annotations

from msgspec import Struct

from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.views.public_view import PublicAid, PublicCrisis, PublicState, PublicWar, public_view
from counterpoise.sim.world import World


class WholeAlignment(Struct, frozen=True, gc=False):
    """An alignment in force."""

    id: int
    members: tuple[ActorId, ...]
    commitment: Commitment
    since: int
    against: ActorId | None
    lead: ActorId | None
    secret: bool


class WholeView(Struct, frozen=True):
    """Everything that a map shows at a tick."""

    tick: int
    date: str
    states: tuple[PublicState, ...]
    alignments: tuple[WholeAlignment, ...]
    crises: tuple[PublicCrisis, ...]
    wars: tuple[PublicWar, ...]
    aid: tuple[PublicAid, ...]


def whole_view(world: World) -> WholeView:
    """Return what a map shows of the world now."""
    public = public_view(world)
    return WholeView(
        tick=public.tick,
        date=public.date,
        states=public.states,
        alignments=tuple(
            WholeAlignment(a.id, a.members, a.commitment, a.since, a.against, a.lead, a.secret)
            for a in world.alignments.values()
            if not a.ended
        ),
        crises=public.crises,
        wars=public.wars,
        aid=tuple(PublicAid(f.donor, f.recipient, f.kind) for f in world.aid.values()),
    )
