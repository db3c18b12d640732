"""The listener: websockets, the files of the browser client and the pages for operators, all on one port."""

from __future__ import annotations

import asyncio
import http
import logging
import os
import re
import signal
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec
from websockets.asyncio.server import Server as WebSocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import NegotiationError
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from counterpoise import __version__
from counterpoise.gateway.arena.arena import Arena
from counterpoise.gateway.arena.arena_socket import ArenaSocket
from counterpoise.gateway.classes.class_service import ClassService
from counterpoise.gateway.classes.class_socket import ClassSocket
from counterpoise.gateway.config import ServerConfig, reachable_hosts
from counterpoise.gateway.debriefs.own_record import OwnRecords
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.listener.calendar_file import CALENDAR_TYPE, calendar_file
from counterpoise.gateway.listener.client_address import client_address
from counterpoise.gateway.listener.http_connection import (
    HttpConnection,
    http_connection,
    method_not_allowed,
    raise_file_limit,
)
from counterpoise.gateway.listener.interpreter import Interpreter
from counterpoise.gateway.listener.listening import WAITING_MAX, listen
from counterpoise.gateway.listener.origins import OriginCheck
from counterpoise.gateway.listener.pending_sockets import PendingSockets
from counterpoise.gateway.listener.reception import CLOSE_REASON_MAX, Reception
from counterpoise.gateway.listener.static import StaticFiles, answer, plain
from counterpoise.gateway.loading.running_note import RunningNote, remove_note, write_note
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.replays.companions import Companions
from counterpoise.gateway.replays.films import Films
from counterpoise.gateway.replays.of_sessions import replays_of
from counterpoise.gateway.replays.pages import ReplayPages
from counterpoise.gateway.signing.checkpoint_page import PAGE, checkpoint_page
from counterpoise.sim import RULES_VERSION
from counterpoise.store.class_book import ClassBook
from counterpoise.store.folder_shelf import FolderShelf
from counterpoise.store.shelf import Shelf
from counterpoise.wire.arena.messages import ARENA_SUBPROTOCOL
from counterpoise.wire.class_messages import CLASS_SUBPROTOCOL
from counterpoise.wire.messages import (
    CLOSE_OTHER_ORIGIN,
    CLOSE_RESTARTING,
    OLD_SUBPROTOCOLS,
    PROTOCOL_VERSION,
    SUBPROTOCOLS,
)
from counterpoise.wire.schema import published_schema

if TYPE_CHECKING:
    from counterpoise.gateway.listener.operators import OperatorsListener

MAX_FRAME = 64 * 1024
PING_SECONDS = 15.0
ACCEPTED_AT_ONCE = 4
"""Connections that are accepted in one turn of the event loop. With asyncio's 100, players wait for a crowd of new connections in
each of the turns that an order needs: 10 000 attempts brought the p99 of an order to 1.7 s, and with 4 to 0.7 s. With 1 it is
0.4 s, but those who join beside thousands of silent sockets wait longer."""
ACCEPTING_TURNS = 3
"""Turns of the event loop in which asyncio hands over a connection that it has accepted."""
OWNER_HEADER = "Counterpoise-Owner"
"""Names the process that serves a session, in the answer of one that does not."""
_SOCKET = re.compile(r"^/s/([A-Za-z0-9-]{1,40})/ws$")
CLASS_SOCKET, ARENA_SOCKET = "/c/ws", "/arena/ws"
_PROTOCOLS = (*SUBPROTOCOLS, CLASS_SUBPROTOCOL, ARENA_SUBPROTOCOL)
_CALENDAR = re.compile(r"^/s/([A-Za-z0-9-]{1,40})/due\.ics$")
_log = logging.getLogger("counterpoise.gateway")


class Server:
    """A server as an asynchronous context manager: it listens after entry and drains on exit.

    Args:
        config: settings of the server.
        shelf: where the journals are kept; by default in the folder ``config.data_dir``.
        machine: gives chance, threads and the time of day.
        arena: the arena that this server keeps; its bots are those of the settings.

    Raises on entry:
        ConfigurationError: the settings forbid listening on the host, or the port is taken.
        StorageError: the shelf cannot be used; ``LockedError`` if another server uses it.
    """

    def __init__(
        self,
        config: ServerConfig,
        shelf: Shelf | None = None,
        machine: Machine | None = None,
        arena: Arena | None = None,
    ) -> None:
        self.arena = arena
        self.config, self._shelf, self._machine = config, shelf or FolderShelf(config.data_dir), machine
        self.metrics = Metrics()
        self.port = config.port
        self.operators: OperatorsListener | None = None
        self._stop = asyncio.Event()

    @property
    def url(self) -> str:
        """Start of the links."""
        return self.config.public_url.rstrip("/") or self.local_url

    @property
    def local_url(self) -> str:
        """Where the server itself listens, without a proxy."""
        return f"http://{reachable_hosts(self.config.host)[0]}:{self.port}"

    def link(self, session_id: str, token: str) -> str:
        """Return a join link. The token is in the fragment, which no server or proxy sees."""
        return f"{self.url}/j/{session_id}#{token}"

    async def __aenter__(self) -> Server:
        self.config.check()
        listener = listen(self.config.host, self.config.port)
        self._listener, self.port = listener, listener.getsockname()[1]
        self._origins = OriginCheck((self.config.public_url, *self.config.origins), self.url)
        self._static = StaticFiles(prefix=self.config.prefix)
        self.hub = Hub(self.config, self._shelf, self.metrics, self.link, self._machine)
        book = None if self._shelf.is_shared else ClassBook(self.config.data_dir)
        self.classes = ClassService(self.hub, book, lambda: self.url)
        self._reception = Reception(self.hub, self.config, self.metrics)
        self._interpreter = Interpreter()
        self._films = Films()
        find = replays_of(self.hub, Companions(self.hub, self.classes))
        self._replays, self._own_records = ReplayPages(self._films, find), OwnRecords(find)
        pending = PendingSockets(min(self.config.pending_max, raise_file_limit() // 2))
        self._interpreter.tune()
        try:
            await self.hub.open(self.local_url)
            await self.classes.open()
            if self.arena is not None:
                await self.arena.open(self.hub)
            if self.config.operators_port is not None:
                await self._open_operators_listener(self.config.operators_port)
            self._sockets: WebSocketServer = await serve(
                self._connected,
                sock=listener,
                backlog=ACCEPTED_AT_ONCE,
                subprotocols=[Subprotocol(name) for name in _PROTOCOLS],
                create_connection=http_connection(pending),
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
            # asyncio has set the length of the queue in the operating system to the same number.
            listener.listen(WAITING_MAX)
        except BaseException:
            self._interpreter.restore()
            listener.close()
            await self._close_operators_listener()
            await self.classes.close()
            await self.hub.close()
            raise
        if not self._shelf.is_shared:
            operators = self.operators.port if self.operators is not None else None
            write_note(self.config.data_dir, RunningNote(os.getpid(), self.url, self.local_url, operators))
        _log.info("listening on %s", self.url)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._shelf.is_shared:
            remove_note(self.config.data_dir)
        if self.arena is not None:
            await self.arena.close()
        await self.classes.close()
        await self.hub.close()
        await self._films.close()
        await self._stop_accepting()
        self._sockets.close(code=CLOSE_RESTARTING, reason="the server restarts")
        await self._sockets.wait_closed()
        await self._close_operators_listener()
        self._interpreter.restore()

    async def _stop_accepting(self) -> None:
        """Accept no more connections; return when asyncio has handed over those that it has accepted.

        asyncio loses the sockets of connections that it has not handed over when their server closes, and never closes them. A
        server that has stopped already accepts nothing.
        """
        if self._listener.fileno() < 0:
            return
        asyncio.get_running_loop().remove_reader(self._listener)
        for _ in range(ACCEPTING_TURNS):
            await asyncio.sleep(0)

    async def _open_operators_listener(self, port: int) -> None:
        from counterpoise.gateway.classes.api.mounting import class_api  # a server without them starts faster
        from counterpoise.gateway.listener import operators

        listener = listen(operators.HOST, port, "--operators-port")
        routes = [] if self._shelf.is_shared else class_api(self.classes, self.config.data_dir)
        self.operators = operators.OperatorsListener(operators.operators_app(self.hub, self.metrics, routes), listener)

    async def _close_operators_listener(self) -> None:
        if self.operators is not None:
            await self.operators.close()

    async def serve_until_stopped(self) -> None:
        """Serve until ``stop``, SIGTERM or SIGINT; a second signal ends the process at once.

        Raises:
            StorageError: a journal can no longer be written; its clients have been told.
        """
        self.install_signal_handlers()
        stopped = asyncio.create_task(self._stop.wait())
        failed = asyncio.create_task(self.hub.failed())
        try:
            await asyncio.wait((stopped, failed), return_when=asyncio.FIRST_COMPLETED)
            if failed.done():
                raise failed.result()
        finally:
            stopped.cancel()
            failed.cancel()

    def install_signal_handlers(self) -> None:
        """Stop on SIGTERM and SIGINT. Call it before the command prints that the server runs."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._signalled, number)

    def stop(self) -> None:
        """Make ``serve_until_stopped`` return."""
        self._stop.set()

    def _signalled(self, number: int) -> None:
        self.hub.is_draining = True
        # The next signal ends the process. That is safe, because every acknowledged order is on disk.
        asyncio.get_running_loop().remove_signal_handler(number)
        self.stop()

    async def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer a plain HTTP request; return ``None`` for a websocket handshake that may continue."""
        path = self._path(request)
        match = _SOCKET.match(path)
        if path == CLASS_SOCKET or (path == ARENA_SOCKET and self.arena is not None):
            if (problem := self._origin_problem(request)) and not _offers_protocol(request):
                return plain(request.method, http.HTTPStatus.FORBIDDEN, f"{problem}\n")
            return _elsewhere(request.method, "") if self.hub.is_draining else None
        if match is not None:
            if (problem := self._origin_problem(request)) and not _offers_protocol(request):
                return plain(request.method, http.HTTPStatus.FORBIDDEN, f"{problem}\n")
            if self.hub.is_draining:
                return _elsewhere(request.method, "")
            if (owner := await self._reception.owner_elsewhere(match[1])) is not None:
                return _elsewhere(request.method, owner)
            # A browser hides the reason of a refused handshake from its page, so clients of the protocol are accepted, told the
            # reason and closed.
            if not self.hub.has_session(match[1]) and not _offers_protocol(request):
                return plain(request.method, http.HTTPStatus.NOT_FOUND, "No such session\n")
            return None
        if request.method not in ("GET", "HEAD"):
            return method_not_allowed(request.method)
        return (
            self._operators_page(request.method, path)
            or self._calendar(request.method, path)
            or await self._replays.answer(request, path)
            or await self._own_records.answer(request, path)
            or (None if self.arena is None else await self.arena.page(request.method, path))
            or self._static.answer(
                request.method,
                path,
                request.headers.get("Host", ""),
                accepts=request.headers.get("Accept-Encoding", ""),
                known=request.headers.get("If-None-Match", ""),
            )
        )

    def _path(self, request: Request) -> str:
        """Return the path of a request without the prefix under which a proxy offers this server.

        A proxy may have taken the prefix off already.
        """
        path = request.path.partition("?")[0]
        return path.removeprefix(self.config.prefix) if path.startswith(f"{self.config.prefix}/") else path

    def _origin_problem(self, request: Request) -> str:
        return self._origins.problem(request.headers.get("Origin"), request.headers.get("Host", ""))

    def _operators_page(self, method: str, path: str) -> Response | None:
        if path == "/healthz":
            return plain(method, http.HTTPStatus.OK, "ok\n")
        if path == "/readyz":
            status = http.HTTPStatus.OK if self.hub.is_ready else http.HTTPStatus.SERVICE_UNAVAILABLE
            return plain(method, status, "ready\n" if self.hub.is_ready else "not ready\n")
        if path == "/version":
            facts = {"counterpoise": __version__, "protocol": PROTOCOL_VERSION, "rules_version": RULES_VERSION}
            return answer(method, http.HTTPStatus.OK, msgspec.json.encode(facts), "application/json")
        if (found := PAGE.match(path)) is not None:
            room = self.hub.rooms.get(found[1])
            return checkpoint_page(method, found[2], room.session.checkpoint if room else None)
        if path == "/schema":
            return answer(method, http.HTTPStatus.OK, msgspec.json.encode(published_schema()), "application/json")
        if path == "/key":
            return plain(method, http.HTTPStatus.OK, f"{self.hub.key.public}\n")
        return None

    def _calendar(self, method: str, path: str) -> Response | None:
        """Return the calendar of a session in play: it says no more than the page of anyone who has the address."""
        match = _CALENDAR.match(path)
        room = self.hub.rooms.get(match[1]) if match is not None else None
        if room is None:
            return None
        title, now = room.session.scenario.title, self.hub.machine.wall()
        text = calendar_file(room.session.id, title, room.pacer.due, now)
        return answer(method, http.HTTPStatus.OK, text.encode(), CALENDAR_TYPE)

    async def _connected(self, socket: ServerConnection) -> None:
        assert socket.request is not None, "the handshake is over"
        path = self._path(socket.request)
        if problem := self._origin_problem(socket.request):
            await socket.close(CLOSE_OTHER_ORIGIN, problem.encode()[:CLOSE_REASON_MAX].decode(errors="ignore"))
            return
        assert isinstance(socket, HttpConnection)
        if path == CLASS_SOCKET:
            await ClassSocket(socket, self.classes, client_address(socket)).run()
            return
        if path == ARENA_SOCKET and self.arena is not None:
            await ArenaSocket(socket, self.arena).run()
            return
        match = _SOCKET.match(path)
        assert match is not None, "other paths were answered in _request"
        await self._reception.serve(socket, match[1])


def _elsewhere(method: str, owner: str) -> Response:
    """Return the answer to a handshake that another process can take, now or soon; a proxy passes the handshake on to it.

    Args:
        method: of the request.
        owner: where the process answers that serves the session; empty if that is not known.
    """
    headers = [("Retry-After", "1"), *([(OWNER_HEADER, owner)] if owner else [])]
    text = f"The server at {owner} serves this session\n" if owner else "Try again soon\n"
    return plain(method, http.HTTPStatus.SERVICE_UNAVAILABLE, text, headers)


def _offers_protocol(request: Request) -> bool:
    """Return whether a handshake offers a subprotocol of ours."""
    offered = ",".join(request.headers.get_all("Sec-WebSocket-Protocol"))
    return any(name.strip() in (*_PROTOCOLS, *OLD_SUBPROTOCOLS) for name in offered.split(","))


def _select_subprotocol(connection: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Return the first of our subprotocols that the client offers.

    A client that offers none, or only those of an old version, is accepted and told so.
    """
    if not offered:
        return None
    for name in (*_PROTOCOLS, *OLD_SUBPROTOCOLS):
        if name in offered:
            return Subprotocol(name)
    raise NegotiationError(f"expected one of {', '.join(SUBPROTOCOLS)}")
