"""Kinship: a regime that stands with its movement gains legitimacy at home, and one that stands apart from it pays.

Arab regimes needed the blessing of their own movement, the weak ones most (Hudson 1977; Walt 1987, chs. 2 and 6): who spoke for
the nation gave or withheld it, and a state that made its own peace was shunned (Barnett 1998). A regime short of support seeks
it abroad (David 1991). Only what everyone can see counts: a secret pact shows nobody where a regime stands. All sizes are
chosen.
"""

from __future__ import annotations

from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.world import Actor, World

KINDRED = 0.75
"""Similarity of two regimes from which they belong to one movement (0.65-0.9), beside regimes of one family."""
KINSHIP_LEGITIMACY = 0.006
"""Change of legitimacy by a month with full standing, times the legitimacy that is missing (0.002-0.01).

With the return of legitimacy to its baseline within two years, a regime with a legitimacy of 0.3 gains about 0.08 in the end
and one with 0.8 about 0.03."""
STANDS_WITH_SOME = 0.5
"""Standing of a regime that is bound to some of its movement, but not to its leader."""
STANDS_ALONE = -0.5
"""Standing of a regime that is bound to none of a movement that has a leader, or is bound to the leader's enemy."""
STANDS_AGAINST = -1.0
"""Standing of a regime that fights one of its movement or has a pact against one."""
BINDING: tuple[Commitment, ...] = ("defence", "offence", "consultation", "guarantee", "joint_operation", "union")
"""Commitments by which a regime shows with whom it stands; a promise not to fight, arms and bases show nothing."""


def are_kin(world: World, actor: ActorId, other: ActorId) -> bool:
    """Tell whether another state exists and is of a regime's movement: of its family, or very like it."""
    return bool(_kin_among(world, actor, [other]))


def _kin_among(world: World, actor: ActorId, others: list[ActorId]) -> list[ActorId]:
    """Return those of several states that exist and are of a regime's movement."""
    if not others:
        return []
    actors, own = world.actors, world.actors[actor].family
    likeness = world.ideology.similarity[own]
    return [
        other
        for other in others
        if other != actor
        and actors[other].active
        and (actors[other].family == own or likeness[actors[other].family] >= KINDRED)
    ]


def standing(world: World, actor: ActorId) -> float:
    """Return how a regime stands with its movement, in [-1, 1]: 1 beside its leader, -1 in arms against one of its own."""
    opponents: list[ActorId] = []
    partners: list[ActorId] = []
    for alignment in world.alignments.values():
        if alignment.ended or alignment.secret or actor not in alignment.members:
            continue
        if alignment.against is not None:
            opponents.append(alignment.against)
        if alignment.commitment in BINDING:
            partners += [member for member in alignment.members if member != actor]
    for war in world.wars.values():
        opponents += war.enemies_of(actor)
    if _kin_among(world, actor, opponents):
        return STANDS_AGAINST
    bound = _kin_among(world, actor, partners)
    leader = world.leaders.get(world.actors[actor].family)
    if leader is None or leader == actor:
        return 1.0 if bound else 0.0
    if any(_are_foes(world, leader, partner) for partner in partners):
        return STANDS_ALONE
    if bound:
        return 1.0 if leader in bound else STANDS_WITH_SOME
    return STANDS_ALONE


def monthly_change(world: World, actor: Actor) -> float:
    """Return the change of a regime's legitimacy by a month of its standing; the weaker the regime, the larger it is."""
    return KINSHIP_LEGITIMACY * standing(world, actor.id) * (1.0 - actor.legitimacy)


def _are_foes(world: World, a: ActorId, b: ActorId) -> bool:
    return a != b and (world.dyad(a, b).rivalry or world.at_war(a, b))
