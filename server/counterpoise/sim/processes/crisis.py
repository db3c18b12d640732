"""A crisis: one dispute on its way through threat, display and use of force, to a settlement, a stalemate or a war.

At every level both sides are called. A concession or two offers of compromise end the crisis at once; when the time to answer
is up the stage closes, and the crisis rises or settles into a standoff, until it has lasted as long as such disputes last. In a
standoff either side may still speak: concede, take up an offer, or escalate.
"""

from __future__ import annotations

from itertools import product

from counterpoise.sim.chance import happens, lognormal_days, weibull_days
from counterpoise.sim.move import Process, Stage
from counterpoise.sim.processes import war
from counterpoise.sim.rules import expired_calls, memory
from counterpoise.sim.rules.endings import change_legitimacy, end_crisis
from counterpoise.sim.rules.escalation import default_response, rise_probability
from counterpoise.sim.rules.legality import crisis_between
from counterpoise.sim.types import (
    LEVEL_CLAIM,
    LEVEL_FORCE,
    LEVEL_THREAT,
    ActorId,
    CrisisResponse,
    Issue,
)
from counterpoise.sim.world import Crisis

RESPONSE_DAYS = (1.61, 1.85)
"""Lognormal days from a trigger to the actor's major response: median 5 (ICB, n = 1058; theory 4.4)."""
RESPONSE_DAYS_MAX = 45
QUIET_DAYS = (2.63, 2.01)
"""Lognormal days of a dispute that tops at display (MID, n = 542; theory 4.4); lower ones last no longer.

Nor do those in which force is used on a state that does nothing of the kind: their median is days, not weeks (MID)."""
ANSWERED_DAYS = (0.90, 180.0)
"""Weibull shape and scale of the days of a dispute in which both sides use force, unless something ends it earlier.

Chosen so that with those cut short by a concession, by terms or by war they last as long as crises do: quartiles of 28, 76 and
202 days (ICB, n = 482). MID's disputes that the target answers in kind do as well: 12, 80 and 212 days."""
OFFER_TAKEN = 0.5
"""Chance that a standoff in which one side offers terms ends in a settlement rather than in nothing (chosen)."""
OFFER_TAKEN_MEDIATED, SETTLED_MEDIATED, MEDIATOR_GOODWILL = 0.75, 0.25, 0.3
"""The same with a mediator, the chance it brings about terms that nobody offered, and the goodwill it earns with each side.

Mediated crises end in agreement about half as often again (Beardsley, Quinn, Biswas & Wilkenfeld 2006)."""
ULTIMATUM_DAYS = 10
"""Time to answer an ultimatum (chosen; Austria gave two days in 1914, Britain and France a day in 1956)."""
BLUFF_LEGITIMACY = -0.10
"""Legitimacy that a bluff costs when it is called: twice that of yielding (audience costs, Fearon 1994)."""
SUPPORT_LEVEL = LEVEL_THREAT
"""What supporting one side counts for on the MID scale in the eyes of the other."""


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
    """Open a crisis and call both sides; between two states only one can be under way, so a second is the first."""
    world = stage.world
    under_way = crisis_between(world, initiator, target)
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
    stage.start(_follow_record(stage, crisis) if stage.recorded else _run(stage, crisis))
    return crisis


def leave_record(stage: Stage) -> None:
    """Ask both sides of every crisis anew, and let it go on as crises do."""
    for crisis in list(stage.world.crises.values()):
        for actor in (crisis.initiator, crisis.target):
            stage.close_call(actor, "crisis", crisis.id)
        _open_stage(stage, crisis)
        stage.start(_run(stage, crisis))


def respond(stage: Stage, crisis: Crisis, actor: ActorId, response: CrisisResponse) -> None:
    """Answer for one side; the answer is sealed until the stage closes, and may be changed until then."""
    if actor in (crisis.initiator, crisis.target) and crisis.id in stage.world.crises:
        crisis.responses[actor] = response
        stage.close_call(actor, "crisis", crisis.id)


def support(stage: Stage, crisis: Crisis, actor: ActorId, side: ActorId) -> None:
    """Let a third state take a side; if war comes it fights on it."""
    if crisis.id not in stage.world.crises or actor in (crisis.initiator, crisis.target):
        return
    other = crisis.target if side == crisis.initiator else crisis.initiator
    if crisis.supporters.get(actor) != side:
        crisis.supporters[actor] = side
        memory.remember_hostile_act(stage, actor, other, SUPPORT_LEVEL)
        memory.add_goodwill(stage, actor, side, 1.0)
        stage.record("crisis_joined", actor, side, other, crisis=crisis.id, side=side)


def mediate(stage: Stage, crisis: Crisis, mediator: ActorId) -> None:
    """Let a third state go between the two; the crisis rises less readily and settles more readily."""
    if crisis.id in stage.world.crises and mediator not in crisis.mediators:
        crisis.mediators += (mediator,)
        stage.record("crisis_mediated", mediator, crisis.initiator, crisis.target, crisis=crisis.id)


def _run(stage: Stage, crisis: Crisis) -> Process:
    while crisis.id in stage.world.crises:
        yield from _await_answers(stage, crisis)
        if crisis.id not in stage.world.crises:
            return
        said = _close_stage(stage, crisis)
        if _end_if_answers_decide(stage, crisis, said):
            return
        if crisis.ultimatum and _carry_out_ultimatum(stage, crisis, said):
            return
        if happens(stage.stream(_stream_name(crisis)), rise_probability(stage.world, crisis, said.values())):
            _raise_level(stage, crisis)
        else:
            yield from _stand_off(stage, crisis, said)


def _follow_record(stage: Stage, crisis: Crisis) -> Process:
    """Let only what the record says move the crisis: a silent side decides nothing, and time ends nothing."""
    while crisis.id in stage.world.crises:
        yield stage.next_answer("crisis", crisis.id)
        if (
            not stage.recorded
            or crisis.id not in stage.world.crises
            or _end_if_answers_decide(stage, crisis, crisis.responses)
        ):
            return
        if "escalate" in crisis.responses.values() and crisis.level < LEVEL_FORCE:
            _raise_level(stage, crisis)


def _open_stage(stage: Stage, crisis: Crisis) -> None:
    """Forget the last answers and call both sides for new ones; one major response's time is the term."""
    crisis.responses.clear()
    days = RESPONSE_DAYS_MAX
    if not stage.recorded:
        days = lognormal_days(stage.stream(_stream_name(crisis)), *RESPONSE_DAYS, high=RESPONSE_DAYS_MAX)
    crisis.deadline = stage.world.tick + (ULTIMATUM_DAYS if crisis.ultimatum else days)
    for actor, other in ((crisis.initiator, crisis.target), (crisis.target, crisis.initiator)):
        stage.call(actor, "crisis", crisis.id, crisis.deadline, other)


def _await_answers(stage: Stage, crisis: Crisis) -> Process:
    """Wait for the deadline. Quick answers do not shorten a stage, or crises would last as long as seats take to type.

    A concession, or two offers of compromise, end the crisis at once.
    """
    while crisis.id in stage.world.crises and not _end_if_answers_decide(stage, crisis, crisis.responses):
        if stage.world.tick >= crisis.deadline:
            return
        yield stage.env.timeout(crisis.deadline - stage.world.tick) | stage.next_answer("crisis", crisis.id)


def _close_stage(stage: Stage, crisis: Crisis) -> dict[ActorId, CrisisResponse]:
    """Unseal the answers; a side that kept silent does what such sides do."""
    said: dict[ActorId, CrisisResponse] = {}
    for actor in (crisis.initiator, crisis.target):
        given = crisis.responses.get(actor)
        said[actor] = given or default_response(stage.stream(_stream_name(crisis)), crisis, actor)
        if given is None:
            expired_calls.close_with_default(stage, actor, "crisis", crisis.id, said[actor])
    _update_reciprocated(stage, crisis, said)
    stage.record(
        "crisis_stage",
        crisis.initiator,
        crisis.target,
        crisis=crisis.id,
        level=crisis.level,
        answers=dict(said),
        silent=[actor for actor in said if actor not in crisis.responses],
    )
    return said


def _update_reciprocated(stage: Stage, crisis: Crisis, said: dict[ActorId, CrisisResponse]) -> None:
    """Remember that the target has answered in kind, by what it does or by calling up its reserves."""
    called_up = stage.world.actors[crisis.target].mobilized_until > stage.world.tick
    crisis.reciprocated = crisis.reciprocated or called_up or said.get(crisis.target) == "escalate"


def _end_if_answers_decide(stage: Stage, crisis: Crisis, said: dict[ActorId, CrisisResponse]) -> bool:
    """End the crisis if the answers do: one concedes, or both compromise."""
    yielding = [actor for actor, answer in said.items() if answer == "concede"]
    if len(yielding) == 1:
        end_crisis(stage, crisis, "YIELD", yielding[0])
    elif yielding or list(said.values()) == ["compromise", "compromise"]:
        end_crisis(stage, crisis, "SETTLED")
    return crisis.id not in stage.world.crises


def _raise_level(stage: Stage, crisis: Crisis) -> None:
    """Go up a level; the top of the scale is war, in which the supporters fight too."""
    if crisis.level == LEVEL_FORCE:
        _start_war(stage, crisis)
        return
    crisis.level += 1
    # The trace holds the highest level reached: a bare claim has left none, so its first threat counts in full.
    memory.remember_hostile_act(
        stage, crisis.initiator, crisis.target, LEVEL_THREAT if crisis.level == LEVEL_THREAT else 1
    )
    _open_stage(stage, crisis)


def _start_war(stage: Stage, crisis: Crisis) -> None:
    attackers = (crisis.initiator, *(a for a, side in crisis.supporters.items() if side == crisis.initiator))
    defenders = (crisis.target, *(a for a, side in crisis.supporters.items() if side == crisis.target))
    war.begin(stage, attackers, defenders, crisis.aim)


def _carry_out_ultimatum(stage: Stage, crisis: Crisis, said: dict[ActorId, CrisisResponse]) -> bool:
    """Go to war over a refused ultimatum, unless the state that made it now offers terms: then it has bluffed, and loses face."""
    crisis.ultimatum = False
    if said[crisis.initiator] == "compromise":
        change_legitimacy(stage.world.actors[crisis.initiator], BLUFF_LEGITIMACY)
        stage.record("bluff_called", crisis.initiator, crisis.target, crisis=crisis.id)
        return False
    _start_war(stage, crisis)
    return True


def _stand_off(stage: Stage, crisis: Crisis, said: dict[ActorId, CrisisResponse]) -> Process:
    """Hold out for as long as such disputes last, unless somebody speaks again; an escalation goes on from there."""
    stream = stage.stream(_stream_name(crisis))
    crisis.responses.clear()
    answered = crisis.level == LEVEL_FORCE and crisis.reciprocated
    days = weibull_days(stream, *ANSWERED_DAYS) if answered else lognormal_days(stream, *QUIET_DAYS)
    crisis.deadline = max(crisis.opened + days, stage.world.tick + 1)
    while stage.world.tick < crisis.deadline:
        yield stage.env.timeout(crisis.deadline - stage.world.tick) | stage.next_answer("crisis", crisis.id)
        if crisis.id not in stage.world.crises or _end_if_answers_decide(stage, crisis, said | crisis.responses):
            return
        _update_reciprocated(stage, crisis, crisis.responses)
        if "escalate" in crisis.responses.values():
            if crisis.level < LEVEL_FORCE:
                _raise_level(stage, crisis)
            else:
                _open_stage(stage, crisis)
            return
    offered = "compromise" in (said | crisis.responses).values()
    chance = (OFFER_TAKEN_MEDIATED if offered else SETTLED_MEDIATED) if crisis.mediators else OFFER_TAKEN * offered
    settled = chance > 0 and happens(stream, chance)
    if settled:
        for mediator, side in product(crisis.mediators, (crisis.initiator, crisis.target)):
            memory.add_goodwill(stage, mediator, side, MEDIATOR_GOODWILL)
    end_crisis(stage, crisis, "SETTLED" if settled else "STALEMATE")


def _stream_name(crisis: Crisis) -> str:
    """Name the stream of this pair's crises, so that what happens elsewhere does not touch them."""
    return f"crisis/{crisis.initiator}-{crisis.target}"
