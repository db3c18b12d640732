"""One act that took a side, with what each hypothesis gave its menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, fsum, log
from typing import NamedTuple


class Bet(NamedTuple):
    """What one act says of two forecasts."""

    log_ratio: float
    """The natural logarithm of the likelihood ratio of the choice: what the bet gains."""
    scaled: float
    """The same divided by the largest that the menu allows, in [-1, 1]; 0 if the forecasts are equal."""
    weight: float
    """The weight of the act among those of its window: the square of what it is expected to tell if the one forecast is true.

    What a choice is expected to tell is the relative entropy of the two forecasts, in nats. It does not depend on the choice.
    The square, which favours the acts that tell most, was chosen on games of bots other than those of the published figures."""


@dataclass(frozen=True, slots=True)
class SideTaken:
    """One act that took a side."""

    session: str
    window: int
    date: str
    actor: str
    player: str
    kind: str
    """The kind of act, of ``ACT_KINDS``."""
    menu: tuple[str, ...]
    """The entries of the menu: states, or ``no`` and ``yes``; of two sides the state whose side it is."""
    log_shares: Mapping[str, Sequence[float]]
    """By hypothesis, the logarithm of the probability of each entry on the menu, given that such an act is made."""
    chosen: int
    """The place of the entry that was chosen."""
    _bets: dict[tuple[str, str, float], Bet] = field(default_factory=dict, repr=False, compare=False)
    """The bets that were asked for: each group that the act belongs to asks for the same ones."""

    def bet(self, one: str, other: str, times: float = 1.0) -> Bet:
        """Return the bet on one forecast against another.

        Args:
            one: the hypothesis that is bet on.
            other: the hypothesis that it is bet against.
            times: how many times as far as registered the one leans away from the other.
        """
        known = self._bets.get((one, other, times))
        if known is None:
            against = self.log_shares[other]
            forecast = self.log_shares[one] if times == 1.0 else self.sharpened(one, other, times)
            gains = [mine - theirs for mine, theirs in zip(forecast, against, strict=True)]
            expected = fsum([exp(mine) * gain for mine, gain in zip(forecast, gains, strict=True)])
            gained, largest = gains[self.chosen], max(map(abs, gains))
            scaled = gained / largest if largest > 0.0 else 0.0
            known = self._bets[one, other, times] = Bet(gained, scaled, expected**2)
        return known

    def sharpened(self, one: str, other: str, times: float) -> list[float]:
        """Return the log-shares of a forecast that leans away from another this many times as much."""
        pairs = zip(self.log_shares[one], self.log_shares[other], strict=True)
        tilted = [theirs + times * (mine - theirs) for mine, theirs in pairs]
        best = max(tilted)
        total = best + log(fsum([exp(value - best) for value in tilted]))
        return [value - total for value in tilted]
