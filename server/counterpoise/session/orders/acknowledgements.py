"""The acks that a session has given, so that an order that is sent twice counts once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec
from msgspec import structs

from counterpoise.errors import OrderError
from counterpoise.session.commands import Command, decode_command
from counterpoise.session.journal.free_text import FreeTexts, is_same_move
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import Ack


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer to an order or command. ``is_new`` is false where the same order had been taken before."""

    ack: Ack
    is_new: bool


class GivenState(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An order or a command with its ack. ``seat`` is ``None`` for a command of the moderator or the server."""

    seat: ActorId | None
    window: int | None
    """The window of an order; ``None`` for a command."""
    request: bytes
    """The order or command in the bytes of its entry, with references in place of texts: few are asked for again."""
    ack: Ack
    replaces: str = ""
    """The id of the order that an order replaces."""


def unnumbered(given: Mapping[str, GivenState]) -> dict[str, GivenState]:
    """Return acks without the numbers of messages, as a session gives them that nobody listens to."""
    return {name: structs.replace(one, ack=structs.replace(one.ack, vseq=0, receipt="")) for name, one in given.items()}


class Acknowledgements:
    """The acks of a session by the id of the order or command they answer.

    Args:
        texts: the texts that orders and commands refer to.
        state: the acks of a session that is restored.
    """

    def __init__(self, texts: FreeTexts, state: Mapping[str, GivenState] | None = None) -> None:
        self._texts = texts
        self._given: dict[str, GivenState] = dict(state or {})

    def __len__(self) -> int:
        return len(self._given)

    def has(self, order_id: str) -> bool:
        """Return whether an order or command with this id was taken before."""
        return order_id in self._given

    def find(
        self, order_id: str, seat: ActorId | None, window: int | None, request: Move | Command, replaces: str = ""
    ) -> Acknowledgement | None:
        """Return the answer to an order or command that was taken before; ``None`` if its id is new.

        Raises:
            OrderError: ``idempotency_mismatch``, if the id was used before for something else.
        """
        given = self._given.get(order_id)
        if given is None:
            return None
        is_same = (given.seat, given.window, given.replaces) == (seat, window, replaces)
        if not is_same or not is_same_move(self._request(given), request):
            problem = "this id was used before with other content. Make a new id for each order and command."
            raise OrderError("idempotency_mismatch", "$.id", "", problem, "id_used")
        return Acknowledgement(given.ack, is_new=False)

    def add(
        self, order_id: str, seat: ActorId | None, window: int | None, request: bytes, ack: Ack, replaces: str = ""
    ) -> Acknowledgement:
        """Remember the ack of a new order or command, given in the bytes of its entry, and return the ack as an answer."""
        self._given[order_id] = GivenState(seat, window, request, ack, replaces)
        return Acknowledgement(ack, is_new=True)

    def forget_numbers(self) -> None:
        """Forget the numbers of the acks so far, because the streams of messages begin anew."""
        self._given = unnumbered(self._given)

    def since(self, count: int) -> dict[str, GivenState]:
        """Return the acks after the first ``count``, for a snapshot."""
        return dict(islice(self._given.items(), count, None))

    def _request(self, given: GivenState) -> Move | Command:
        plain: dict[str, Any] = self._texts.filled(msgspec.json.decode(given.request))
        return decode_command(plain) if given.window is None else decode_move(plain)
