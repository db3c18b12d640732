"""B5: the enemy of my enemy is my friend."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of, scores_by_partner
from counterpoise.theory.parameters import DEFAULT, Parameters


class EnemyOfEnemy(Hypothesis):
    """States align with the enemies of their enemies.

    Heider's balance carried to states: Harary (1961) on the Middle East of 1956; Maoz, Terris, Kuperman & Talmud (2007), who
    find that such pairs fight each other as well. Rivalries only: no power, no distance, no changing threat.
    """

    name: ClassVar[str] = "enemy_of_enemy"
    title: ClassVar[str] = "Enemy of my enemy"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the count of shared rivals less that of rivals among each other's allies."""
        slope = parameters.enemy_slope
        partners = [slope * (k.rivals_shared - k.rivals_of_allies) for k in point.candidates]
        joining = slope * (point.source.rivals_shared - point.source.rivals_of_allies)
        return nested(scores_by_partner(point, partners, joining), nest_of(point), parameters)
