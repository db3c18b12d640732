"""Builds views. A view starts empty and holds only what this module puts into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import to_builtins

from counterpoise.sim.decaying_sum import DecayingSum
from counterpoise.sim.geography import proximity
from counterpoise.sim.read_only import ReadOnlyDict, read_only
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.spoils import expected_spoils
from counterpoise.sim.types import ActorId, Issue
from counterpoise.sim.view import (
    AidView,
    AlignmentView,
    CallView,
    CampaignView,
    ConditionView,
    CrisisView,
    MembershipVoteView,
    OtherState,
    OwnState,
    ProposalView,
    SpoilsView,
    View,
    WarView,
)
from counterpoise.sim.world import Dyad, Incident, War, World

INCIDENTS_MAX = 50
"""Largest number of incidents in a view."""
SHOWN_INCIDENTS_MAX = 256
"""How many incidents a world keeps in the form that views show; older ones are rarely in a view."""


def build_view(world: World, scenario: Scenario, actor: ActorId, *, misperceiving: bool = True) -> View:
    """Return what a seat sees now.

    Args:
        world: the model.
        scenario: the scenario, for the seat's briefing and goals.
        actor: the seat's state.
        misperceiving: whether the view holds the seat's estimates of other states, as players see them. Otherwise it holds the
            true values, which no player sees.
    """
    partners = {member: True for a in world.alignments_of(actor) for member in a.members}
    enemies = {enemy: True for w in world.wars_of(actor) for enemy in w.enemies_of(actor)}
    return View(
        tick=world.tick,
        date=world.calendar.iso(world.tick),
        end=world.end,
        window=world.calendar.window_of(world.tick),
        occasion="window" if world.calendar.opens_window(world.tick) else "call",
        own=_own(world, scenario, actor),
        others=tuple(_other(world, dyad, partners, enemies, misperceiving) for dyad in _dyads(world, actor)),
        alignments=tuple(_alignments(world, actor)),
        proposals=tuple(_proposals(world, actor)),
        membership_votes=tuple(_membership_votes(world, actor)),
        crises=tuple(_crises(world, actor)),
        wars=tuple(_wars(world, actor, misperceiving)),
        aid=tuple(_aid(world, actor)),
        conditions=tuple(_conditions(world, actor)),
        campaigns=tuple(_campaigns(world, actor)),
        leaders=dict(world.leaders),
        calls=tuple(_calls(world, actor)),
        incidents=tuple(_incidents(world, actor)),
        rivalries=tuple(_rivalries(world)),
    )


def can_see(actor: ActorId, incident: Incident) -> bool:
    """Tell whether a seat may know of an incident."""
    return incident.audience is None or actor in incident.audience


def incident_fields(world: World, incident: Incident) -> ReadOnlyDict:
    """Return an incident as views and messages show it. It is made once and shared, so it cannot be changed."""
    shown = world.shown_incidents.get(incident.id)
    if shown is None:
        shown = world.shown_incidents[incident.id] = ReadOnlyDict(
            id=incident.id,
            date=world.calendar.iso(incident.tick),
            tick=incident.tick,
            kind=incident.kind,
            actors=incident.actors,
            detail=read_only(to_builtins(incident.detail)),
        )
        if len(world.shown_incidents) > SHOWN_INCIDENTS_MAX:
            del world.shown_incidents[next(iter(world.shown_incidents))]
    return shown


def _own(world: World, scenario: Scenario, actor_id: ActorId) -> OwnState:
    actor = world.actors[actor_id]
    spec = next(spec for spec in scenario.actors if spec.id == actor_id)
    return OwnState(
        id=actor.id,
        name=actor.name,
        role=actor.role,
        active=actor.active,
        components=actor.components,
        power=actor.power,
        offense=actor.offense,
        technology=actor.technology,
        offensive_share=actor.offensive_share,
        posture=actor.posture,
        treasury=actor.treasury,
        family=actor.family,
        legitimacy=actor.legitimacy,
        openness=actor.openness,
        constraint=actor.constraint,
        occupied=actor.occupied,
        occupier=actor.occupier,
        mobilized=actor.mobilized_until > world.tick,
        repressing=actor.repressed_until > world.tick,
        provided=actor.provided_until > world.tick,
        score=world.scores.get(actor_id, 0.0),
        goals=spec.goals,
        briefing=spec.briefing,
        nuclear=actor.nuclear,
    )


def _dyads(world: World, actor: ActorId) -> Iterator[Dyad]:
    """Yield the seat's dyad with each other existing state."""
    return (world.dyads[actor, other.id] for other in world.active() if other.id != actor)


def _other(
    world: World, dyad: Dyad, partners: Mapping[ActorId, bool], enemies: Mapping[ActorId, bool], misperceiving: bool
) -> OtherState:
    tick, actor, other = world.tick, dyad.observer, world.actors[dyad.other]
    reverse = world.dyads[other.id, actor]
    # By position: 30 keyword arguments take eight times as long, and a game makes dozens of these records at every stop.
    return OtherState(
        other.id,
        other.name,
        other.role,
        dyad.seen_power if misperceiving else round(other.power, 6),
        dyad.seen_offense if misperceiving else round(other.offense, 6),
        other.family,
        dyad.km,
        dyad.contiguity,
        _proximity(dyad.km, dyad.contiguity, world.distance_scale_km, other.role == "outside"),
        world.similarity(actor, other.id),
        world.divisive(actor, other.id),
        dyad.rivalry,
        dyad.claim,
        reverse.claim,
        _decayed(dyad.hostility, tick),
        _decayed(dyad.cooperation, tick),
        _decayed(dyad.hostile_statements, tick),
        _decayed(dyad.subversion, tick),
        _decayed(dyad.broken_promises, tick),
        dyad.misperception if misperceiving else 0.0,
        dyad.stated_intent,
        other.id in partners,
        other.id in enemies,
        dyad.penetration_known if misperceiving else dyad.penetration,
        reverse.penetration,
        other.occupied,
        other.occupier,
        other.honoured,
        other.reneged,
        other.nuclear,
    )


@lru_cache(maxsize=10_000)
def _proximity(km: float, contiguity: int, scale_km: float, outside: bool) -> float:
    """Return a pair's rounded proximity; cached, because every view asks it of the same pairs."""
    return round(proximity(km, contiguity, scale_km, outside=outside), 6)


def _decayed(trace: DecayingSum, tick: int) -> float:
    """Return a sum's present value. Most sums are empty, and a view asks this of every pair five times."""
    return round(trace.at(tick), 6) if trace.value else 0.0


def _alignments(world: World, actor: ActorId) -> Iterator[AlignmentView]:
    """Yield public alignments, the seat's own, and the secret ones that it has discovered."""
    for a in world.alignments.values():
        if not a.ended and a.seen_by(actor):
            yield AlignmentView(a.id, a.members, a.commitment, a.since, a.against, a.secret, a.lead, a.name, a.until)


def _proposals(world: World, actor: ActorId) -> Iterator[ProposalView]:
    """Yield the proposals the seat made or received, and the invitations to pacts of its own."""
    for p in world.proposals.values():
        members = world.alignments[p.alignment].members if p.alignment is not None else ()
        if actor not in (p.proposer, p.to, *members):
            continue
        treaty = world.treaties[p.treaty] if p.treaty is not None else None
        bound = treaty.parties if treaty is not None else members
        yield ProposalView(
            p.id,
            p.proposer,
            p.to,
            p.commitment,
            p.against,
            p.secret,
            p.deadline,
            p.years,
            p.name,
            p.alignment,
            treaty is not None,
            tuple(state for state in bound if state not in (p.proposer, p.to)),
            treaty.needed if treaty is not None else 0,
        )


def _membership_votes(world: World, actor: ActorId) -> Iterator[MembershipVoteView]:
    """Yield the votes of the seat's pacts, but not those on its own expulsion, and its own applications."""
    for v in world.membership_votes.values():
        if v.seen_by(actor, world.alignments[v.alignment].members):
            consented = actor in v.consented
            yield MembershipVoteView(v.id, v.alignment, v.question, v.state, v.asker, v.deadline, consented)


def _crises(world: World, actor: ActorId) -> Iterator[CrisisView]:
    """Yield all crises, with the seat's own answer only; other answers stay hidden until the stage closes."""
    for c in world.crises.values():
        yield CrisisView(
            id=c.id,
            initiator=c.initiator,
            target=c.target,
            aim=c.aim,
            level=c.level,
            opened=c.opened,
            deadline=c.deadline,
            own_response=c.responses.get(actor),
            demand=c.demand,
            supporters=dict(c.supporters),
            ultimatum=c.ultimatum,
            mediators=c.mediators,
        )


def _wars(world: World, actor: ActorId, misperceiving: bool) -> Iterator[WarView]:
    for w in world.wars.values():
        offers, terms = tuple(w.peace_offers), dict(w.peace_terms)
        brokered = w.brokered_until > world.tick
        stakes = tuple(_spoils(world, w, actor, misperceiving))
        yield WarView(w.id, w.attackers, w.defenders, w.aim, w.since, w.win_chance, offers, terms, brokered, stakes)


def _spoils(world: World, war: War, actor: ActorId, misperceiving: bool) -> Iterator[SpoilsView]:
    """Yield what the seat may expect if a side wins with it, for each side that it is on or could join."""

    def power_of(state: ActorId) -> float:
        is_estimate = misperceiving and state != actor
        return world.dyad(actor, state).seen_power if is_estimate else world.actors[state].power

    def claim_on(loser: ActorId) -> Issue | None:
        return world.dyad(loser, actor).claim

    for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
        if actor not in foes:
            found = expected_spoils(side, foes, actor, power_of, claim_on)
            yield SpoilsView(side[0], found.money, found.claims)


def _rivalries(world: World) -> Iterator[tuple[ActorId, ActorId]]:
    """Yield each pair of existing rivals once."""
    for (a, b), dyad in world.dyads.items():
        if dyad.rivalry and a < b and world.actors[a].active and world.actors[b].active:
            yield a, b


def _aid(world: World, actor: ActorId) -> Iterator[AidView]:
    """Yield economic aid, which is public, and the seat's military aid; only the donor and the recipient see conditions."""
    for flow in world.aid.values():
        is_party = actor in (flow.donor, flow.recipient)
        if is_party or flow.kind == "economic":
            condition = flow.condition if is_party else ""
            yield AidView(flow.donor, flow.recipient, flow.kind, flow.amount, condition)


def _conditions(world: World, actor: ActorId) -> Iterator[ConditionView]:
    """Yield the demands tied to aid that the seat gives or receives."""
    for c in world.conditions.values():
        if actor in (c.donor, c.recipient):
            yield ConditionView(c.id, c.donor, c.recipient, c.aid, c.demand, c.about, c.deadline, c.promised)


def _campaigns(world: World, actor: ActorId) -> Iterator[CampaignView]:
    """Yield the seat's own campaigns only."""
    for c in world.campaigns.values():
        if c.actor == actor:
            yield CampaignView(c.target, c.means, c.aim, c.effort, c.until)


def _calls(world: World, actor: ActorId) -> Iterator[CallView]:
    for call in world.calls.values():
        if call.actor == actor:
            yield CallView(call.id, call.reason, call.subject, call.deadline, call.asker)


def _incidents(world: World, actor: ActorId) -> list[ReadOnlyDict]:
    """Return the newest incidents the seat may see, oldest first."""
    newest: list[ReadOnlyDict] = []
    for incident in reversed(world.incidents):
        if can_see(actor, incident):
            newest.append(incident_fields(world, incident))
            if len(newest) == INCIDENTS_MAX:
                break
    newest.reverse()
    return newest
