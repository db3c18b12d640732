"""Forecasts of one decision by plain arithmetic with ``math``: what the arrays of the server must agree with, to the millionth.

One function for each hypothesis returns its shares before they are flattened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, fsum, log
from typing import NamedTuple

from counterpoise.theory.decisions.decision_point import HIDE, NEUTRAL, Candidate, DecisionPoint, option_of
from counterpoise.theory.parameters import Parameters


def nested(partners: Sequence[float], alone: Sequence[float], parameters: Parameters) -> tuple[float, ...]:
    """Return the probabilities of the partners, which form a nest, and of the other options."""
    tau, nest, epsilon = parameters.noise, parameters.nest, parameters.epsilon
    tightness = tau * nest
    values = [score / tau for score in alone]
    weights: list[float] = []
    whole = 0.0
    if partners:
        best = max(partners)
        for score in partners:
            weights.append(exp((score - best) / tightness))
        whole = fsum(weights)
        values.append(nest * log(whole / len(weights)) + best / tau)
    peak = max(values)
    odds = [exp(value - peak) for value in values]
    total = fsum(odds)
    keep, least = _floor(len(partners) + len(alone), epsilon)
    shares: list[float] = []
    if partners:
        together = odds.pop() / total
        for weight in weights:
            shares.append(keep * (together * (weight / whole)) + least)
    for odd in odds:
        shares.append(keep * (odd / total) + least)
    return tuple(shares)


def floored(shares: Sequence[float], parameters: Parameters) -> tuple[float, ...]:
    """Return probabilities mixed with the uniform ones, so that no option has probability 0."""
    keep, least = _floor(len(shares), parameters.epsilon)
    return tuple([keep * share + least for share in shares])


def flattened(
    shares: Sequence[float], alignments: int, exponent: float, joining: float, *, threatened: bool
) -> tuple[float, ...]:
    """Return the shares with those of the alignments to the power of the exponent, and their sum as before.

    Of a threatened decision the last alignment, joining the threat, is multiplied by the exponential of ``joining``.
    """
    if (exponent == 1.0 and joining == 0.0) or alignments < 2:
        return tuple(shares)
    sides = shares[:alignments]
    powers = [share**exponent for share in sides]
    if threatened:
        powers[-1] *= exp(joining)
    scale = fsum(sides) / fsum(powers)
    return (*[power * scale for power in powers], *shares[alignments:])


def _floor(options: int, epsilon: float) -> tuple[float, float]:
    """Return the factor that multiplies each probability, and the amount that is then added to it."""
    return 1.0 - epsilon, epsilon / options


@dataclass(frozen=True, slots=True)
class Danger:
    """The feared state and its threat: by default the point's own top threat, for rival theories another state."""

    source: Candidate
    threat: float
    reach: float
    appeasable: bool = True
    """Whether joining it helps as far as its intent is not fixed. If false, joining never helps."""


class Scores(NamedTuple):
    """The utilities of a point's options, in the form that the choice rule takes."""

    partners: Sequence[float]
    """The utility of aligning with each candidate."""
    alone: Sequence[float]
    """The utilities of joining the top threat, neutrality and hiding; without a threat of neutrality only."""


class Utilities:
    """The utilities of one decision against one danger. All partners are computed at once, since there are many."""

    def __init__(self, point: DecisionPoint, danger: Danger, parameters: Parameters) -> None:
        self.point, self.danger, self.parameters = point, danger, parameters
        source = danger.source
        self._attack = (
            source.power * danger.reach * (1.0 + parameters.offense_bonus * source.offense)
        ) ** parameters.contest
        self._stake = parameters.survival * (2.0 if point.war else 1.0)
        total = point.power + source.power
        self.weight = point.power / total if total > 0.0 else 0.5
        self._provoked: float = (
            parameters.retaliation * danger.threat * (1.0 - self.weight) ** parameters.retaliation_power
        )
        self._alone = self._stake * danger.threat * self._lose(point.power)
        self.neutral = -self._alone

    def _lose(self, force: float) -> float:
        """Return the chance that the danger defeats this much force."""
        defence: float = (self.parameters.defender * force) ** self.parameters.contest
        total = self._attack + defence
        return self._attack / total if total > 0.0 else 0.0

    def accepted(self, partners: Sequence[Candidate]) -> list[float]:
        """Return the utility of an alliance with each partner if the partner accepts and honours it."""
        p, own, source = self.parameters, self.point.power, self.danger.source
        outreach, strong, itself = p.offense_bonus * source.offense, source.power, source.id
        deterrence, defender, contest, attack = p.deterrence, p.defender, p.contest, self._attack
        exposure, influence, entrapment, provoked = (
            -self._stake * self.danger.threat, p.influence, p.entrapment, self._provoked
        )  # fmt: skip
        found = []
        for k in partners:
            power = k.power
            if k.id == itself:
                # A danger below the floor is a possible partner too; it does not deter itself.
                helped, spared = own, 1.0
            else:
                near, relative = k.reach, 2.0 * power / strong if strong > 0.0 else 1.0
                helped = own + power * near * (1.0 - outreach * (1.0 - near))
                spared = 1.0 - deterrence * (relative if relative < 1.0 else 1.0)
            both = own + power
            total = attack + (defender * helped) ** contest
            lost = attack / total if total > 0.0 else 0.0  # ``_lose``, inlined in the hot loop
            found.append(
                exposure * spared * lost + influence * (own / both if both > 0.0 else 0.5) - entrapment - provoked
            )
        return found

    def balance(self, partners: Sequence[Candidate], accepted: Sequence[float], neutral: float) -> list[float]:
        """Return the utility of asking each partner for an alliance, which may be accepted or refused.

        Args:
            partners: the candidates.
            accepted: the utility of each alliance if it is accepted.
            neutral: the utility of neutrality, which remains after a refusal, before the cost of the refusal.
        """
        refused = neutral - self.parameters.rebuff - self._provoked / 2.0
        return [k.will * worth + (1.0 - k.will) * refused for k, worth in zip(partners, accepted, strict=True)]

    def bandwagon(self) -> float:
        """Return the utility of joining the danger."""
        p, point, source = self.parameters, self.point, self.danger.source
        fixed = source.intentions if self.danger.appeasable else 1.0
        left = p.appeasement + (1.0 - p.appeasement) * fixed
        spoils = p.spoils * max(0.0, 2.0 * point.win_chance - 1.0) if point.war else 0.0
        return -self._alone * left - p.autonomy * self.weight - p.subordination + spoils

    def hide(self, partners: Sequence[Candidate], fears: Sequence[float]) -> float:
        """Return the utility of hiding: each partner resists the danger in proportion to its fear of it."""
        p = self.parameters
        cover = fsum([k.power * fear * k.will for k, fear in zip(partners, fears, strict=True)])
        sheltered = self._lose(self.point.power + p.hiding_share * cover)
        return -self._stake * self.danger.threat * p.hiding_relief * sheltered - p.hiding_cost

    def affinities(self, states: Sequence[Candidate]) -> list[float]:
        """Return the attraction of each state apart from the danger: ideology, aid, penetration and habit (W4-W6)."""
        p, point = self.parameters, self.point
        calm, insecurity = 1.0 - self.danger.threat, 1.0 + p.insecurity * (1.0 - point.legitimacy)
        ideology, division, aid, penetration, openness, inertia = (
            p.ideology, p.division, p.aid, p.penetration, point.openness, p.inertia
        )  # fmt: skip
        return [
            ideology * (2.0 * k.similarity - 1.0) * calm * insecurity
            - (division * k.similarity if k.divisive else 0.0)
            + (aid * k.aid * k.monopoly * k.asymmetry * (1.0 - k.constraint) if k.aid else 0.0)
            + (penetration * k.penetration * openness if k.limited and k.legitimate else 0.0)
            + (inertia if k.prior else 0.0)
            for k in states
        ]


class ThreatScores(NamedTuple):
    """The options scored against the decision's own top threat alone."""

    utilities: Utilities
    accepted: Sequence[float]
    """The expected worth of each candidate's help."""
    scores: Scores


class Weighing:
    """One frozen decision under one set of parameters."""

    def __init__(self, point: DecisionPoint, parameters: Parameters) -> None:
        self.point, self.parameters, self.candidates = point, parameters, point.candidates
        self._computed: ThreatScores | None = None

    def choice(self, partners: Sequence[float], alone: Sequence[float]) -> tuple[float, ...]:
        """Return the probabilities of the options from the scores of the candidates and those of the other options."""
        return nested(partners, alone, self.parameters)

    def choice_of_partner(self, partners: Sequence[float], bandwagon: float) -> tuple[float, ...]:
        """Return the probabilities of the options from scores of the partners, the threat included; doing nothing scores 0."""
        alone = (bandwagon, 0.0, 0.0) if self.point.threatened else (0.0,)
        return nested(partners, alone, self.parameters)

    @property
    def by_threat(self) -> Scores:
        """The utilities against the top threat alone, without ideology, aid, penetration and habit."""
        return self._threat_scores().scores

    def by_threat_and_affinity(self) -> Scores:
        """Return the utilities with ideology, aid, penetration and habit included."""
        point, (utilities, accepted, bare) = self.point, self._threat_scores()
        neutral = utilities.neutral + (self.parameters.inertia if point.neutral else 0.0)
        balance = utilities.balance(self.candidates, accepted, neutral)
        attractions = utilities.affinities(self.candidates)
        partners = [worth + attraction for worth, attraction in zip(balance, attractions, strict=True)]
        if not point.threatened:
            return Scores(partners, [neutral])
        [attraction] = utilities.affinities([point.source])
        bandwagon, _, hiding = bare.alone
        return Scores(partners, [bandwagon + attraction, neutral, hiding])

    def _threat_scores(self) -> ThreatScores:
        """Return the scores against the top threat, computed at the first call."""
        if self._computed is None:
            point, partners = self.point, self.candidates
            danger = Danger(point.source, point.threat, point.source.reach)
            utilities = Utilities(point, danger, self.parameters)
            accepted = utilities.accepted(partners)
            alone = [utilities.neutral]
            if point.threatened:
                shelter = utilities.hide(partners, [k.fear_of_top_threat for k in partners])
                alone = [utilities.bandwagon(), utilities.neutral, shelter]
            scores = Scores(utilities.balance(partners, accepted, utilities.neutral), alone)
            self._computed = ThreatScores(utilities, accepted, scores)
        return self._computed


PERSISTENCE = 0.85


def aid(weighing: Weighing) -> tuple[float, ...]:
    slope = weighing.parameters.aid_slope
    partners = [slope * k.aid * k.monopoly for k in weighing.candidates]
    source = weighing.point.source
    return weighing.choice_of_partner(partners, slope * source.aid * source.monopoly)


def alliance_dilemma(weighing: Weighing) -> tuple[float, ...]:
    partners, alone = weighing.by_threat
    point, parameters = weighing.point, weighing.parameters
    abandonment, entanglement = parameters.abandonment, parameters.entanglement
    dependence = point.threat * (1.0 - point.weight)
    feared = [
        worth - abandonment * (1.0 - k.will) * dependence - entanglement * k.will * k.offense
        for k, worth in zip(weighing.candidates, partners, strict=True)
    ]
    return weighing.choice(feared, alone)


def balance_of_power(weighing: Weighing) -> tuple[float, ...]:
    point, parameters = weighing.point, weighing.parameters
    states = [*point.candidates, point.source] if point.threatened else list(point.candidates)
    if not states:
        return (1.0,)
    place = max(range(len(states)), key=lambda n: (states[n].power, states[n].id == point.top_threat))
    strongest, partners = states[place], states[:place] + states[place + 1 :]
    theirs, own = (max(power, 1e-6) ** 0.5 for power in (strongest.power, point.power))
    relative = theirs / (theirs + own)
    threat = 1.0 / (1.0 + exp(-parameters.steepness * (relative - parameters.centre)))
    utilities = Utilities(point, Danger(strongest, threat, 1.0, appeasable=False), parameters)
    alone = [utilities.bandwagon(), utilities.neutral]
    if point.threatened:
        alone.append(utilities.hide(partners, [threat] * len(partners)))
    worth = utilities.balance(partners, utilities.accepted(partners), utilities.neutral)
    shares = weighing.choice(worth, alone)
    count = len(partners)
    # In the choice the strongest state is an option outside the nest; on the menu it keeps its place.
    return (*shares[:place], shares[count], *shares[place:count], *shares[count + 1 :])


def balance_of_threat(weighing: Weighing) -> tuple[float, ...]:
    return weighing.choice(*weighing.by_threat)


def balance_of_threat_full(weighing: Weighing) -> tuple[float, ...]:
    return weighing.choice(*weighing.by_threat_and_affinity())


def bandwagoning(weighing: Weighing) -> tuple[float, ...]:
    slope = weighing.parameters.bandwagon_slope
    partners = [-slope * k.shared for k in weighing.candidates]
    return weighing.choice_of_partner(partners, slope * weighing.point.threat)


def bandwagoning_for_profit(weighing: Weighing) -> tuple[float, ...]:
    partners, alone = weighing.by_threat
    point = weighing.point
    if point.threatened:
        rise = max(0.0, 2.0 * point.win_chance - 1.0) if point.war else _share_of_strongest(point)
        bandwagon, *rest = alone
        alone = [bandwagon + weighing.parameters.profit * point.revisionism * rise, *rest]
    return weighing.choice(partners, alone)


def _share_of_strongest(point: DecisionPoint) -> float:
    strongest = max(point.power, point.source.power, *(k.power for k in point.candidates))
    return point.source.power / strongest if strongest > 0.0 else 0.0


def base_rate(weighing: Weighing) -> tuple[float, ...]:
    point, p = weighing.point, weighing.parameters
    if point.threatened:
        rest = 1.0 - p.share_balance - p.share_bandwagon - p.share_other - p.share_hide
        shares = {
            "BAL": p.share_balance, "BW": p.share_bandwagon, "OTHER": p.share_other, "HIDE": p.share_hide, "NEU": rest
        }  # fmt: skip
    else:
        shares = {"OTHER": p.share_partner, "NEU": 1.0 - p.share_partner}
    classes = [option_of(option)[0] for option in point.options]
    each = {name: share / max(1, classes.count(name)) for name, share in shares.items()}
    whole = fsum([each[name] for name in classes])
    return floored([each[name] / whole for name in classes], p)


def chain_gangs(weighing: Weighing) -> tuple[float, ...]:
    partners, alone = weighing.by_threat
    point, parameters = weighing.point, weighing.parameters
    known = [k.offense for k in (point.source, *point.candidates, *point.barred)]
    if not point.threatened and any(k.id == point.source.id for k in point.candidates):
        known = known[1:]
    offense = fsum(known) / len(known)
    chained = parameters.chain_ganging * (offense - 0.5)
    gangs = [worth + chained * k.fear_of_top_threat for k, worth in zip(point.candidates, partners, strict=True)]
    if point.threatened:
        *rest, hiding = alone
        alone = [*rest, hiding + parameters.buck_passing * (0.5 - offense)]
    return weighing.choice(gangs, alone)


def enemy_of_enemy(weighing: Weighing) -> tuple[float, ...]:
    slope = weighing.parameters.enemy_slope
    partners = [slope * (k.rivals_shared - k.rivals_of_allies) for k in weighing.candidates]
    source = weighing.point.source
    return weighing.choice_of_partner(partners, slope * (source.rivals_shared - source.rivals_of_allies))


def ideology(weighing: Weighing) -> tuple[float, ...]:
    slope = weighing.parameters.ideology_slope
    partners = [slope * (2.0 * k.similarity - 1.0) for k in weighing.candidates]
    return weighing.choice_of_partner(partners, slope * (2.0 * weighing.point.source.similarity - 1.0))


def nearest(weighing: Weighing) -> tuple[float, ...]:
    logs = [log(k.km if k.km > 1.0 else 1.0) for k in weighing.candidates]
    own = log(max(1.0, weighing.point.source.km))
    known = [*logs, own] if weighing.point.threatened else logs
    centre = fsum(known) / max(1, len(known))
    slope = weighing.parameters.distance_slope
    return weighing.choice_of_partner([-slope * (value - centre) for value in logs], -slope * (own - centre))


def penetration(weighing: Weighing) -> tuple[float, ...]:
    slope = weighing.parameters.penetration_slope * weighing.point.openness
    partners = [slope * k.penetration for k in weighing.candidates]
    return weighing.choice_of_partner(partners, slope * weighing.point.source.penetration)


def status_quo(weighing: Weighing) -> tuple[float, ...]:
    point, parameters = weighing.point, weighing.parameters
    changes = point.alignments
    staying = 1.0 - parameters.change if changes else 1.0
    hiding = 0.0
    if point.threatened:
        hiding = PERSISTENCE if point.sheltered else 1.0 - PERSISTENCE
    shares = {NEUTRAL: staying * (1.0 - hiding), HIDE: staying * hiding}
    change = parameters.change / max(1, changes)
    return floored([shares.get(option, change) for option in point.options], parameters)


def uniform(weighing: Weighing) -> tuple[float, ...]:
    options = len(weighing.point.options)
    return (1.0 / options,) * options


def waiting(weighing: Weighing) -> tuple[float, ...]:
    partners, alone = weighing.by_threat
    point, parameters = weighing.point, weighing.parameters
    option_value = 0.0 if point.war else parameters.waiting * (1.0 - point.threat)
    if not point.threatened:
        return weighing.choice(partners, [worth + option_value for worth in alone])
    bandwagon, *rest = alone
    joined = bandwagon + parameters.returns * max(0.0, 1.0 - 2.0 * point.weight)
    return weighing.choice(partners, [joined, *[worth + option_value for worth in rest]])


SHARES: dict[str, Callable[[Weighing], tuple[float, ...]]] = {
    "aid": aid,
    "alliance_dilemma": alliance_dilemma,
    "balance_of_power": balance_of_power,
    "balance_of_threat": balance_of_threat,
    "balance_of_threat_full": balance_of_threat_full,
    "bandwagoning": bandwagoning,
    "bandwagoning_for_profit": bandwagoning_for_profit,
    "base_rate": base_rate,
    "chain_gangs": chain_gangs,
    "enemy_of_enemy": enemy_of_enemy,
    "ideology": ideology,
    "nearest": nearest,
    "penetration": penetration,
    "status_quo": status_quo,
    "uniform": uniform,
    "waiting": waiting,
}


def sharp_shares(point: DecisionPoint, parameters: Parameters) -> dict[str, tuple[float, ...]]:
    """Return each hypothesis's shares of one decision before they are flattened, not quantised."""
    weighing = Weighing(point, parameters)
    return {name: shares(weighing) for name, shares in SHARES.items()}


def shares(point: DecisionPoint, parameters: Parameters) -> dict[str, tuple[float, ...]]:
    """Return each hypothesis's forecast of one decision, not quantised."""
    return {
        name: flattened(
            sharp,
            point.alignments,
            parameters.sharpness(name),
            parameters.joining(name),
            threatened=point.threatened,
        )
        for name, sharp in sharp_shares(point, parameters).items()
    }
