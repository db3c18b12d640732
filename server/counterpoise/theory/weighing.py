"""A decision as the hypotheses look at it: what several of them need is worked out once."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.parameters import Parameters
from counterpoise.theory.utility import Danger, Scores, Utilities


class Weighing:
    """One frozen decision under one set of parameters."""

    def __init__(self, point: DecisionPoint, parameters: Parameters) -> None:
        self.point, self.parameters, self.candidates = point, parameters, point.candidates
        self._by_threat: Scores | None = None

    def choice(self, partners: Sequence[float], alone: Sequence[float]) -> tuple[float, ...]:
        """Return the probabilities of the options from the scores of the candidates and those of the other options."""
        return nested(partners, alone, self.parameters)

    def choice_of_partner(self, partners: Sequence[float], bandwagon: float) -> tuple[float, ...]:
        """Return the probabilities of the options from scores of partners, the threat one of them; doing nothing scores 0."""
        return nested(partners, (bandwagon, 0.0, 0.0) if self.point.threatened else (0.0,), self.parameters)

    @property
    def by_threat(self) -> Scores:
        """The utilities in the face of the point's own top threat; ideology, aid, penetration and habit are left out."""
        if self._by_threat is None:
            self._by_threat = self._weigh()
        return self._by_threat

    def by_threat_and_affinity(self) -> Scores:
        """Return the utilities with everything: ideology, aid, penetration and habit count as well."""
        point, inertia = self.point, self.parameters.inertia if self.point.neutral else 0.0
        bare, utilities = self.by_threat, self._utilities
        neutral = utilities.neutral + inertia
        balance = utilities.balance(self.candidates, self._accepted, neutral)
        drawn = utilities.affinities(self.candidates)
        partners = [worth + pull for worth, pull in zip(balance, drawn, strict=True)]
        if not point.threatened:
            return Scores(partners, [neutral])
        [pull] = utilities.affinities([point.source])
        return Scores(partners, [bare.alone[0] + pull, neutral, bare.alone[2]])

    def _weigh(self) -> Scores:
        point, partners = self.point, self.candidates
        danger = Danger(point.source, point.threat, point.source.proximity)
        self._utilities = utilities = Utilities(point, danger, self.parameters)
        self._accepted = utilities.accepted(partners)
        balance = utilities.balance(partners, self._accepted, utilities.neutral)
        if not point.threatened:
            return Scores(balance, [utilities.neutral])
        shelter = utilities.hide(partners, [k.threatened for k in partners])
        return Scores(balance, [utilities.bandwagon(), utilities.neutral, shelter])
