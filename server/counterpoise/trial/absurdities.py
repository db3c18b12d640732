"""Absurdities: acts that no reader of history would believe, found by fixed tests.

The limits are chosen, not estimated: each marks what states hardly ever did. A trial counts absurdities; no rule of the
simulation and no bot reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.sim.expectation import PACTS_TO_FIGHT
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules.conflict.war_odds import reach
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident, World
from counterpoise.trial.game_record import Absurdity, Pair

HOPELESS_CHANCE = 0.15
"""Chance of winning below which an attack or an entry into a war counts as hopeless."""
FAR_SIMILARITY = 0.25
"""Similarity of two families of regimes below which a coup that leads from one to the other counts as a jump."""
IMPOSED = "defeat in war"
"""The cause of a regime that the victor of a war put in power."""
LEAST_REACH = 0.15
"""Share of a state's force left on the other's ground below which two states without lift cannot help each other."""
LEAST_LIFT = 0.3
"""The lift from which a state can help anyone anywhere."""


def hopeless_attack(incident: Incident) -> Iterator[Absurdity]:
    """Yield an absurdity if an attack began at hopeless odds by the public chance of winning."""
    chance = float(incident.detail["win_chance"])
    if chance < HOPELESS_CHANCE:
        attacker, defender = incident.actors[:2]
        severity = 1.0 - chance / HOPELESS_CHANCE
        words = f"{attacker} attacks {defender} with a chance of {chance:.1%}"
        yield Absurdity("hopeless_attack", (attacker, defender), incident.tick, severity, words)


def hopeless_joiner(incident: Incident, *, attacking: bool, enemies: list[ActorId]) -> Iterator[Absurdity]:
    """Yield an absurdity if a state joined the side of a war whose chance is hopeless even with it."""
    attackers_chance = float(incident.detail["win_chance"])
    chance = attackers_chance if attacking else 1.0 - attackers_chance
    if chance < HOPELESS_CHANCE:
        joiner, side = incident.actors[:2]
        severity = 1.0 - chance / HOPELESS_CHANCE
        words = f"{joiner} joins {side} against {', '.join(enemies)} with a chance of {chance:.1%}"
        yield Absurdity("hopeless_joiner", (joiner, side), incident.tick, severity, words)


def regime_jump(world: World, incident: Incident) -> Iterator[Absurdity]:
    """Yield an absurdity if a regime is followed by one of a family far from its own, unless a victor imposed it."""
    before, after = incident.detail["previous"], incident.detail["family"]
    similarity = world.ideology.similarity[before][after]
    if before != after and similarity < FAR_SIMILARITY and incident.detail["cause"] != IMPOSED:
        words = f"{incident.actors[0]} turns from {before} to {after} by {incident.detail['cause']}"
        severity = 1.0 - similarity / FAR_SIMILARITY
        yield Absurdity("regime_jump", incident.actors[:1], incident.tick, severity, words)


def absurd_pact(world: World, alignment: Alignment, pair: Pair) -> Iterator[Absurdity]:
    """Yield absurdities if a pact to fight newly binds two states that are rivals, or that have no means to reach each other.

    A pact of three and more may hold rivals, as NATO holds Greece and Turkey, and may join distant states by a member that
    reaches both.
    """
    a, b = pair
    if alignment.commitment not in PACTS_TO_FIGHT or not (world.actors[a].active and world.actors[b].active):
        return
    words = f"{a} and {b} make a pact ({alignment.commitment.replace('_', ' ')})"
    if world.dyad(a, b).rivalry and len(alignment.members) == len(pair):
        yield Absurdity("allied_rivals", pair, world.tick, 0.5, f"{words} although they are rivals")
    nearest = max(reach(world, a, b), reach(world, b, a))
    if not any(all(_reaches(world, member, state) for state in pair) for member in alignment.members):
        severity = 1.0 - nearest / LEAST_REACH
        yield Absurdity("alliance_out_of_reach", pair, world.tick, severity, f"{words} out of each other's reach")


def _reaches(world: World, state: ActorId, other: ActorId) -> bool:
    return world.actors[state].lift >= LEAST_LIFT or reach(world, state, other) >= LEAST_REACH


def allies_of_both_sides(world: World, war: War) -> Iterator[Absurdity]:
    """Yield the states that have pacts to fight with both principals of a war and fight for neither."""
    attacker, defender = war.attackers[0], war.defenders[0]
    for state in world.active():
        if state.id in war.parties:
            continue
        bound = [
            any(x.commitment in PACTS_TO_FIGHT for x in world.alignments_between(state.id, principal))
            for principal in (attacker, defender)
        ]
        if all(bound):
            words = f"{state.id} is bound to fight for both {attacker} and {defender}, which are at war"
            yield Absurdity("ally_of_both_sides", (state.id, attacker, defender), war.since, 0.3, words)
