"""The orders that wait for the clock to move, and how many orders each seat has given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import decode_move, encode_move
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId

ORDERS_PER_STOP = 64
"""A seat's orders that wait at one stop of the clock; more than any state can mean, and a bound on memory."""


class WaitingOrder(msgspec.Struct, frozen=True, array_like=True):
    """An order that waits: its id and its move as plain values."""

    id: str
    move: dict[str, object]


class PendingOrders:
    """The orders of a session's seats at one stop of the clock.

    Args:
        seats: in their order.
        waiting: the orders that wait, for a session that is restored.
        counts: how many orders each seat has given, for a session that is restored.
    """

    def __init__(
        self,
        seats: Sequence[ActorId],
        waiting: Mapping[ActorId, Sequence[WaitingOrder]] | None = None,
        counts: Mapping[ActorId, int] | None = None,
    ) -> None:
        known = waiting or {}
        self._waiting = {seat: {order.id: decode_move(order.move) for order in known.get(seat, ())} for seat in seats}
        self.counts = {seat: 0 if counts is None else counts[seat] for seat in seats}

    def require_place(self, seat: ActorId) -> None:
        """Raise ``OrderError`` if a seat has given all the orders it may give at one stop."""
        if len(self._waiting[seat]) >= ORDERS_PER_STOP:
            got = f"this seat has {ORDERS_PER_STOP} orders that wait, the most allowed. Withdraw one or wait for the next stop."
            raise OrderError("too_many", "$", "", got, "too_many_orders", {"most": ORDERS_PER_STOP})

    def is_waiting(self, seat: ActorId, order_id: str) -> bool:
        """Return whether an order of a seat waits, and can be taken back."""
        return order_id in self._waiting[seat]

    def require_waiting(self, seat: ActorId, order_id: str, path: str) -> None:
        """Raise ``OrderError`` unless an order of a seat waits, and can be taken back."""
        if not self.is_waiting(seat, order_id):
            got = "an order that has acted, was taken back, or was never given"
            needed = "the id of an order of yours that waits for the clock to move"
            raise OrderError("not_waiting", path, needed, got, "order_gone")

    def add(self, seat: ActorId, order_id: str, move: Move, replaces: str = "") -> None:
        """Count an order; it waits, in the place of the one that it replaces, unless it acts at once."""
        self.counts[seat] += 1
        if not replaces and not move.AT_ONCE:
            self._waiting[seat][order_id] = move
        if not replaces:
            return
        self._waiting[seat] = {
            (order_id if known == replaces else known): (move if known == replaces else kept)
            for known, kept in self._waiting[seat].items()
        }

    def withdraw(self, seat: ActorId, order_id: str) -> None:
        """Take back an order that waits."""
        del self._waiting[seat][order_id]

    def moves_of(self, seat: ActorId) -> list[Move]:
        """Return the moves of a seat that wait."""
        return list(self._waiting[seat].values())

    def take(self) -> Iterator[tuple[ActorId, Move]]:
        """Yield the orders, in the order of the seats and then of their arrival, and forget them."""
        for seat, orders in self._waiting.items():
            for move in orders.values():
                yield seat, move
            orders.clear()

    def waiting(self) -> dict[ActorId, list[WaitingOrder]]:
        """Return the orders that wait, for a snapshot."""
        return {seat: self.waiting_of(seat) for seat in self._waiting}

    def waiting_of(self, seat: ActorId) -> list[WaitingOrder]:
        """Return the orders of a seat that wait."""
        return [WaitingOrder(order_id, encode_move(move)) for order_id, move in self._waiting[seat].items()]
