"""The acks that a session has given, so that an order that is sent twice counts once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from counterpoise.errors import OrderError
from counterpoise.session.commands import Command, decode_command, encode_command
from counterpoise.session.free_text import is_same_move
from counterpoise.sim.catalogue import decode_move, encode_move
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import Ack


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer to an order or command. ``is_new`` is false where the same order had been taken before."""

    ack: Ack
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Given:
    """An order of a seat, or a command, for which ``seat`` is ``None``, with its ack."""

    seat: ActorId | None
    window: int
    request: Move | Command
    ack: Ack


class GivenState(msgspec.Struct, frozen=True, array_like=True):
    """An order or command and its ack, for a snapshot. ``request`` is plain."""

    seat: ActorId | None
    window: int
    request: dict[str, object]
    ack: Ack


class Acknowledgements:
    """The acks of a session by the id of the order or command they answer."""

    def __init__(self, state: Mapping[str, GivenState] | None = None) -> None:
        self._given: dict[str, _Given] = {}
        for order_id, given in (state or {}).items():
            request = decode_command(given.request) if given.seat is None else decode_move(given.request)
            self._given[order_id] = _Given(given.seat, given.window, request, given.ack)

    def __len__(self) -> int:
        return len(self._given)

    def find(self, order_id: str, seat: ActorId | None, window: int, request: Move | Command) -> Acknowledgement | None:
        """Return the answer to an order or command that was taken before; ``None`` if its id is new.

        Raises:
            OrderError: ``idempotency_mismatch``, if the id was used before for something else.
        """
        given = self._given.get(order_id)
        if given is None:
            return None
        if (given.seat, given.window) != (seat, window) or not is_same_move(given.request, request):
            problem = "this id was used before with other content. Make a new id for each order and command."
            raise OrderError("idempotency_mismatch", "$.id", "", problem)
        return Acknowledgement(given.ack, is_new=False)

    def add(
        self, order_id: str, seat: ActorId | None, window: int, request: Move | Command, ack: Ack
    ) -> Acknowledgement:
        """Remember the ack of a new order or command and return it as an answer."""
        self._given[order_id] = _Given(seat, window, request, ack)
        return Acknowledgement(ack, is_new=True)

    def copy(self) -> Acknowledgements:
        """Return an independent copy."""
        copied = Acknowledgements()
        copied._given = dict(self._given)
        return copied

    def state(self) -> dict[str, GivenState]:
        """Return all acks for a snapshot."""
        return {
            order_id: GivenState(given.seat, given.window, _plain(given.request), given.ack)
            for order_id, given in self._given.items()
        }


def _plain(request: Move | Command) -> dict[str, object]:
    return encode_move(request) if isinstance(request, Move) else encode_command(request)
