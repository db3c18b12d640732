"""Who made a decision: people, the record of a history, or a kind of bot.

Bots that read the threat index confirm the theory because they were written to it. What they do tests whether the check recovers
what was planted, and is never pooled with what people do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from counterpoise.theory.decisions.record import Decision
from counterpoise.theory.evidence.shown_index import PEOPLE

THE_RECORD = "the record"
"""The player that a journal notes for every seat of a game that follows the record."""
PROGRAM = "a program"
"""The player that a journal notes for a program that joined over the network and did not name its kind of bot."""
UNKNOWN_CLIENT = "an unknown client"
"""The player that a journal notes for a client that did not say what it is: it is never taken for a person."""

SomeDecision = TypeVar("SomeDecision", bound=Decision)
PlayerKind = Literal["people", "record", "bots", "unknown"]
_ORDER: tuple[PlayerKind, ...] = ("people", "record", "unknown", "bots")


def kind_of_player(player: str) -> PlayerKind:
    """Return what sort of player has a name in the journal; ``unknown`` without a name or where the client did not say."""
    if player in ("", UNKNOWN_CLIENT):
        return "unknown"
    if player == PEOPLE:
        return "people"
    return "record" if player == THE_RECORD else "bots"


def players_of(records: Sequence[Decision]) -> list[str]:
    """Return the players of decisions, people first and bots last."""
    return sorted(
        dict.fromkeys(record.player for record in records), key=lambda name: (_ORDER.index(kind_of_player(name)), name)
    )


def decisions_under_test(records: Sequence[SomeDecision]) -> list[SomeDecision]:
    """Return the decisions that verdicts and scores are about: those of one sort of player, people if there are any.

    Those of bots are tested only where nobody else decides.
    """
    tested = _players_under_test(records)
    return [record for record in records if record.player in tested]


def bystanders(records: Sequence[SomeDecision]) -> list[SomeDecision]:
    """Return the other decisions, which are scored apart."""
    tested = _players_under_test(records)
    return [record for record in records if record.player not in tested]


def sort_under_test(kinds: Iterable[PlayerKind]) -> PlayerKind:
    """Return the sort of player that scores and verdicts are about, of those that decide."""
    return _ORDER[min((_ORDER.index(kind) for kind in kinds), default=0)]


def _players_under_test(records: Sequence[Decision]) -> list[str]:
    players = list(dict.fromkeys(record.player for record in records))
    kind = sort_under_test(kind_of_player(player) for player in players)
    return [player for player in players if kind_of_player(player) == kind]
