"""The listener: websockets, the browser client's files and the operator's pages, all on one port."""

from __future__ import annotations

import asyncio
import http
import logging
import re
import signal
import socket
from collections.abc import Sequence
from types import TracebackType
from urllib.parse import urlsplit

import msgspec
from websockets.asyncio.server import Server as WebSocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import NegotiationError
from websockets.http11 import Request, Response
from websockets.typing import Origin, Subprotocol

from counterpoise import __version__
from counterpoise.errors import ConfigurationError, ProtocolError
from counterpoise.gateway.config import ServerConfig, own_hosts
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.room import Room
from counterpoise.gateway.static import StaticFiles, answer, plain
from counterpoise.sim import RULES_VERSION
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import CLOSE_NO_SESSION, CLOSE_RESTARTING, PROTOCOL_VERSION, SUBPROTOCOLS

MAX_FRAME = 64 * 1024
PING_SECONDS = 15.0
CLOSE_REASON_MAX = 120
_SOCKET = re.compile(r"^/s/([A-Za-z0-9-]{1,40})/ws$")
_WRITING = re.compile(rb"(POST|PUT|PATCH|DELETE|OPTIONS) ")
_log = logging.getLogger("counterpoise.gateway")


class _Listening(ServerConnection):
    """A connection that answers what the library hangs up on without a word: requests that bring something with them."""

    _is_begun = False

    def data_received(self, data: bytes) -> None:
        """Take what comes; a first line with a method of another kind than reading is answered here."""
        first, self._is_begun = not self._is_begun, True
        if first and (found := _WRITING.match(data)):
            self.transport.write(_read_only(found[1].decode()).serialize())
            self.transport.close()
            return
        super().data_received(data)


def _read_only(method: str) -> Response:
    return plain(method, http.HTTPStatus.METHOD_NOT_ALLOWED, "GET only\n", [("Allow", "GET, HEAD")])


class Server:
    """A server as an asynchronous context: entered, it listens; left, it drains.

    Raises on entry:
        ConfigurationError: the host may not be listened on, or the port is taken.
        StorageError: the data folder is unusable; ``LockedError`` if another server has it.
    """

    def __init__(self, config: ServerConfig) -> None:
        self.config = config
        self.metrics = Metrics()
        self.port = config.port
        self._static = StaticFiles()
        self._pending = 0
        self._stop = asyncio.Event()

    @property
    def url(self) -> str:
        """Where links lead."""
        return self.config.public_url.rstrip("/") or f"http://{own_hosts(self.config.host)[0]}:{self.port}"

    def link(self, session_id: str, token: str) -> str:
        """Return a join link. The token stands in the fragment, which no server or proxy gets to see."""
        return f"{self.url}/j/{session_id}#{token}"

    async def __aenter__(self) -> Server:
        self.config.check()
        listener = _listen(self.config.host, self.config.port)
        self.port = listener.getsockname()[1]
        self.hub = Hub(self.config, self.metrics, self.link)
        try:
            await self.hub.open()
            self._sockets: WebSocketServer = await serve(
                self._connected,
                sock=listener,
                origins=self._origins(),
                subprotocols=[Subprotocol(name) for name in SUBPROTOCOLS],
                create_connection=_Listening,
                select_subprotocol=_select_subprotocol,
                process_request=self._request,
                compression=None,
                server_header=None,
                max_size=MAX_FRAME,
                max_queue=16,
                ping_interval=PING_SECONDS,
                ping_timeout=PING_SECONDS,
                close_timeout=3.0,
                open_timeout=5.0,
                logger=logging.getLogger("counterpoise.websockets"),
            )
        except BaseException:
            listener.close()
            await self.hub.close()
            raise
        _log.info("listening on %s", self.url)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.hub.close()
        self._sockets.close(code=CLOSE_RESTARTING, reason="the server restarts")
        await self._sockets.wait_closed()

    async def serve_until_stopped(self) -> None:
        """Serve until ``stop``, SIGTERM or SIGINT; a second signal ends the process at once.

        Raises:
            StorageError: a journal could no longer be written; its clients have been told.
        """
        self.heed_signals()
        stopped = asyncio.create_task(self._stop.wait())
        failed = asyncio.create_task(self.hub.failed())
        try:
            await asyncio.wait((stopped, failed), return_when=asyncio.FIRST_COMPLETED)
            if failed.done():
                raise failed.result()
        finally:
            stopped.cancel()
            failed.cancel()

    def heed_signals(self) -> None:
        """Stop at SIGTERM and SIGINT from now on; before anybody is told that the server runs."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._signalled, number)

    def stop(self) -> None:
        """Let ``serve_until_stopped`` return."""
        self._stop.set()

    def _signalled(self, number: int) -> None:
        self.hub.is_draining = True
        # The next one meets the system's own handler: everything acknowledged is on disk, so that is safe.
        asyncio.get_running_loop().remove_signal_handler(number)
        self.stop()

    def _origins(self) -> Sequence[Origin | None]:
        hosts = [
            f"{scheme}://{name}:{self.port}" for name in own_hosts(self.config.host) for scheme in ("http", "https")
        ]
        public = urlsplit(self.config.public_url)
        if public.netloc:
            hosts.append(f"{public.scheme}://{public.netloc}")
        named = [Origin(host) for host in (*hosts, *self.config.origins)]
        return [None, *named]  # None: clients that are no browsers send no origin

    def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer what is not a websocket; ``None`` lets the handshake go on."""
        path = request.path.partition("?")[0]
        match = _SOCKET.match(path)
        if match is not None:
            # A browser tells its page nothing of a refused handshake: who speaks the protocol is let in to be told.
            if match[1] not in self.hub.rooms and not _speaks(request):
                return plain(request.method, http.HTTPStatus.NOT_FOUND, "No such session\n")
            if self.hub.is_draining or self._pending >= self.config.pending_max:
                return plain(
                    request.method, http.HTTPStatus.SERVICE_UNAVAILABLE, "Try again soon\n", [("Retry-After", "1")]
                )
            return None
        if request.method not in ("GET", "HEAD"):
            return _read_only(request.method)
        return self._operators_page(request.method, path) or self._static.answer(
            request.method, path, request.headers.get("Host", "")
        )

    def _operators_page(self, method: str, path: str) -> Response | None:
        if path == "/healthz":
            return plain(method, http.HTTPStatus.OK, "ok\n")
        if path == "/readyz":
            ready = not self.hub.is_draining and not any(room.failure for room in self.hub.rooms.values())
            status = http.HTTPStatus.OK if ready else http.HTTPStatus.SERVICE_UNAVAILABLE
            return plain(method, status, "ready\n" if ready else "not ready\n")
        if path == "/version":
            facts = {"counterpoise": __version__, "protocol": PROTOCOL_VERSION, "rules_version": RULES_VERSION}
            return answer(method, http.HTTPStatus.OK, msgspec.json.encode(facts), "application/json")
        if path == "/metrics":
            body = self.metrics.text(self.hub.phases())
            return answer(method, http.HTTPStatus.OK, body, "text/plain; version=0.0.4; charset=utf-8")
        return None

    async def _connected(self, socket: ServerConnection) -> None:
        assert socket.request is not None, "the handshake is over"
        match = _SOCKET.match(socket.request.path.partition("?")[0])
        assert match is not None, "other paths were answered in _request"
        room: Room | None = self.hub.rooms.get(match[1])
        if room is None:
            await socket.close(CLOSE_NO_SESSION, "no session of that name is served here")
            return
        try:
            codec = codec_for(socket.subprotocol)
        except ProtocolError as error:
            await socket.close(error.close_code, str(error)[:CLOSE_REASON_MAX])
            return
        connection = Connection(socket, codec, room, self.config, self.metrics, on_welcome=self._greeted)
        self._pending += 1
        try:
            await connection.run()
        finally:
            if not connection.welcomed:
                self._pending -= 1

    def _greeted(self) -> None:
        self._pending -= 1


def _speaks(request: Request) -> bool:
    """Tell whether a handshake offers a form of the protocol."""
    offered = ",".join(request.headers.get_all("Sec-WebSocket-Protocol"))
    return any(name.strip() in SUBPROTOCOLS for name in offered.split(","))


def _select_subprotocol(connection: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Take the first form of ours that the client offers; one that offers nothing is let in to be told so."""
    if not offered:
        return None
    for name in SUBPROTOCOLS:
        if name in offered:
            return Subprotocol(name)
    raise NegotiationError(f"expected one of {', '.join(SUBPROTOCOLS)}")


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise ConfigurationError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
