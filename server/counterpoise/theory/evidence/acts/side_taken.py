"""One act that took a side, with what each hypothesis gave its menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, fsum, log


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

    def log_ratio(self, one: str, other: str) -> float:
        """Return the natural logarithm of the likelihood ratio of the choice."""
        return self.log_shares[one][self.chosen] - self.log_shares[other][self.chosen]

    def sharpened(self, name: str, chance: str, times: float) -> SideTaken:
        """Return the act with a forecast that leans away from chance this many times as much, and chance; no other forecasts."""
        start = self.log_shares[chance]
        tilted = [even + times * (mine - even) for mine, even in zip(self.log_shares[name], start, strict=True)]
        best = max(tilted)
        total = best + log(fsum(exp(value - best) for value in tilted))
        return replace(self, log_shares={name: [value - total for value in tilted], chance: start})

    def scaled_difference(self, one: str, other: str) -> float:
        """Return the difference in log scores, divided by the largest that the menu allows; 0 if the forecasts are equal."""
        pairs = zip(self.log_shares[one], self.log_shares[other], strict=True)
        largest = max(abs(mine - theirs) for mine, theirs in pairs)
        return self.log_ratio(one, other) / largest if largest > 0.0 else 0.0

    def weight(self, one: str, other: str) -> float:
        """Return the weight of the act among those of its window: the square of what it is expected to tell if the one is true.

        What a choice is expected to tell is the relative entropy of the two forecasts, in nats. It does not depend on the choice.
        The square, which favours the acts that tell most, was chosen on games of bots other than those of the published figures.
        """
        pairs = zip(self.log_shares[one], self.log_shares[other], strict=True)
        return fsum(exp(mine) * (mine - theirs) for mine, theirs in pairs) ** 2
