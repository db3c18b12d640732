"""Decision points of a world by plain arithmetic: what the arrays of the server must agree with.

``freeze`` copies every covariate, so that no later event can reach a forecast. Others' fears are the actor's own estimates
from public signals: the theory is about perception (Walt 1987, ch. 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import exp, sqrt
from typing import NamedTuple, TypeVar

from scalar_threat import power_root, quantised_all, relative_power, sights

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint, options_of
from counterpoise.theory.decisions.estimates import balanced_by_others, public_since
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters
from counterpoise.theory.quantising import DIGITS
from counterpoise.theory.threat import threat_floor

SLACK = 1e-9
"""Added to an upper bound of sums, since the bound and the sums may be added up in different orders."""
NO_AID = (0.0, 0.0, 0.0)
"""What ``_aid`` returns for a state that gives none."""
T = TypeVar("T")


def willingness(
    *,
    fear_of_threat: float,
    prior: bool,
    honour: float,
    fear_of_asker: float,
    captive: bool,
    reach: float,
    parameters: Parameters = DEFAULT,
) -> float:
    """Return the chance that a state accepts an alliance and honours it."""
    p = parameters
    log_odds = (
        p.will_constant
        + (p.will_prior if prior else 0.0)
        + p.will_threat * fear_of_threat
        + p.will_honour * (honour - 0.5)
        - p.will_fear * fear_of_asker
        - (p.will_captive if captive else 0.0)
        + p.will_near * (reach - 0.5)
    )
    return 1.0 / (1.0 + exp(-log_odds))


def freeze(world: World, parameters: Parameters = DEFAULT) -> tuple[DecisionPoint, ...]:
    """Return the decision point of every active actor, from the world when a window opens, before any order of the window."""
    lists = _WorldInLists(world, parameters)
    if len(lists.active) < 2:
        return ()
    return tuple([lists.point(place) for place in range(len(lists.active))])


class _EstimatedFears(NamedTuple):
    """An actor's estimates of the fears of each other state, one number each."""

    top: list[float]
    """T_k,j*: fear of the actor's own top threat."""
    shared: list[float]
    """S_ik: the strongest fear that k and the actor share."""
    asker: list[float]
    """T_ki: fear of the actor."""


class _RoleParts(NamedTuple):
    """What all states of one role weigh alike in their fears, as the actor estimates it."""

    by_power: float
    """The weight of power."""
    offense: list[float]
    """The part of offence, by the feared state."""
    most: float
    """The largest of these parts."""


class _WorldInLists:
    """One world in lists by place, the order of the active states, so that all freezes of a window share the work."""

    def __init__(self, world: World, parameters: Parameters) -> None:
        self.world, self.parameters = world, parameters
        self.active: list[Actor] = list(world.active())
        self.ids = [actor.id for actor in self.active]
        self.sights = sights(world, parameters)
        self.gravest = [max([threat.threat for threat in sight.threats], default=0.0) for sight in self.sights]
        self.floor = threat_floor(self.gravest, parameters)
        self.known = [_with(sight.known, place, 0.0) for place, sight in enumerate(self.sights)]
        """The part of T_kj that every state can compute, for all k and j."""
        self.best_known = [
            sorted(_without(range(len(row)), k), key=row.__getitem__, reverse=True) for k, row in enumerate(self.known)
        ]
        """For each state the places of the others, the most threatening by public knowledge first."""
        self.reach_roots = [
            _with([sqrt(left) for left in sight.reaches], place, 1.0) for place, sight in enumerate(self.sights)
        ]
        """For each state the roots of the shares of others' forces that are left on its ground."""
        self.honour = [
            actor.honoured / calls if (calls := actor.honoured + actor.reneged) else 0.5 for actor in self.active
        ]
        self.constraint = quantised_all([actor.constraint for actor in self.active])
        self.similarity = {
            family: dict(zip(row, quantised_all(row.values()), strict=True))
            for family, row in world.ideology.similarity.items()
        }
        self.allies: dict[ActorId, dict[ActorId, None]] = {a: {} for a in world.actors}
        self.public_allies: dict[ActorId, dict[ActorId, None]] = {a: {} for a in world.actors}
        for alignment in world.alignments.values():
            if not alignment.ended:
                for a in alignment.members:
                    others = dict.fromkeys(b for b in alignment.members if b != a)
                    self.allies[a].update(others)
                    if not alignment.secret:
                        self.public_allies[a].update(others)
        bits = {a: 1 << place for place, a in enumerate(world.actors)}
        self.rivals = {
            a: _set_of([bits[dyad.other] for dyad in sight.dyads if dyad.rivalry])
            for a, sight in zip(self.ids, self.sights, strict=True)
        }
        """The rivals of each state; here and below sets of states are whole numbers with one bit for each state."""
        self.ally_bits = {a: _set_of([bits[b] for b in others]) for a, others in self.allies.items()}
        self.public_ally_bits = {a: _set_of([bits[b] for b in others]) for a, others in self.public_allies.items()}
        self.aid: dict[ActorId, dict[ActorId, dict[str, float]]] = {}
        """The flows of aid by recipient, donor and kind."""
        self.supply: dict[tuple[ActorId, str], float] = {}
        for flow in world.aid.values():
            self.aid.setdefault(flow.recipient, {}).setdefault(flow.donor, {})[flow.kind] = flow.amount
            key = (flow.recipient, flow.kind)
            self.supply[key] = self.supply.get(key, 0.0) + flow.amount
        self.recent = public_since(world, world.tick - int(parameters.hiding_days), world.tick)
        calendar = world.calendar
        self.window = calendar.window_of(world.tick)
        self.closes = min(world.end, calendar.opening_of(self.window + 1))
        self.date = calendar.iso(world.tick)

    def point(self, place: int) -> DecisionPoint:
        """Return the decision point of one actor."""
        world, parameters, own = self.world, self.parameters, self.active[place]
        me = own.id
        threats = [threat.threat for threat in self.sights[place].threats]
        gravest, floor = self.gravest[place], self.floor
        place_of_top = threats.index(gravest)
        others = self._others(place, place_of_top + (place_of_top >= place))
        source = others[place_of_top]
        top = source.id
        threatened = gravest >= floor
        enemies = [enemy for found in world.wars.values() for enemy in found.enemies_of(me)]
        candidates = tuple([k for k in others if k.id not in enemies and (k is not source or not threatened)])
        war, win_chance = self._war(me, top)
        near_top = parameters.mixed_share * gravest
        contenders = sorted([k for k in others if threatened and k.threat >= near_top], key=lambda k: -k.threat)
        sharing = parameters.shared_floor
        return DecisionPoint(
            actor=me,
            role=own.role,
            window=self.window,
            opened=world.tick,
            closes=self.closes,
            date=self.date,
            threatened=threatened,
            top_threat=top,
            threat=gravest,
            weight=_share(own.power, source.power),
            power=round(own.power, DIGITS),
            relative_power=source.relative_power,
            legitimacy=round(own.legitimacy, DIGITS),
            openness=round(own.openness, DIGITS),
            war=war,
            win_chance=win_chance,
            contenders=tuple([k.id for k in contenders]),
            sheltered=threatened
            and balanced_by_others(self.recent, me, top, {k.id: k.fear_of_top_threat for k in others}, sharing),
            neutral=not any(a in self.allies[me] for a in self.ids),
            source=source,
            candidates=candidates,
            barred=tuple([k for k in others if k.id in enemies and k is not source]),
            options=options_of(candidates, sharing, threatened=threatened),
            revisionism=round(own.revisionism, DIGITS),
            centres=own.centres,
            refusers=tuple([dyad.other for dyad in self.sights[place].dyads if dyad.has_refused(world.tick)]),
            floor=floor,
            shared_floor=sharing,
        )

    def _others(self, place: int, top: int) -> list[Candidate]:
        """Return the records of all others as the actor at ``place`` sees them; ``top`` is the place of its top threat."""
        own, sight = self.active[place], self.sights[place]
        top_id, allies = self.ids[top], self.allies[own.id]
        rivals, ally_bits, aid = self.rivals[own.id], self.ally_bits[own.id], self.aid.get(own.id, {})
        rivals_of, public_allies_of = self.rivals, self.public_ally_bits
        others, seen = _without(self.active, place), sight.threats
        estimates = self._estimates(place, top)
        own_fear = seen[top - (top > place)].threat
        wills = [
            willingness(
                fear_of_threat=fear_of_threat,
                prior=other.id in allies,
                honour=honour,
                fear_of_asker=fear_of_asker,
                captive=top_id in self.public_allies[other.id],
                reach=left,
                parameters=self.parameters,
            )
            for other, fear_of_threat, honour, fear_of_asker, left in zip(
                others, estimates.top, _without(self.honour, place), estimates.asker, sight.reaches, strict=True
            )
        ]
        likeness, leads = self.similarity[own.family], own.family in self.world.ideology.divisive
        columns = zip(
            others,
            sight.dyads,
            seen,
            sight.powers,
            sight.reaches,
            quantised_all(estimates.top),
            quantised_all([sqrt(shared) for shared in estimates.shared]),
            quantised_all(wills),
            quantised_all([fear - own_fear for fear in estimates.top]),
            _without(self.constraint, place),
            strict=True,
        )
        # Fields are positional here: two dozen keywords cost ten times as much as the record itself.
        return [
            Candidate(
                k.id, power, dyad.km, threat.proximity, left, threat.offense, threat.intentions, threat.threat,
                fear_of_top_threat, shared, will,
                likeness[k.family], leads and k.family == own.family,
                *(self._aid(aid[k.id], own, power) if k.id in aid else NO_AID), motivation, constraint,
                quantised(dyad.penetration) if dyad.penetration else 0.0,
                dyad.penetration_limited, dyad.penetration_legitimate,
                k.id in allies,
                (rivals_of[k.id] & rivals).bit_count(),
                # The actor's allies that are rivals of k, and k's public allies that are rivals of the actor.
                (rivals_of[k.id] & ally_bits).bit_count() + (public_allies_of[k.id] & rivals).bit_count(),
                threat.power,
            )
            for k, dyad, threat, power, left, fear_of_top_threat, shared, will, motivation, constraint in columns
        ]  # fmt: skip

    def _estimates(self, place: int, top: int) -> _EstimatedFears:
        """Return the estimates of the actor at ``place`` of others' fears, from its own estimates of power and offence.

        The shared fear of two states is the largest product of their fears of a third. The search goes through both lists of
        fears from the largest down and stops when the two largest left cannot give a larger product: Fagin, Lotem & Naor
        (2003), *Journal of Computer and System Sciences* 66(4), pp. 614-656. Computing the fear of every state for every
        other and every actor would grow with the cube of the number of states.
        """
        threats = self.sights[place].threats
        mine = _with([threat.threat for threat in threats], place, 0.0)
        gravest = sorted(_without(range(len(mine)), place), key=mine.__getitem__, reverse=True)[1:]
        roots, parts = self._power_roots(place), self._role_parts(place)
        strongest = max(roots)
        steepness, shift = self.parameters.steepness, self.parameters.steepness * self.parameters.centre
        found = _EstimatedFears([], [], [])
        for k, other in enumerate(self.active):
            if k == place:
                continue
            by_power, offense, most = parts[other.role]
            known, own = self.known[k], roots[k]
            fear_of = self._fear_of(k, roots, by_power, offense)
            # No power weighs more than that of the strongest state next door. This bounds the fears not yet computed.
            most += by_power * relative_power(strongest, own) + SLACK
            found.asker.append(fear_of(place))
            of_top = fear_of(top) if k != top else 0.0
            found.top.append(of_top)
            shared = mine[top] * of_top
            for a, b in zip(gravest, self.best_known[k], strict=False):
                grave, feared = mine[a], mine[b]
                if grave / (1.0 + exp(shift - steepness * (known[b] + most))) <= shared:
                    break
                if a != k:
                    shared = max(shared, grave * fear_of(a))
                if feared > shared:
                    shared = max(shared, feared * fear_of(b))
            found.shared.append(shared)
        return found

    def _fear_of(
        self, k: int, roots: Sequence[float], by_power: float, offense: Sequence[float]
    ) -> Callable[[int], float]:
        """Return a function that gives T_kj for j, the estimated fear of the state at ``k`` of the one at ``j``."""
        known, left, own = self.known[k], self.reach_roots[k], roots[k]
        steepness, shift = self.parameters.steepness, self.parameters.steepness * self.parameters.centre

        def fear(j: int) -> float:
            reaching = roots[j] * left[j]
            weighed = known[j] + by_power * (reaching / (reaching + own)) + offense[j]
            return 1.0 / (1.0 + exp(shift - steepness * weighed))

        return fear

    def _power_roots(self, place: int) -> list[float]:
        """Return the root of each state's power, as the actor at ``place`` estimates it."""
        powers = _with(self.sights[place].powers, place, round(self.active[place].power, DIGITS))
        return [power_root(power) for power in powers]

    def _role_parts(self, place: int) -> dict[str, _RoleParts]:
        """Return what states of each role weigh alike in their fears, as the actor at ``place`` estimates it."""
        offenses = _with([threat.offense for threat in self.sights[place].threats], place, self.active[place].offense)
        found: dict[str, _RoleParts] = {}
        for role, weights in BY_ROLE.items():
            offense = [weights.offense * o for o in offenses]
            found[role] = _RoleParts(weights.power, offense, max(offense))
        return found

    def _aid(self, flows: Mapping[str, float], own: Actor, power: float) -> tuple[float, float, float]:
        """Return a donor's aid as a share of the recipient's budget, its share of the supply, and the dependence on it."""
        total = weighted = 0.0
        for kind, amount in flows.items():
            total += amount
            weighted += amount * amount / self.supply[own.id, kind] if amount > 0.0 else 0.0
        if total <= 0.0:
            return quantised(total), 0.0, 0.0
        asymmetry = max(0.0, 1.0 - own.power / power) if power > 0.0 else 0.0
        return quantised(min(1.0, total)), quantised(weighted / total), quantised(asymmetry)

    def _war(self, me: ActorId, top: ActorId) -> tuple[bool, float]:
        """Return whether either state is at war, and the best chance of winning of the top threat's side in any of its wars."""
        war, chance = False, None
        for found in self.world.wars.values():
            war = war or me in found.parties or top in found.parties
            if top in found.parties:
                wins = found.win_chance if top in found.attackers else 1.0 - found.win_chance
                chance = wins if chance is None else max(chance, wins)
        return war, 0.5 if chance is None else round(chance, DIGITS)


def _with(row: Sequence[T], place: int, own: T) -> list[T]:
    """Return a row over all states from one over the others."""
    return [*row[:place], own, *row[place:]]


def _without(row: Sequence[T], place: int) -> list[T]:
    """Return a row over the others from one over all states."""
    return [*row[:place], *row[place + 1 :]]


def _set_of(bits: Iterable[int]) -> int:
    """Return the set of the states whose bits are given."""
    found = 0
    for bit in bits:
        found |= bit
    return found


def _share(own: float, other: float) -> float:
    total = own + other
    return round(own / total, DIGITS) if total > 0.0 else 0.5
