"""B5: the enemy of my enemy is my friend."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class EnemyOfEnemy(Hypothesis):
    """States align with the enemies of their enemies.

    Heider's balance theory for states: Harary (1961) on the Middle East of 1956; Maoz, Terris, Kuperman & Talmud (2007)
    find that such pairs also fight each other. Only rivalries count: no power, no distance, no changing threat.
    """

    name: ClassVar[str] = "enemy_of_enemy"
    title: ClassVar[str] = "Enemy of my enemy"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def scores(self, window: Window) -> Scores:
        """Return a score that rises with shared rivals and falls with rivals among each other's allies."""
        k = window.alignments
        return window.scores_of_alignments(window.parameters.enemy_slope * (k.rivals_shared - k.rivals_of_allies))
