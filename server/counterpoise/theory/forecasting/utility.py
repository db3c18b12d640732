"""The utilities of theory 5.2: what each option is worth to a state under threat.

Balancing lets others help carry the danger at the price of autonomy and of provoking the strong; bandwagoning buys off a
danger whose intent is not fixed, at the price of subordination; hiding takes cover behind others; neutrality takes the
risk. The signs are those Walt (1987, pp. 17-33) argues for; the sizes are parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Danger:
    """The state feared and how much: by default the point's own top threat, for rival theories another one."""

    source: Candidate
    threat: float
    proximity: float
    appeasable: bool = True
    """Whether joining it helps unless its intent is fixed; if not, it never does."""


class Scores(NamedTuple):
    """What a point's options are worth, as the choice rule takes them."""

    partners: Sequence[float]
    """Aligning with each candidate."""
    alone: Sequence[float]
    """The others: joining the top threat, neutrality and hiding; without a threat neutrality only."""


class Utilities:
    """The utilities of one decision in the face of one danger; partners are weighed all at once, for there are many."""

    def __init__(self, point: DecisionPoint, danger: Danger, parameters: Parameters) -> None:
        self.point, self.danger, self.parameters = point, danger, parameters
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
        self.neutral = -self._alone

    def _lose(self, force: float) -> float:
        """Return the chance of losing to the danger with this much force on the own side."""
        defence: float = (self.parameters.defender * force) ** self.parameters.contest
        total = self._attack + defence
        return self._attack / total if total > 0.0 else 0.0

    def accepted(self, partners: Sequence[Candidate]) -> list[float]:
        """Return what mutual help with each partner is worth if it comes."""
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
                # Only where the danger is too small to count can it be a partner like any other: it does not deter itself.
                helped, spared = own, 1.0
            else:
                near, relative = k.proximity, 2.0 * power / strong if strong > 0.0 else 1.0
                helped = own + power * near * (1.0 - outreach * (1.0 - near))
                spared = 1.0 - deterrence * (relative if relative < 1.0 else 1.0)
            both = own + power
            total = attack + (defender * helped) ** contest
            lost = attack / total if total > 0.0 else 0.0  # ``_lose``, written out where it is asked most
            found.append(
                exposure * spared * lost + influence * (own / both if both > 0.0 else 0.5) - entrapment - provoked
            )
        return found

    def balance(self, partners: Sequence[Candidate], accepted: Sequence[float], neutral: float) -> list[float]:
        """Return what asking each partner for help is worth: mutual help if it comes, a rebuff if it does not.

        Args:
            partners: whom to ask.
            accepted: what the help of each is worth.
            neutral: what remains after a rebuff, before its own cost.
        """
        refused = neutral - self.parameters.rebuff - self._provoked / 2.0
        return [k.will * worth + (1.0 - k.will) * refused for k, worth in zip(partners, accepted, strict=True)]

    def bandwagon(self) -> float:
        """Return what joining the danger is worth."""
        p, point, source = self.parameters, self.point, self.danger.source
        fixed = source.intentions if self.danger.appeasable else 1.0
        left = p.appeasement + (1.0 - p.appeasement) * fixed
        spoils = p.spoils * max(0.0, 2.0 * point.win_chance - 1.0) if point.war else 0.0
        return -self._alone * left - p.autonomy * self.weight - p.subordination + spoils

    def hide(self, partners: Sequence[Candidate], fears: Sequence[float]) -> float:
        """Return what staying out is worth while the partners carry the burden, each as much as it fears the danger."""
        p = self.parameters
        cover = fsum([k.power * fear * k.will for k, fear in zip(partners, fears, strict=True)])
        sheltered = self._lose(self.point.power + p.hiding_share * cover)
        return -self._stake * self.danger.threat * p.hiding_relief * sheltered - p.hiding_cost

    def affinities(self, states: Sequence[Candidate]) -> list[float]:
        """Return what draws the actor to each state besides the danger: ideology, aid, penetration, habit (W4-W6)."""
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
