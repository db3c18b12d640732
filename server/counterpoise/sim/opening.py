"""The opening world of a scenario."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Protocol

from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.id_allocator import IdAllocator
from counterpoise.sim.numbers.geography import great_circle_km
from counterpoise.sim.numbers.random_streams import Streams
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.relations.talk import Talk
from counterpoise.sim.rules import aid_leverage, power, power_estimates
from counterpoise.sim.rules.component_growth import components_at
from counterpoise.sim.rules.relevant_pairs import set_border, set_claim, set_rivalry
from counterpoise.sim.scenario import ActorSpec, RegimeSpec, Scenario, usual_centres
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.world import Actor, Dyad, World

OPENING_TREASURY = 50.0
"""A state's treasury at the start, in per cent of a year's budget (chosen)."""


class DatedSpec(Protocol):
    """A part of the scenario that is in force from ``start`` until before ``end``."""

    @property
    def start(self) -> int:
        """The first tick at which it is in force."""

    @property
    def end(self) -> int | None:
        """The first tick at which it is over; ``None`` if it has no end."""


def is_in_force(spec: DatedSpec, tick: int) -> bool:
    """Tell whether a dated part of the scenario is in force at a tick."""
    return spec.start <= tick and (spec.end is None or tick < spec.end)


def exists_at(spec: ActorSpec, tick: int) -> bool:
    """Tell whether a state of the scenario exists at a tick."""
    return spec.enters <= tick and (spec.leaves is None or tick < spec.leaves)


def regime_at(regimes: Iterable[RegimeSpec], tick: int) -> RegimeSpec:
    """Return the regime in power at a tick: the last that has begun, or the first of all if none has."""
    ordered = sorted(regimes, key=lambda regime: regime.tick)
    return [ordered[0], *(regime for regime in ordered if regime.tick <= tick)][-1]


def calendar_of(scenario: Scenario) -> tuple[Calendar, int]:
    """Return a scenario's calendar and the tick at which it ends, the one after its last day."""
    calendar = Calendar(scenario.start, scenario.window_months)
    return calendar, calendar.tick_of(scenario.end) + 1


def build_world(scenario: Scenario, streams: Streams) -> World:
    """Build the world at tick 0 from the scenario's opening and its history."""
    calendar, end = calendar_of(scenario)
    world = World(
        tick=0,
        calendar=calendar,
        end=end,
        actors={spec.id: _actor(spec) for spec in scenario.actors},
        dyads={},
        ideology=scenario.ideology,
        distance_scale_km=scenario.distance_scale_km,
        objectives={spec.id: spec.objectives for spec in scenario.actors},
        talk=Talk(scenario.talk),
    )
    for observer, other in permutations(scenario.actors, 2):
        km = great_circle_km(observer.latitude, observer.longitude, other.latitude, other.longitude)
        world.dyads[observer.id, other.id] = Dyad(observer.id, other.id, km)
    _set_ties(world, scenario)
    _add_past_disputes(world, scenario)
    _add_alignments(world, scenario, streams)
    for flow in scenario.aid:
        aid = Aid(flow.donor, flow.recipient, flow.kind, flow.amount, since=0)
        aid.dependence = aid_leverage.settled_dependence(aid)  # the aid has flowed for a while when the game begins
        aid_leverage.set_flow(world, aid)
    power.refresh(world)
    stream, offense = streams(power_estimates.STREAM), power_estimates.current_offense(world)
    power_estimates.update_estimates(world, stream, offense, errs=not scenario.recorded)
    world.scores, world.seen_scores = dict.fromkeys(world.actors, 0.0), dict.fromkeys(world.actors, 0.0)
    world.score_parts = {actor: ScoreParts() for actor in world.actors}
    world.seen_score_parts = {actor: ScoreParts() for actor in world.actors}
    return world


def _actor(spec: ActorSpec) -> Actor:
    regime = regime_at(spec.regimes, 0)
    return Actor(
        id=spec.id,
        name=spec.name,
        role=spec.role,
        latitude=spec.latitude,
        longitude=spec.longitude,
        active=exists_at(spec, 0),
        components=components_at(spec.waypoints, max(0, spec.enters)),
        capability_factor=1.0,
        technology=spec.technology,
        offensive_share=spec.offensive_share,
        lift=spec.lift,
        revisionism=spec.revisionism,
        posture=spec.posture,
        treasury=OPENING_TREASURY,
        family=regime.family,
        legitimacy=regime.legitimacy,
        openness=regime.openness,
        constraint=regime.constraint,
        centres=regime.centres or usual_centres(regime.constraint),
        baseline_legitimacy=regime.legitimacy,
        in_power_since=regime.tick,
        nuclear=spec.nuclear_from is not None and spec.nuclear_from <= 0,
    )


def _set_ties(world: World, scenario: Scenario) -> None:
    """Set the borders, rivalries and claims that are in force at the start."""
    for border in scenario.contiguity:
        if is_in_force(border, 0):
            set_border(world, border.a, border.b, border.kind)
    for rivalry in scenario.rivalries:
        if is_in_force(rivalry, 0):
            set_rivalry(world, rivalry.a, rivalry.b, True)
    for claim in scenario.claims:
        if is_in_force(claim, 0):
            set_claim(world, claim.challenger, claim.target, claim.issue)


def _add_past_disputes(world: World, scenario: Scenario) -> None:
    """Add the past disputes to the hostility that their targets remember, oldest first."""
    for past in sorted(scenario.disputes, key=lambda dispute: dispute.tick):
        world.dyad(past.target, past.initiator).hostility.add(past.level / 5, past.tick)


def _add_alignments(world: World, scenario: Scenario, streams: Streams) -> None:
    """Add the alignments in force at the start, with the goodwill of their formation."""
    ids = IdAllocator(world, streams, ())
    for spec in sorted((a for a in scenario.alignments if is_in_force(a, 0)), key=lambda a: a.start):
        members = tuple(member for member in spec.members if world.actors[member].active)
        if len(members) < 2:
            continue
        number = ids.next(members if spec.secret else None)
        world.alignments[number] = Alignment(
            id=number,
            members=members,
            commitment=spec.commitment,
            since=spec.start,
            against=spec.against,
            secret=spec.secret,
            lead=spec.lead,
            name=spec.name,
            until=spec.end,
        )
        for a, b in permutations(members, 2):
            world.dyad(b, a).cooperation.add(1.0, spec.start)
