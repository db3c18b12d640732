"""The utilities of section 5.2: what each option is worth to a state under threat.

Balancing lets others help carry the danger at the price of autonomy and of provoking the strong; bandwagoning buys off a
danger whose intent is not fixed, at the price of subordination; hiding takes cover behind others; neutrality takes the
risk. The signs are those Walt (1987, pp. 17-33) argues for; the sizes are parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from counterpoise.theory.decision import Candidate, DecisionPoint
from counterpoise.theory.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Danger:
    """The state feared and how much: by default the point's own top threat, for rival theories another one."""

    source: Candidate
    threat: float
    proximity: float
    appeasable: bool = True
    """Whether joining it helps unless its intent is fixed; if not, it never does."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A state to align with, and how much it fears the danger."""

    record: Candidate
    threatened: float


def own_danger(point: DecisionPoint) -> Danger:
    """Return the point's own top threat."""
    return Danger(point.source, point.threat, point.source.proximity)


class Utilities:
    """The utilities of one decision. With ``full``, ideology, aid, penetration and inertia count as well."""

    def __init__(self, point: DecisionPoint, danger: Danger, parameters: Parameters, *, full: bool) -> None:
        self.point, self.danger, self.parameters, self.full = point, danger, parameters, full
        source = danger.source
        self._attack = (
            source.power * danger.proximity * (1.0 + parameters.offense_bonus * source.offense)
        ) ** parameters.contest
        self._stake = parameters.survival * (2.0 if point.war else 1.0)
        total = point.power + source.power
        self.weight = point.power / total if total > 0.0 else 0.5
        self._provoked: float = (
            parameters.retaliation * danger.threat * (1.0 - self.weight) ** parameters.retaliation_power
        )
        self._alone = self._stake * danger.threat * self._lose(point.power)
        self.neutral = -self._alone + (parameters.inertia if full and point.neutral else 0.0)
        # The parts of a partner's worth that do not depend on the partner; there are many partners.
        self._exposure: float = -self._stake * danger.threat
        self._outreach = parameters.offense_bonus * source.offense
        self._refused: float = self.neutral - parameters.rebuff - self._provoked / 2.0

    def _lose(self, force: float) -> float:
        """Return the chance of losing to the danger with this much force on the own side."""
        defence: float = (self.parameters.defender * force) ** self.parameters.contest
        total = self._attack + defence
        return self._attack / total if total > 0.0 else 0.0

    def balance(self, k: Candidate) -> float:
        """Return what aligning with k is worth: mutual help if it comes, a rebuff if it does not."""
        p, point, source = self.parameters, self.point, self.danger.source
        if k.id == source.id:
            # Only where the danger is too small to count can it be a partner like any other: it does not deter itself.
            helped, deterred = point.power, 1.0
        else:
            slow = self._outreach * (1.0 - k.proximity)
            helped = point.power + k.power * k.proximity * (1.0 - slow)
            relative = 2.0 * k.power / source.power if source.power > 0.0 else 1.0
            deterred = 1.0 - p.deterrence * min(1.0, relative)
        pair = point.power + k.power
        accepted = (
            self._exposure * deterred * self._lose(helped)
            + p.influence * (point.power / pair if pair > 0.0 else 0.5)
            - p.entrapment
            - self._provoked
        )
        return k.will * accepted + (1.0 - k.will) * self._refused + self.affinity(k)

    def bandwagon(self) -> float:
        """Return what joining the danger is worth."""
        p, point, source = self.parameters, self.point, self.danger.source
        fixed = source.intentions if self.danger.appeasable else 1.0
        left = p.appeasement + (1.0 - p.appeasement) * fixed
        spoils = p.spoils * max(0.0, 2.0 * point.win_chance - 1.0) if point.war else 0.0
        return -self._alone * left - p.autonomy * self.weight - p.subordination + spoils + self.affinity(source)

    def hide(self, partners: list[Partner]) -> float:
        """Return what staying out is worth while the partners carry the burden."""
        p = self.parameters
        cover = fsum(k.record.power * k.threatened * k.record.will for k in partners)
        sheltered = self._lose(self.point.power + p.hiding_share * cover)
        return -self._stake * self.danger.threat * p.hiding_relief * sheltered - p.hiding_cost

    def affinity(self, k: Candidate) -> float:
        """Return what draws the actor to k besides the danger: ideology, aid, penetration, habit (W4-W6)."""
        if not self.full:
            return 0.0
        p, point = self.parameters, self.point
        ideology = p.ideology * (2.0 * k.similarity - 1.0) * (1.0 - self.danger.threat)
        ideology *= 1.0 + p.insecurity * (1.0 - point.legitimacy)
        division = p.division * k.similarity if k.divisive else 0.0
        aid = p.aid * k.aid * k.monopoly * k.asymmetry * (1.0 - k.constraint)
        inside = p.penetration * k.penetration * point.openness if k.limited and k.legitimate else 0.0
        return ideology - division + aid + inside + (p.inertia if k.prior else 0.0)


def scores(
    point: DecisionPoint, danger: Danger, fears: list[float], parameters: Parameters, *, full: bool
) -> list[float]:
    """Return the utility of each of the point's options where the danger is its own top threat.

    Args:
        point: the decision.
        danger: the point's top threat, with the threat it poses.
        fears: how much each candidate fears it.
        parameters: the model's constants.
        full: whether ideology, aid, penetration and inertia count.
    """
    utilities = Utilities(point, danger, parameters, full=full)
    partners = [utilities.balance(k) for k in point.candidates]
    if not point.threatened:
        return [*partners, utilities.neutral]
    cover = [Partner(k, fear) for k, fear in zip(point.candidates, fears, strict=True)]
    return [*partners, utilities.bandwagon(), utilities.neutral, utilities.hide(cover)]
