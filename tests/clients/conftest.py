"""A server on a real socket that speaks real messages and breaks the connection when a test asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from counterpoise.sim.views.view import View
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import (
    SUBPROTOCOLS,
    Ack,
    AskDebrief,
    Bye,
    ClientMessage,
    Command,
    DebriefReport,
    Hello,
    IncidentNews,
    Look,
    Noted,
    Observe,
    OpenCall,
    Order,
    Phase,
    Ping,
    Pong,
    Read,
    Ready,
    ServerMessage,
    Status,
    Welcome,
    Withdraw,
)
from message_examples import examples

TOKEN = "kq3vXh1n0pZr8sWd"
SAMPLES: dict[type, Any] = {type(each.message): each.message for each in examples()}


class LoopbackServer:
    """Numbers and answers messages as a session does; ``script`` can replace the answer to each message."""

    def __init__(self) -> None:
        self.port = 0
        self.hellos: list[Hello] = []
        self.heard: list[ClientMessage] = []
        self.confirmed: list[ClientMessage] = []
        """The first frame after each welcome, which shows that the client has the next token."""
        self.counted: dict[str, Ack] = {}
        self.sent: list[Ack | IncidentNews] = []
        self.called_at: list[int] = [1096]
        self.left_open: list[OpenCall] = []
        self.phase: Phase = "running"
        self.says: list[Callable[[ServerMessage], Any]] = []
        self.script: Callable[[ClientMessage], tuple[int, str] | ServerMessage | None] = lambda message: None

    @property
    def link(self) -> str:
        return f"http://127.0.0.1:{self.port}/j/s1#{TOKEN}"

    def observe(self, tick: int, *, called: bool = True) -> Observe:
        sample: Observe = SAMPLES[Observe]
        view = msgspec.convert({**msgspec.to_builtins(sample.view), "tick": tick, "window": tick // 91}, View)
        return Observe(len(self.sent), called, view, {})

    @staticmethod
    def status(phase: Phase) -> Status:
        changed: Status = msgspec.structs.replace(SAMPLES[Status], phase=phase)
        return changed

    @staticmethod
    async def until(condition: Callable[[], bool]) -> None:
        """Wait until the condition holds."""
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.005)

    def number(self, make: Callable[[int, str], Any]) -> Any:
        vseq = len(self.sent) + 1
        self.sent.append(make(vseq, f"receipt-{vseq}"))
        return self.sent[-1]

    async def handle(self, socket: ServerConnection) -> None:
        codec = codec_for(socket.subprotocol)

        async def say(message: ServerMessage) -> None:
            await socket.send(codec.encode(message))

        self.says.append(say)
        hello = codec.decode(await socket.recv())
        assert isinstance(hello, Hello)
        self.hellos.append(hello)
        answer = self.script(hello)
        if isinstance(answer, tuple):
            await say(Bye(answer[1], answer[0]))
            await socket.close(answer[0], "short")
            return
        delta = hello.last_vseq > 0
        head = (len(self.sent), f"receipt-{len(self.sent)}") if self.sent else (0, "")
        await say(
            msgspec.structs.replace(
                SAMPLES[Welcome],
                resume="delta" if delta else "fresh",
                vseq=head[0],
                receipt=head[1],
                next_token=f"next-token-{len(self.hellos)}",
            )
        )
        for missed in self.sent[hello.last_vseq :] if delta else []:
            await say(missed)
        if self.called_at:
            await say(self.observe(self.called_at[0]))
        await say(self.status(self.phase))
        try:
            confirming = codec.decode(await socket.recv())
            self.confirmed.append(confirming)
            if not isinstance(confirming, Ping):
                await self._answer(confirming, say, socket)
            async for frame in socket:
                await self._answer(codec.decode(frame), say, socket)
        except ConnectionClosed:
            return

    async def _answer(
        self, message: ClientMessage, say: Callable[[ServerMessage], Any], socket: ServerConnection
    ) -> None:
        self.heard.append(message)
        answer = self.script(message)
        if isinstance(answer, tuple):
            await socket.close(*answer)
        elif answer is not None:
            await say(answer)
        elif isinstance(message, Order | Command | Withdraw | Read):
            if message.id not in self.counted:
                self.counted[message.id] = self.number(lambda vseq, receipt: Ack(message.id, vseq, receipt))
            await say(self.counted[message.id])
        elif isinstance(message, Ready):
            await say(Noted(message.tick, self.left_open))
            self.called_at = [tick for tick in self.called_at if tick > message.tick]
            if self.called_at:
                await say(self.observe(self.called_at[0]))
            else:
                await say(self.status("ended"))
        elif isinstance(message, Look):
            await say(msgspec.structs.replace(self.observe(5000, called=False), id=message.id))
        elif isinstance(message, AskDebrief):
            await say(DebriefReport({"decisions": []}))
        elif isinstance(message, Ping):
            await say(Pong(message.n))


@pytest.fixture
async def server() -> AsyncIterator[LoopbackServer]:
    loopback = LoopbackServer()
    async with serve(
        loopback.handle,
        "127.0.0.1",
        0,
        subprotocols=list(SUBPROTOCOLS),  # type: ignore[arg-type]
        compression=None,
        close_timeout=1,
    ) as listening:
        loopback.port = next(iter(listening.sockets)).getsockname()[1]
        yield loopback
