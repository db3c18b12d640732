"""A player that always has one unanswered order, stores its id before sending, and sends it again after a loss."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from counterpoise.torture.guest import ConnectionEnded, Guest
from counterpoise.torture.host_process import HostProcess
from counterpoise.wire.messages import CLOSE_DONE, CLOSE_POLICY, Ack, Observe

PAUSE_SECONDS = 0.055
"""Between two orders: slightly longer than the rate limit of a client asks for."""
RETRY_SECONDS = 0.05
MESSAGE_EVERY = 4
"""One order in so many is a message, of which a seat may write few in a second. The others wait for the clock."""
NUMBERED = ("incident", "window", "ack")
LOST = (OSError, InvalidHandshake, ConnectionClosed, ConnectionEnded, EOFError, TimeoutError)


class Wait(NamedTuple):
    """When an order was sent, on the machine's monotonic clock, and after how many seconds its ack came."""

    began: float
    seconds: float


@dataclass
class OrderingPlayer:
    """A seat that orders again and again, through any number of restarts of the server.

    Args:
        guest: the client of the seat.
        to: another state, to which the seat writes.
        session: the name of the session.
    """

    guest: Guest
    to: str
    session: str = ""
    acked: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Number and receipt of the ack, by the id of the order."""
    sent: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    """Window and move of every order, by id."""
    waits: list[Wait] = field(default_factory=list)
    """How long each ack took."""
    resumes: list[float] = field(default_factory=list)
    """Seconds from the loss of a connection to the next welcome."""
    refusals: list[str] = field(default_factory=list)
    """The codes of the errors that orders got."""
    welcomes: list[str] = field(default_factory=list)
    """How each connection resumed."""
    frozen: bool = False
    """Whether the server said that it has lost messages."""
    _pending: str = ""

    async def play(self, until: asyncio.Event) -> None:
        """Play until the event, or until the session ends, even if the server dies again and again."""
        lost_at: float | None = None
        while not until.is_set():
            try:
                self.guest.keeps, known = "news", self.guest.view
                self.welcomes.append((await self.guest.join()).resume)
                if lost_at is not None:
                    self.resumes.append(time.monotonic() - lost_at)
                    lost_at = None
                await self._view_after(known)
                await self._order_on(until)
            except LOST:
                lost_at = lost_at or time.monotonic()
                if self._is_shut_out():
                    return
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    def gaps(self) -> int:
        """Return how many of the numbered messages since the first welcome did not arrive, though later ones did."""
        welcomes = self.guest.all("welcome")
        if not welcomes:
            return 0
        numbers = [m.vseq for tag in NUMBERED for m in self.guest.all(tag)]
        expected = range(welcomes[0].vseq + 1, max(numbers, default=0) + 1)
        return len(set(expected).difference(numbers))

    def _is_shut_out(self) -> bool:
        self.frozen = any(error.code == "log_regressed" for error in self.guest.all("error"))
        return self.guest.closed is not None and self.guest.closed[0] in (CLOSE_POLICY, CLOSE_DONE)

    async def _order_on(self, until: asyncio.Event) -> None:
        while not until.is_set():
            if not self._pending:
                self._pending = self._new_order()
            window, move = self.sent[self._pending]
            began = time.monotonic()
            heard_before = len(self.guest.heard)
            await self.guest.order(move, window=window, order_id=self._pending)
            answer = await self._answer(heard_before)
            if isinstance(answer, Ack):
                self.acked[answer.id] = (answer.vseq, answer.receipt)
                self.waits.append(Wait(began, time.monotonic() - began))
            else:
                self.refusals.append(answer.code)
                if answer.code == "wrong_phase":
                    return
                if answer.code == "rate_limited":
                    await asyncio.sleep(0.2)
                    continue
                if answer.code == "late":
                    known = self.guest.view
                    await self.guest.say("look")
                    await self._view_after(known)
            self._pending = ""
            await asyncio.sleep(PAUSE_SECONDS)

    async def _view_after(self, known: Observe | None) -> None:
        await self.guest.until(lambda: self.guest.view is not known)

    def _new_order(self) -> str:
        order = secrets.token_hex(16)
        if len(self.sent) % MESSAGE_EVERY:
            move: dict[str, Any] = {"kind": "give_reason", "reason": "threat", "note": order}
        else:
            move = {"kind": "message", "to": [self.to], "text": order}
        self.sent[order] = (self.guest.window, move)
        return order

    async def _answer(self, heard_before: int) -> Any:
        """Return the next answer to the pending order: an ack at any time, as it may have come on its way back, or an error."""
        async with asyncio.timeout(20):
            while True:
                for message in self.guest.heard[heard_before:]:
                    if getattr(message, "id", None) == self._pending:
                        return message
                await self.guest.next_news("the answer to an order")


def players_of(host: HostProcess, count: int) -> list[OrderingPlayer]:
    """Return so many players, spread over the sessions of a server and the seats of each.

    Args:
        host: a server that has been started.
        count: how many; no more than there are seats.
    """
    made: list[OrderingPlayer] = []
    for place in range(count):
        session = host.sessions[place % len(host.sessions)]
        seats, number = list(host.seats[session]), place // len(host.sessions)
        other = seats[(number + 1) % len(seats)]
        made.append(OrderingPlayer(Guest(host.seats[session][seats[number]]), to=other, session=session))
    return made
