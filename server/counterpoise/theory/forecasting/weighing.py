"""One decision under evaluation: quantities that several hypotheses share are computed once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.forecasting.choice_rule import nested, nested_again
from counterpoise.theory.forecasting.utility import Danger, Scores, Utilities
from counterpoise.theory.parameters import Parameters


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
        p = self.parameters
        # Distance, regimes, aid and rivalries change seldom, and so do the scores made from them.
        return nested_again(tuple(partners), alone, p.noise, p.nest, p.epsilon)

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
            danger = Danger(point.source, point.threat, point.source.proximity)
            utilities = Utilities(point, danger, self.parameters)
            accepted = utilities.accepted(partners)
            alone = [utilities.neutral]
            if point.threatened:
                shelter = utilities.hide(partners, [k.fear_of_top_threat for k in partners])
                alone = [utilities.bandwagon(), utilities.neutral, shelter]
            scores = Scores(utilities.balance(partners, accepted, utilities.neutral), alone)
            self._computed = ThreatScores(utilities, accepted, scores)
        return self._computed
