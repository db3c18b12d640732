"""B1: the usual choices of states."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from counterpoise.theory.forecasting.choice_rule import floored, menu_total
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import OTHERS
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import Mask, Numbers


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

    def shares(self, window: Window) -> Numbers:
        """Return each option's part of its class's share. The shares of classes without an option go to the other classes."""
        p, partners = window.parameters, window.options[:, :-OTHERS]
        sharing = window.is_balancing
        other = partners & ~sharing
        rest = 1.0 - p.share_balance - p.share_bandwagon - p.share_other - p.share_hide
        shares = np.concatenate(
            (
                np.where(sharing, _spread(p.share_balance, sharing), 0.0)
                + np.where(other, _spread(np.where(window.threatened, p.share_other, p.share_partner), other), 0.0),
                p.share_bandwagon * window.threatened,
                np.where(window.threatened, rest, 1.0 - p.share_partner),
                p.share_hide * window.threatened,
            ),
            axis=1,
        )
        return floored(shares / menu_total(shares), window.options, p)


def _spread(share: Numbers | float, options: Mask) -> Numbers:
    """Return the share of a class divided by the number of its options; A x 1."""
    return share / np.maximum(np.count_nonzero(options, axis=1, keepdims=True), 1)
