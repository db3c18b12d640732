"""The evidence in words, as odds: nine to one for a hypothesis, against a rival and against chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum, log10
from typing import NamedTuple

from counterpoise.theory.evidence.accrual_document import EvidenceStep
from counterpoise.theory.evidence.acts.kinds import ACT_KINDS
from counterpoise.theory.evidence.choices.players import PlayerKind
from counterpoise.theory.evidence.shown_index import PEOPLE
from counterpoise.theory.forecasts import HYPOTHESES

LARGEST = 1000.0
"""Larger odds are not spelled out."""
EVEN = 1.05
"""Odds below this favour neither."""


class Hurdle(NamedTuple):
    """Odds from which evidence has words of strength."""

    some: float
    """From here there is some evidence."""
    strong: float
    """From here it is strong."""


def label_of_player(player: str) -> str:
    """Return the words for a kind of player, from its name in the journal."""
    if not player:
        return "players without a name"
    return {PEOPLE: "people", "the record": "the record"}.get(player, f"{player} bots")


def label_of_sort(sort: PlayerKind) -> str:
    """Return the words for a sort of player."""
    return {"people": "people", "record": "the record", "unknown": "players without a name", "bots": "bots"}[sort]


def odds(log_odds: float) -> str:
    """Return odds in words, such as ``9 to 1``, from their logarithm to the base 10, at least 0."""
    if log_odds > log10(LARGEST):
        return f"more than {LARGEST:.0f} to 1"
    value = 10.0**log_odds
    return f"{value:.0f} to 1" if value >= 10.0 else f"{value:.1f} to 1".replace(".0 ", " ")


def sentence(
    after: str,
    label: str,
    pair: tuple[str, str],
    step: EvidenceStep,
    chance: Mapping[str, EvidenceStep],
    hurdle: Hurdle | None,
) -> str:
    """Return what the acts say about a pair so far.

    A hypothesis is favoured only if it beats both its rival and chance: of two forecasts that both miss, the bolder one loses.

    Args:
        after: what the evidence follows, such as ``the window from 1904-07-01``.
        label: whose acts they are.
        pair: the two hypotheses.
        step: their comparison so far.
        chance: the comparison of each with chance.
        hurdle: where words of strength begin; none for groups without a verdict.
    """
    one, other = (_title(name) for name in pair)
    whose = f"{label}'" if label.endswith("s") else f"{label}'s"
    start = f"After {after}, {whose} choices favour"
    best = max(step.log_evidence, step.log_evidence_reverse)
    if best >= log10(EVEN):
        favoured, loser = (one, other) if step.log_evidence == best else (other, one)
        return f"{start} {favoured} over {loser} and over chance, {odds(best)}{_strength(best, hurdle)}."
    lost = {
        name: chance[name].log_evidence_reverse for name in pair if chance[name].log_evidence_reverse >= log10(EVEN)
    }
    told = [f"{start} neither {one} nor {other}"]
    ahead = leader(pair, step)
    if ahead is not None:
        behind = next(name for name in pair if name != ahead)
        limit = "" if ahead in lost else ", but no better than chance"
        told.append(f"{_title(ahead).capitalize()} does better than {_title(behind)}, {odds(_lead(step))}{limit}")
    for name in sorted(lost, key=lambda name: lost[name]):
        told.append(f"Chance does better than {_title(name)}, {odds(lost[name])}")
    return f"{'. '.join(told)}{_strength(max(lost.values(), default=0.0), hurdle)}."


def _lead(step: EvidenceStep) -> float:
    """Return the logarithm of the odds of the one that is ahead of the other, without a look at chance."""
    gains = (step.log_e, step.log_e_reverse)
    return max(gains) - max(min(gains), 0.0)


def leader(pair: tuple[str, str], step: EvidenceStep) -> str | None:
    """Return the hypothesis that is ahead of the other, whether or not it beats chance, or none."""
    if _lead(step) < log10(EVEN):
        return None
    return pair[0] if step.log_e > step.log_e_reverse else pair[1]


def carried(
    pair: tuple[str, str],
    step: EvidenceStep,
    gains: Callable[[str, str], Mapping[str, float]],
    alignments: tuple[int, int],
) -> str:
    """Return which kind of act carries the bet that wins, and whether the alignments went the other way; empty if none wins.

    Args:
        pair: balancing and bandwagoning.
        step: their comparison so far.
        gains: the log odds that each kind of act adds to the bet on the one hypothesis against the other.
        alignments: how many went against the gravest threat, and how many with it.
    """
    ahead = leader(pair, step)
    if ahead is None:
        return ""
    behind = next(name for name in pair if name != ahead)
    won = {kind: gain for kind, gain in gains(ahead, behind).items() if gain > 0.0}
    most = max(won, key=lambda kind: won[kind])
    against, along = alignments
    differs = along < against if ahead == pair[1] else against < along
    other_way = f"The alignments went the other way: {against} against the gravest threat and {along} with it. "
    return (
        f"{other_way if differs else ''}What favours {_title(ahead)} over {_title(behind)} comes most from "
        f"{ACT_KINDS[most].words}: {won[most] / fsum(won.values()):.0%} of the log odds that its bet won."
    )


def _title(name: str) -> str:
    title = HYPOTHESES[name].title
    return title[:1].lower() + title[1:]


def _strength(log_odds: float, hurdle: Hurdle | None) -> str:
    """Return the words of strength with the colon before them; nothing for groups without a verdict."""
    if hurdle is None:
        return ""
    if log_odds >= log10(hurdle.strong):
        return ": strong evidence"
    return ": some evidence" if log_odds >= log10(hurdle.some) else ": too little to tell"
