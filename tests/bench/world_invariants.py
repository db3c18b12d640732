"""The invariants of every world. The tests and the soak benchmark check them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import combinations
from math import fsum, isfinite
from typing import Any

from counterpoise.sim.processes.crisis import RESPONSE_DAYS_MAX
from counterpoise.sim.processes.war import OFFER_DAYS, REVIEW_DAYS
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, Dyad, World

LONGEST_STANDOFF = 730
"""The longest draw of days in ``chance``."""
MONTH = 31
LATEST = 50
"""How many of the newest incidents are looked at."""
ACTOR_SHARES = (
    "power",
    "offense",
    "legitimacy",
    "baseline_legitimacy",
    "openness",
    "constraint",
    "offensive_share",
    "revisionism",
    "occupied",
)
DYAD_SHARES = ("seen_power", "seen_offense", "penetration", "penetration_known")
TRACES = ("hostility", "cooperation", "hostile_statements", "subversion", "broken_promises", "suspicion", "trust")


def invariant_violations(world: World, *, recorded: bool = False) -> list[str]:
    """Return the invariants that a world violates, as sentences; a sound world violates none.

    Args:
        world: a world at a stop of the clock, when everything due before its tick has happened.
        recorded: whether the world follows a record, in which crises and wars wait for the record and not for a date.
    """
    found = [*_numbers(world), *_states(world), *_pairs(world), *_wars(world), *_crises(world)]
    found += [*_ties(world), *_questions(world), *_log(world)]
    if not recorded:
        found += _stuck(world)
    return found


def _numbers(world: World) -> Iterator[str]:
    """Yield the numbers in the world that are not finite; what is kept to save work is not part of the world's state."""
    for name in [field.name for field in fields(world) if field.compare and field.name != "incidents"]:
        for where, value in _floats(getattr(world, name), name):
            if not isfinite(value):
                yield f"{where} is {value}"


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _floats(value: Any, where: str) -> Iterator[tuple[str, float]]:
    if type(value) is float:
        yield where, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(item, str | int):
                yield from _floats(item, f"{where}[{key}]")
    elif isinstance(value, tuple | list):
        for number, item in enumerate(value):
            if not isinstance(item, str | int):
                yield from _floats(item, f"{where}[{number}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            item = getattr(value, name)
            if item is not None and not isinstance(item, str | int):
                yield from _floats(item, f"{where}.{name}")


def _states(world: World) -> Iterator[str]:
    active = [state.id for state in world.active()]
    for state in world.actors.values():
        if min(state.components) < 0:
            yield f"{state.id} has negative forces: {state.components}"
        if state.treasury < 0:
            yield f"{state.id} has a treasury of {state.treasury}"
        if state.capability_factor <= 0:
            yield f"{state.id} has a capability factor of {state.capability_factor}"
        yield from _shares(state, ACTOR_SHARES, state.id)
        yield from _occupation(world, state)
        if not 0 <= world.scores.get(state.id, 0.0) <= 100:
            yield f"{state.id} has a score of {world.scores[state.id]}"
    whole = fsum(world.actors[code].power for code in active)
    if abs(whole - 1.0) > 1e-6:
        yield f"the shares of power sum to {whole}"
    for family, leader in world.leaders.items():
        if leader not in active:
            yield f"{leader}, which does not exist, leads the {family} movement"
        elif world.actors[leader].family != family:
            yield f"{leader} leads the {family} movement and is of another"


def _occupation(world: World, state: Actor) -> Iterator[str]:
    if (state.occupied > 0) != (state.occupier is not None):
        yield f"{state.occupied} of {state.id} is occupied by {state.occupier}"
    if state.occupier is not None:
        if not state.active:
            yield f"{state.id}, which does not exist, is occupied by {state.occupier}"
        if not world.actors[state.occupier].active:
            yield f"{state.id} is occupied by {state.occupier}, which does not exist"
        if state.occupier == state.id:
            yield f"{state.id} occupies itself"


def _shares(thing: Actor | Dyad, names: Iterable[str], who: str) -> Iterator[str]:
    for name in names:
        value = getattr(thing, name)
        if not 0 <= value <= 1:
            yield f"the {name} of {who} is {value}"


def _pairs(world: World) -> Iterator[str]:
    for dyad in world.dyads.values():
        who = f"{dyad.observer} and {dyad.other}"
        yield from _shares(dyad, DYAD_SHARES, who)
        if dyad.penetration_known > dyad.penetration:
            yield f"the known access between {who} is larger than the access"
        if not -1 <= dyad.misperception <= 1:
            yield f"the misperception of {who} is {dyad.misperception}"
        if dyad.aid_received < 0:
            yield f"the aid received of {who} is {dyad.aid_received}"
        for name in TRACES:
            if getattr(dyad, name).value < 0:
                yield f"the {name} of {who} is {getattr(dyad, name).value}"
    for a, b in combinations(world.actors, 2):
        wars = [war.id for war in world.wars.values() if b in war.enemies_of(a)]
        crises = [c.id for c in world.crises.values() if sorted((c.initiator, c.target)) == sorted((a, b))]
        if len(wars) > 1:
            yield f"{a} and {b} fight {len(wars)} wars with each other"
        if len(crises) > 1:
            yield f"{a} and {b} have {len(crises)} crises with each other"
        if wars and crises:
            yield f"{a} and {b} have a crisis while they are at war"


def _wars(world: World) -> Iterator[str]:
    for war in world.wars.values():
        name = f"war {war.id}"
        yield from _dead(world, name, war.parties)
        if not war.attackers or not war.defenders:
            yield f"{name} has an empty side"
        if len(war.parties) != len(dict.fromkeys(war.parties)):
            yield f"{name} has a state twice: {war.parties}"
        if not 0 <= war.win_chance <= 1:
            yield f"{name} has a chance of {war.win_chance}"
        if sorted(war.losses) != sorted(war.parties):
            yield f"{name} has losses of {sorted(war.losses)} and parties {sorted(war.parties)}"
        if not all(0 <= share <= 1 for share in war.losses.values()):
            yield f"{name} has losses of {war.losses}"
        if not all(maker in war.parties for maker in war.peace_offers):
            yield f"{name} has offers of peace from outside: {war.peace_offers}"
        if sorted(war.peace_terms) != sorted(war.peace_offers):
            yield f"{name} has terms without an offer, or the reverse"
        for fellows in (war.attackers, war.defenders):
            for a, b in combinations(fellows, 2):
                if world.at_war(a, b):
                    yield f"{a} and {b} are allies in {name} and fight each other elsewhere"


def _crises(world: World) -> Iterator[str]:
    for crisis in world.crises.values():
        name, sides = f"crisis {crisis.id}", (crisis.initiator, crisis.target)
        yield from _dead(world, name, (*sides, *crisis.supporters, *crisis.mediators))
        if crisis.initiator == crisis.target:
            yield f"{name} is of {crisis.initiator} with itself"
        if not 1 <= crisis.level <= 4:
            yield f"{name} stands at level {crisis.level}"
        if not all(side in sides for side in crisis.supporters.values()):
            yield f"{name} has supporters of a third side: {crisis.supporters}"
        if not all(actor in sides for actor in crisis.responses):
            yield f"{name} has answers from outside: {crisis.responses}"


def _ties(world: World) -> Iterator[str]:
    for alignment in world.alignments.values():
        if not alignment.ended:
            name = f"alignment {alignment.id} ({alignment.commitment})"
            yield from _dead(world, name, alignment.members)
            if len(dict.fromkeys(alignment.members)) < 2:
                yield f"{name} has the members {alignment.members}"
            if alignment.lead is not None and alignment.lead not in alignment.members:
                yield f"{name} is led by {alignment.lead}, which is no member"
            for a, b in combinations(alignment.members, 2):
                if world.at_war(a, b):
                    yield f"{name} binds {a} and {b}, which are at war"
    for aid in world.aid.values():
        name = f"{aid.kind} aid of {aid.donor} to {aid.recipient}"
        yield from _dead(world, name, (aid.donor, aid.recipient))
        if not (0 < aid.amount <= 1 and 0 <= aid.dependence <= 1):
            yield f"{name} has amount {aid.amount} and dependence {aid.dependence}"
        if world.at_war(aid.donor, aid.recipient):
            yield f"{name} flows in a war between the two"
    for campaign in world.campaigns.values():
        name = f"campaign of {campaign.actor} in {campaign.target}"
        yield from _dead(world, name, (campaign.actor, campaign.target))
        if not 0 < campaign.effort <= 1:
            yield f"{name} has effort {campaign.effort}"


def _questions(world: World) -> Iterator[str]:
    subjects: dict[int, object] = {**world.crises, **world.wars, **world.proposals, **world.conditions}
    subjects |= world.membership_votes
    for treaty in world.treaties.values():
        yield from _dead(world, f"treaty {treaty.id}", (treaty.founder,))
        if not any(proposal.treaty == treaty.id for proposal in world.proposals.values()):
            yield f"treaty {treaty.id} waits for nobody"
    for vote in world.membership_votes.values():
        yield from _dead(world, f"vote {vote.id}", (vote.asker, vote.state))
        if world.alignments[vote.alignment].ended:
            yield f"vote {vote.id} is about alignment {vote.alignment}, which has ended"
    for proposal in world.proposals.values():
        if proposal.alignment is not None and world.alignments[proposal.alignment].ended:
            yield f"proposal {proposal.id} invites to alignment {proposal.alignment}, which has ended"
        yield from _dead(world, f"proposal {proposal.id}", (proposal.proposer, proposal.to))
    for condition in world.conditions.values():
        named = (condition.donor, condition.recipient, condition.about)
        yield from _dead(world, f"condition {condition.id}", [code for code in named if code is not None])
    for call in world.calls.values():
        yield from _dead(world, f"call {call.id} ({call.reason})", (call.actor,))
        if call.subject not in subjects:
            yield f"call {call.id} ({call.reason}) is about {call.subject}, which no longer exists"


def _log(world: World) -> Iterator[str]:
    public = [incident.id for incident in world.incidents if incident.audience is None]
    numbers = [*[incident.id for incident in world.incidents], *world.calls, *world.proposals, *world.conditions]
    numbers += [*world.treaties, *world.membership_votes]
    numbers += [*world.alignments, *world.crises, *world.wars, *[campaign.id for campaign in world.campaigns.values()]]
    if public != sorted(public):
        yield "the public incidents are out of order"
    if len(numbers) != len(dict.fromkeys(numbers)):
        yield "two things have one number"
    if world.incidents and world.incidents[-1].tick > world.tick:
        yield f"an incident of tick {world.incidents[-1].tick} is logged at tick {world.tick}"
    for incident in world.incidents[-LATEST:]:
        if any(isinstance(value, tuple) for value in incident.detail.values()):
            yield f"a detail of {incident.kind} is a tuple, which a snapshot gives back as a list"


def _stuck(world: World) -> list[str]:
    """Return the things that wait for a past day, or for a later day than any process sets."""
    now = world.tick
    spans: list[tuple[str, int, int]] = []
    """The name of a waiting thing, its day, and the most days from now to that day."""
    spans += [(f"crisis {c.id}", c.deadline, max(LONGEST_STANDOFF, RESPONSE_DAYS_MAX)) for c in world.crises.values()]
    spans += [(f"war {w.id}", w.next_review, REVIEW_DAYS) for w in world.wars.values()]
    spans += [
        (f"the offer of peace of {maker} in war {war.id}", until, OFFER_DAYS)
        for war in world.wars.values()
        for maker, until in war.peace_offers.items()
    ]
    spans += [(f"proposal {p.id}", p.deadline, 60) for p in world.proposals.values()]
    spans += [(f"treaty {t.id}", t.deadline, 60) for t in world.treaties.values()]
    spans += [(f"vote {v.id}", v.deadline, 60) for v in world.membership_votes.values()]
    spans += [(f"condition {c.id}", c.deadline, 365) for c in world.conditions.values()]
    spans += [(f"call {c.id} ({c.reason})", c.deadline, LONGEST_STANDOFF) for c in world.calls.values()]
    spans += [
        (f"the campaign of {c.actor} in {c.target}", c.until + MONTH, 366 + MONTH) for c in world.campaigns.values()
    ]
    found = [f"{what} waits for tick {day} at tick {now}" for what, day, most in spans if not now <= day <= now + most]
    return found + [
        f"alignment {a.id} was to end at tick {a.until} and stands at tick {now}"
        for a in world.alignments.values()
        if not a.ended and a.until is not None and a.until <= now
    ]


def _dead(world: World, what: str, named: Iterable[ActorId]) -> Iterator[str]:
    for code in named:
        if not world.actors[code].active:
            yield f"{what} includes {code}, which does not exist"
