"""Compares what players were told with what a journal holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from counterpoise.session.journal.entries import Entry
from counterpoise.session.message_streams import CHAIN_DIGITS
from counterpoise.session.replay import replay
from counterpoise.torture.ordering_player import OrderingPlayer


@dataclass(slots=True)
class Comparison:
    """Counts of orders and of what is wrong with them."""

    acknowledged: int = 0
    stored: int = 0
    lost: int = 0
    """Acknowledged orders that are not in the journal."""
    doubled: int = 0
    """Orders that are in the journal more than once."""
    changed: int = 0
    """Acknowledged orders whose ack has another number or receipt when the journal is replayed."""
    missed: int = 0
    """Numbered messages that a player did not get, though later ones came."""

    def __add__(self, other: Comparison) -> Comparison:
        return Comparison(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Comparison)))

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.doubled or self.changed or self.missed)

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} orders acknowledged, {self.lost} lost, {self.doubled} doubled, "
            f"{self.changed} with another receipt, {self.missed} messages missed"
        )


def stored_orders(entries: Sequence[Entry]) -> list[str]:
    """Return the ids of the orders in a journal, in their order."""
    return [entry.content()["id"] for entry in entries if entry.kind == "order"]


def compared(entries: Sequence[Entry], players: Sequence[OrderingPlayer], source: str) -> Comparison:
    """Compare the players of one session with its journal, and with the acks that a replay of it gives.

    Args:
        entries: the journal.
        players: the players of the session.
        source: the name of the journal in errors.
    """
    stored = Counter(stored_orders(entries))
    acks = replay(list(entries), source, streaming=True).acknowledgements.since(0)
    found = Comparison(stored=stored.total(), doubled=sum(count - 1 for count in stored.values()))
    for player in players:
        found.acknowledged += len(player.acked)
        found.lost += sum(order not in stored for order in player.acked)
        found.changed += sum(
            order in acks and (acks[order].ack.vseq, acks[order].ack.receipt) != (vseq, receipt[:CHAIN_DIGITS])
            for order, (vseq, receipt) in player.acked.items()
        )
        found.missed += player.gaps()
    return found
