"""How far a state's own objectives are met, each from 0 to 1. A scenario says who wants what; no rule names a state.

All are measured by the world as it is at the end of a year, so that an objective pays for every year in which it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import fsum

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import commitments
from counterpoise.sim.rules.power import clip
from counterpoise.sim.rules.power_estimates import believed_power
from counterpoise.sim.scenario import Objective, ObjectiveKind
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World

ENOUGH_WORTH = 0.5
"""The worth of a tie (``commitments``) that counts as a whole ally."""
ENOUGH_AID = 0.10
"""The yearly aid, as a share of the recipient's budget, that counts as a full supply (chosen)."""
SUCCESSOR_SHARE = 0.5
"""What is left of the objective to stay in power after a coup (chosen)."""


@dataclass(frozen=True)
class Judgement:
    """What a state's score is judged by: the world, and whether by all that is true or by what the state believes.

    It holds for one moment: make another after a change of the world.
    """

    world: World
    actor: Actor
    believed: bool = False

    def states(self, objective: Objective) -> list[ActorId]:
        """Return the states that an objective is about and that exist; all others if it names none."""
        named = objective.states or tuple(other for other in self.world.actors if other != self.actor.id)
        return [state for state in named if self.world.actors[state].active]

    def power(self, state: ActorId) -> float:
        """Return a state's power."""
        if self.believed and state != self.actor.id:
            return believed_power(self.world, self.actor.id, state)
        return self.world.actors[state].power

    def allied(self, a: ActorId, b: ActorId) -> bool:
        """Tell whether two states are allies, as far as may be known."""
        return any(
            commitments.BINDING[pact.commitment] >= commitments.DEEP
            and (not self.believed or pact.seen_by(self.actor.id))
            for pact in self.world.alignments_between(a, b)
        )

    @cached_property
    def worths(self) -> dict[ActorId, float]:
        """What the tie with each partner is worth, from 0 to 1; worked out once, because several parts of a score ask."""
        return commitments.worths(self.world, self.actor.id, self.power)


def met(case: Judgement, objective: Objective) -> float:
    """Return how far an objective of a state is met, from 0 to 1."""
    return quantised(clip(MEASURES[objective.kind](case, objective)))


def share_met(case: Judgement) -> float:
    """Return how far the objectives of a state are met together, by their weights; 0 if it has none."""
    wanted = case.world.objectives.get(case.actor.id, ())
    total = fsum(objective.weight for objective in wanted)
    if total <= 0:
        return 0.0
    return fsum(goal.weight * met(case, goal) for goal in wanted) / total


def _land(case: Judgement, goal: Objective) -> float:
    """Keep the country free of foreign troops, and lose no claim to the named states."""
    lost = [state for state in goal.states if _won_by(case.world, state, case.actor.id)]
    return (1.0 - case.actor.occupied) * (0.0 if lost else 1.0)


def _gain(case: Judgement, goal: Objective) -> float:
    """Have got what is claimed from the named states: one of them yielded, lost a war over it, or lost land."""
    won = [
        1.0
        for state in goal.states
        if _won_by(case.world, case.actor.id, state) or case.world.actors[state].occupier == case.actor.id
    ]
    return fsum(won) / goal.count


def _won_by(world: World, winner: ActorId, loser: ActorId) -> bool:
    """Tell whether a state has won a quarrel about land or government from another in a crisis or a war, by what is public."""
    for incident in world.incidents:
        # By the kind first: a game logs hundreds of incidents, and few of them are the end of a quarrel.
        if incident.kind not in ("crisis_ended", "war_ended") or incident.detail.get("aim") == "policy":
            continue
        if winner not in incident.actors or loser not in incident.actors:
            continue
        if incident.kind == "crisis_ended" and incident.actors[0] == winner and incident.detail["yielder"] == loser:
            return True
        if incident.kind == "war_ended" and winner in incident.detail["winners"]:
            return loser not in incident.detail["winners"]
    return False


def _allies(case: Judgement, goal: Objective) -> float:
    """Be bound to enough of the named states by ties that would be kept."""
    return fsum(clip(case.worths.get(state, 0.0) / ENOUGH_WORTH) for state in case.states(goal)) / goal.count


def _protector(case: Judgement, goal: Objective) -> float:
    """Have the promise of a stronger state, which would be kept."""
    stronger = [state for state in case.states(goal) if case.power(state) > case.actor.power]
    return max((clip(case.worths.get(state, 0.0) / ENOUGH_WORTH) for state in stronger), default=0.0)


def _apart(case: Judgement, goal: Objective) -> float:
    """Keep the named states from allying with each other."""
    pairs = list(combinations(case.states(goal), 2))
    return 1.0 - len([pair for pair in pairs if case.allied(*pair)]) / len(pairs) if pairs else 1.0


def _isolated(case: Judgement, goal: Objective) -> float:
    """Keep the named states without other allies."""
    own, world = case.actor.id, case.world
    allies = [
        other.id
        for state in goal.states
        for other in world.active()
        if other.id not in (own, state) and case.allied(state, other.id)
    ]
    return float(0.5 ** len(allies))


def _peace(case: Judgement, goal: Objective) -> float:
    """Be at war with none of the named states."""
    return 0.0 if any(case.world.at_war(case.actor.id, state) for state in case.states(goal)) else 1.0


def _outweigh(case: Judgement, goal: Objective) -> float:
    """Weigh as much, with the partners that would come, as the strongest of the named states and its allies do."""
    strongest = max(case.states(goal), key=case.power, default=None)
    if strongest is None:
        return 1.0
    against = [strongest, *(s for s in _others(case) if s != strongest and case.allied(strongest, s))]
    ours = case.actor.power + fsum(
        worth * case.power(state) for state, worth in case.worths.items() if state not in against
    )
    theirs = fsum(case.power(state) for state in against)
    return ours / theirs if theirs > 0 else 1.0


def _others(case: Judgement) -> Iterable[ActorId]:
    return [other.id for other in case.world.active() if other.id != case.actor.id]


def _regime(case: Judgement, _: Objective) -> float:
    """Keep the regime of the first day in power, and legitimate."""
    same = case.actor.in_power_since <= 0
    return case.actor.legitimacy * (1.0 if same else SUCCESSOR_SHARE)


def _independence(case: Judgement, goal: Objective) -> float:
    """Be governed by nobody: no occupier, no base or guarantee of the named states, no foreign hand that is known."""
    own, world = case.actor.id, case.world
    hands = max((world.dyad(own, state).penetration_known for state in case.states(goal)), default=0.0)
    led = any(pact.lead in case.states(goal) for pact in world.alignments_of(own) if pact.commitment != "arms")
    return (1.0 - case.actor.occupied) * (1.0 - clip(hands)) * (0.5 if led else 1.0)


def _supplied(case: Judgement, goal: Objective) -> float:
    """Get aid from the named states."""
    flows = [a.amount for a in case.world.aid.values() if a.recipient == case.actor.id and a.donor in case.states(goal)]
    return fsum(flows) / ENOUGH_AID


def _leadership(case: Judgement, _: Objective) -> float:
    """Lead the movement of the regime's family."""
    return 1.0 if case.world.leaders.get(case.actor.family) == case.actor.id else 0.0


MEASURES: dict[ObjectiveKind, Callable[[Judgement, Objective], float]] = {
    "land": _land,
    "gain": _gain,
    "allies": _allies,
    "protector": _protector,
    "apart": _apart,
    "isolated": _isolated,
    "peace": _peace,
    "outweigh": _outweigh,
    "regime": _regime,
    "independence": _independence,
    "supplied": _supplied,
    "leadership": _leadership,
}
"""How each kind is measured."""
