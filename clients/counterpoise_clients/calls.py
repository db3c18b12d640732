"""What a program can do in its seat: one method for each message that the server answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from counterpoise.sim.catalogue import MOVES, decode_move, encode_move
from counterpoise.sim.move import Move
from counterpoise.wire.consent import Consent
from counterpoise.wire.messages import Ack, AskDebrief, Command, Look, Observe, Order, Ping, Read, Withdraw
from counterpoise.wire.move_questions import AskMoves, Moves
from counterpoise.wire.seat_messages import AskDevice, Device, Drop, PassOn, Propose
from counterpoise.wire.talk_messages import ToModerator
from counterpoise_clients.network.pending_requests import Request
from counterpoise_clients.network.resume import Identified


class Calls(ABC):
    """The calls of a client. Each waits for the server's answer, also over a lost connection.

    Every call raises ``OrderRefused`` if the server refuses it, and ``SeatLost`` if the connection ends for good before the
    answer has come. What was sent may or may not count then.
    """

    async def order(
        self, move: Move | Mapping[str, Any], *, window: int | None = None, replaces: str = "", proposal: str = ""
    ) -> Ack:
        """Order a move and return the ack. A message arrives at once; any other move acts when the clock moves.

        Args:
            move: a move, or its plain form, such as ``{"kind": "message", "to": ["BEL"], "text": "Hello"}``.
            window: the window that the order is for; by default the window of the newest view. Before the first view has
                come, ``order`` waits for it.
            replaces: the ``id`` of the ack of an order that waits for the clock, whose place this one takes.
            proposal: the ``id`` of the proposal that becomes this order, as in the ``proposals`` of ``Desk``; it leaves the desk.
        """
        number = await self._window(window)
        message = Order(id=self._new_id(), window=number, move=_plain(move), replaces=replaces, proposal=proposal)
        return await self._send_order(message)

    async def withdraw(self, order: str) -> Ack:
        """Take back an order that waits for the clock; ``order`` is the ``id`` of its ack. Return the ack."""
        return await self._send_order(Withdraw(id=self._new_id(), order=order))

    async def propose(self, move: Move | Mapping[str, Any], *, window: int | None = None) -> Ack:
        """Propose a move to whoever decides for a shared seat, and return the ack; its ``id`` is that of the proposal.

        All members find it in the ``proposals`` of ``Desk``. Whoever decides sends it with ``order(move, proposal=ack.id)``.

        Args:
            move, window: see ``order``.
        """
        return await self._send_order(Propose(self._new_id(), await self._window(window), _plain(move)))

    async def drop(self, proposal: str) -> Ack:
        """Drop a proposal, given by its ``id``: one's own, or any if one decides. Return the ack."""
        return await self._send_order(Drop(self._new_id(), proposal))

    async def pass_on(self, to: str) -> Ack:
        """Let another member of the seat decide from now on, and return the ack. Only the one who decides now may.

        Args:
            to: the member's pseudonym, as in the ``members`` of ``Desk``.
        """
        return await self._send_order(PassOn(self._new_id(), to))

    async def write_to_moderator(self, text: str) -> Ack:
        """Write 1 to 500 characters to the moderator, and return the ack. Answers are incidents of kind ``note``."""
        return await self._send_order(ToModerator(self._new_id(), text))

    async def mark_read(self, thread: str, number: int) -> Ack:
        """Mark the messages of a thread as read up to a number, and return the ack."""
        return await self._send_order(Read(id=self._new_id(), thread=thread, number=number))

    async def command(self, command: Mapping[str, Any]) -> Ack:
        """Give a moderator's command, such as ``{"kind": "pause"}``, and return the ack.

        Raises:
            TypeError: the command is no map.
        """
        return await self._send_order(Command(id=self._new_id(), command=_map(command, "command", '{"kind": "start"}')))

    async def ask_device(self) -> Device:
        """Ask for a code with which another device takes over this client's place in the seat, and return it.

        The code works once, for ``seconds``; this client then loses the seat. An earlier code is void.
        """
        device: Device = await self._send_request(AskDevice())
        return device

    async def ask_moves(self, draft: Move | Mapping[str, Any] | None = None) -> Moves:
        """Ask what the seat may order now, and why not the rest.

        Args:
            draft: a move to judge; without one, every kind is judged.
        """
        moves: Moves = await self._send_request(AskMoves(self._new_id(), {} if draft is None else _plain(draft)))
        return moves

    async def ask_legal(self, kind: str = "") -> Moves:
        """Ask for the legal moves of a kind, or of every kind: up to 1000 in ``legal``, and in ``more`` whether there are more.

        Texts, efforts and lists of several states in them are examples.

        Args:
            kind: such as ``propose_alliance``; empty for every kind.
        """
        moves: Moves = await self._send_request(AskMoves(self._new_id(), legal=True, kind=kind))
        return moves

    async def legal_moves(self, kind: str = "") -> list[Move]:
        """Return all legal moves of a kind, or of every kind: of each kind up to 1000, as ``ask_legal`` has them."""
        told = await self.ask_legal(kind)
        if not told.more or kind:
            return [decode_move(move) for move in told.legal]
        return [move for each in MOVES for move in await self.legal_moves(each)]

    async def consent(self, *, given: bool) -> None:
        """Say whether research may use when and how whoever plays this seat has played. The latest answer counts."""
        await self._send_request(Consent(given))

    async def look(self, seat: str = "") -> Observe:
        """Ask for a fresh view, by default of this client's seat; moderators and observers can name any ``seat``."""
        observe: Observe = await self._send_request(Look(seat=seat, id=self._new_id()))
        return observe

    async def ask_debrief(self) -> dict[str, Any]:
        """Ask for the debrief and return its JSON document."""
        report: dict[str, Any] = await self._send_request(AskDebrief())
        return report

    async def ping(self) -> None:
        """Send a ping and wait for the pong."""
        await self._send_request(Ping(n=self._new_number()))

    async def _window(self, window: int | None) -> int:
        if window is not None:
            return window
        latest = await self._newest_view()
        return latest.view.window if latest else 0

    @abstractmethod
    async def _newest_view(self) -> Observe | None:
        """Wait for the first view and return the newest; ``None`` without a seat, and where the session ends before a view."""

    @abstractmethod
    async def _send_order(self, message: Identified) -> Ack:
        """Send what has an id until it is answered, and return the ack."""

    @abstractmethod
    async def _send_request(self, request: Request) -> Any:
        """Send what is answered without an ack, and return the answer."""

    @abstractmethod
    def _new_id(self) -> str:
        """Return 32 hexadecimal digits that nobody can guess."""

    @abstractmethod
    def _new_number(self) -> int:
        """Return a number for a ping."""


def _plain(move: Move | Mapping[str, Any]) -> dict[str, Any]:
    return (
        encode_move(move) if isinstance(move, Move) else _map(move, "move", 'a Move, or {"kind": "arm", "effort": 0.5}')
    )


def _map(value: Mapping[str, Any], name: str, example: str) -> dict[str, Any]:
    """Return a map as it is sent; raise ``TypeError`` for what is none."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{name}: expected a map such as {example}, got {value!r}")
    return dict(value)
