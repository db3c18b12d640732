"""A small server for the replay of journal files, on this machine only. It stops by itself when nobody has asked for a while."""

from __future__ import annotations

import asyncio
import hmac
import http
import logging
from collections.abc import Mapping
from types import TracebackType

from websockets.asyncio.server import Server as WebSocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from counterpoise.gateway.listener.listening import listen
from counterpoise.gateway.listener.static import StaticFiles, plain
from counterpoise.gateway.replays.film_sources import address_of_record
from counterpoise.gateway.replays.films import Films
from counterpoise.gateway.replays.of_sessions import NO_SESSION, NO_TOKEN
from counterpoise.gateway.replays.pages import NOT_BESIDE, Access, Refusal, ReplayPages

HOST = "127.0.0.1"
IDLE_SECONDS = 900.0
"""How long the server waits for another request."""
LOOK_SECONDS = 1.0


class ReplayServer:
    """Serves the replay of journals as an asynchronous context manager.

    Args:
        journals: what may be watched, by the name in the address.
        token: what every request for a film must show: other users of this machine can reach the port too.
        port: the port; 0 for any free one.

    Raises on entry:
        ConfigurationError: the port is taken.
    """

    def __init__(self, journals: Mapping[str, Access], token: str, port: int = 0) -> None:
        self._journals, self._token, self.port = journals, token, port
        self._asked = 0.0

    async def __aenter__(self) -> ReplayServer:
        listener = listen(HOST, self.port)
        self.port = listener.getsockname()[1]
        self._films, self._static = Films(), StaticFiles()
        self._pages = ReplayPages(self._films, self._find)
        self._loop = asyncio.get_running_loop()
        self._asked = self._loop.time()
        logger = logging.getLogger("counterpoise.websockets")
        self._server: WebSocketServer = await serve(
            _refuse, sock=listener, process_request=self._request, server_header=None, logger=logger
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        await self._server.wait_closed()
        await self._films.close()

    @property
    def address(self) -> str:
        """The address of the page with all journals beside each other. The fragment is not sent to any server."""
        return f"http://{HOST}:{self.port}/replay#of={'+'.join(self._journals)}&key={self._token}"

    async def idle(self, seconds: float = IDLE_SECONDS) -> None:
        """Return when nobody has asked for anything for so long."""
        while self._loop.time() < self._asked + seconds:
            await asyncio.sleep(min(LOOK_SECONDS, seconds))

    async def _find(self, name: str, token: str, beside: str) -> Access | Refusal:
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return NO_TOKEN
        access = self._journals.get(name)
        if access is None:
            return NO_SESSION
        if not beside:
            return access
        record = next((one for one in access.beside if one.name == beside), None)
        return NOT_BESIDE if record is None else Access(address_of_record(record.detail), (0, ""), access.seats)

    async def _request(self, _: ServerConnection, request: Request) -> Response:
        self._asked = self._loop.time()
        host = request.headers.get("Host", "")
        # A page of another site may have let its name point to this machine.
        if host not in (f"{HOST}:{self.port}", f"localhost:{self.port}"):
            return plain(request.method, http.HTTPStatus.FORBIDDEN, f"Expected http://{HOST}:{self.port}\n")
        path = request.path.partition("?")[0]
        return await self._pages.answer(request, path) or self._static.answer(
            request.method,
            path,
            host,
            accepts=request.headers.get("Accept-Encoding", ""),
            known=request.headers.get("If-None-Match", ""),
        )


async def _refuse(connection: ServerConnection) -> None:
    """Close a websocket: this server has none."""
    await connection.close()
