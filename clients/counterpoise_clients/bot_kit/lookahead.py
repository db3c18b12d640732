"""Looking ahead: a world the simulator can run, put together from nothing but one view, and played forward under a plan.

What a view does not show is assumed, the same for every plan that is compared:

- power is what the seat estimates it to be, spread evenly over the six components, and nobody grows;
- regimes of others are of middling legitimacy and openness, and every regime settles at a middling standing; regimes of one
  family are alike, those of two others half alike;
- two other states lie as far apart as if the seat stood at a right angle between them, border nowhere, and hold nothing
  against each other but what is public; what the seat remembers of a state, that state remembers of the seat;
- quarrels come at the published rate, secrets that are not known do not exist, no event of the scenario is foreseen, and a
  war's losses are those that explain its public odds;
- others begin nothing of their own accord, and answer as an ordinary state does (``ORDINARY_STATE``); so does the seat itself in
  whatever it is asked later.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from math import fsum, log, sqrt
from random import Random
from typing import Any

from counterpoise.sim.decaying_sum import DecayingSum
from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.start_crisis import StartCrisis
from counterpoise.sim.injects.start_war import StartWar
from counterpoise.sim.move import Move
from counterpoise.sim.moves.broker_peace import BrokerPeace
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.rules import war_odds
from counterpoise.sim.rules.power import clip
from counterpoise.sim.scenario import (
    COMPONENTS,
    ActorSpec,
    AidSpec,
    AlignmentSpec,
    Claim,
    Contiguity,
    IdeologySpec,
    RegimeSpec,
    Rivalry,
    Scenario,
    Waypoint,
)
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, CrisisView, OtherState, OwnState, View, WarView
from counterpoise.sim.view_builder import build_view as view_of
from counterpoise.sim.world import Dyad, War, World
from counterpoise_clients.bot_kit.assessment import DIGITS, Assessment
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

ORDINARY_STATE = Temperament(
    resolve=0.65, escalation=0.20, compromise=0.50, loyalty=0.50, openness=0.25, bandwagoning=-0.1
)
"""How others are taken to answer."""
MIDDLE_VALUE = 0.5
SYSTEM_TOTAL = 1000.0
"""What the whole system has of each component; only shares matter."""
POWER_MIN = 1e-4
"""The least power anybody is taken to have."""
LOSS_SHARE_MAX = 0.24
"""Losses beyond which a side would have given up."""
STOPS_MAX = 200
"""Stops of the clock after which a projection is broken off: more calls than this are a quarrel without end."""
SUBJECTS = ("crisis", "war", "proposal", "condition", "alignment", "drop")
"""The fields of moves that hold numbers of things, which a projection numbers anew."""


class Lookahead:
    """What may come of a plan, as far as a seat can tell.

    Args:
        view: what the seat sees.
        days: how far to look ahead.
    """

    def __init__(self, view: View, days: int) -> None:
        self.view = view
        self.me = view.own.id
        self.days = min(days, view.end - view.tick)
        self.runs = 0

    def worth(self, plan: Sequence[Move], seeds: Sequence[str]) -> float:
        """Return the mean of the game's own score of the seat over the days ahead, 0 to 100, one run for each seed."""
        return round(fsum(self._played(plan, seed) for seed in seeds) / len(seeds), DIGITS)

    def _played(self, plan: Sequence[Move], seed: str) -> float:
        self.runs += 1
        simulation, numbers = self.opened(seed)
        for move in plan:
            simulation.apply(self.me, _renumbered(move, numbers))
        asked = 0
        while not simulation.ended and asked < STOPS_MAX:
            simulation.advance(simulation.world.end)
            if not simulation.ended:
                _answer_all(simulation, seed)
            asked += 1
        return simulation.world.scores[self.me]

    def opened(self, seed: str) -> tuple[Simulation, dict[int, int]]:
        """Return a simulation that stands where the view does, and the numbers it gives to the things of the view."""
        simulation = Simulation(self.scenario, seed)
        numbers = dict(zip((a.id for a in self._alignments), simulation.world.alignments, strict=True))
        for war in self.view.wars:
            self._fight(simulation, war, numbers)
        for crisis in self.view.crises:
            self._quarrel(simulation, crisis, numbers)
        self._remember(simulation.world)
        self._table(simulation, numbers)
        self._settle_in(simulation.world)
        return simulation, numbers

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that begins where the view stands."""
        view, start = self.view, date.fromisoformat(self.view.date)
        return Scenario(
            id="projection",
            title="",
            summary="",
            start=start,
            end=start + timedelta(days=max(1, self.days) - 1),
            actors=tuple(self._actors()),
            ideology=self._ideology(),
            window_months=12,  # nobody decides anything in these windows; they only set how often states look at each other
            distance_scale_km=self._scale(),
            contiguity=tuple(Contiguity(self.me, o.id, o.contiguity) for o in view.others if o.contiguity),
            rivalries=tuple(Rivalry(self.me, o.id, 0) for o in view.others if o.rivalry),
            claims=(
                *(Claim(o.id, self.me, 0, None, o.claim) for o in view.others if o.claim is not None),
                *(Claim(self.me, o.id, 0, None, o.claimed) for o in view.others if o.claimed is not None),
            ),
            alignments=tuple(self._pact(found) for found in self._alignments),
            aid=tuple(
                AidSpec(flow.donor, flow.recipient, flow.kind, flow.amount)
                for flow in view.aid
                if self._exists(flow.donor) and self._exists(flow.recipient)
            ),
        )

    @cached_property
    def _others(self) -> dict[ActorId, OtherState]:
        return {other.id: other for other in self.view.others}

    def _exists(self, state: ActorId) -> bool:
        return state == self.me or state in self._others

    @cached_property
    def _alignments(self) -> list[AlignmentView]:
        """The alignments known that go on beyond today, oldest first, as an opening numbers them."""
        living = [
            found
            for found in self.view.alignments
            if (found.until is None or found.until > self.view.tick)
            and len([member for member in found.members if self._exists(member)]) > 1
        ]
        return sorted(living, key=lambda found: found.since)

    def _pact(self, found: AlignmentView) -> AlignmentSpec:
        tick = self.view.tick
        return AlignmentSpec(
            members=tuple(member for member in found.members if self._exists(member)),
            commitment=found.commitment,
            start=found.since - tick,
            end=None if found.until is None else found.until - tick,
            against=found.against if found.against is not None and self._exists(found.against) else None,
            secret=found.secret,
            name=found.name,
            lead=found.lead if found.lead is not None and self._exists(found.lead) else None,
        )

    def _actors(self) -> list[ActorSpec]:
        own = self.view.own
        regime = RegimeSpec(0, own.family, own.legitimacy, own.openness, own.constraint)
        made = [
            _actor(own, regime, technology=own.technology, offensive_share=own.offensive_share, posture=own.posture)
        ]
        for other in self.view.others:
            regime = RegimeSpec(0, other.family, MIDDLE_VALUE, MIDDLE_VALUE, MIDDLE_VALUE)
            strike, lift = clip(2.0 * other.offense), clip(5.0 * (other.offense - 0.5))
            made.append(_actor(other, regime, offensive_share=strike, lift=lift))
        return made

    def _ideology(self) -> IdeologySpec:
        """Return what the seat knows of the likeness of regimes: its own to the others'."""
        own = self.view.own.family
        known = {other.family: other.similarity for other in self.view.others}
        families = tuple(dict.fromkeys([own, *known]))

        def alike(a: str, b: str) -> float:
            if own in (a, b):
                return known.get(b if a == own else a, 1.0)
            return 1.0 if a == b else MIDDLE_VALUE

        return IdeologySpec(
            families=families,
            similarity={a: {b: alike(a, b) for b in families} for a in families},
            divisive=tuple(dict.fromkeys(other.family for other in self.view.others if other.divisive)),
        )

    def _scale(self) -> float:
        """Return the length over which proximity falls to 1/e: the view shows distances and proximities."""
        for other in self.view.others:
            if other.role == "regional" and other.contiguity not in (1, 2, 3) and 0.01 < other.proximity < 0.99:
                return round(other.km / -log(other.proximity), 1)
        return 3000.0

    def _fight(self, simulation: Simulation, found: WarView, numbers: dict[int, int]) -> None:
        """Let a war go on: with the losses that explain its public odds, and without calling anybody anew but the seat."""
        attackers = [state for state in found.attackers if self._exists(state)]
        defenders = [state for state in found.defenders if self._exists(state)]
        if not attackers or not defenders:
            return
        world, before = simulation.world, list(simulation.world.wars)
        StartWar(list(attackers), list(defenders), found.aim).apply(simulation)
        begun = [war for number, war in world.wars.items() if number not in before]
        if not begun:
            return
        war = begun[0]
        numbers[found.id] = war.id
        war.since = found.since - self.view.tick
        called = [call.subject for call in self.view.calls if call.reason == "ally"]
        for call in list(world.calls.values()):
            if call.subject == war.id and (call.actor != self.me or found.id not in called):
                del world.calls[call.id]
        _bleed(world, war, found.win_chance)

    def _quarrel(self, simulation: Simulation, found: CrisisView, numbers: dict[int, int]) -> None:
        """Let a crisis go on at its level, with those who have taken a side."""
        world = simulation.world
        if not (self._exists(found.initiator) and self._exists(found.target)):
            return
        StartCrisis(found.initiator, found.target, found.aim, found.level, found.demand).apply(simulation)
        for crisis in world.crises.values():
            if (crisis.initiator, crisis.target) == (found.initiator, found.target):
                numbers[found.id] = crisis.id
                crisis.ultimatum, crisis.mediators = found.ultimatum, found.mediators
                crisis.supporters = {who: side for who, side in found.supporters.items() if self._exists(who)}
                if found.own_response is not None:
                    crisis.responses[self.me] = found.own_response

    def _remember(self, world: World) -> None:
        """Put the deeds the seat remembers in the place of those that the set-up left behind."""
        for (observer, other), dyad in world.dyads.items():
            dyad.km = self._distance(observer, other)
            dyad.hostility, dyad.hostile_statements = DecayingSum(), DecayingSum()
            dyad.stated_intent = "neutral"
            known = self._others.get(other if observer == self.me else observer)
            if self.me not in (observer, other) or known is None:
                continue
            _recall(dyad, known)
            if observer == self.me:
                dyad.stated_intent = known.stated_intent
                dyad.seen_power, dyad.seen_offense = known.power, known.offense
                dyad.subversion = DecayingSum(known.subversion)
                dyad.penetration = dyad.penetration_known = known.penetration
            else:
                dyad.penetration = known.access

    def _distance(self, a: ActorId, b: ActorId) -> float:
        if a == self.me:
            return self._others[b].km
        if b == self.me:
            return self._others[a].km
        return round(sqrt(self._others[a].km ** 2 + self._others[b].km ** 2), 1)

    def _table(self, simulation: Simulation, numbers: dict[int, int]) -> None:
        """Put on the table again what is on it: offers, demands, talks of peace, campaigns. What cannot be is left out."""
        world, view = simulation.world, self.view
        for offer in view.proposals:
            before = list(world.proposals)
            again = ProposeAlliance(offer.to, offer.commitment, offer.against, offer.secret, offer.years)  # type: ignore[arg-type]  # an offer's
            simulation.apply(offer.proposer, again)
            numbers.update((offer.id, number) for number in world.proposals if number not in before)
        for condition in view.conditions:
            kept = list(world.conditions)
            amounts = [
                flow.amount
                for flow in view.aid
                if (flow.donor, flow.recipient, flow.kind) == (condition.donor, condition.recipient, condition.aid)
            ]
            amount = max(amounts, default=0.01)
            repeated = GiveAid(condition.recipient, condition.aid, amount, "", condition.demand, condition.about)
            simulation.apply(condition.donor, repeated)
            numbers.update((condition.id, number) for number in world.conditions if number not in kept)
        for war in view.wars:
            if war.id in numbers:
                for maker in war.offers:
                    simulation.apply(maker, OfferPeace(numbers[war.id], war.terms.get(maker, "as_things_stand")))
        for call in view.calls:
            if call.reason == "peace" and call.asker is not None and call.subject in numbers:
                simulation.apply(call.asker, BrokerPeace(numbers[call.subject]))
        for campaign in view.campaigns:
            simulation.apply(self.me, Penetrate(campaign.target, campaign.means, campaign.aim, campaign.effort))

    def _settle_in(self, world: World) -> None:
        """Set what is known of the states themselves, last of all, so that the set-up has cost nobody anything."""
        own, state = self.view.own, world.actors[self.me]
        state.treasury, state.legitimacy, state.baseline_legitimacy = own.treasury, own.legitimacy, MIDDLE_VALUE
        state.mobilized_until = 45 if own.mobilized else 0
        state.repressed_until = 180 if own.repressing else 0
        state.provided_until = 1 if own.provided else 0
        for other in self.view.others:
            actor = world.actors[other.id]
            actor.legitimacy = actor.baseline_legitimacy = MIDDLE_VALUE
            actor.honoured, actor.reneged = other.honoured, other.reneged
        world.leaders = {family: leader for family, leader in self.view.leaders.items() if self._exists(leader)}


def _actor(state: OwnState | OtherState, regime: RegimeSpec, **traits: Any) -> ActorSpec:
    """Return a state as a scenario has it; where it lies is in the dyads."""
    return ActorSpec(
        id=state.id,
        name=state.name,
        role=state.role,
        capital="",
        latitude=0.0,
        longitude=0.0,
        waypoints=(Waypoint(0, _components(state.power)),),
        regimes=(regime,),
        **traits,
    )


def _components(power: float) -> tuple[float, ...]:
    return (round(max(power, POWER_MIN) * SYSTEM_TOTAL, DIGITS),) * len(COMPONENTS)


def _recall(dyad: Dyad, known: OtherState) -> None:
    """Let the two of a pair remember alike."""
    dyad.hostility = DecayingSum(known.hostility)
    dyad.cooperation = DecayingSum(known.cooperation)
    dyad.hostile_statements = DecayingSum(known.hostile_statements)
    dyad.broken_promises = DecayingSum(known.broken_promises)


def _bleed(world: World, war: War, odds: float) -> None:
    """Give the side that does worse than its forces say the losses that explain it."""
    ours, theirs = (war_odds.side_force(world, war, side) for side in (war.attackers, war.defenders))
    odds = clip(odds, 0.01, 0.99)
    if ours <= 0.0 or theirs <= 0.0:
        return
    fair, public = theirs / ours, ((1.0 - odds) / odds) ** (1.0 / war_odds.DECISIVENESS)
    weaker, lost = (war.attackers, 1.0 - fair / public) if public > fair else (war.defenders, 1.0 - public / fair)
    for state in weaker:
        war.losses[state] = round(clip(lost, 0.0, LOSS_SHARE_MAX), DIGITS)
    war.win_chance = round(odds, DIGITS)


def _answer_all(simulation: Simulation, seed: str) -> None:
    """Answer every open call as an ordinary state would."""
    world = simulation.world
    for actor in dict.fromkeys(call.actor for call in world.calls.values()):
        if world.actors[actor].active:
            stream = Random(f"{seed}/answers/{actor}/{world.tick}")
            assessment = Assessment(view_of(world, simulation.scenario, actor))
            for move in responses_to_calls(assessment, ORDINARY_STATE, stream):
                simulation.apply(actor, move)


def _renumbered(move: Move, numbers: dict[int, int]) -> Move:
    """Return a move that names the things of the projection by the numbers they have there."""
    found = {name: numbers[getattr(move, name)] for name in SUBJECTS if getattr(move, name, None) in numbers}
    return dataclasses.replace(move, **found) if found else move  # type: ignore[type-var]  # every move is a dataclass
