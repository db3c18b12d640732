"""Freeze the decision points of a world.

``freeze`` copies every covariate, so that no later event can reach a forecast. Others' fears are the actor's own estimates
from public signals: the theory is about perception (Walt 1987, ch. 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, Dyad, World
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint, options_of
from counterpoise.theory.decisions.estimated_fears import Places, estimated_fears
from counterpoise.theory.decisions.estimates import balanced_by_others, public_since, willingness
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.portable import Numbers
from counterpoise.theory.quantising import DIGITS, quantised_array
from counterpoise.theory.threat import off_diagonal, sights, threat_floor


def freeze(world: World, parameters: Parameters = DEFAULT) -> tuple[DecisionPoint, ...]:
    """Return the decision point of every active actor, from the world when a window opens, before any order of the window."""
    columns = _WorldInColumns(world, parameters)
    return columns.points() if len(columns.active) > 1 else ()


class _WorldInColumns:
    """One world in arrays and lists by place, the order of the active states, so that all freezes share the work."""

    def __init__(self, world: World, parameters: Parameters) -> None:
        self.world, self.parameters = world, parameters
        self.sights = sights(world, parameters)
        self.active = self.sights.active
        self.ids = [actor.id for actor in self.active]
        self.similarity = {
            family: {other: quantised(alike) for other, alike in row.items()}
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
            a: _set_of([bits[dyad.other] for dyad in row if dyad.rivalry])
            for a, row in zip(self.ids, self.sights.dyads, strict=True)
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

    def points(self) -> tuple[DecisionPoint, ...]:
        """Return the decision points of all actors."""
        threats = self.sights.threats
        top = np.where(off_diagonal(len(threats)), threats, -1.0).argmax(axis=1)
        gravest = threats.max(axis=1).tolist()
        floor = threat_floor(gravest, self.parameters)
        rows = self._candidates(top)
        return tuple(
            [
                self._point(place, others, others[first - (first > place)], gravest[place], floor)
                for place, (others, first) in enumerate(zip(rows, top.tolist(), strict=True))
            ]
        )

    def _point(
        self, place: int, others: Sequence[Candidate], source: Candidate, gravest: float, floor: float
    ) -> DecisionPoint:
        """Return the decision point of one actor.

        Args:
            place: of the actor.
            others: what the actor sees of the others.
            source: its top threat among them.
            gravest: the threat of its top threat.
            floor: the threat from which a state is threatened.
        """
        world, parameters, own = self.world, self.parameters, self.active[place]
        me, top, threatened = own.id, source.id, gravest >= floor
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
            refusers=tuple([dyad.other for dyad in self.sights.dyads[place] if dyad.has_refused(world.tick)]),
            floor=floor,
            shared_floor=sharing,
        )

    def _candidates(self, top: Places) -> list[list[Candidate]]:
        """Return for each actor the records of all others as it sees them; ``top`` are the places of the top threats."""
        seen, size = self.sights, len(self.active)
        power, near, offense, intent = seen.parts
        fears = estimated_fears(seen, top, self.parameters)
        own_fear = seen.threats[np.arange(size), top][:, None]
        ones = np.ones((size, 1))
        prior = [[b in self.allies[a] for b in self.ids] for a in self.ids]
        captive = np.array([[b in self.public_allies[a] for a in self.ids] for b in self.ids])[top]
        wills = willingness(
            fear_of_threat=fears.top, prior=np.array(prior), honour=self._honour(), fear_of_asker=fears.asker, captive=captive,
            reach=seen.reach, parameters=self.parameters,
        )  # fmt: skip
        rounded = quantised_array(np.stack((fears.top, np.sqrt(fears.shared), wills, fears.top - own_fear)))
        constraint = quantised_array(np.array([actor.constraint for actor in self.active])) * ones
        (
            fear_of_top,
            shared,
            will,
            motivation,
            held_back,
            power_seen,
            proximity,
            left,
            force,
            looks,
            threat,
            relative,
        ) = _rows(np.stack((*rounded, constraint, seen.power, near, seen.reach, offense, intent, seen.threats, power)))
        found = []
        for place, row in enumerate(seen.dyads):
            others = self.ids[:place] + self.ids[place + 1 :]
            columns: tuple[Iterable[Any], ...] = (
                others, power_seen[place], [dyad.km for dyad in row], proximity[place], left[place], force[place],
                looks[place], threat[place], fear_of_top[place], shared[place], will[place],
                *self._likeness(place), *self._aid_columns(place, others, power_seen[place]),
                motivation[place], held_back[place], *_penetration(row),
                prior[place][:place] + prior[place][place + 1 :], *self._rivalries(self.ids[place], others),
                relative[place],
            )  # fmt: skip
            # Fields are positional: two dozen keywords cost ten times as much as the record itself.
            found.append([Candidate(*one) for one in zip(*columns, strict=True)])
        return found

    def _honour(self) -> Numbers:
        """Return the share of calls that each state honoured, one half if it was never called."""
        return np.array(
            [actor.honoured / calls if (calls := actor.honoured + actor.reneged) else 0.5 for actor in self.active]
        )

    def _likeness(self, place: int) -> tuple[list[float], list[bool]]:
        """Return the similarity of the others to an actor, and whether a common ideology divides them."""
        family = self.active[place].family
        alike, leads = self.similarity[family], family in self.world.ideology.divisive
        others = [k.family for k in (*self.active[:place], *self.active[place + 1 :])]
        return [alike[other] for other in others], [leads and other == family for other in others]

    def _rivalries(self, me: ActorId, others: Sequence[ActorId]) -> tuple[list[int], list[int]]:
        """Return how many rivals others share with an actor, and how many rivals stand among each other's allies."""
        rivals, allies = self.rivals[me], self.ally_bits[me]
        theirs = [self.rivals[k] for k in others]
        # The actor's allies that are rivals of k, and k's public allies that are rivals of the actor.
        return [(bits & rivals).bit_count() for bits in theirs], [
            (bits & allies).bit_count() + (self.public_ally_bits[k] & rivals).bit_count()
            for k, bits in zip(others, theirs, strict=True)
        ]

    def _aid_columns(self, place: int, others: Sequence[ActorId], powers: Sequence[float]) -> Iterable[Sequence[float]]:
        """Return the aid of the others to an actor, their shares of the supply, and the dependence on them."""
        own = self.active[place]
        columns = [0.0] * len(others), [0.0] * len(others), [0.0] * len(others)
        for donor, flows in self.aid.get(own.id, {}).items():
            if donor in others:
                where = others.index(donor)
                for column, value in zip(columns, self._aid(flows, own, powers[where]), strict=True):
                    column[where] = value
        return columns

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


def _rows(matrices: Numbers) -> list[list[list[float]]]:
    """Return matrices as lists of rows without their diagonals."""
    count, size, _ = matrices.shape
    rows: list[list[list[float]]] = matrices[:, off_diagonal(size)].reshape(count, size, size - 1).tolist()
    return rows


def _penetration(row: Sequence[Dyad]) -> tuple[list[float], list[bool], list[bool]]:
    """Return others' access to an actor's politics, and whether its aims are limited and its form legitimate."""
    return (
        [quantised(dyad.penetration) for dyad in row],
        [dyad.penetration_limited for dyad in row],
        [dyad.penetration_legitimate for dyad in row],
    )


def _set_of(bits: Iterable[int]) -> int:
    """Return the set of the states whose bits are given."""
    found = 0
    for bit in bits:
        found |= bit
    return found


def _share(own: float, other: float) -> float:
    total = own + other
    return round(own / total, DIGITS) if total > 0.0 else 0.5
