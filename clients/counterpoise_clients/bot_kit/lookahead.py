"""Plays a plan forward in a simulation that is built from one view.

A view does not show everything. These assumptions fill the gaps, the same for every plan:

- Each state's power is the seat's estimate, spread evenly over the six components, and no state grows.
- The regimes of other states have middle legitimacy and openness, and every regime's legitimacy settles where it stands.
  Regimes of one family are alike; regimes of two families other than the seat's are half alike.
- The distance between two other states is the hypotenuse of their distances to the seat. Other states share no borders
  and have only public quarrels. What the seat remembers of a state, that state remembers of the seat.
- Incidents arise at the published rate, unknown secrets do not exist, no scenario event happens, and a war's losses are
  the losses that explain its public odds.
- Other states begin nothing, and respond as an ordinary state does (``ORDINARY_STATE``). The seat responds to
  later calls by its own temperament.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from math import fsum, log, sqrt
from random import Random
from typing import Any

from msgspec import structs

from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.start_crisis import StartCrisis
from counterpoise.sim.injects.start_war import StartWar
from counterpoise.sim.move import Move
from counterpoise.sim.moves.broker_peace import BrokerPeace
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.offer_peace import OfferPeace
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.relations.influence import Sanction
from counterpoise.sim.rules.conflict import war_odds
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
from counterpoise.sim.views.view import AlignmentView, CrisisView, OtherState, OwnState, View, WarView
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import Dyad, World
from counterpoise_clients.bot_kit import open_matters
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls
from counterpoise_clients.bot_kit.wants import objectives_among_known

ORDINARY_STATE = Temperament(
    resolve=0.65, escalation=0.20, compromise=0.50, loyalty=0.50, openness=0.25, bandwagoning=-0.1
)
"""The temperament assumed for other states."""
MIDDLE_VALUE = 0.5
SYSTEM_TOTAL = 1000.0
"""The system's total of each component. Only shares matter."""
POWER_MIN = 1e-4
"""The least power assumed for a state."""
LOSS_SHARE_MAX = 0.24
"""The largest assumed loss of forces: with more, a side would have given up."""
STOPS_MAX = 200
"""The stops of the clock after which a run ends, so that an endless chain of calls cannot block it."""
ID_FIELDS = ("crisis", "war", "proposal", "condition", "alignment", "drop", "vote")
"""The fields of moves that hold ids; they differ between the view and the simulation."""


class Lookahead:
    """Estimates what a plan leads to, from one seat's view. ``run_count`` counts the simulation runs.

    It builds one simulation for each seed, and tries each plan on a copy.

    Args:
        view: the seat's view.
        days: the number of days to look ahead; at most to the end of the game.
        temperament: how the seat itself responds to later calls.
    """

    def __init__(self, view: View, days: int, temperament: Temperament = ORDINARY_STATE) -> None:
        self.view = view
        self.me = view.own.id
        self.temperament = temperament
        self.days = min(days, view.end - view.tick)
        self.run_count = 0
        self._built: dict[str, tuple[Simulation, dict[int, int]]] = {}

    def mean_score(self, plan: Sequence[Move], seeds: Sequence[str]) -> float:
        """Return the seat's mean score after the plan, 0 to 100, over one run for each seed."""
        return quantised(fsum(self._score_after(plan, seed) for seed in seeds) / len(seeds))

    def _score_after(self, plan: Sequence[Move], seed: str) -> float:
        self.run_count += 1
        if seed not in self._built:
            self._built[seed] = self.build_simulation(seed)
        original, ids = self._built[seed]
        simulation = original.copy()
        for move in plan:
            simulation.apply(self.me, _with_simulation_ids(move, ids))
        stops = 0
        while not simulation.ended and stops < STOPS_MAX:
            simulation.advance(simulation.world.end)
            if not simulation.ended:
                _respond_to_open_calls(simulation, seed, {self.me: self.temperament})
            stops += 1
        return simulation.world.scores[self.me]

    def build_simulation(self, seed: str) -> tuple[Simulation, dict[int, int]]:
        """Build a simulation from the view. Also return the mapping from the view's ids to the simulation's ids."""
        simulation = Simulation(self.scenario, seed)
        ids = dict(zip((a.id for a in self._alignments), simulation.world.alignments, strict=True))
        for war in self.view.wars:
            self._add_war(simulation, war, ids)
        for crisis in self.view.crises:
            self._add_crisis(simulation, crisis, ids)
        self._set_history(simulation.world)
        self._add_open_matters(simulation, ids)
        self._set_states(simulation.world)
        return simulation, ids

    @cached_property
    def scenario(self) -> Scenario:
        """A scenario that begins on the view's date."""
        view, start = self.view, date.fromisoformat(self.view.date)
        return Scenario(
            id="projection",
            title="",
            summary="",
            start=start,
            end=start + timedelta(days=max(1, self.days) - 1),
            actors=tuple(self._actors()),
            ideology=self._ideology(),
            window_months=12,  # nobody decides in these windows; they only set how often states reassess each other
            distance_scale_km=self._distance_scale_km(),
            contiguity=tuple(Contiguity(self.me, o.id, o.contiguity) for o in view.others if o.contiguity),
            rivalries=(
                *(Rivalry(self.me, o.id, 0) for o in view.others if o.rivalry),
                *(Rivalry(a, b, 0) for a, b in view.rivalries if self.me not in (a, b)),
            ),
            claims=(
                *(Claim(o.id, self.me, 0, None, o.claim) for o in view.others if o.claim is not None),
                *(Claim(self.me, o.id, 0, None, o.claimed) for o in view.others if o.claimed is not None),
            ),
            alignments=tuple(self._alignment_spec(alignment) for alignment in self._alignments),
            aid=tuple(
                AidSpec(flow.donor, flow.recipient, flow.kind, flow.amount)
                for flow in view.aid
                if self._is_known(flow.donor) and self._is_known(flow.recipient)
            ),
        )

    @cached_property
    def _others(self) -> dict[ActorId, OtherState]:
        return {other.id: other for other in self.view.others}

    def _is_known(self, state: ActorId) -> bool:
        return state == self.me or state in self._others

    @cached_property
    def _alignments(self) -> list[AlignmentView]:
        """The known alignments that last beyond today, oldest first: a scenario's opening numbers them in this order."""
        current = [
            alignment
            for alignment in self.view.alignments
            if (alignment.until is None or alignment.until > self.view.tick)
            and len([member for member in alignment.members if self._is_known(member)]) > 1
        ]
        return sorted(current, key=lambda alignment: alignment.since)

    def _alignment_spec(self, alignment: AlignmentView) -> AlignmentSpec:
        tick = self.view.tick
        return AlignmentSpec(
            members=tuple(member for member in alignment.members if self._is_known(member)),
            commitment=alignment.commitment,
            start=alignment.since - tick,
            end=None if alignment.until is None else alignment.until - tick,
            against=alignment.against if alignment.against is not None and self._is_known(alignment.against) else None,
            secret=alignment.secret,
            name=alignment.name,
            lead=alignment.lead if alignment.lead is not None and self._is_known(alignment.lead) else None,
        )

    def _actors(self) -> list[ActorSpec]:
        own = self.view.own
        regime = RegimeSpec(0, own.family, own.legitimacy, own.openness, own.constraint, centres=own.centres)
        specs = [
            _actor(
                own,
                regime,
                technology=own.technology,
                offensive_share=own.offensive_share,
                posture=own.posture,
                objectives=objectives_among_known(self.view),
            )
        ]
        for other in self.view.others:
            regime = RegimeSpec(0, other.family, MIDDLE_VALUE, MIDDLE_VALUE, MIDDLE_VALUE)
            strike, lift = clip(2.0 * other.offense), clip(5.0 * (other.offense - 0.5))
            specs.append(_actor(other, regime, offensive_share=strike, lift=lift))
        return specs

    def _ideology(self) -> IdeologySpec:
        """Return the similarities that the view shows: between the seat's regime family and the others."""
        own = self.view.own.family
        known = {other.family: other.similarity for other in self.view.others}
        families = tuple(dict.fromkeys([own, *known]))

        def similarity_of(a: str, b: str) -> float:
            if own in (a, b):
                return known.get(b if a == own else a, 1.0)
            return 1.0 if a == b else MIDDLE_VALUE

        return IdeologySpec(
            families=families,
            similarity={a: {b: similarity_of(a, b) for b in families} for a in families},
            divisive=tuple(dict.fromkeys(other.family for other in self.view.others if other.divisive)),
        )

    def _distance_scale_km(self) -> float:
        """Return the distance at which proximity falls to 1/e, from a state whose distance and proximity the view shows."""
        for other in self.view.others:
            if 0.01 < other.proximity < 0.99:
                return round(other.km / -log(other.proximity), 1)
        return 3000.0

    def _add_war(self, simulation: Simulation, war_view: WarView, ids: dict[int, int]) -> None:
        """Add a war with the losses that explain its public odds; keep only the calls that the view shows."""
        attackers = [state for state in war_view.attackers if self._is_known(state)]
        defenders = [state for state in war_view.defenders if self._is_known(state)]
        if not attackers or not defenders:
            return
        world, before = simulation.world, list(simulation.world.wars)
        StartWar(list(attackers), list(defenders), war_view.aim).apply(simulation)
        new_wars = [war for new_id, war in world.wars.items() if new_id not in before]
        if not new_wars:
            return
        war = new_wars[0]
        ids[war_view.id] = war.id
        war.since = war_view.since - self.view.tick
        called = [call.subject for call in self.view.calls if call.reason == "ally"]
        for call in list(world.calls.values()):
            if call.subject == war.id and (call.actor != self.me or war_view.id not in called):
                del world.calls[call.id]
        _set_losses(world, war, war_view.win_chance)

    def _add_crisis(self, simulation: Simulation, crisis_view: CrisisView, ids: dict[int, int]) -> None:
        """Add a crisis at its level, with its supporters and mediators."""
        world = simulation.world
        if not (self._is_known(crisis_view.initiator) and self._is_known(crisis_view.target)):
            return
        StartCrisis(
            crisis_view.initiator, crisis_view.target, crisis_view.aim, crisis_view.level, crisis_view.demand
        ).apply(simulation)
        for crisis in world.crises.values():
            if (crisis.initiator, crisis.target) == (crisis_view.initiator, crisis_view.target):
                ids[crisis_view.id] = crisis.id
                crisis.ultimatum, crisis.mediators = crisis_view.ultimatum, crisis_view.mediators
                crisis.supporters = {who: side for who, side in crisis_view.supporters.items() if self._is_known(who)}
                if crisis_view.own_response is not None:
                    crisis.responses[self.me] = crisis_view.own_response

    def _set_history(self, world: World) -> None:
        """Replace the history that building the simulation left behind with the history that the view shows."""
        for (observer, other), dyad in world.dyads.items():
            dyad.km = self._distance_km(observer, other)
            dyad.hostility, dyad.hostile_statements = DecayingSum(), DecayingSum()
            dyad.stated_intent = "neutral"
            known = self._others.get(other if observer == self.me else observer)
            if self.me not in (observer, other) or known is None:
                continue
            _copy_history(dyad, known)
            if observer == self.me:
                dyad.stated_intent = known.stated_intent
                dyad.seen_power, dyad.seen_offense = known.power, known.offense
                dyad.subversion = DecayingSum(known.subversion)
                dyad.penetration = dyad.penetration_known = known.penetration
            else:
                dyad.penetration = known.access

    def _distance_km(self, a: ActorId, b: ActorId) -> float:
        if a == self.me:
            return self._others[b].km
        if b == self.me:
            return self._others[a].km
        return round(sqrt(self._others[a].km ** 2 + self._others[b].km ** 2), 1)

    def _add_open_matters(self, simulation: Simulation, ids: dict[int, int]) -> None:
        """Add open proposals, conditions, peace offers, sanctions and campaigns; the simulation drops what is not legal."""
        world, view = simulation.world, self.view
        open_matters.add_proposals(simulation, view, ids)
        open_matters.add_votes(simulation, view, ids)
        for condition in view.conditions:
            kept = list(world.conditions)
            amounts = [
                flow.amount
                for flow in view.aid
                if (flow.donor, flow.recipient, flow.kind) == (condition.donor, condition.recipient, condition.aid)
            ]
            amount = max(amounts, default=0.01)
            aid = GiveAid(condition.recipient, condition.aid, amount, "", condition.demand, condition.about)
            simulation.apply(condition.donor, aid)
            ids.update((condition.id, new_id) for new_id in world.conditions if new_id not in kept)
        for war in view.wars:
            if war.id in ids:
                for maker in war.offers:
                    simulation.apply(maker, OfferPeace(ids[war.id], war.terms.get(maker, "as_things_stand")))
        for call in view.calls:
            if call.reason == "peace" and call.asker is not None and call.subject in ids:
                simulation.apply(call.asker, BrokerPeace(ids[call.subject]))
        for measure in view.sanctions:
            if self._is_known(measure.sender) and self._is_known(measure.target):
                key = measure.sender, measure.target, measure.scope
                world.sanctions[key] = Sanction(*key, 0)
        for campaign in view.campaigns:
            simulation.apply(
                self.me, Penetrate(campaign.target, campaign.means, campaign.aim, campaign.effort, campaign.open)
            )

    def _set_states(self, world: World) -> None:
        """Set the states' own values last, so that building the simulation costs no state anything."""
        own, state = self.view.own, world.actors[self.me]
        state.treasury, state.legitimacy, state.baseline_legitimacy = own.treasury, own.legitimacy, own.legitimacy
        state.mobilized_until = 45 if own.mobilized else 0
        state.repressed_until = 180 if own.repressing else 0
        state.provided_until = 1 if own.provided else 0
        for other in self.view.others:
            actor = world.actors[other.id]
            actor.legitimacy = actor.baseline_legitimacy = MIDDLE_VALUE
            actor.honoured, actor.reneged = other.honoured, other.reneged
        world.leaders = {family: leader for family, leader in self.view.leaders.items() if self._is_known(leader)}


def _actor(state: OwnState | OtherState, regime: RegimeSpec, **traits: Any) -> ActorSpec:
    """Return a state's entry in a scenario. Its location is left out, because the dyads hold the distances."""
    return ActorSpec(
        id=state.id,
        name=state.name,
        role=state.role,
        capital="",
        latitude=0.0,
        longitude=0.0,
        waypoints=(Waypoint(0, _components(state.power)),),
        regimes=(regime,),
        nuclear_from=0 if state.nuclear else None,
        **traits,
    )


def _components(power: float) -> tuple[float, ...]:
    return (quantised(max(power, POWER_MIN) * SYSTEM_TOTAL),) * len(COMPONENTS)


def _copy_history(dyad: Dyad, known: OtherState) -> None:
    """Copy the remembered deeds of the view to one dyad."""
    dyad.hostility = DecayingSum(known.hostility)
    dyad.cooperation = DecayingSum(known.cooperation)
    dyad.hostile_statements = DecayingSum(known.hostile_statements)
    dyad.broken_promises = DecayingSum(known.broken_promises)


def _set_losses(world: World, war: War, odds: float) -> None:
    """Set the losses of the side that does worse than its forces suggest, so that the war's odds match the public odds."""
    ours, theirs = (war_odds.side_force(world, war, side) for side in (war.attackers, war.defenders))
    odds = clip(odds, 0.01, 0.99)
    if ours <= 0.0 or theirs <= 0.0:
        return
    expected, actual = theirs / ours, ((1.0 - odds) / odds) ** (1.0 / war_odds.DECISIVENESS)
    weaker, loss = (
        (war.attackers, 1.0 - expected / actual) if actual > expected else (war.defenders, 1.0 - actual / expected)
    )
    war.losses.update(dict.fromkeys(weaker, quantised(clip(loss, 0.0, LOSS_SHARE_MAX))))
    war.win_chance = quantised(odds)


def _respond_to_open_calls(simulation: Simulation, seed: str, known: dict[ActorId, Temperament]) -> None:
    """Respond to every open call as an ordinary state does, or by the temperament that is known of a state."""
    world = simulation.world
    for actor in dict.fromkeys(call.actor for call in world.calls.values()):
        if world.actors[actor].active:
            stream = Random(f"{seed}/answers/{actor}/{world.tick}")
            assessment = Assessment(build_view(world, simulation.scenario, actor))
            for move in responses_to_calls(assessment, known.get(actor, ORDINARY_STATE), stream):
                simulation.apply(actor, move)


def _with_simulation_ids(move: Move, ids: dict[int, int]) -> Move:
    """Return a move with the view's ids replaced by the simulation's ids."""
    new_ids = {name: ids[getattr(move, name)] for name in ID_FIELDS if getattr(move, name, None) in ids}
    return structs.replace(move, **new_ids) if new_ids else move
