"""Bring a client whose handshake is over to the room of its session."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack

from counterpoise.errors import CounterpoiseError, ProtocolError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.listener.server_socket import ServerSocket
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.room import Room
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import CLOSE_NO_SESSION

CLOSE_REASON_MAX = 120
_log = logging.getLogger("counterpoise.gateway")


class Reception:
    """Serves the sockets of one server.

    Args:
        hub: the sessions.
        config: settings of the server.
        metrics: metrics of the server.
    """

    def __init__(self, hub: Hub, config: ServerConfig, metrics: Metrics) -> None:
        self._hub, self._config, self._metrics = hub, config, metrics

    async def serve(self, socket: ServerSocket, session_id: str) -> None:
        """Serve a client of a session until its socket is closed; the session stays loaded so long."""
        async with AsyncExitStack() as visit:
            room = await self._entered(session_id, visit)
            if room is None:
                await socket.close(CLOSE_NO_SESSION, "this server has no session with that name")
                return
            try:
                codec = codec_for(socket.subprotocol)
            except ProtocolError as error:
                await socket.close(error.close_code, str(error)[:CLOSE_REASON_MAX])
                return
            await Connection(socket, codec, room, self._config, self._metrics, on_hello=socket.count_out).run()

    async def _entered(self, session_id: str, visit: AsyncExitStack) -> Room | None:
        """Return the room of a session, loaded until the visit ends; ``None`` if there is none, or its journal is damaged."""
        if self._hub.is_draining or not self._hub.has_session(session_id):
            return None
        try:
            return await visit.enter_async_context(self._hub.visit(session_id))
        except CounterpoiseError as error:
            _log.error("not served: %s", error)
            return None
