"""A crisis: one dispute that goes from threat to display and use of force, and ends in a settlement, a stalemate or a war.

At every level both sides are called to answer. A concession or two offers of compromise end the crisis at once. At the deadline
the stage closes, and the crisis either rises a level or becomes a standoff, which lasts as long as such disputes last. In a
standoff either side may still concede, accept an offer, or escalate.
"""

from __future__ import annotations

from itertools import product

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens, lognormal_days, weibull_days
from counterpoise.sim.processes import war
from counterpoise.sim.relations.conflicts import Crisis
from counterpoise.sim.rules import expired_calls, memory
from counterpoise.sim.rules.conflict.endings import change_legitimacy, end_crisis
from counterpoise.sim.rules.conflict.escalation import default_response, rise_probability
from counterpoise.sim.rules.conflict.restraint import side_that_strikes, supporters_of
from counterpoise.sim.types import (
    LEVEL_CLAIM,
    LEVEL_FORCE,
    LEVEL_THREAT,
    ActorId,
    CrisisResponse,
    Issue,
)

RESPONSE_DAYS = (1.61, 1.85)
"""Lognormal parameters of the days from a trigger to the actor's major response: median 5 (ICB, n = 1058; theory 4.4)."""
RESPONSE_DAYS_MAX = 45
QUIET_DAYS = (2.63, 2.01)
"""Lognormal parameters of the days of a dispute that ends at a display (MID, n = 542; theory 4.4).

Disputes that end lower last no longer. Nor do those in which force is used on a state that does not answer with force: their
median is days, not weeks (MID)."""
ANSWERED_DAYS = (0.90, 180.0)
"""Weibull shape and scale of the days of a dispute in which both sides use force, unless something ends it earlier.

Chosen so that, together with the disputes that a concession, terms or war cut short, they last as long as crises: quartiles of
28, 76 and 202 days (ICB, n = 482). MID's disputes in which both sides use force last about as long: 12, 80 and 212 days."""
OFFER_ACCEPTANCE = 0.5
"""Probability that a standoff in which one side offers a compromise ends in a settlement instead of a stalemate (chosen)."""
MEDIATED_OFFER_ACCEPTANCE, MEDIATED_SETTLEMENT, MEDIATOR_GOODWILL = 0.75, 0.25, 0.3
"""With a mediator: that probability, the probability of a settlement that neither side offered, and the mediator's goodwill.

Mediated crises end in agreement half again as often (Beardsley, Quinn, Biswas & Wilkenfeld 2006)."""
ULTIMATUM_DAYS = 10
"""Days to answer an ultimatum (chosen; Austria gave two days in 1914, Britain and France one day in 1956)."""
BLUFF_LEGITIMACY = -0.10
"""Change of legitimacy when a state does not carry out its ultimatum: twice that of yielding (audience costs, Fearon 1994)."""
SUPPORT_LEVEL = LEVEL_THREAT
"""Hostility on the MID scale, in the eyes of the other side, of supporting one side."""


def begin(
    stage: Stage,
    initiator: ActorId,
    target: ActorId,
    aim: Issue,
    *,
    level: int = LEVEL_THREAT,
    demand: str = "",
    ultimatum: bool = False,
) -> Crisis:
    """Open a crisis and call both sides. If the two states have a crisis under way already, return that one.

    Args:
        stage: the simulation.
        initiator: the state that starts the dispute.
        target: the state it is directed against.
        aim: what the dispute is about.
        level: the hostility level it opens at, on the MID scale.
        demand: what the initiator demands, in words.
        ultimatum: whether the initiator goes to war unless its demand is met at this stage.
    """
    world = stage.world
    under_way = world.crisis_between(initiator, target)
    if under_way is not None:
        return under_way
    crisis = Crisis(
        stage.next_id(),
        initiator,
        target,
        aim,
        level,
        opened=world.tick,
        deadline=world.tick,
        demand=demand,
        ultimatum=ultimatum,
    )
    world.crises[crisis.id] = crisis
    if level > LEVEL_CLAIM:
        memory.remember_hostile_act(stage, initiator, target, level)
    stage.record(
        "crisis_opened",
        initiator,
        target,
        crisis=crisis.id,
        aim=aim,
        level=level,
        demand=demand,
        ultimatum=ultimatum,
    )
    _open_stage(stage, crisis)
    stage.start("crisis.follow_record" if stage.recorded else "crisis.await_answers", crisis.id)
    return crisis


def leave_record(stage: Stage) -> None:
    """Call both sides of every crisis again, and let the crises go on by the simulation's rules instead of the record."""
    for crisis in list(stage.world.crises.values()):
        for actor in (crisis.initiator, crisis.target):
            stage.close_call(actor, "crisis", crisis.id)
        _open_stage(stage, crisis)
        stage.start("crisis.await_answers", crisis.id)


def respond(stage: Stage, crisis: Crisis, actor: ActorId, response: CrisisResponse) -> None:
    """Set one side's answer. The other side does not see it until the stage closes, and it can be changed until then."""
    if actor in (crisis.initiator, crisis.target) and crisis.id in stage.world.crises:
        crisis.responses[actor] = response
        stage.close_call(actor, "crisis", crisis.id)


def support(stage: Stage, crisis: Crisis, actor: ActorId, side: ActorId) -> None:
    """Let a third state support a side. If the crisis becomes a war, the state fights on that side."""
    if crisis.id not in stage.world.crises or actor in (crisis.initiator, crisis.target):
        return
    other = crisis.target if side == crisis.initiator else crisis.initiator
    if crisis.supporters.get(actor) != side:
        crisis.supporters[actor] = side
        memory.remember_hostile_act(stage, actor, other, SUPPORT_LEVEL)
        memory.add_goodwill(stage, actor, side, 1.0)
        stage.record("crisis_joined", actor, side, other, crisis=crisis.id, side=side)


def mediate(stage: Stage, crisis: Crisis, mediator: ActorId) -> None:
    """Add a third state as mediator: the crisis becomes less likely to rise and more likely to be settled."""
    if crisis.id in stage.world.crises and mediator not in crisis.mediators:
        crisis.mediators += (mediator,)
        stage.record("crisis_mediated", mediator, crisis.initiator, crisis.target, crisis=crisis.id)


def _await_answers(stage: Stage, crisis_id: int) -> None:
    """Wait for the deadline, or for answers that end the crisis at once: a concession, or two offers of compromise.

    Other answers do not shorten a stage. Otherwise the length of a crisis would depend on how fast people type.
    """
    crisis = stage.world.crises.get(crisis_id)
    if crisis is None or _end_if_answers_decide(stage, crisis, crisis.responses):
        return
    if stage.world.tick < crisis.deadline:
        stage.await_answer("crisis", crisis_id, crisis.deadline, "crisis.await_answers", crisis_id)
        return
    answers = _close_stage(stage, crisis)
    if _end_if_answers_decide(stage, crisis, answers):
        return
    if crisis.ultimatum and _carry_out_ultimatum(stage, crisis, answers):
        return
    if happens(stage.stream(_stream_name(crisis)), rise_probability(stage.world, crisis, answers.values())):
        _raise_level(stage, crisis)
        _await_answers(stage, crisis_id)
    else:
        _begin_standoff(stage, crisis, answers)


def _follow_record(stage: Stage, crisis_id: int) -> None:
    """Run a crisis by the record alone: silence and time change nothing."""
    if crisis_id in stage.world.crises:
        stage.await_answer("crisis", crisis_id, None, "crisis.recorded_answer", crisis_id)


def _recorded_answer(stage: Stage, crisis_id: int) -> None:
    crisis = stage.world.crises.get(crisis_id)
    if crisis is None or not stage.recorded or _end_if_answers_decide(stage, crisis, crisis.responses):
        return
    if "escalate" in crisis.responses.values() and crisis.level < LEVEL_FORCE:
        _raise_level(stage, crisis)
    _follow_record(stage, crisis_id)


def _open_stage(stage: Stage, crisis: Crisis) -> None:
    """Clear the last answers, set a deadline and call both sides."""
    crisis.responses.clear()
    days = RESPONSE_DAYS_MAX
    if not stage.recorded:
        days = lognormal_days(stage.stream(_stream_name(crisis)), *RESPONSE_DAYS, high=RESPONSE_DAYS_MAX)
    crisis.deadline = stage.world.tick + (ULTIMATUM_DAYS if crisis.ultimatum else days)
    for actor, other in ((crisis.initiator, crisis.target), (crisis.target, crisis.initiator)):
        stage.call(actor, "crisis", crisis.id, crisis.deadline, other)


def _close_stage(stage: Stage, crisis: Crisis) -> dict[ActorId, CrisisResponse]:
    """Close a stage: draw the answer of a silent side, record both answers and return them."""
    answers: dict[ActorId, CrisisResponse] = {}
    for actor in (crisis.initiator, crisis.target):
        given = crisis.responses.get(actor)
        answers[actor] = given or default_response(stage.stream(_stream_name(crisis)), crisis, actor)
        if given is None:
            expired_calls.close_with_default(stage, actor, "crisis", crisis.id, answers[actor])
    _update_reciprocated(stage, crisis, answers)
    stage.record(
        "crisis_stage",
        crisis.initiator,
        crisis.target,
        crisis=crisis.id,
        level=crisis.level,
        answers=dict(answers),
        silent=[actor for actor in answers if actor not in crisis.responses],
    )
    return answers


def _update_reciprocated(stage: Stage, crisis: Crisis, answers: dict[ActorId, CrisisResponse]) -> None:
    """Note whether the target has answered with force: it escalated or mobilised."""
    is_mobilized = stage.world.actors[crisis.target].mobilized_until > stage.world.tick
    crisis.reciprocated = crisis.reciprocated or is_mobilized or answers.get(crisis.target) == "escalate"


def _end_if_answers_decide(stage: Stage, crisis: Crisis, answers: dict[ActorId, CrisisResponse]) -> bool:
    """End the crisis if one side concedes or both offer a compromise, and tell whether it is over."""
    yielding = [actor for actor, answer in answers.items() if answer == "concede"]
    if len(yielding) == 1:
        end_crisis(stage, crisis, "YIELD", yielding[0])
    elif yielding or list(answers.values()) == ["compromise", "compromise"]:
        end_crisis(stage, crisis, "SETTLED")
    return crisis.id not in stage.world.crises


def _raise_level(stage: Stage, crisis: Crisis) -> None:
    """Raise the crisis by a level; the level above the use of force is war, in which the supporters fight too."""
    if crisis.level == LEVEL_FORCE:
        _start_war(stage, crisis, side_that_strikes(stage.world, crisis))
        return
    crisis.level += 1
    # Remembered hostility holds the highest level reached. A claim has added none, so the first threat counts in full.
    memory.remember_hostile_act(
        stage, crisis.initiator, crisis.target, LEVEL_THREAT if crisis.level == LEVEL_THREAT else 1
    )
    _open_stage(stage, crisis)


def _start_war(stage: Stage, crisis: Crisis, attacker: ActorId) -> None:
    """Start a war. A target that strikes first fights for its policy, not for what the initiator wanted."""
    defender = crisis.target if attacker == crisis.initiator else crisis.initiator
    aim: Issue = crisis.aim if attacker == crisis.initiator else "policy"
    attackers = (attacker, *supporters_of(crisis, attacker))
    war.begin(stage, attackers, (defender, *supporters_of(crisis, defender)), aim)


def _carry_out_ultimatum(stage: Stage, crisis: Crisis, answers: dict[ActorId, CrisisResponse]) -> bool:
    """Start a war over a refused ultimatum and return True, unless the initiator offers a compromise.

    In that case its bluff is called: it loses legitimacy and the crisis goes on.
    """
    crisis.ultimatum = False
    if answers[crisis.initiator] == "compromise":
        change_legitimacy(stage.world.actors[crisis.initiator], BLUFF_LEGITIMACY)
        stage.record("bluff_called", crisis.initiator, crisis.target, crisis=crisis.id)
        return False
    _start_war(stage, crisis, crisis.initiator)
    return True


def _begin_standoff(stage: Stage, crisis: Crisis, answers: dict[ActorId, CrisisResponse]) -> None:
    """Draw how long the standoff lasts and wait for its end or for another answer."""
    stream = stage.stream(_stream_name(crisis))
    crisis.responses.clear()
    answered = crisis.level == LEVEL_FORCE and crisis.reciprocated
    days = weibull_days(stream, *ANSWERED_DAYS) if answered else lognormal_days(stream, *QUIET_DAYS)
    crisis.deadline = max(crisis.opened + days, stage.world.tick + 1)
    _await_standoff_answer(stage, crisis, answers)


def _await_standoff_answer(stage: Stage, crisis: Crisis, answers: dict[ActorId, CrisisResponse]) -> None:
    both = (answers[crisis.initiator], answers[crisis.target])
    stage.await_answer("crisis", crisis.id, crisis.deadline, "crisis.standoff", crisis.id, *both)


def _standoff(stage: Stage, crisis_id: int, initiator_answer: CrisisResponse, target_answer: CrisisResponse) -> None:
    """Continue a standoff after an answer, or end it at its deadline.

    Args:
        stage: the simulation.
        crisis_id: the crisis.
        initiator_answer: the initiator's answer before the standoff.
        target_answer: the target's answer before the standoff.
    """
    crisis = stage.world.crises.get(crisis_id)
    if crisis is None:
        return
    answers: dict[ActorId, CrisisResponse] = {crisis.initiator: initiator_answer, crisis.target: target_answer}
    if _end_if_answers_decide(stage, crisis, answers | crisis.responses):
        return
    _update_reciprocated(stage, crisis, crisis.responses)
    if "escalate" in crisis.responses.values():
        if crisis.level < LEVEL_FORCE:
            _raise_level(stage, crisis)
        else:
            _open_stage(stage, crisis)
        _await_answers(stage, crisis_id)
    elif stage.world.tick < crisis.deadline:
        _await_standoff_answer(stage, crisis, answers)
    else:
        _end_standoff(stage, crisis, answers)


def _end_standoff(stage: Stage, crisis: Crisis, answers: dict[ActorId, CrisisResponse]) -> None:
    """End a standoff at its deadline: in a settlement or in a stalemate."""
    is_offered = "compromise" in (answers | crisis.responses).values()
    chance = (
        (MEDIATED_OFFER_ACCEPTANCE if is_offered else MEDIATED_SETTLEMENT)
        if crisis.mediators
        else OFFER_ACCEPTANCE * is_offered
    )
    settled = chance > 0 and happens(stage.stream(_stream_name(crisis)), chance)
    if settled:
        for mediator, side in product(crisis.mediators, (crisis.initiator, crisis.target)):
            memory.add_goodwill(stage, mediator, side, MEDIATOR_GOODWILL)
    end_crisis(stage, crisis, "SETTLED" if settled else "STALEMATE")


def _stream_name(crisis: Crisis) -> str:
    """Return the name of the pair's own random stream, so that other events do not change its draws."""
    return f"crisis/{crisis.initiator}-{crisis.target}"


STEPS: Steps = {
    "await_answers": _await_answers,
    "follow_record": _follow_record,
    "recorded_answer": _recorded_answer,
    "standoff": _standoff,
}
