"""Frozen decisions made again by a rule: the choice is drawn from given probabilities, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.decision_point import DecisionPoint, option_of
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord

Rule = Callable[[DecisionRecord], Sequence[float]]
"""A function from a frozen decision to the probability of each of its options."""


def redrawn_decisions(
    records: Iterable[DecisionRecord], rule: Rule, dice: Random, *, session: str = ""
) -> list[DecisionRecord]:
    """Return decisions with a choice drawn by a rule, under the name of another session if one is given."""
    return [
        record.completed(
            _outcome(record.point, drawn_option(record.point.options, rule(record), dice)), session=session
        )
        for record in records
    ]


def drawn_option(options: Sequence[str], shares: Sequence[float], dice: Random) -> str:
    """Return one of the options, drawn with these probabilities."""
    left = dice.random()
    for option, share in zip(options, shares, strict=True):
        left -= share
        if left < 0.0:
            return option
    return options[-1]


def _outcome(point: DecisionPoint, choice: str) -> Outcome:
    name, partner = option_of(choice)
    joined = point.top_threat if name == "BW" else partner
    return Outcome(
        actor=point.actor,
        window=point.window,
        opened=point.opened,
        closed=point.closes,
        kind="formation" if joined else "abstention",
        choice=choice,
        alignment_class=name,  # type: ignore[arg-type]
        partners=(ActorId(joined),) if joined else (),
        alignments=(),
        dropped=(),
        conceded=False,
        mixed=False,
    )
