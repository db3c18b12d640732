"""B5: the enemy of my enemy is my friend."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class EnemyOfEnemy(Hypothesis):
    """States align with the enemies of their enemies.

    Heider's balance theory for states: Harary (1961) on the Middle East of 1956; Maoz, Terris, Kuperman & Talmud (2007)
    find that such pairs also fight each other. Only rivalries count: no power, no distance, no changing threat.
    """

    name: ClassVar[str] = "enemy_of_enemy"
    title: ClassVar[str] = "Enemy of my enemy"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return a score that rises with shared rivals and falls with rivals among each other's allies."""
        slope = weighing.parameters.enemy_slope
        partners = [slope * (k.rivals_shared - k.rivals_of_allies) for k in weighing.candidates]
        source = weighing.point.source
        return weighing.choice_of_partner(partners, slope * (source.rivals_shared - source.rivals_of_allies))
