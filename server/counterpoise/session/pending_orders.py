"""The orders that wait for the clock to move, and how many orders each seat has given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import decode_move, encode_move
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId

ORDERS_PER_STOP = 64
"""A seat's orders at one stop of the clock; more than any state can mean, and a bound on memory."""


class PendingOrders:
    """The orders of a session's seats at one stop of the clock.

    Args:
        seats: in their order.
        waiting: the plain orders that wait, for a session that is restored.
        counts: how many orders each seat has given, for a session that is restored.
    """

    def __init__(
        self,
        seats: Sequence[ActorId],
        waiting: Mapping[ActorId, Sequence[dict[str, object]]] | None = None,
        counts: Mapping[ActorId, int] | None = None,
    ) -> None:
        known = waiting or {}
        self._moves = {seat: [decode_move(move) for move in known.get(seat, ())] for seat in seats}
        self.counts = {seat: 0 if counts is None else counts[seat] for seat in seats}

    def require_place(self, seat: ActorId) -> None:
        """Raise ``OrderError`` if a seat has given all the orders it may give at one stop."""
        if len(self._moves[seat]) >= ORDERS_PER_STOP:
            got = (
                f"this seat has given {ORDERS_PER_STOP} orders at this stop, the most allowed. Wait for the next stop."
            )
            raise OrderError("too_many", "$", "", got)

    def add(self, seat: ActorId, move: Move) -> None:
        """Add an order."""
        self._moves[seat].append(move)
        self.counts[seat] += 1

    def take(self) -> Iterator[tuple[ActorId, Move]]:
        """Yield the orders, in the order of the seats and then of their arrival, and forget them."""
        for seat, moves in self._moves.items():
            for move in moves:
                yield seat, move
            moves.clear()

    def waiting(self) -> dict[ActorId, list[dict[str, object]]]:
        """Return the orders that wait, plain, for a snapshot."""
        return {seat: [encode_move(move) for move in moves] for seat, moves in self._moves.items()}
