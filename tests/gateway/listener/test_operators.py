"""Operators read metrics and health on a port of their own; a failed session is not the failure of the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.running_session import Session

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter, Serve

Host = Callable[..., Awaitable[tuple[Server, Links]]]


async def get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    raw = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await writer.wait_closed()
    head, _, body = raw.partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


async def test_the_players_port_has_no_metrics(host: Host) -> None:
    server, _ = await host()
    assert server.operators is None
    for path in ("/metrics", "/sessions", "/sessions/s/readyz", "/sessions/s/health"):
        assert (await get(server.port, path))[0] == 404


async def test_metrics_name_no_session_seat_or_token(host: Host, invite: Invite) -> None:
    server, links = await host(session_id="secret-name", operators_port=0)
    assert server.operators is not None
    await invite(links.seats["ARD"]).join(name="Whoever")
    status, text = await get(server.operators.port, "/metrics")
    assert status == 200
    assert "counterpoise_connections 1.0" in text
    assert 'counterpoise_sessions{phase="lobby"} 1.0' in text
    assert "counterpoise_commit_seconds_count" in text
    for word in ("secret-name", "ARD", "Whoever", links.seats["ARD"].partition("#")[2]):
        assert word not in text


async def test_a_failed_session_fails_alone(
    host: Host, invite: Invite, begin: Begin, checkerboard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, links = await host(operators_port=0)
    assert server.operators is not None
    await server.hub.create(scenario_text=checkerboard, seed="2", session_id="other")
    player = invite(links.seats["ARD"])
    await player.join()
    await begin(links)

    def fail(self: Session, to: int) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Session, "advance", fail)
    await player.say("ready", tick=0)
    assert (await player.until_closed())[0] == 1011
    port = server.operators.port
    for ready in (server.port, port):
        assert (await get(ready, "/readyz"))[0] == 200
    assert (await get(port, "/sessions/s/readyz"))[0] == 503
    assert (await get(port, "/sessions/other/readyz"))[0] == 200
    assert (await get(port, "/sessions/nobody/readyz"))[0] == 404
    listed = {one["session"]: one["ready"] for one in json.loads((await get(port, "/sessions"))[1])["sessions"]}
    assert listed == {"s": False, "other": True}
    status, failed = await get(port, "/sessions/s/health")
    assert (status, json.loads(failed)["problem"]) == (503, "ZeroDivisionError")


async def test_the_health_of_a_session_tells_who_is_there_and_nothing_that_is_secret(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    server, links = await host(operators_port=0)
    assert server.operators is not None
    player, observer = invite(links.seats["ARD"]), invite(links.observer)
    await player.join(name="Whoever")
    await observer.join()
    await begin(links)
    await player.order(letter(text="For your eyes only"))
    await player.hear("ack")
    status, text = await get(server.operators.port, "/sessions/s/health")
    health = json.loads(text)
    assert (status, health["phase"], health["ready"], health["date"]) == (200, "running", True, "1901-01-01")
    counts = [health[name] for name in ("seats", "people", "moderators", "observers", "connections")]
    assert counts == [len(links.seats), 1, 1, 1, 3]
    assert not [word for word in ("Whoever", "eyes", "ARD") if word in text]
    assert (await get(server.operators.port, "/sessions/nobody/health"))[0] == 404


async def test_a_page_under_another_name_cannot_read_the_operators_port(host: Host) -> None:
    server, _ = await host(operators_port=0)
    assert server.operators is not None
    assert (await get(server.operators.port, "/metrics", host="evil.example"))[0] == 400
    assert (await get(server.operators.port, "/metrics", host="localhost"))[0] == 200


async def test_a_used_operators_port_is_named_with_its_option(host: Host, serve: Serve, tmp_path: Path) -> None:
    server, _ = await host()
    with pytest.raises(ConfigurationError, match=f"port {server.port} is in use; give another with --operators-port"):
        await serve(operators_port=server.port, data_dir=tmp_path / "other")
