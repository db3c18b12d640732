"""A line to a session that mends itself: connect, say hello, read, and do it again after a loss."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from random import Random

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from counterpoise.errors import CounterpoiseError, ProtocolError
from counterpoise.wire.codec import OUTBOUND, Codec
from counterpoise.wire.messages import (
    CLOSE_BAD_TOKEN,
    CLOSE_DONE,
    CLOSE_NO_SESSION,
    CLOSE_POLICY,
    CLOSE_REPLACED,
    CLOSE_VERSION,
    PROTOCOL_VERSION,
    Ack,
    Bye,
    ClientMessage,
    ForecastNews,
    Hello,
    IncidentNews,
    ServerMessage,
    Welcome,
    WindowNews,
)
from counterpoise.wire.rates import Bucket
from counterpoise_clients.network.links import Link
from counterpoise_clients.network.resume import Backoff, Tally

log = logging.getLogger(__name__)

FINAL_CODES = frozenset(
    {CLOSE_DONE, CLOSE_POLICY, CLOSE_BAD_TOKEN, CLOSE_REPLACED, CLOSE_VERSION, CLOSE_NO_SESSION, 1002, 1003, 1007, 1009}
)
"""After these a new connection would fare no better."""
PER_SECOND, BURST = 18, 36
"""What the line allows itself, a little under what the server allows."""
WELCOME_WITHIN = 10.0
TOLD_ATTEMPTS = (0, 4, 16, 64)
"""Failed attempts in a row that are worth a warning."""
LOOPBACK = ("//127.0.0.1", "//localhost", "//[::1]")


class SeatLost(CounterpoiseError):  # noqa: N818 (it names what happened, as the rest of the tree does)
    """The connection ended and will not come back.

    Args:
        code: the websocket's close code, or 0 if there was none.
        reason: why, in the server's words where it said any.
    """

    exit_code = 74

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason

    def __str__(self) -> str:
        return f"the seat is lost ({self.code}): {self.reason}" if self.code else f"the seat is lost: {self.reason}"


class Line:
    """One seat's connections, one after another.

    Args:
        link: where to, and the token.
        codec: the written form to ask for.
        name: of the player.
        backoff: pauses between attempts.
        patience: seconds without a connection after which the line gives up.
        take: called with each new message; numbered ones that came before are left out.
        again: what to send after each welcome, because it has no answer yet.
    """

    def __init__(
        self,
        link: Link,
        codec: Codec,
        *,
        name: str,
        backoff: Backoff,
        patience: float,
        take: Callable[[ServerMessage], None],
        again: Callable[[], Iterable[ClientMessage]],
    ) -> None:
        self._link, self._codec, self._name = link, codec, name
        self._backoff, self._patience, self._jitter = backoff, patience, Random()
        self._give, self._again = take, again
        self.token = link.token
        self.tally = Tally()
        self.connections = 0
        self._bye: Bye | None = None
        self._socket: ClientConnection | None = None
        self._turn = asyncio.Lock()
        self._bucket = Bucket(0)

    async def keep(self) -> SeatLost:
        """Stay connected; return why that ended for good."""
        loop = asyncio.get_running_loop()
        attempt, last_alive = 0, loop.time()
        while True:
            before = self.connections
            code, reason = await self._connect_once()
            if self.connections > before:
                attempt, last_alive = 0, loop.time()
            if code in FINAL_CODES:
                return SeatLost(code, reason)
            if loop.time() - last_alive > self._patience:
                return SeatLost(code, reason or "the server did not answer")
            pause = self._backoff.delay(attempt, code, self._jitter)
            # The first time and then ever more rarely: whoever waits wants to know why, not how often.
            level = logging.WARNING if attempt in TOLD_ATTEMPTS else logging.INFO
            log.log(level, "cannot reach %s: %s; trying again", self._link.url, reason or f"closed with {code}")
            await asyncio.sleep(pause)
            attempt += 1

    async def send(self, message: ClientMessage) -> None:
        """Send a message, after those before it and within the rate. Without a connection it is not sent:
        whoever needs an answer lists it in ``again``."""
        async with self._turn:
            socket = self._socket
            if socket is not None:
                await self._write(socket, message)

    async def _write(self, socket: ClientConnection, message: ClientMessage) -> None:
        frame = self._codec.encode(message)
        while not self._bucket.take(len(frame), self._now_ms()):
            await asyncio.sleep(1 / PER_SECOND)
        with contextlib.suppress(ConnectionClosed):
            await socket.send(frame)

    async def _connect_once(self) -> tuple[int, str]:
        """Connect, resume, and read until the connection ends; return its close code and the reason."""
        self._bye = None
        try:
            async with connect(
                self._link.url,
                subprotocols=[Subprotocol(self._codec.subprotocol)],
                compression=None,
                open_timeout=5,
                close_timeout=3,
                ping_interval=15,
                ping_timeout=15,
                max_size=OUTBOUND.frame,
                proxy=None if any(host in self._link.url for host in LOOPBACK) else True,
            ) as socket:
                await self._greet(socket)
                while True:
                    self._take(self._codec.decode_server(await socket.recv()))
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 1006
            said = closed.rcvd.reason if closed.rcvd else "the connection broke"
            return code, self._bye.reason if self._bye else said
        except InvalidStatus as refused:
            status = refused.response.status_code
            return (CLOSE_POLICY if 400 <= status < 500 and status != 429 else 0), f"the server answered {status}"
        except ProtocolError as error:
            return 1002, f"the server does not keep to the protocol: {error}"
        except (OSError, TimeoutError, InvalidHandshake, EOFError) as error:
            return 0, f"{type(error).__name__}: {error}"
        finally:
            self._socket = None

    async def _greet(self, socket: ClientConnection) -> None:
        hello = Hello(PROTOCOL_VERSION, self.token, self.tally.last, self.tally.receipt, self._name[:60])
        await socket.send(self._codec.encode(hello))
        async with asyncio.timeout(WELCOME_WITHIN):
            while not self._take(self._codec.decode_server(await socket.recv())):
                pass
        async with self._turn:
            # Nobody else may send before what is older has been sent again.
            self.connections += 1
            self._bucket = Bucket(self._now_ms(), per_second=PER_SECOND, burst=BURST)
            self._socket = socket
            for message in tuple(self._again()):
                await self._write(socket, message)

    def _take(self, message: ServerMessage) -> bool:
        """Take note of a message and pass it on; return whether it was a welcome."""
        if isinstance(message, Welcome):
            self.token = message.next_token
            if message.resume != "delta":
                self.tally.restart(message.vseq, message.receipt)
        elif isinstance(message, Bye):
            self._bye = message
        elif isinstance(message, IncidentNews | WindowNews | ForecastNews):
            if not self.tally.take(message.vseq, message.receipt):
                return False
        elif isinstance(message, Ack) and message.id:  # the ack of a ready has no number of its own
            self.tally.take(message.vseq, message.receipt)
        self._give(message)
        return isinstance(message, Welcome)

    @staticmethod
    def _now_ms() -> int:
        return round(asyncio.get_running_loop().time() * 1000)
