"""The utilities of theory 5.2: the value of each option to a state under threat.

Balancing gains help against the danger and costs autonomy and the provocation of a strong state. Bandwagoning appeases a
danger whose intent is not fixed and costs subordination. Hiding takes shelter behind others. Neutrality takes the risk.
The signs are those that Walt (1987, pp. 17-33) argues for; the sizes are parameters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoise.theory.forecasting.layout import Layout, States
from counterpoise.theory.portable import Mask, Numbers, power, total


@dataclass(frozen=True, slots=True)
class Danger:
    """The feared state of each decision: by default its own top threat, for rival theories another state. A x 1 each."""

    power: Numbers
    reach: Numbers
    """The share of its force that is left on the actor's ground, in [0, 1]."""
    offense: Numbers
    intentions: Numbers
    threat: Numbers
    appeasable: bool = True
    """Whether joining it helps as far as its intent is not fixed. If false, joining never helps."""


class Utilities:
    """The utilities of decisions, each against one danger."""

    def __init__(self, decisions: Layout, danger: Danger) -> None:
        self.decisions, self.danger, self.parameters = decisions, danger, decisions.parameters
        p = self.parameters
        self._attack = power(danger.power * danger.reach * (1.0 + p.offense_bonus * danger.offense), p.contest)
        total_power = decisions.power + danger.power
        self.weight = _ratio(decisions.power, total_power, 0.5)
        self._stake_at_risk = p.survival * (1.0 + decisions.war) * danger.threat
        self._provoked = p.retaliation * danger.threat * power(1.0 - self.weight, p.retaliation_power)
        self.neutral = -self._stake_at_risk * self._lose(decisions.power)
        """The utility of neutrality, A x 1."""

    def _lose(self, force: Numbers) -> Numbers:
        """Return the chance that the danger defeats this much force."""
        defence = power(self.parameters.defender * force, self.parameters.contest)
        return _ratio(self._attack, self._attack + defence, 0.0)

    def accepted(self, partners: States, is_danger: Mask) -> Numbers:
        """Return the utility of an alliance with each partner if the partner accepts and honours it.

        Args:
            partners: the states that could help, A x any number.
            is_danger: which of them is the danger. A danger below the floor is a possible partner; it does not deter itself.
        """
        p, own, danger = self.parameters, self.decisions.power, self.danger
        near = partners.reach
        help_given = partners.power * near * (1.0 - p.offense_bonus * danger.offense * (1.0 - near))
        relative = np.minimum(_ratio(2.0 * partners.power, danger.power, 1.0), 1.0)
        helped = own + np.where(is_danger, 0.0, help_given)
        spared = np.where(is_danger, 1.0, 1.0 - p.deterrence * relative)
        influence = p.influence * _ratio(own, own + partners.power, 0.5)
        found: Numbers = -self._stake_at_risk * spared * self._lose(helped) + influence - p.entrapment - self._provoked
        return found

    def balance(self, will: Numbers, worth: Numbers, neutral: Numbers) -> Numbers:
        """Return the utility of asking each partner for an alliance, which may be accepted or refused.

        Args:
            will: the chance that each partner accepts.
            worth: the utility of each alliance if it is accepted, see ``accepted``.
            neutral: the utility of neutrality, which remains after a refusal, before the cost of the refusal.
        """
        refused = neutral - self.parameters.rebuff - self._provoked / 2.0
        return will * worth + (1.0 - will) * refused

    def bandwagon(self) -> Numbers:
        """Return the utility of joining the danger."""
        p, decisions = self.parameters, self.decisions
        fixed = self.danger.intentions if self.danger.appeasable else 1.0
        left = p.appeasement + (1.0 - p.appeasement) * fixed
        spoils = p.spoils * np.maximum(2.0 * decisions.win_chance - 1.0, 0.0) * decisions.war
        found: Numbers = self.neutral * left - p.autonomy * self.weight - p.subordination + spoils
        return found

    def hide(self, efforts: Numbers) -> Numbers:
        """Return the utility of hiding behind others.

        Args:
            efforts: what each partner does against the danger, in proportion to its power, its fear and its will; A x any number.
        """
        p = self.parameters
        sheltered = self._lose(self.decisions.power + p.hiding_share * total(efforts))
        found: Numbers = -self._stake_at_risk * p.hiding_relief * sheltered - p.hiding_cost
        return found

    def affinities(self, states: States) -> Numbers:
        """Return the attraction of each state apart from the danger: ideology, aid, penetration and habit (W4-W6)."""
        p, decisions, k = self.parameters, self.decisions, states
        calm, insecurity = 1.0 - self.danger.threat, 1.0 + p.insecurity * (1.0 - decisions.legitimacy)
        found: Numbers = (
            p.ideology * (2.0 * k.similarity - 1.0) * calm * insecurity
            - p.division * k.similarity * k.divisive
            + p.aid * k.aid * k.monopoly * k.asymmetry * (1.0 - k.constraint)
            + p.penetration * k.penetration * decisions.openness * k.limited * k.legitimate
            + p.inertia * k.prior
        )
        return found


def _ratio(part: Numbers, whole: Numbers, empty: float) -> Numbers:
    """Return part / whole, and ``empty`` where the whole is 0."""
    some = whole > 0.0
    return np.where(some, part / np.where(some, whole, 1.0), empty)
