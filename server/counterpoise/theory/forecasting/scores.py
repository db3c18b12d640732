"""The scores of the options on many menus, which the choice rule turns into shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoise.theory.portable import Mask, Numbers

OTHERS = 3
"""The columns of a menu after those of the partners: joining the top threat, neutrality and hiding."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What each option is worth to its actor, in utility units; actors by options as in ``Window``."""

    values: Numbers
    """A x (K + 3); zero where a column is no option."""
    nest: Mask
    """A x (K + 3): the options that form the nest of the choice rule."""

    @property
    def partners(self) -> Numbers:
        """Aligning with each partner, A x K."""
        return self.values[..., :-OTHERS]

    @property
    def bandwagon(self) -> Numbers:
        """Joining the top threat, A x 1."""
        return self.values[..., -3:-2]

    @property
    def neutral(self) -> Numbers:
        """Neutrality, A x 1."""
        return self.values[..., -2:-1]

    @property
    def hide(self) -> Numbers:
        """Hiding, A x 1."""
        return self.values[..., -1:]

    def plus(
        self,
        *,
        partners: Numbers | float = 0.0,
        bandwagon: Numbers | float = 0.0,
        neutral: Numbers | float = 0.0,
        hide: Numbers | float = 0.0,
    ) -> Scores:
        """Return these scores with something added: for each partner A x K, for the other options A x 1 each."""
        more = Scores(self.values.copy(), self.nest)
        for column, added in zip(
            (more.partners, more.bandwagon, more.neutral, more.hide), (partners, bandwagon, neutral, hide), strict=True
        ):
            np.add(column, added, out=column)
        return more
