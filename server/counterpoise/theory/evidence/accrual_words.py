"""The evidence in words, as odds: nine to one for a hypothesis, against a rival and against chance."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

from counterpoise.theory.evidence.accrual_document import EvidenceStep
from counterpoise.theory.evidence.shown_index import PEOPLE
from counterpoise.theory.forecasts import HYPOTHESES

SOME, STRONG = 10.0, 20.0
"""Odds from which there is some evidence, and from which it is strong."""
LARGEST = 1000.0
"""Larger odds are not spelled out."""
EVEN = 1.05
"""Odds below this favour neither."""


def label_of_player(player: str) -> str:
    """Return the words for a kind of player, from its name in the journal."""
    if not player:
        return "players without a name"
    return {PEOPLE: "people", "the record": "the record"}.get(player, f"{player} bots")


def odds(log_odds: float) -> str:
    """Return odds in words, such as ``9 to 1``, from their logarithm to the base 10, at least 0."""
    if log_odds > log10(LARGEST):
        return f"more than {LARGEST:.0f} to 1"
    value = 10.0**log_odds
    return f"{value:.0f} to 1" if value >= 10.0 else f"{value:.1f} to 1".replace(".0 ", " ")


def sentence(
    after: str, label: str, pair: tuple[str, str], step: EvidenceStep, chance: Mapping[str, EvidenceStep]
) -> str:
    """Return what the acts say about a pair so far.

    There is evidence for a hypothesis only if it beats both its rival and chance: of two forecasts that both miss, the
    choices still favour one.

    Args:
        after: what the evidence follows, such as ``window 6``.
        label: whose acts they are.
        pair: the two hypotheses.
        step: their comparison so far.
        chance: the comparison of each with chance.
    """
    one, other = (_title(name) for name in pair)
    whose = f"{label}'" if label.endswith("s") else f"{label}'s"
    start = f"After {after}, {whose} choices favour"
    forward = step.log_e >= step.log_e_reverse
    best = max(step.log_e, step.log_e_reverse)
    if best < log10(EVEN):
        return f"{start} neither {one} nor {other}: too little to tell."
    favoured, loser = (one, other) if forward else (other, one)
    against = chance[pair[0] if forward else pair[1]].log_e
    beside = (
        f"against chance {odds(against)}" if against >= 0.0 else f"against chance it loses, 1 to {odds(-against)[:-5]}"
    )
    return f"{start} {favoured} over {loser} {odds(best)}; {beside}: {_strength(min(best, against))}."


def _title(name: str) -> str:
    title = HYPOTHESES[name].title
    return title[:1].lower() + title[1:]


def _strength(log_odds: float) -> str:
    if log_odds >= log10(STRONG):
        return "strong evidence"
    return "some evidence" if log_odds >= log10(SOME) else "too little to tell"
