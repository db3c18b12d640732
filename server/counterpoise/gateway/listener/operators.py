"""The operators' listener: metrics and the health of each session, on a port of its own that only this machine reaches.

The players' port does not have them: counts of orders and commits would show a player what others do in secret.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from counterpoise.gateway.hub import Hub
from counterpoise.gateway.listener.session_health import health_of, health_of_all
from counterpoise.gateway.metrics import Metrics

HOST = "127.0.0.1"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_CLOSE_SECONDS = 2


def operators_app(hub: Hub, metrics: Metrics, api: Sequence[Route] = ()) -> Starlette:
    """Return the application: ``/metrics``, ``/healthz``, ``/readyz``, ``/sessions``, and for each ``/sessions/NAME/``
    ``health`` (a document) and ``readyz``. What is not ready answers 503. ``api`` are the routes of the HTTP API."""

    async def show_metrics(request: Request) -> Response:
        return Response(metrics.text(hub.phase_counts()), media_type=METRICS_TYPE)

    async def show_health(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def show_readiness(request: Request) -> Response:
        return _readiness(hub.is_ready)

    async def list_sessions(request: Request) -> Response:
        return _document({"sessions": health_of_all(hub), "unreadable": sorted(hub.unreadable)})

    async def show_session_health(request: Request) -> Response:
        health = health_of(hub, request.path_params["name"])
        return _no_session() if health is None else _document(health, 200 if health.ready else 503)

    async def show_session_readiness(request: Request) -> Response:
        health = health_of(hub, request.path_params["name"])
        return _no_session() if health is None else _readiness(health.ready)

    pages: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/metrics": show_metrics,
        "/healthz": show_health,
        "/readyz": show_readiness,
        "/sessions": list_sessions,
        "/sessions/{name}/health": show_session_health,
        "/sessions/{name}/readyz": show_session_readiness,
    }
    return Starlette(
        routes=[*(Route(path, page) for path, page in pages.items()), *api],
        # A page of another site that gives itself this machine's address keeps its own name in Host.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
    )


def _document(content: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, media_type="application/json")


def _no_session() -> Response:
    return PlainTextResponse("No such session\n", 404)


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
