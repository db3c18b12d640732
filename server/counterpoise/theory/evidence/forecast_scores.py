"""The quality of forecasts: strictly proper scores, and the rank of the choice among the options (theory 5.5).

The log score and the Brier score are strictly proper (Gneiting & Raftery 2007): a forecaster scores best with its true
beliefs. Skill compares with the base rates of B1, which do not depend on threat.

Neutrality and hiding are scored as one option, whose share is the sum. Which of the two a quiet decision is called depends on
what others did, and mostly on what they had done before the decision was frozen: it is no choice of the actor.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from math import fsum, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from counterpoise.theory.decisions.decision_point import BANDWAGON, HIDE, NEUTRAL, option_of
from counterpoise.theory.decisions.record import Decision
from counterpoise.theory.portable import Mask, Numbers, total

REFERENCE = "base_rate"


class Scores(NamedTuple):
    """The scores of one hypothesis on D decisions; each array has D numbers."""

    log_score: Numbers
    """ln p(choice), at most 0."""
    brier: Numbers
    """Squared distance from the outcome over all scored options, in [0, 2]."""
    first: Numbers
    """Whether the choice was the likeliest option; a share if options tie."""
    third: Numbers
    """Whether the choice was among the three likeliest options; a share if options tie."""
    aligned: Numbers
    """ln p(partner, given that an alliance is made); not a number if none was made."""
    percentile: Numbers
    """Share of the other partners that were less likely than the chosen one; not a number without a partner or others."""
    reciprocal: Numbers
    """One over the chosen partner's rank among the partners, ties at their mean rank; not a number as for ``percentile``."""


def usable(record: Decision) -> bool:
    """Tell whether a decision can be scored: its window is over, and its choice was among the options."""
    return record.outcome is not None and record.outcome.on_menu


class _Menu(NamedTuple):
    """Where the options of a menu stand."""

    classes: tuple[str, ...]
    """The class of each option."""
    is_partner: tuple[bool, ...]
    """Whether each option makes an alliance, joining the threat included."""
    neutral: int
    hiding: int
    """The place of neutrality if hiding is not on the menu."""


@lru_cache(maxsize=4096)  # most menus of a session are equal
def _menu(options: tuple[str, ...]) -> _Menu:
    named = [option_of(option) for option in options]
    partners = tuple(did == BANDWAGON or partner != "" for did, partner in named)
    neutral = options.index(NEUTRAL)
    hiding = options.index(HIDE) if HIDE in options else neutral
    return _Menu(tuple(did for did, _ in named), partners, neutral, hiding)


class ScoredMenus:
    """The menus of decisions that can be scored, laid out once for any number of hypotheses.

    D decisions stand in rows, with one column for each of at most O options. Hiding is no option of its own: its share is
    added to that of neutrality, and its column is empty like those behind the last option of a shorter menu.

    Args:
        records: decisions for which ``usable`` holds.
    """

    def __init__(self, records: Sequence[Decision]) -> None:
        self.records = records
        self._menus = menus = [_menu(record.point.options) for record in records]
        sizes = np.array([len(menu.is_partner) for menu in menus], dtype=np.intp)
        self._filled: Mask = np.arange(sizes.max(initial=0)) < sizes[:, None]
        self._rows = np.arange(len(records))
        self._neutral: NDArray[np.intp] = np.array([menu.neutral for menu in menus], dtype=np.intp)
        self._hiding: NDArray[np.intp] = np.array([menu.hiding for menu in menus], dtype=np.intp)
        self.chosen: NDArray[np.intp] = np.array(
            [_place(*both) for both in zip(records, menus, strict=True)], dtype=np.intp
        )
        """The place of each choice among the options, D."""
        self.present = self._filled.copy()
        """Whether there is an option that is scored at each place, D x O."""
        hides = self._hiding != self._neutral
        self.present[self._rows[hides], self._hiding[hides]] = False
        self.is_partner: Mask = np.zeros(self._filled.shape, dtype=np.bool_)
        """Whether the option at each place makes an alliance, D x O."""
        self.is_partner[self._filled] = list(chain.from_iterable(menu.is_partner for menu in menus))

    def of_class(self, did: str) -> Mask:
        """Return whether the option at each place is of a class, D x O."""
        found = np.zeros(self._filled.shape, dtype=np.bool_)
        found[self._filled] = [one == did for menu in self._menus for one in menu.classes]
        return found

    def shares(self, hypothesis: str) -> Numbers:
        """Return the share that a hypothesis gave each scored option, D x O; 0 where there is none."""
        found = np.zeros(self._filled.shape)
        given = chain.from_iterable(record.forecasts[hypothesis] for record in self.records)
        found[self._filled] = np.fromiter(given, dtype=np.float64)
        hides = self._hiding != self._neutral
        rows, hiding = self._rows[hides], self._hiding[hides]
        found[rows, self._neutral[hides]] += found[rows, hiding]
        found[rows, hiding] = 0.0
        return found

    def scores(self, hypothesis: str) -> Scores:
        """Return the scores of a hypothesis."""
        shares, here = self.shares(hypothesis), (self._rows, self.chosen)
        mine = shares[here][:, None]
        above = (shares > mine).sum(axis=1)
        ties = (self.present & (shares == mine)).sum(axis=1)
        missed = shares.copy()
        missed[here] -= 1.0
        aligned, percentile, reciprocal = self._of_partners(shares, mine)
        return Scores(
            log_score=_logs(mine[:, 0]),
            brier=total(missed * missed)[:, 0],
            first=np.clip((1 - above) / ties, 0.0, 1.0),
            third=np.clip((3 - above) / ties, 0.0, 1.0),
            aligned=aligned,
            percentile=percentile,
            reciprocal=reciprocal,
        )

    def _of_partners(self, shares: Numbers, mine: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return the log score, the percentile and one over the rank of the chosen partner among the partners."""
        signed = self.is_partner[self._rows, self.chosen]
        partners, sides = self.is_partner[signed], shares[signed]
        chosen, others = mine[signed], partners.sum(axis=1) - 1
        below = (partners & (sides < chosen)).sum(axis=1)
        ties = (partners & (sides == chosen)).sum(axis=1) - 1
        aligned, percentile, reciprocal = (np.full(len(mine), np.nan) for _ in range(3))
        aligned[signed] = _logs(chosen[:, 0] / total(np.where(partners, sides, 0.0))[:, 0])
        ranked = np.nonzero(signed)[0][others > 0]
        below, ties, others = below[others > 0], ties[others > 0], others[others > 0]
        percentile[ranked] = (below + ties / 2.0) / others
        reciprocal[ranked] = 1.0 / (1 + others - below - ties / 2.0)
        return aligned, percentile, reciprocal


def _place(record: Decision, menu: _Menu) -> int:
    """Return the place of a choice on its menu; that of neutrality stands for hiding."""
    assert record.outcome is not None
    choice = record.outcome.choice
    return menu.neutral if choice == HIDE else record.point.options.index(choice)


def _logs(values: Numbers) -> Numbers:
    """Return natural logarithms as the mathematics library gives them, whose last bit numpy's may not share."""
    return np.array([log(value) for value in values.tolist()])


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; ``None`` without values."""
    return fsum(values) / len(values) if values else None


def skill(scores: Sequence[float], reference: Sequence[float]) -> float | None:
    """Return 1 - mean(scores) / mean(reference), for log or Brier scores; above 0 is better than the reference."""
    base = fsum(reference)
    return 1.0 - fsum(scores) / base if reference and base != 0.0 else None
