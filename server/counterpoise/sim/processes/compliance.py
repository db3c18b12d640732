"""Compliance: a donor ties a demand to its aid, and the recipient complies or refuses by a deadline.

Every episode leaves two incidents that only the two states see: ``compliance_demanded``, and then ``compliance_given``,
``compliance_refused`` or ``compliance_void``. Both hold the donor's leverage as it was when it made the demand. ``by`` says what
decided: the seat's ``answer``, what it did (``deed``), or ``default`` if the seat was silent. The default weighs the pain of
losing the aid against the recipient's stake and ignores the rest of the leverage, so that play shows what else matters.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens, sigmoid
from counterpoise.sim.processes import war
from counterpoise.sim.relations.influence import Aid, Condition
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import aid_leverage, alignments, expired_calls, memory
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.rules.relevant_pairs import set_claim
from counterpoise.sim.types import ActorId, AidDemand
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.world_position import WorldPosition
from counterpoise.sim.world import World

ANSWER_DAYS = 60
"""Days to answer a demand (chosen)."""
WATCH_DAYS = 365
"""Days for which a state that promises to stay out of a war must do so."""
CHECK_DAYS = 30
"""Days between the donor's checks."""
COMPLIANCE_LOG_ODDS = -0.66
"""Log-odds of complying with economic pressure: 34 % succeed (Hufbauer, Schott, Elliott & Oegg 2007)."""
PAIN_WEIGHT, OWN_STAKE_WEIGHT = 3.0, -1.5
"""Effects on the log-odds of the pain of losing the aid and of the recipient's own stake (chosen; 1-5 and -3 to 0)."""
COMPLIANCE_LEGITIMACY = -0.02
"""Change of the recipient's legitimacy when it complies with a foreign demand."""
DROPPED_CLAIM_GOODWILL = 0.5
"""Goodwill that a dropped claim earns with the state on which it was made."""


def is_fulfilled(position: Position, recipient: str, demand: AidDemand, about: str | None) -> bool:
    """Return whether the recipient meets a demand, as far as the donor in this position knows.

    The demand ``stay_out`` is an exception: the function tells whether the recipient is at war, because only the end of the
    deadline can show that it stayed out.
    """
    if about is None:
        return position.are_aligned(position.actor, recipient)
    if demand == "leave_alliance":
        return not position.are_aligned(recipient, about)
    if demand == "drop_claim":
        return position.has_claim(recipient, about) is False
    if demand == "friendly_words":
        return position.stated_intent(recipient, about) == "friendly"
    fighting = position.are_at_war(recipient, about)
    return fighting if demand == "stay_out" else not fighting


def open_condition(stage: Stage, aid: Aid, what: AidDemand, about: ActorId | None) -> Condition:
    """Tie a demand to aid that flows, and call the recipient to answer it."""
    world = stage.world
    opened = world.tick
    condition = Condition(
        stage.next_id((aid.donor, aid.recipient)),
        aid.donor,
        aid.recipient,
        aid.kind,
        what,
        about,
        opened,
        opened + (WATCH_DAYS if what == "stay_out" else ANSWER_DAYS),
        aid_leverage.leverage_terms(world, aid, about),
    )
    world.conditions[condition.id] = condition
    _record(stage, "compliance_demanded", condition)
    stage.call(aid.recipient, "condition", condition.id, condition.deadline, aid.donor)
    stage.start("compliance.watch", condition.id)
    return condition


def answer(stage: Stage, condition: Condition, comply: bool) -> None:
    """Apply the recipient's answer. A yes is carried out at once, except a promise to stay out of a war, which is watched."""
    if condition.id not in stage.world.conditions:
        return
    if not comply:
        _close(stage, condition, "compliance_refused", by="answer")
    elif condition.demand == "stay_out":
        condition.promised = True
        stage.record("compliance_promised", *_parties(condition), audience=_parties(condition), condition=condition.id)
        stage.close_call(condition.recipient, "condition", condition.id)
    else:
        _comply(stage, condition, by="answer")


def withdraw(stage: Stage, condition: Condition, reason: str) -> None:
    """End a demand without a result; ``reason`` is a few words for the log."""
    if condition.id in stage.world.conditions:
        _close(stage, condition, "compliance_void", by=reason)


def default_chance(world: World, condition: Condition) -> float:
    """Return the probability that a silent recipient complies."""
    aid = world.aid.get((condition.donor, condition.recipient, condition.aid))
    pain = aid_leverage.pain_of_cut(world, aid) if aid is not None else 0.0
    own = aid_leverage.stake(world, condition.recipient, condition.about)
    return sigmoid(
        COMPLIANCE_LOG_ODDS + PAIN_WEIGHT * pain + OWN_STAKE_WEIGHT * (own if condition.about is not None else 0.5)
    )


def _watch(stage: Stage, condition_id: int) -> None:
    """Schedule the next check of the demand, or close it at its deadline."""
    world = stage.world
    condition = world.conditions.get(condition_id)
    if condition is None:
        return
    if world.tick < condition.deadline:
        due = min(world.tick + CHECK_DAYS, condition.deadline)
        stage.schedule(due, "compliance.check", condition_id)
    else:
        _judge(stage, condition)


def _check(stage: Stage, condition_id: int) -> None:
    """Check whether the aid still flows and the promise is still kept."""
    world = stage.world
    condition = world.conditions.get(condition_id)
    if condition is None:
        return
    flows = (condition.donor, condition.recipient, condition.aid) in world.aid
    if not flows and not condition.promised:
        withdraw(stage, condition, "the aid has ended")
    elif condition.demand == "stay_out" and _is_fulfilled(world, condition):
        _record_breach(stage, condition)
    else:
        _watch(stage, condition_id)


def _judge(stage: Stage, condition: Condition) -> None:
    """Close a demand at its deadline by what the recipient did, or by default."""
    world = stage.world
    if condition.demand == "stay_out" or _is_fulfilled(world, condition):
        _close(stage, condition, "compliance_given", by="deed")
    elif not stage.recorded and happens(
        stage.stream(f"compliance/{condition.donor}-{condition.recipient}"), default_chance(world, condition)
    ):
        expired_calls.close_with_default(stage, condition.recipient, "condition", condition.id, "comply")
        _comply(stage, condition, by="default")
    else:
        expired_calls.close_with_default(stage, condition.recipient, "condition", condition.id, "refuse")
        _close(stage, condition, "compliance_refused", by="default")


def _record_breach(stage: Stage, condition: Condition) -> None:
    """Close a demand to stay out as refused; if the recipient had promised it, the promise is broken."""
    if condition.promised:
        memory.remember_broken_promise(stage, condition.recipient, condition.donor)
    _close(stage, condition, "compliance_refused", by="deed")


def _comply(stage: Stage, condition: Condition, by: str) -> None:
    """Carry out a demand as far as the recipient can alone: leave, renounce, speak, sign, or offer peace."""
    world, donor, recipient, about = stage.world, condition.donor, condition.recipient, condition.about
    if about is None:
        if not world.at_war(donor, recipient):
            alignments.form(stage, (donor, recipient), "consultation")
    elif condition.demand == "leave_alliance":
        for alignment in list(_known_alignments(world, donor, recipient, about)):
            alignments.leave(stage, alignment, recipient)
    elif condition.demand == "drop_claim":
        renounce_claim(stage, recipient, about)
    elif condition.demand == "friendly_words":
        world.dyad(about, recipient).stated_intent = "friendly"
        stage.record("statement", recipient, about, intent="friendly")
    else:
        for fought in list(world.wars_of(recipient)):
            if about in fought.enemies_of(recipient):
                war.offer_peace(stage, fought, recipient)
    change_legitimacy(world.actors[recipient], COMPLIANCE_LEGITIMACY)
    _close(stage, condition, "compliance_given", by=by)


def renounce_claim(stage: Stage, actor: ActorId, of: ActorId) -> None:
    """Let a state drop its claim on another, which earns it goodwill."""
    issue = stage.world.dyad(of, actor).claim
    set_claim(stage.world, actor, of, None)
    memory.add_goodwill(stage, actor, of, DROPPED_CLAIM_GOODWILL)
    stage.record("claim_settled", actor, of, issue=issue)


def _close(stage: Stage, condition: Condition, kind: str, by: str) -> None:
    del stage.world.conditions[condition.id]
    _record(stage, kind, condition, by=by)
    stage.close_call(condition.recipient, "condition", condition.id)


def _is_fulfilled(world: World, condition: Condition) -> bool:
    position = WorldPosition(world, condition.donor)
    return is_fulfilled(position, condition.recipient, condition.demand, condition.about)


def _known_alignments(world: World, donor: ActorId, recipient: ActorId, about: ActorId) -> Iterator[Alignment]:
    shared = world.alignments_between(recipient, about)
    return (a for a in shared if a.seen_by(donor))


def _parties(condition: Condition) -> tuple[ActorId, ActorId]:
    return condition.donor, condition.recipient


def _record(stage: Stage, kind: str, condition: Condition, **more: object) -> None:
    stage.record(
        kind,
        *_parties(condition),
        audience=_parties(condition),
        condition=condition.id,
        aid=condition.aid,
        demand=condition.demand,
        about=condition.about,
        **condition.leverage,
        **more,
    )


STEPS: Steps = {"watch": _watch, "check": _check}
