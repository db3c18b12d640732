"""The decision point: one actor, one window, and everything known about it before any order of that window.

``freeze`` copies every covariate out of the world, so that nothing later can reach a forecast. Fears are those of the
actor itself on public signals: the theory is about perception (Walt 1987, ch. 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, sqrt
from typing import Literal

import msgspec

from counterpoise.sim.types import ActorId, Role
from counterpoise.sim.world import Actor, Alignment, World
from counterpoise.theory.estimates import balanced_by_others, willingness
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters
from counterpoise.theory.threat import DIGITS, Threat, near, perceived, quantised, remembered

DecisionKind = Literal["formation", "renewal", "defection", "realignment", "abstention"]
BANDWAGON, NEUTRAL, HIDE = "BW", "NEU", "HIDE"


class Candidate(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Another state as the actor saw it when the decision was frozen. Shares and traits in [0, 1]; an array on the wire."""

    id: ActorId
    power: float
    """Its share of all capabilities, as the actor sees it."""
    km: float
    proximity: float
    offense: float
    intentions: float
    threat: float
    """T_ik: what the actor has to fear from it."""
    threatened: float
    """T_k,j*: what it has to fear from the actor's top threat, as the actor estimates it from public signals."""
    shared: float
    """S_ik: the strongest fear the two have in common."""
    will: float
    """The actor's estimate of the chance that it accepts and honours."""
    similarity: float
    divisive: bool
    aid: float
    """Yearly aid to the actor flowing at the freeze, as a share of the actor's budget: decided before this window."""
    monopoly: float
    """Its share of the actor's supply of the kind of aid it gives."""
    asymmetry: float
    """How much more the actor depends on that aid than the donor feels it."""
    motivation: float
    """The donor's fear of the top threat less the actor's own, in [-1, 1]."""
    constraint: float
    penetration: float
    limited: bool
    legitimate: bool
    prior: bool
    """Already aligned with the actor."""
    rivals_shared: int
    rivals_of_allies: int
    relative_power: float
    """Its power over the strongest state's, as the actor sees it: the component of the index."""


class DecisionPoint(msgspec.Struct, frozen=True, omit_defaults=True):
    """One decision before it is made. Numbers are quantised; unless noted they lie in [0, 1]."""

    actor: ActorId
    role: Role
    window: int
    opened: int
    closes: int
    date: str
    threatened: bool
    """Whether the top threat reaches the floor."""
    top_threat: ActorId
    threat: float
    weight: float
    """The actor's power over its own and the top threat's."""
    power: float
    """The actor's own share of all capabilities."""
    relative_power: float
    """The top threat's power over the strongest state's."""
    legitimacy: float
    openness: float
    war: bool
    """Whether the actor or its top threat is at war."""
    win_chance: float
    """The public chance that the top threat's side wins its war; 0.5 without one."""
    contenders: tuple[ActorId, ...]
    """States whose threat comes close to the top one, the top one first."""
    sheltered: bool
    """Whether others have aligned against the top threat in the time that counts as cover."""
    neutral: bool
    """Whether the actor has no alignment at all."""
    source: Candidate
    """The top threat itself."""
    candidates: tuple[Candidate, ...]
    """States the actor could align with, in the scenario's order; ``options`` begins with one for each."""
    barred: tuple[Candidate, ...]
    """The others, enemies in war."""
    options: tuple[str, ...]
    revisionism: float = 0.0
    """How much the actor wants the order of things changed, as the scenario has it."""
    floor: float = DEFAULT.floor
    """theta: the threat from which the decision counts as threatened; candidates share it from half of that."""

    @property
    def others(self) -> tuple[Candidate, ...]:
        """Every other state once: below the floor the top threat stands among the candidates too."""
        return (*self.candidates, *self.barred, *((self.source,) if self.threatened else ()))

    def candidate(self, actor: ActorId) -> Candidate | None:
        """Return another state's record, whether or not it is a feasible partner."""
        if actor == self.source.id:
            return self.source
        for found in (*self.candidates, *self.barred):
            if found.id == actor:
                return found
        return None


def option_of(label: str) -> tuple[str, str]:
    """Split an option's label into its class and its partner: ``BAL:SYR`` into ``BAL`` and ``SYR``."""
    name, _, partner = label.partition(":")
    return name, partner


def freeze(world: World, parameters: Parameters = DEFAULT) -> tuple[DecisionPoint, ...]:
    """Return the decision point of every active actor, from the world as a window opens and before any order of it."""
    board = _Board(world, parameters)
    if len(board.active) < 2:
        return ()
    return tuple(board.point(place) for place in range(len(board.active)))


class _Board:
    """One world laid out in arrays, so that nineteen freezes share the work."""

    def __init__(self, world: World, parameters: Parameters) -> None:
        self.world, self.parameters = world, parameters
        self.active: list[Actor] = list(world.active())
        self.ids = [actor.id for actor in self.active]
        self.seen = perceived(world, parameters)
        self.base = [self._public_row(observer) for observer in self.active]
        self.allied: dict[tuple[ActorId, ActorId], bool] = {}
        """Living alignments by ordered pair; the value tells whether one of them is public."""
        for alignment in world.alignments.values():
            if not alignment.ended:
                for a, b in _pairs(alignment):
                    self.allied[a, b] = self.allied.get((a, b), False) or not alignment.secret
        self.rivals = {a: tuple(b for b in self.ids if b != a and world.dyads[a, b].rivalry) for a in self.ids}
        self.aid: dict[tuple[ActorId, ActorId], dict[str, float]] = {}
        self.supply: dict[tuple[ActorId, str], float] = {}
        for flow in world.aid.values():
            self.aid.setdefault((flow.donor, flow.recipient), {})[flow.kind] = flow.amount
            key = (flow.recipient, flow.kind)
            self.supply[key] = self.supply.get(key, 0.0) + flow.amount

    def _public_row(self, observer: Actor) -> list[float]:
        """Return, for each other state, the part of the observer's fear that everyone can work out: nearness and deeds."""
        world, parameters = self.world, self.parameters
        weights = BY_ROLE[observer.role]
        row = []
        for other in self.active:
            if other is observer:
                row.append(0.0)
                continue
            dyad = world.dyads[observer.id, other.id]
            row.append(
                weights.proximity * near(world, dyad, other)
                + weights.intentions * remembered(dyad, world.tick, parameters, public=True)
            )
        return row

    def fears(self, place: int) -> list[list[float]]:
        """Return T_kj for all k and j as actor ``place`` would estimate it: its own estimates of power and offence."""
        row = self.seen[self.ids[place]]
        own = self.active[place]
        strongest = max([own.power, *(self.world.dyads[own.id, j].seen_power for j in row)]) or 1.0
        powers = [row[j].power if j in row else min(1.0, own.power / strongest) for j in self.ids]
        offenses = [row[j].offense if j in row else own.offense for j in self.ids]
        steepness, shift = self.parameters.steepness, self.parameters.steepness * self.parameters.centre
        weighed = {
            role: ([weights.power * p for p in powers], [weights.offense * o for o in offenses])
            for role, weights in BY_ROLE.items()
        }
        return [
            [
                1.0 / (1.0 + exp(shift - steepness * (b + p + o)))
                for b, p, o in zip(base, *weighed[observer.role], strict=True)
            ]
            for observer, base in zip(self.active, self.base, strict=True)
        ]

    def point(self, place: int) -> DecisionPoint:
        """Return the decision point of one actor."""
        world, parameters, own = self.world, self.parameters, self.active[place]
        me = own.id
        row = self.seen[me]
        top = max(row, key=lambda j: row[j].threat)
        first = row[top]
        threatened = first.threat >= parameters.floor
        others = self._others(place, top)
        source = next(other for other in others if other.id == top)
        enemies = [other.id for other in others if world.at_war(me, other.id)]
        barred = tuple(o for o in others if o.id in enemies and o.id != top)
        candidates = tuple(o for o in others if o.id not in enemies and (o.id != top or not threatened))
        war, win_chance = self._war(me, top)
        contenders = sorted(
            (j for j in row if threatened and row[j].threat >= parameters.mixed_share * first.threat),
            key=lambda j: -row[j].threat,
        )
        fears = {other.id: other.threatened for other in others}
        start = world.tick - int(parameters.hiding_days)
        calendar = world.calendar
        window = calendar.window_of(world.tick)
        return DecisionPoint(
            actor=me,
            role=own.role,
            window=window,
            opened=world.tick,
            closes=min(world.end, calendar.opening_of(window + 1)),
            date=calendar.iso(world.tick),
            threatened=threatened,
            top_threat=top,
            threat=first.threat,
            weight=_share(own.power, source.power),
            power=round(own.power, DIGITS),
            relative_power=first.power,
            legitimacy=round(own.legitimacy, DIGITS),
            openness=round(own.openness, DIGITS),
            war=war,
            win_chance=win_chance,
            contenders=tuple(contenders),
            sheltered=threatened
            and balanced_by_others(world, me, top, fears, start, world.tick, parameters.floor / 2.0),
            neutral=not any((me, k) in self.allied for k in self.ids),
            source=source,
            candidates=candidates,
            barred=barred,
            options=options_of(candidates, parameters.floor / 2.0, threatened=threatened),
            revisionism=round(own.revisionism, DIGITS),
            floor=parameters.floor,
        )

    def _others(self, place: int, top: ActorId) -> list[Candidate]:
        me = self.ids[place]
        row = self.seen[me]
        table = self.fears(place)
        mine = [row[j].threat if j in row else 0.0 for j in self.ids]
        column = self.ids.index(top)
        gravest_first = sorted((j for j in range(len(mine)) if j != place), key=lambda j: -mine[j])
        others = []
        for k, other in enumerate(self.active):
            if k == place:
                continue
            theirs = table[k]
            shared = 0.0
            for j in gravest_first:
                if mine[j] <= shared:
                    break  # what two fear in common is never graver than what one of them fears
                if j != k and mine[j] * theirs[j] > shared:
                    shared = mine[j] * theirs[j]
            threatened = theirs[column] if k != column else 0.0
            others.append(
                self._candidate(place, other, row[other.id], threatened, sqrt(shared), theirs[place], top, mine[column])
            )
        return others

    def _candidate(
        self, place: int, other: Actor, seen: Threat, threatened: float, shared: float, fear: float,
        top: ActorId, own_fear: float,
    ) -> Candidate:  # fmt: skip
        own, world, parameters = self.active[place], self.world, self.parameters
        me, k = own.id, other.id
        dyad = world.dyads[me, k]
        prior = (me, k) in self.allied
        calls = other.honoured + other.reneged
        will = willingness(
            threatened=threatened,
            prior=prior,
            honour=other.honoured / calls if calls else 0.5,
            fear=fear,
            captive=self.allied.get((k, top), False),
            proximity=seen.proximity,
            parameters=parameters,
        )
        power = round(dyad.seen_power, DIGITS)
        aid, monopoly = self._aid(k, me)
        asymmetry = max(0.0, 1.0 - own.power / power) if aid > 0.0 and power > 0.0 else 0.0
        return Candidate(
            id=k,
            power=power,
            km=dyad.km,
            proximity=seen.proximity,
            offense=seen.offense,
            intentions=seen.intentions,
            threat=seen.threat,
            threatened=round(threatened, DIGITS),
            shared=round(shared, DIGITS),
            will=round(will, DIGITS),
            similarity=round(world.similarity(me, k), DIGITS),
            divisive=world.divisive(me, k),
            aid=quantised(min(1.0, aid)),
            monopoly=quantised(monopoly),
            asymmetry=quantised(asymmetry),
            motivation=round(threatened - own_fear, DIGITS),
            constraint=round(other.constraint, DIGITS),
            penetration=quantised(dyad.penetration),
            limited=dyad.penetration_limited,
            legitimate=dyad.penetration_legitimate,
            prior=prior,
            rivals_shared=len([r for r in self.rivals[k] if r in self.rivals[me]]),
            rivals_of_allies=self._crossings(me, k),
            relative_power=seen.power,
        )

    def _crossings(self, me: ActorId, k: ActorId) -> int:
        """Count the actor's allies that are rivals of k, and k's public allies that are rivals of the actor."""
        mine = [r for r in self.rivals[k] if (me, r) in self.allied]
        return len(mine) + len([r for r in self.rivals[me] if self.allied.get((k, r), False)])

    def _aid(self, donor: ActorId, recipient: ActorId) -> tuple[float, float]:
        """Return a donor's aid as a share of the recipient's budget, and its share of the recipient's supply of it."""
        flows = self.aid.get((donor, recipient))
        if not flows:
            return 0.0, 0.0
        total = weighted = 0.0
        for kind, amount in flows.items():
            total += amount
            weighted += amount * amount / self.supply[recipient, kind] if amount > 0.0 else 0.0
        return total, weighted / total if total > 0.0 else 0.0

    def _war(self, me: ActorId, top: ActorId) -> tuple[bool, float]:
        """Tell whether either is at war, and how near to victory the top threat's side is in the war it does best in."""
        war, chance = False, None
        for found in self.world.wars.values():
            war = war or me in found.parties or top in found.parties
            if top in found.parties:
                wins = found.win_chance if top in found.attackers else 1.0 - found.win_chance
                chance = wins if chance is None else max(chance, wins)
        return war, 0.5 if chance is None else round(chance, DIGITS)


def _pairs(alignment: Alignment) -> Iterator[tuple[ActorId, ActorId]]:
    for a in alignment.members:
        for b in alignment.members:
            if a != b:
                yield a, b


def _share(own: float, other: float) -> float:
    total = own + other
    return round(own / total, DIGITS) if total > 0.0 else 0.5


def options_of(candidates: Sequence[Candidate], floor: float, *, threatened: bool) -> tuple[str, ...]:
    """Return the labels of what can be chosen; ``floor`` is the fear from which a candidate shares the threat."""
    if not threatened:
        return (*(f"OTHER:{k.id}" for k in candidates), NEUTRAL)
    partners = (f"{'BAL' if k.threatened >= floor else 'OTHER'}:{k.id}" for k in candidates)
    return (*partners, BANDWAGON, NEUTRAL, HIDE)
