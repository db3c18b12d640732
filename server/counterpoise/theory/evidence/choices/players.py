"""Who made a decision: people, the record of a history, or a kind of bot.

Bots that read the threat index confirm the theory because they were written to it. What they do tests whether the check recovers
what was planted, and is never pooled with what people do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.shown_index import PEOPLE

THE_RECORD = "the record"
"""The player that a journal notes for every seat of a game that follows the record."""

PlayerKind = Literal["people", "record", "bots", "unknown"]
_ORDER: tuple[PlayerKind, ...] = ("people", "record", "unknown", "bots")


def kind_of_player(player: str) -> PlayerKind:
    """Return what sort of player has a name in the journal; ``unknown`` without a name."""
    if not player:
        return "unknown"
    if player == PEOPLE:
        return "people"
    return "record" if player == THE_RECORD else "bots"


def players_of(records: Sequence[DecisionRecord]) -> list[str]:
    """Return the players of decisions, people first and bots last."""
    return sorted(
        dict.fromkeys(record.player for record in records), key=lambda name: (_ORDER.index(kind_of_player(name)), name)
    )


def decisions_under_test(records: Sequence[DecisionRecord]) -> list[DecisionRecord]:
    """Return the decisions that verdicts and scores are about: those of one sort of player, people if there are any.

    Those of bots are tested only where nobody else decides.
    """
    kind = _kind_under_test(records)
    return [record for record in records if kind_of_player(record.player) == kind]


def bystanders(records: Sequence[DecisionRecord]) -> list[DecisionRecord]:
    """Return the other decisions, which are scored apart."""
    kind = _kind_under_test(records)
    return [record for record in records if kind_of_player(record.player) != kind]


def sort_under_test(kinds: Iterable[PlayerKind]) -> PlayerKind:
    """Return the sort of player that scores and verdicts are about, of those that decide."""
    return _ORDER[min((_ORDER.index(kind) for kind in kinds), default=0)]


def _kind_under_test(records: Sequence[DecisionRecord]) -> PlayerKind:
    return sort_under_test(kind_of_player(record.player) for record in records)
