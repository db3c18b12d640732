"""The operators' listener: metrics and the health of each session, on a port of its own that only this machine reaches.

The players' port does not have them: counts of orders and commits would show a player what others do in secret.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import TypedDict

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from counterpoise.gateway.hub import Hub
from counterpoise.gateway.metrics import Metrics
from counterpoise.wire.messages import Phase

HOST = "127.0.0.1"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_CLOSE_SECONDS = 2


class SessionHealth(TypedDict):
    """Name and phase of a session, and whether it is served."""

    session: str
    phase: Phase
    ready: bool


def session_health(hub: Hub) -> list[SessionHealth]:
    """Return the health of every session. One that has ended and is not loaded is served to whoever asks."""
    loaded = (
        SessionHealth(session=name, phase=room.session.phase, ready=not room.failure)
        for name, room in hub.rooms.items()
    )
    return [*loaded, *(SessionHealth(session=name, phase="ended", ready=True) for name in hub.ended)]


def operators_app(hub: Hub, metrics: Metrics) -> Starlette:
    """Return the application: ``/metrics``, ``/healthz``, ``/readyz``, ``/sessions`` and ``/sessions/NAME/readyz``."""

    async def show_metrics(request: Request) -> Response:
        return Response(metrics.text(hub.phase_counts()), media_type=METRICS_TYPE)

    async def show_health(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def show_readiness(request: Request) -> Response:
        return _readiness(hub.is_ready)

    async def list_sessions(request: Request) -> Response:
        return JSONResponse({"sessions": session_health(hub), "unreadable": sorted(hub.unreadable)})

    async def show_session_readiness(request: Request) -> Response:
        for health in session_health(hub):
            if health["session"] == request.path_params["name"]:
                return _readiness(health["ready"])
        return PlainTextResponse("No such session\n", 404)

    pages: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/metrics": show_metrics,
        "/healthz": show_health,
        "/readyz": show_readiness,
        "/sessions": list_sessions,
        "/sessions/{name}/readyz": show_session_readiness,
    }
    return Starlette(
        routes=[Route(path, page) for path, page in pages.items()],
        # A page of another site that gives itself this machine's address keeps its own name in Host.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
    )


def _readiness(is_ready: bool) -> Response:
    return PlainTextResponse("ready\n" if is_ready else "not ready\n", 200 if is_ready else 503)


class _Uvicorn(uvicorn.Server):
    """Leaves the signals to the server of the players, whose end is also its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class OperatorsListener:
    """Serves an application until ``close``.

    Args:
        app: the application.
        listener: a socket that listens already; ``close`` closes it.
    """

    def __init__(self, app: Starlette, listener: socket.socket) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=_CLOSE_SECONDS,
        )
        self.port: int = listener.getsockname()[1]
        self._listener = listener
        self._server = _Uvicorn(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]), name="operators' listener")

    async def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        await self._serving
        self._listener.close()
