"""The movements that regime families form, and contests for their leadership."""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

SOLIDARITY_GOODWILL = 0.2
"""Goodwill that members of a movement without a single leadership feel towards a claimant (chosen)."""
WON_CONTEST_LEGITIMACY, LOST_CONTEST_LEGITIMACY = 0.03, -0.05
"""Changes of legitimacy for the winner and the loser of a contest for the leadership (chosen)."""


def other_members(world: World, actor: ActorId) -> list[ActorId]:
    """Return the other existing states of an actor's regime family."""
    family = world.actors[actor].family
    return [other.id for other in world.active() if other.family == family and other.id != actor]


def takeover_probability(world: World, claimant: ActorId, leader: ActorId) -> float:
    """Return the probability that a claimant unseats a leader, by the power and legitimacy of both."""
    ours, theirs = (world.actors[code].power * (0.5 + world.actors[code].legitimacy) for code in (claimant, leader))
    return ours / (ours + theirs) if ours + theirs > 0 else 0.5


def claim_leadership(stage: Stage, actor: ActorId) -> None:
    """Let an actor claim the leadership of its movement; a contest decides if the movement has a leader."""
    world, state = stage.world, stage.world.actors[actor]
    leader = world.leaders.get(state.family)
    leads = leader is None or happens(
        stage.stream(f"movement/{state.family}"), takeover_probability(world, actor, leader)
    )
    if leads:
        world.leaders[state.family] = actor
    if leader is not None:
        change_legitimacy(state, WON_CONTEST_LEGITIMACY if leads else LOST_CONTEST_LEGITIMACY)
        change_legitimacy(world.actors[leader], LOST_CONTEST_LEGITIMACY if leads else WON_CONTEST_LEGITIMACY)
    for member in other_members(world, actor):
        if state.family in world.ideology.divisive:
            memory.remember_hostile_statement(stage, actor, member)
        else:
            memory.add_goodwill(stage, actor, member, SOLIDARITY_GOODWILL)
    stage.record("leadership_claimed", actor, family=state.family, leads=leads, rival=leader)
