"""B1: the usual choices of states."""

from __future__ import annotations

from math import fsum
from typing import ClassVar, Literal

from counterpoise.theory.decisions.decision_point import option_of
from counterpoise.theory.forecasting.choice_rule import floored
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class BaseRate(Hypothesis):
    """Each class of choice is as likely as it usually is.

    Class frequencies, spread evenly over the partners of a class. Every skill is measured against this reference.

    The shares are those of training games between bots (``parameters``). They agree with the record: alliances are rare in
    a quarter (8.4 % of state-years have a new formal tie, ATOP 1945-2010), and about one in eight states that take a side
    joins the threat (Walt 1987, ch. 5).
    """

    name: ClassVar[str] = "base_rate"
    title: ClassVar[str] = "Base rate"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return each option's part of its class's share. The shares of classes without an option go to the other classes."""
        point, p = weighing.point, weighing.parameters
        if point.threatened:
            rest = 1.0 - p.share_balance - p.share_bandwagon - p.share_other - p.share_hide
            shares = {
                "BAL": p.share_balance, "BW": p.share_bandwagon, "OTHER": p.share_other, "HIDE": p.share_hide, "NEU": rest
            }  # fmt: skip
        else:
            shares = {"OTHER": p.share_partner, "NEU": 1.0 - p.share_partner}
        classes = [option_of(option)[0] for option in point.options]
        each = {name: share / max(1, classes.count(name)) for name, share in shares.items()}
        whole = fsum([each[name] for name in classes])
        return floored([each[name] / whole for name in classes], p)
