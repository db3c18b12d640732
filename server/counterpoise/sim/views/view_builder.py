"""Builds views. A view starts empty and holds only what this module puts into it.

What is public is made once and shared by the views of all seats, so it cannot be changed (``read_only.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, Literal

from msgspec import to_builtins

from counterpoise.sim import kinship
from counterpoise.sim.appraisals import seen_cooperation, seen_subversion
from counterpoise.sim.numbers.geography import proximity, reach
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.read_only import ReadOnlyDict, read_only
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.scenario import ActorSpec, Objective, Scenario
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.spoils import expected_spoils
from counterpoise.sim.types import ActorId, Issue, PeaceTerms
from counterpoise.sim.views import own_matters
from counterpoise.sim.views.view import (
    AidView,
    AlignmentView,
    CrisisView,
    OtherState,
    OwnState,
    SanctionView,
    SpoilsView,
    View,
    WarView,
)
from counterpoise.sim.world import Actor, Audience, Incident, LatestIncidents, World

INCIDENTS_MAX = 50
"""Largest number of incidents in a view."""
SHOWN_INCIDENTS_MAX = 256
"""How many incidents a world keeps in the form that views show; older ones are rarely in a view."""


class ViewBuilder:
    """The views of all seats at one moment.

    Args:
        world: the model. It must not change while views are built; make another builder afterwards.
        scenario: the scenario, for the seats' briefings and goals.
        misperceiving: whether views hold the seats' estimates of other states, as players see them. Otherwise they hold the true
            values, which no player sees.
    """

    def __init__(self, world: World, scenario: Scenario, *, misperceiving: bool = True) -> None:
        self._world, self._scenario, self._misperceiving = world, scenario, misperceiving
        self._views: dict[ActorId, View] = {}

    def view(self, actor: ActorId) -> View:
        """Return what a seat sees. It is built once."""
        found = self._views.get(actor)
        if found is None:
            found = self._views[actor] = self._build(actor)
        return found

    def _build(self, actor: ActorId) -> View:
        world = self._world
        return View(
            tick=world.tick,
            date=self._date,
            end=world.end,
            window=self._window,
            occasion=self._occasion,
            own=_own(world, self._specs[actor], actor, misperceiving=self._misperceiving),
            others=tuple(self._others(actor)),
            alignments=tuple(
                [view for view, audience in self._alignments if audience is None or actor in audience],
            ),
            proposals=tuple(own_matters.proposals_of(world, actor)),
            membership_votes=tuple(own_matters.membership_votes_of(world, actor)),
            crises=tuple(self._crises(actor)),
            wars=tuple(self._wars_with_spoils(actor)),
            aid=tuple(self._aid(actor)),
            conditions=tuple(own_matters.conditions_of(world, actor)),
            campaigns=tuple(own_matters.campaigns_of(world, actor)),
            leaders=self._leaders,
            calls=tuple(own_matters.calls_of(world, actor)),
            incidents=_latest_incidents(world, actor),
            rivalries=self._rivalries,
            talk=world.talk.level,
            sanctions=self._sanctions,
            public_objectives=ReadOnlyDict(
                {state: known for state, known in self._public_objectives if state != actor}
            ),
            questions=tuple(own_matters.questions_of(world, actor)),
        )

    # What is public, once for all seats.

    @cached_property
    def _date(self) -> str:
        return self._world.calendar.iso(self._world.tick)

    @cached_property
    def _window(self) -> int:
        return self._world.calendar.window_of(self._world.tick)

    @cached_property
    def _occasion(self) -> Literal["window", "call"]:
        return "window" if self._world.calendar.opens_window(self._world.tick) else "call"

    @cached_property
    def _specs(self) -> dict[ActorId, ActorSpec]:
        return {spec.id: spec for spec in self._scenario.actors}

    @cached_property
    def _active(self) -> list[Actor]:
        return list(self._world.active())

    @cached_property
    def _public_objectives(self) -> list[tuple[ActorId, tuple[Objective, ...]]]:
        """What each state is known to want."""
        wanted = self._world.objectives
        known = [(a.id, tuple([goal for goal in wanted.get(a.id, ()) if goal.public])) for a in self._active]
        return [(state, goals) for state, goals in known if goals]

    @cached_property
    def _leaders(self) -> ReadOnlyDict[str, ActorId]:
        return ReadOnlyDict(self._world.leaders)

    @cached_property
    def _alignments(self) -> list[tuple[AlignmentView, Audience]]:
        """The alignments in force, each with the states that may see it: its members and those that have discovered it."""
        return [
            (
                AlignmentView(a.id, a.members, a.commitment, a.since, a.against, a.secret, a.lead, a.name, a.until),
                a.members + a.known_to if a.secret else None,
            )
            for a in self._world.alignments.values()
            if not a.ended
        ]

    @cached_property
    def _public_crises(self) -> list[CrisisView]:
        """The crises under way, without the answers, which stay hidden until the stage closes."""
        return [
            CrisisView(
                id=c.id,
                initiator=c.initiator,
                target=c.target,
                aim=c.aim,
                level=c.level,
                opened=c.opened,
                deadline=c.deadline,
                own_response=None,
                demand=c.demand,
                supporters=ReadOnlyDict(c.supporters),
                ultimatum=c.ultimatum,
                mediators=c.mediators,
            )
            for c in self._world.crises.values()
        ]

    @cached_property
    def _peace_talks(self) -> list[tuple[War, tuple[ActorId, ...], ReadOnlyDict[ActorId, PeaceTerms], bool]]:
        """Each war with the states that offer peace, their terms, and whether a mediator's question is open."""
        tick = self._world.tick
        return [
            (war, tuple(war.peace_offers), ReadOnlyDict(war.peace_terms), war.brokered_until > tick)
            for war in self._world.wars.values()
        ]

    @cached_property
    def _rivalries(self) -> tuple[tuple[ActorId, ActorId], ...]:
        """Each pair of existing rivals, once."""
        actors = self._world.actors
        return tuple(
            (a, b)
            for (a, b), dyad in self._world.dyads.items()
            if dyad.rivalry and a < b and actors[a].active and actors[b].active
        )

    @cached_property
    def _sanctions(self) -> tuple[SanctionView, ...]:
        return tuple(SanctionView(s.sender, s.target, s.scope, s.since) for s in self._world.sanctions.values())

    @cached_property
    def _all_aid(self) -> list[tuple[AidView, AidView | None]]:
        """Each flow as its donor and its recipient see it, and as others see it: ``None`` if it is military."""
        flows = []
        for f in self._world.aid.values():
            full = AidView(f.donor, f.recipient, f.kind, f.amount, f.condition)
            public = AidView(f.donor, f.recipient, f.kind, f.amount, "") if f.condition else full
            flows.append((full, public if f.kind == "economic" else None))
        return flows

    # What differs from seat to seat.

    def _crises(self, actor: ActorId) -> Iterator[CrisisView]:
        """Yield all crises, with the seat's own answer only."""
        for crisis in self._public_crises:
            response = self._world.crises[crisis.id].responses.get(actor)
            yield crisis if response is None else replace(crisis, own_response=response)

    def _wars_with_spoils(self, actor: ActorId) -> Iterator[WarView]:
        """Yield all wars, each with what the seat may expect from it."""
        for war, offers, terms, brokered in self._peace_talks:
            yield WarView(
                id=war.id,
                attackers=war.attackers,
                defenders=war.defenders,
                aim=war.aim,
                since=war.since,
                win_chance=war.win_chance,
                offers=offers,
                terms=terms,
                brokered=brokered,
                spoils=tuple(self._spoils(war, actor)),
            )

    def _spoils(self, war: War, actor: ActorId) -> Iterator[SpoilsView]:
        """Yield what the seat may expect if a side wins with it, for each side that it is on or could join."""
        world, misperceiving = self._world, self._misperceiving
        actors, dyads = world.actors, world.dyads

        def power_of(state: ActorId) -> float:
            return dyads[actor, state].seen_power if misperceiving and state != actor else actors[state].power

        def claim_on(loser: ActorId) -> Issue | None:
            return dyads[loser, actor].claim

        for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
            if actor not in foes:
                found = expected_spoils(side, foes, actor, power_of, claim_on)
                yield SpoilsView(side[0], found.money, found.claims)

    def _aid(self, actor: ActorId) -> Iterator[AidView]:
        """Yield economic aid, which is public, and the seat's military aid; only the donor and the recipient see conditions."""
        for full, public in self._all_aid:
            if actor == full.donor or actor == full.recipient:
                yield full
            elif public is not None:
                yield public

    def _others(self, actor: ActorId) -> Iterator[OtherState]:
        """Yield every other existing state as the seat sees it."""
        world, misperceiving = self._world, self._misperceiving
        tick, dyads, scale_km, family = world.tick, world.dyads, world.distance_scale_km, world.actors[actor].family
        similarity, divisive = world.ideology.similarity[family], family in world.ideology.divisive
        partners = [member for view, _ in self._alignments if actor in view.members for member in view.members]
        enemies = [enemy for war in world.wars.values() for enemy in war.enemies_of(actor)]
        for other in self._active:
            code = other.id
            if code == actor:
                continue
            dyad, reverse = dyads[actor, code], dyads[code, actor]
            hostility, statements, broken = dyad.hostility, dyad.hostile_statements, dyad.broken_promises
            if misperceiving:
                subversion, cooperation = seen_subversion(dyad, tick), seen_cooperation(dyad, tick)
            else:
                subversion, cooperation = quantised(dyad.subversion.at(tick)), quantised(dyad.cooperation.at(tick))
            # By position: 30 keyword arguments take eight times as long, and a game makes dozens of these records at every stop.
            # Most of the sums are empty; asking each for its value now would take a third of the time.
            yield OtherState(
                code,
                other.name,
                other.role,
                dyad.seen_power if misperceiving else quantised(other.power),
                dyad.seen_offense if misperceiving else quantised(other.offense),
                other.family,
                dyad.km,
                dyad.contiguity,
                *_proximity_and_reach(dyad.km, dyad.contiguity, scale_km, other.role == "outside"),
                similarity[other.family],
                divisive and other.family == family,
                dyad.rivalry,
                dyad.claim,
                reverse.claim,
                quantised(hostility.at(tick)) if hostility.value else 0.0,
                cooperation,
                quantised(statements.at(tick)) if statements.value else 0.0,
                subversion,
                quantised(broken.at(tick)) if broken.value else 0.0,
                dyad.stated_intent,
                code in partners,
                code in enemies,
                dyad.penetration_known if misperceiving else dyad.penetration,
                reverse.penetration,
                other.occupied,
                other.occupier,
                other.honoured,
                other.reneged,
                other.nuclear,
                dyad.has_refused(tick),
            )


def build_view(world: World, scenario: Scenario, actor: ActorId, *, misperceiving: bool = True) -> View:
    """Return what one seat sees now; a ``ViewBuilder`` builds the views of several seats."""
    return ViewBuilder(world, scenario, misperceiving=misperceiving).view(actor)


def can_see(actor: ActorId, incident: Incident) -> bool:
    """Tell whether a seat may know of an incident."""
    return incident.audience is None or actor in incident.audience


def incident_fields(world: World, incident: Incident) -> ReadOnlyDict[str, Any]:
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


def _own(world: World, spec: ActorSpec, actor_id: ActorId, *, misperceiving: bool) -> OwnState:
    actor = world.actors[actor_id]
    scores = world.seen_scores if misperceiving else world.scores
    parts = world.seen_score_parts if misperceiving else world.score_parts
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
        score=scores.get(actor_id, 0.0),
        goals=spec.goals,
        briefing=spec.briefing,
        nuclear=actor.nuclear,
        centres=actor.centres,
        standing=kinship.standing(world, actor_id),
        score_parts=parts.get(actor_id, ScoreParts()),
        objectives=world.objectives.get(actor_id, ()),
    )


@lru_cache(maxsize=10_000)
def _proximity_and_reach(km: float, contiguity: int, scale_km: float, outside: bool) -> tuple[float, float]:
    """Return a pair's rounded proximity and reach; cached, because every view asks them of the same pairs."""
    near = proximity(km, contiguity, scale_km)
    return quantised(near), quantised(reach(km, contiguity, scale_km, outside=outside))


def _latest_incidents(world: World, actor: ActorId) -> tuple[ReadOnlyDict[str, Any], ...]:
    """Return the newest incidents the seat may see, oldest first: those of its last view and what has happened since."""
    incidents, known = world.incidents, world.latest_incidents.get(actor)
    shown: tuple[ReadOnlyDict[str, Any], ...] = ()
    begin = 0
    if known is not None and incidents[known.count - 1 : known.count] == [known.last]:
        begin, shown = known.count, known.shown
    newest: list[ReadOnlyDict[str, Any]] = []
    known_fields = world.shown_incidents
    for incident in reversed(incidents[begin:]):
        if incident.audience is None or actor in incident.audience:
            newest.append(known_fields.get(incident.id) or incident_fields(world, incident))
            if len(newest) == INCIDENTS_MAX:
                break
    if newest:
        shown = (*shown, *reversed(newest))[-INCIDENTS_MAX:]
    if len(incidents) > begin:
        world.latest_incidents[actor] = LatestIncidents(len(incidents), incidents[-1], shown)
    return shown
