"""A decision as the hypotheses look at it: what several of them need is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.forecasting.choice_rule import nested
from counterpoise.theory.forecasting.utility import Danger, Scores, Utilities
from counterpoise.theory.parameters import Parameters


class _Faced(NamedTuple):
    """A decision's own top threat, faced: the utilities, what each candidate's help is worth, and the scores of all options."""

    utilities: Utilities
    accepted: Sequence[float]
    scores: Scores


class Weighing:
    """One frozen decision under one set of parameters."""

    def __init__(self, point: DecisionPoint, parameters: Parameters) -> None:
        self.point, self.parameters, self.candidates = point, parameters, point.candidates
        self._threat: _Faced | None = None

    def choice(self, partners: Sequence[float], alone: Sequence[float]) -> tuple[float, ...]:
        """Return the probabilities of the options from the scores of the candidates and those of the other options."""
        return nested(partners, alone, self.parameters)

    def choice_of_partner(self, partners: Sequence[float], bandwagon: float) -> tuple[float, ...]:
        """Return the probabilities of the options from scores of partners, the threat one of them; doing nothing scores 0."""
        return nested(partners, (bandwagon, 0.0, 0.0) if self.point.threatened else (0.0,), self.parameters)

    @property
    def by_threat(self) -> Scores:
        """The utilities in the face of the point's own top threat; ideology, aid, penetration and habit are left out."""
        return self._faced().scores

    def by_threat_and_affinity(self) -> Scores:
        """Return the utilities with everything: ideology, aid, penetration and habit count as well."""
        point, (utilities, accepted, bare) = self.point, self._faced()
        neutral = utilities.neutral + (self.parameters.inertia if point.neutral else 0.0)
        balance = utilities.balance(self.candidates, accepted, neutral)
        drawn = utilities.affinities(self.candidates)
        partners = [worth + pull for worth, pull in zip(balance, drawn, strict=True)]
        if not point.threatened:
            return Scores(partners, [neutral])
        [pull] = utilities.affinities([point.source])
        bandwagon, _, hiding = bare.alone
        return Scores(partners, [bandwagon + pull, neutral, hiding])

    def _faced(self) -> _Faced:
        """Return what the top threat means for each option, worked out when it is first asked for."""
        if self._threat is None:
            point, partners = self.point, self.candidates
            danger = Danger(point.source, point.threat, point.source.proximity)
            utilities = Utilities(point, danger, self.parameters)
            accepted = utilities.accepted(partners)
            alone = [utilities.neutral]
            if point.threatened:
                shelter = utilities.hide(partners, [k.threatened for k in partners])
                alone = [utilities.bandwagon(), utilities.neutral, shelter]
            scores = Scores(utilities.balance(partners, accepted, utilities.neutral), alone)
            self._threat = _Faced(utilities, accepted, scores)
        return self._threat
