"""Calls to allies at the start of a war, and the default answer of an ally whose seat is silent."""

from __future__ import annotations

from math import log

from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens, lognormal_days, sigmoid
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules.conflict.restraint import HOPELESS_CHANCE, HOPELESS_ODDS
from counterpoise.sim.rules.conflict.war_odds import contest_probability, force_at, reach, side_force
from counterpoise.sim.rules.expired_calls import close_with_default, record_default_answer
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.world import Actor, World

ANSWER_DAYS = (1.61, 1.85)
"""Lognormal parameters of the days to a major response (ICB; theory 4.4)."""
ANSWER_DAYS_MAX = 30
DEFENSIVE_COMMITMENTS: tuple[Commitment, ...] = ("defence", "guarantee")
OFFENSIVE_COMMITMENTS: tuple[Commitment, ...] = ("offence", "joint_operation")


JOIN_CONSTANT = -2.7
"""Recalibrated from -1.2, so that defence pacts after 1945 are honoured in 22-41 % of calls (Berkemeier & Fuhrmann 2018)."""
FORMAL_WEIGHT, DANGER_WEIGHT, GAIN_WEIGHT, EXPECTED_LOSS_WEIGHT, HONOUR_WEIGHT, CHAIN_GANGING_WEIGHT = (
    1.6,
    1.2,
    1.0,
    -1.5,
    0.8,
    1.0,
)
"""Weights of the join rule of theory 4.6."""
HOPELESS_JOIN, NUCLEAR_ENEMY, NUCLEAR_WAR = log(HOPELESS_ODDS), log(0.35), log(0.02)
"""Effects on the log-odds of joining: the side has no hope even so, the enemy has nuclear arms, both have nuclear arms.

States keep their promises where the costs are bearable (Leeds 2003b; Berkemeier & Fuhrmann 2018), and nuclear arms restrain the
widening of a war as they restrain its outbreak (Waltz 1981; Rauchhaus 2009; Fuhrmann & Sechser 2014). The sizes are those of the
outbreak (``restraint``, ``escalation``); no count of such calls exists."""


def call_allies(stage: Stage, war: War) -> None:
    """Call every state that promised to fight for one of the two principals against the other.

    Args:
        stage: the simulation.
        war: a war that has just begun.
    """
    for asker, promises in (
        (war.defenders[0], DEFENSIVE_COMMITMENTS + OFFENSIVE_COMMITMENTS),
        (war.attackers[0], OFFENSIVE_COMMITMENTS),
    ):
        enemy = war.enemies_of(asker)[0]
        # Public promises come first. If an older secret promise came first, the call would be secret although others know
        # of the public promise.
        for alignment in sorted(stage.world.alignments_of(asker), key=lambda known: known.secret):
            if alignment.commitment in promises and alignment.against in (None, enemy):
                for ally in alignment.members:
                    if _is_obliged(stage.world, alignment, ally, asker, enemy, war):
                        _call_ally(stage, war, ally, asker, secret=alignment.secret)


def join_probability(world: World, war: War, ally: ActorId, asker: ActorId) -> float:
    """Return the probability that a silent ally honours its promise, by the join rule of theory 4.6.

    The rule's threat term is the simulation's own: the probability that the enemy would beat the ally, times the enemy's
    proximity. The simulation does not use the theory whose forecasts it tests. Chain-ganging (Christensen & Snyder 1990) is the
    asker's share of the pair's joint power, times the attackers' offensive capability.
    """
    enemy, state = war.enemies_of(asker)[0], world.actors[ally]
    ours, theirs = side_force(world, war, war.side_of(asker)), side_force(world, war, war.enemies_of(asker))
    added = force_at(world, ally, war.defenders[0], attacking=asker in war.attackers)
    gain = contest_probability(ours + added, theirs) - contest_probability(ours, theirs)
    attack_force = force_at(world, enemy, ally, attacking=True)
    danger = contest_probability(attack_force, force_at(world, ally, ally, attacking=False)) * reach(world, enemy, ally)
    kept_share = (state.honoured + 1) / (state.honoured + state.reneged + 2)
    joint = world.actors[asker].power + state.power
    dependence = world.actors[asker].power / joint if joint > 0 else 0.5
    chance = contest_probability(ours + added, theirs)
    return sigmoid(
        JOIN_CONSTANT
        + HOPELESS_JOIN * (chance < HOPELESS_CHANCE)
        + _nuclear_caution(state, world.actors[enemy])
        + FORMAL_WEIGHT * any(a.commitment == "defence" for a in world.alignments_between(ally, asker))
        + DANGER_WEIGHT * danger
        + GAIN_WEIGHT * gain
        + EXPECTED_LOSS_WEIGHT * contest_probability(theirs, ours + added)
        + HONOUR_WEIGHT * (kept_share - 0.5)
        + CHAIN_GANGING_WEIGHT * dependence * world.actors[war.attackers[0]].offense
    )


def _nuclear_caution(state: Actor, enemy: Actor) -> float:
    """Return the effect on the log-odds of joining of an enemy's nuclear arms."""
    if not enemy.nuclear:
        return 0.0
    return NUCLEAR_WAR if state.nuclear else NUCLEAR_ENEMY


def _is_obliged(world: World, alignment: Alignment, ally: ActorId, asker: ActorId, enemy: ActorId, war: War) -> bool:
    """Tell whether an alignment obliges a state to fight now; a guarantee obliges only the guarantor."""
    if ally == asker or ally in war.parties or not world.actors[ally].active or world.at_war(ally, enemy):
        return False
    if world.open_call(ally, "ally", war.id) is not None:
        return False
    return alignment.commitment != "guarantee" or alignment.lead in (None, ally)


def _call_ally(stage: Stage, war: War, ally: ActorId, asker: ActorId, *, secret: bool) -> None:
    """Call an ally and start its deadline; a call under a secret pact is seen by the two states only."""
    days = ANSWER_DAYS_MAX
    if not stage.recorded:
        days = lognormal_days(stage.stream(f"pledge/{ally}-{asker}"), *ANSWER_DAYS, high=ANSWER_DAYS_MAX)
    stage.record("ally_called", ally, asker, audience=(ally, asker) if secret else None, war=war.id)
    stage.call(ally, "ally", war.id, stage.world.tick + days, asker)
    stage.start_at(stage.world.tick + days, "war.ally_deadline", war.id, ally, asker)


def default_answer(stage: Stage, war_id: int, ally: ActorId, asker: ActorId) -> bool | None:
    """Draw the answer of an ally whose seat has not answered by the deadline.

    Returns:
        Whether the ally honours its promise. None if there is nothing left to decide.
    """
    war, call = stage.world.wars.get(war_id), stage.world.open_call(ally, "ally", war_id)
    if call is None or war is None or asker not in war.parties:
        return None
    if stage.recorded:  # a silent record means neither that the promise was kept nor that it was broken
        close_with_default(stage, ally, "ally", war_id, "no answer")
        return None
    honour = happens(stage.stream(f"pledge/{ally}-{asker}"), join_probability(stage.world, war, ally, asker))
    record_default_answer(stage, call, "honour" if honour else "renege")
    return honour
