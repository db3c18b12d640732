"""Bring a client whose handshake is over to the room of its session."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack

from counterpoise.errors import JournalError, LeaseLostError, LockedError, ProtocolError, StorageError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.failure_texts import MOVED
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.listener.server_socket import ServerSocket
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.room import Room
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import CLOSE_NO_SESSION, CLOSE_RESTARTING, CLOSE_TRY_LATER

CLOSE_REASON_MAX = 120
OWNER_KNOWN_SECONDS = 0.5
"""For so long the database is not asked again for the process that serves a session: a whole class may return at once."""
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
        self._loop = asyncio.get_running_loop()
        self._owners: dict[str, tuple[str, float]] = {}
        """The owners of sessions that other processes serve, and until when they are known."""

    async def owner_elsewhere(self, session_id: str) -> str | None:
        """Return where the process answers that serves a session; empty if that is not known now.

        A session that no process serves is taken over. ``None``: this process serves it, or there is no such session, or its
        journal is damaged.
        """
        if not self._hub.shelf.is_shared or session_id in self._hub.rooms:
            return None
        known, until = self._owners.get(session_id, ("", 0.0))
        if self._loop.time() < until:
            return known
        try:
            await self._hub.room(session_id)
        except (KeyError, JournalError):
            return None
        except StorageError as error:
            _log.info("not served here: %s", error)
            if isinstance(error, LockedError):
                self._owners[session_id] = (error.owner, self._loop.time() + OWNER_KNOWN_SECONDS)
                return error.owner
            return ""
        return None

    async def serve(self, socket: ServerSocket, session_id: str) -> None:
        """Serve a client of a session until its socket is closed; the session stays loaded so long."""
        async with AsyncExitStack() as visit:
            try:
                room = await self._entered(session_id, visit)
            except (LockedError, LeaseLostError) as error:
                _log.info("not served here: %s", error)
                await socket.close(CLOSE_RESTARTING, MOVED)
                return
            except StorageError as error:
                _log.error("not served: %s", error)
                await socket.close(CLOSE_TRY_LATER, "the journal of this session cannot be opened now: try again later")
                return
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
        """Return the room of a session, loaded until the visit ends; ``None`` if there is none, or its journal is damaged.

        Raises:
            StorageError: the journal cannot be opened now.
        """
        if self._hub.is_draining:
            return None
        try:
            return await visit.enter_async_context(self._hub.visit(session_id))
        except KeyError:
            return None
        except JournalError as error:
            _log.error("not served: %s", error)
            return None
