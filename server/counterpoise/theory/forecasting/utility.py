"""The utilities of theory 5.2: the value of each option to a state under threat.

Balancing gains help against the danger and costs autonomy and the provocation of a strong state. Bandwagoning appeases a
danger whose intent is not fixed and costs subordination. Hiding takes shelter behind others. Neutrality takes the risk.
The signs are those that Walt (1987, pp. 17-33) argues for; the sizes are parameters.
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
    """The feared state and its threat: by default the point's own top threat, for rival theories another state."""

    source: Candidate
    threat: float
    proximity: float
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
                near, relative = k.proximity, 2.0 * power / strong if strong > 0.0 else 1.0
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
