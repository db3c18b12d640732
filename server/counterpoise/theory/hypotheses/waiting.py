"""Powell: waiting is the common answer, balancing the rare one."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class Waiting(Hypothesis):
    """States wait; if they align and force has increasing returns, they join the strong.

    Powell (1999), *In the Shadow of Power*, ch. 5: waiting is more common than balancing and bandwagoning, and
    bandwagoning grows with the returns to scale in force; Wagner (2004) reads balancing as insurance against later shifts.

    The utilities are those of balance of threat; in peace staying out gains an option value, which shrinks as the threat
    grows, and joining gains more, the more the threat outweighs the actor.
    """

    name: ClassVar[str] = "waiting"
    title: ClassVar[str] = "Waiting"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def scores(self, window: Window) -> Scores:
        """Return the utilities of threat, with the value of waiting."""
        p = window.parameters
        waiting = np.where(window.war, 0.0, p.waiting * (1.0 - window.threat))
        joining = p.returns * np.maximum(1.0 - 2.0 * window.weight, 0.0)
        return window.by_threat.plus(bandwagon=joining, neutral=waiting, hide=waiting)
