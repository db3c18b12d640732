"""A connection to a session that reconnects by itself: connect, say hello, read, repeat after a loss."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from random import Random

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from counterpoise.errors import CounterpoiseError, ProtocolError
from counterpoise.wire.codec import Codec
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
    Ping,
    ServerMessage,
    Welcome,
    WindowNews,
)
from counterpoise.wire.rates import Bucket
from counterpoise_clients.network.dialling import ClientSocket, Dial
from counterpoise_clients.network.links import Link
from counterpoise_clients.network.resume import Backoff, SequenceTracker

log = logging.getLogger(__name__)

FINAL_CODES = frozenset(
    {CLOSE_DONE, CLOSE_POLICY, CLOSE_BAD_TOKEN, CLOSE_REPLACED, CLOSE_VERSION, CLOSE_NO_SESSION, 1002, 1003, 1007, 1009}
)
"""Close codes after which a new connection would fail in the same way."""
FRAMES_PER_S, FRAMES_BURST = 18, 36
"""The client's own send limit, slightly below the server's."""
WELCOME_TIMEOUT_S = 10.0
WARNED_ATTEMPTS = (0, 4, 16, 64)
"""The numbers of failed attempts in a row that are logged as warnings; the others are logged as information."""


class SeatLost(CounterpoiseError):  # noqa: N818 (it names what happened, as the rest of the tree does)
    """The connection ended and the client does not reconnect.

    Args:
        code: the websocket's close code, or 0 if there was none.
        reason: the server's reason, or a description of the failure.
    """

    exit_code = 74

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason

    def __str__(self) -> str:
        return f"the seat is lost ({self.code}): {self.reason}" if self.code else f"the seat is lost: {self.reason}"


class ReconnectingConnection:
    """Keeps one seat connected: opens a new connection when one is lost.

    Args:
        link: the address and the token.
        codec: encodes and decodes messages, and names the subprotocol to ask for.
        name: the player's name.
        bot: the kind of bot that plays the seat; empty if people play it.
        backoff: the pauses between attempts.
        give_up_after_s: seconds without a connection after which to give up.
        on_message: called with each new message; a numbered message that came before is dropped.
        messages_to_resend: returns the messages that have no answer yet; they are sent after each welcome.
        dial: opens a socket.
        random: draws the pauses.
    """

    def __init__(
        self,
        link: Link,
        codec: Codec,
        *,
        name: str,
        bot: str,
        backoff: Backoff,
        give_up_after_s: float,
        on_message: Callable[[ServerMessage], None],
        messages_to_resend: Callable[[], Iterable[ClientMessage]],
        dial: Dial,
        random: Random,
    ) -> None:
        self._link, self._codec, self._name, self._bot = link, codec, name, bot
        self._backoff, self._give_up_after_s, self._random = backoff, give_up_after_s, random
        self._on_message, self._messages_to_resend, self._dial = on_message, messages_to_resend, dial
        self._used = link.token
        """The token in the last hello."""
        self.received = SequenceTracker()
        self.connection_count = 0
        self._bye: Bye | None = None
        self._socket: ClientSocket | None = None
        self._send_lock = asyncio.Lock()
        self._bucket = Bucket(0)

    @property
    def token(self) -> str:
        """The newest token."""
        return self._link.token

    async def run_until_lost(self) -> SeatLost:
        """Connect, and reconnect after each loss; return why the connection ended for good."""
        loop = asyncio.get_running_loop()
        attempt, last_alive = 0, loop.time()
        while True:
            before = self.connection_count
            code, reason = await self._connect_once()
            if self.connection_count > before:
                attempt, last_alive = 0, loop.time()
            is_outdated = (
                code == CLOSE_BAD_TOKEN and self.token != self._used
            )  # another client here has a newer one by now
            if code in FINAL_CODES and not is_outdated:
                return SeatLost(code, reason)
            if loop.time() - last_alive > self._give_up_after_s:
                return SeatLost(code, reason or "the server did not answer")
            pause = self._backoff.delay(attempt, code, self._random)
            level = logging.WARNING if attempt in WARNED_ATTEMPTS else logging.INFO
            log.log(level, "cannot reach %s: %s; retrying", self._link.url, reason or f"closed with code {code}")
            await asyncio.sleep(pause)
            attempt += 1

    async def send(self, message: ClientMessage) -> None:
        """Send a message in order and within the send limit.

        Without a connection nothing is sent. A caller that needs an answer returns the message from
        ``messages_to_resend``.
        """
        async with self._send_lock:
            socket = self._socket
            if socket is not None:
                await self._send_frame(socket, message)

    async def _send_frame(self, socket: ClientSocket, message: ClientMessage) -> None:
        frame = self._codec.encode(message)
        while not self._bucket.take(len(frame), self._now_ms()):
            await asyncio.sleep(1 / FRAMES_PER_S)
        with contextlib.suppress(ConnectionClosed):
            await socket.send(frame)

    async def _connect_once(self) -> tuple[int, str]:
        """Connect, resume and read until the connection ends; return the close code and the reason."""
        self._bye = None
        try:
            async with self._dial(self._link.url, self._codec.subprotocol) as socket:
                await self._say_hello(socket)
                while True:
                    self._receive(self._codec.decode_server(await socket.recv()))
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 1006
            reason = closed.rcvd.reason if closed.rcvd else "the connection broke"
            return code, self._bye.reason if self._bye else reason
        except InvalidStatus as refused:
            status = refused.response.status_code
            return (CLOSE_POLICY if 400 <= status < 500 and status != 429 else 0), f"the server answered {status}"
        except ProtocolError as error:
            return 1002, f"the server violates the protocol: {error}"
        except (OSError, TimeoutError, InvalidHandshake, EOFError) as error:
            return 0, f"{type(error).__name__}: {error}"
        finally:
            self._socket = None

    async def _say_hello(self, socket: ClientSocket) -> None:
        seen, self._used = self.received, self.token
        hello = Hello(PROTOCOL_VERSION, self.token, seen.last, seen.receipt, self._name[:60], self._bot[:60], "sdk")
        await socket.send(self._codec.encode(hello))
        async with asyncio.timeout(WELCOME_TIMEOUT_S):
            while not self._receive(self._codec.decode_server(await socket.recv())):
                pass
        async with self._send_lock:
            # The lock keeps newer messages back until the older, unanswered ones are sent again.
            self.connection_count += 1
            self._bucket = Bucket(self._now_ms(), per_second=FRAMES_PER_S, burst=FRAMES_BURST)
            self._socket = socket
            await self._send_frame(socket, Ping())  # shows that the new token has arrived; the old one is void then
            for message in tuple(self._messages_to_resend()):
                await self._send_frame(socket, message)

    def _receive(self, message: ServerMessage) -> bool:
        """Process a message and pass it on; return whether it is a welcome."""
        if isinstance(message, Welcome):
            self._link.kept.follow(self._used, message.next_token)
            if message.resume != "delta":
                self.received.restart_at(message.vseq, message.receipt)
        elif isinstance(message, Bye):
            self._bye = message
        elif isinstance(message, IncidentNews | WindowNews | ForecastNews):
            if not self.received.accept(message.vseq, message.receipt):
                return False
        elif isinstance(message, Ack):
            self.received.accept(message.vseq, message.receipt)
        self._on_message(message)
        return isinstance(message, Welcome)

    @staticmethod
    def _now_ms() -> int:
        return round(asyncio.get_running_loop().time() * 1000)
