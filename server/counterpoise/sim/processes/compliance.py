"""Compliance: a donor asks something for its aid, and the recipient does it or does not, by word or deed, by a deadline.

Every episode leaves two incidents, ``compliance_demanded`` and one of ``compliance_given``, ``compliance_refused`` and
``compliance_void``, known to the two sides, with the donor's leverage as it was when it asked. ``by`` says how it was decided:
the seat's ``answer``, its ``deed``, or ``default`` where the seat kept silent and its ministers weighed the pain of losing the
aid against what is asked of them. The default knows nothing else of the leverage, so that what else matters is for play to show.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.sim.chance import happens, sigmoid
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.processes import war
from counterpoise.sim.rules import aid_leverage, alignments, expired_calls, memory
from counterpoise.sim.rules.endings import change_legitimacy
from counterpoise.sim.types import ActorId, AidDemand
from counterpoise.sim.world import Aid, Alignment, Condition, World

ANSWER_DAYS = 60
"""Time to answer (chosen)."""
WATCH_DAYS = 365
"""How long a state that is to stay out of a war must do so."""
CHECK_DAYS = 30
"""How often the donor looks."""
COMPLIANCE_LOG_ODDS = -0.66
"""Log-odds of giving in to economic pressure, all else middling: 34 % (Hufbauer, Schott, Elliott & Oegg 2007)."""
PAIN_WEIGHT, OWN_STAKE_WEIGHT = 3.0, -1.5
"""What the pain of losing the aid, and one's own stake in the matter, add to the log-odds (chosen; 1-5 and -3 to 0)."""
COMPLIANCE_LEGITIMACY = -0.02
"""Legitimacy that giving in to a foreign demand costs."""
DROPPED_CLAIM_GOODWILL = 0.5
"""Goodwill that a dropped claim earns with the state it was on."""


def is_fulfilled(world: World, donor: ActorId, recipient: ActorId, demand: AidDemand, about: ActorId | None) -> bool:
    """Tell whether the recipient is doing what is asked, as far as the donor can see."""
    if about is None:
        return any(True for _ in world.alignments_between(donor, recipient))
    if demand == "leave_alliance":
        return not any(True for _ in _known_alignments(world, donor, recipient, about))
    if demand == "drop_claim":
        return world.dyad(about, recipient).claim is None
    if demand == "friendly_words":
        return world.dyad(about, recipient).stated_intent == "friendly"
    fighting = world.at_war(recipient, about)
    # To stay out is done only when the time is over; before, one can only fail.
    return fighting if demand == "stay_out" else not fighting


def open_condition(stage: Stage, aid: Aid, what: AidDemand, about: ActorId | None) -> Condition:
    """Tie a demand to aid that flows, and ask the recipient for its answer."""
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
    stage.start(_watch(stage, condition))
    return condition


def answer(stage: Stage, condition: Condition, comply: bool) -> None:
    """Answer for the recipient. What it can do alone it does at once; that it stays out of a war only time can show."""
    if condition.id not in stage.world.conditions:
        return
    if not comply:
        _close(stage, condition, "compliance_refused", by="answer")
    elif condition.demand == "stay_out":
        condition.promised = True
        stage.record("compliance_promised", *_sides(condition), audience=_sides(condition), condition=condition.id)
        stage.close_call(condition.recipient, "condition", condition.id)
    else:
        _comply(stage, condition, by="answer")


def withdraw(stage: Stage, condition: Condition, reason: str) -> None:
    """Let a demand fall whose ground is gone."""
    if condition.id in stage.world.conditions:
        _close(stage, condition, "compliance_void", by=reason)


def default_chance(world: World, condition: Condition) -> float:
    """Return the chance that a silent recipient gives in."""
    aid = world.aid.get((condition.donor, condition.recipient, condition.aid))
    pain = aid_leverage.pain_of_cut(world, aid) if aid is not None else 0.0
    own = aid_leverage.stake(world, condition.recipient, condition.about)
    return sigmoid(
        COMPLIANCE_LOG_ODDS + PAIN_WEIGHT * pain + OWN_STAKE_WEIGHT * (own if condition.about is not None else 0.5)
    )


def _watch(stage: Stage, condition: Condition) -> Process:
    """Wait for the deadline, looking now and then whether a promise is still kept, and judge."""
    world = stage.world
    while condition.id in world.conditions and world.tick < condition.deadline:
        yield stage.env.timeout(min(CHECK_DAYS, condition.deadline - world.tick))
        if condition.id not in world.conditions:
            return
        flows = (condition.donor, condition.recipient, condition.aid) in world.aid
        if not flows and not condition.promised:
            withdraw(stage, condition, "the aid has ended")
            return
        if condition.demand == "stay_out" and _is_fulfilled(world, condition):
            _record_breach(stage, condition)
            return
    if condition.id not in world.conditions:
        return
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
    """Note that a state that was to stay out is in; if it had given its word, the word is broken."""
    if condition.promised:
        memory.remember_broken_promise(stage, condition.recipient, condition.donor)
    _close(stage, condition, "compliance_refused", by="deed")


def _comply(stage: Stage, condition: Condition, by: str) -> None:
    """Do what is asked, as far as one state can: leave, renounce, speak, sign, or offer peace."""
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
    """Give up what a state claims of another, which is grateful."""
    dyad = stage.world.dyad(of, actor)
    issue, dyad.claim = dyad.claim, None
    memory.add_goodwill(stage, actor, of, DROPPED_CLAIM_GOODWILL)
    stage.record("claim_settled", actor, of, issue=issue)


def _close(stage: Stage, condition: Condition, kind: str, by: str) -> None:
    del stage.world.conditions[condition.id]
    _record(stage, kind, condition, by=by)
    stage.close_call(condition.recipient, "condition", condition.id)


def _is_fulfilled(world: World, condition: Condition) -> bool:
    return is_fulfilled(world, condition.donor, condition.recipient, condition.demand, condition.about)


def _known_alignments(world: World, donor: ActorId, recipient: ActorId, about: ActorId) -> Iterator[Alignment]:
    shared = world.alignments_between(recipient, about)
    return (a for a in shared if a.seen_by(donor))


def _sides(condition: Condition) -> tuple[ActorId, ActorId]:
    return condition.donor, condition.recipient


def _record(stage: Stage, kind: str, condition: Condition, **more: object) -> None:
    stage.record(
        kind,
        *_sides(condition),
        audience=_sides(condition),
        condition=condition.id,
        aid=condition.aid,
        demand=condition.demand,
        about=condition.about,
        **condition.leverage,
        **more,
    )
