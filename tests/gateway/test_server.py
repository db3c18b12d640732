"""The listener: pages, probes, handshakes and signals."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from counterpoise.errors import ConfigurationError, LockedError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.listener.interpreter import COLLECTIONS, SWITCH_SECONDS
from counterpoise.gateway.listener.listening import SEND_BUFFER_BYTES
from counterpoise.gateway.server import Server
from counterpoise.wire.messages import SUBPROTOCOLS

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite, Letter, Serve

Host = Callable[..., Awaitable[tuple[Server, Links]]]


async def http(server: Server, method: str, path: str, headers: str = "") -> tuple[int, dict[str, str], bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{headers}\r\n".encode())
    raw = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await writer.wait_closed()
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


WEBSOCKET_HEADERS = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n"
)
SPOKEN = [Subprotocol(name) for name in SUBPROTOCOLS]


async def test_the_page_and_its_files_are_served_on_the_same_port(host: Host) -> None:
    server, links = await host()
    for path in ("/", f"/j/{links.session}", f"/debrief/{links.session}"):
        status, headers, body = await http(server, "GET", path)
        assert status == 200
        assert b"<html" in body
        assert f"ws://127.0.0.1:{server.port}" in headers["Content-Security-Policy"]
        assert "Server" not in headers
    status, headers, body = await http(server, "HEAD", "/")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


async def test_only_get_and_head_are_answered(host: Host) -> None:
    server, _ = await host()
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        for brought in ("Content-Length: 0\r\n", "Content-Length: 2\r\n\r\nhi", "Transfer-Encoding: chunked\r\n"):
            status, headers, body = await http(server, method, "/", brought)
            assert (status, body) == (405, b"GET only\n")
            assert headers["Allow"] == "GET, HEAD"
    assert (await http(server, "GET", "/../../etc/passwd"))[0] == 404
    assert (await http(server, "GET", "/" + "a" * 5000))[0] == 404


async def test_probes_report_the_health_of_the_server(host: Host) -> None:
    server, _ = await host()
    assert (await http(server, "GET", "/healthz"))[0] == 200
    assert (await http(server, "GET", "/readyz"))[0] == 200
    version = json.loads((await http(server, "GET", "/version"))[2])
    assert version["protocol"] == 2


async def test_the_schema_of_messages_views_and_moves_is_served(host: Host, repository: Path) -> None:
    server, _ = await host()
    status, headers, body = await http(server, "GET", "/schema")
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body) == json.loads((repository / "clients" / "protocol.schema.json").read_text(encoding="utf-8"))


async def test_a_socket_for_an_unknown_session_is_refused(host: Host) -> None:
    server, _ = await host()
    for path in ("/s/nobody/ws", "/ws", "/s/s/ws/more"):
        with pytest.raises(InvalidStatus) as caught:
            await connect(f"ws://127.0.0.1:{server.port}{path}", proxy=None)
        assert caught.value.response.status_code in (404, 400)
    async with connect(f"ws://127.0.0.1:{server.port}/s/nobody/ws", subprotocols=SPOKEN, proxy=None) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4007


async def test_a_page_may_connect_under_the_name_that_it_was_loaded_from(host: Host) -> None:
    server, links = await host()
    for name in (f"127.0.0.1:{server.port}", "localhost:9000", "laptop.local", f"[::1]:{server.port}"):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        asked = f"GET /s/{links.session}/ws HTTP/1.1\r\nHost: {name}\r\nOrigin: http://{name}\r\n"
        writer.write((asked + WEBSOCKET_HEADERS).encode())
        assert b"101 Switching" in await asyncio.wait_for(reader.readline(), 5)
        writer.close()
        await writer.wait_closed()


async def test_a_page_of_another_origin_is_told_where_the_server_is(
    host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    server, links = await host()
    url = f"ws://127.0.0.1:{server.port}/s/{links.session}/ws"
    own = f"http://127.0.0.1:{server.port}"
    for origin in ("https://evil.example", "null", f"{own}.evil.example", "http://127.0.0.1:1"):
        with pytest.raises(InvalidStatus) as caught:
            await connect(url, origin=Origin(origin), proxy=None)
        assert caught.value.response.status_code == 403
        async with connect(url, origin=Origin(origin), subprotocols=SPOKEN, proxy=None) as page:
            with pytest.raises(ConnectionClosed) as closed:
                await page.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4008
        assert closed.value.rcvd.reason.startswith(f"open it at {own}, or give the server --public-url {origin[:20]}")
    assert "refused a page that was opened at https://evil.example" in caplog.text


async def test_a_public_address_with_a_path_is_served_with_and_without_that_path(host: Host, invite: Invite) -> None:
    server, links = await host(public_url="https://games.example/cp/")
    assert links.observer.startswith("https://games.example/cp/j/")
    for path in (f"/cp/j/{links.session}", f"/j/{links.session}"):
        body = (await http(server, "GET", path))[2]
        assert b'href="/cp/app.css"' in body
        assert b'src="/cp/boot.mjs"' in body
    for path in ("/cp/boot.mjs", "/boot.mjs", "/cp/healthz"):
        assert (await http(server, "GET", path))[0] == 200
    for path in ("/cpx/boot.mjs", "/cp/cp/boot.mjs", "/cp"):
        assert (await http(server, "GET", path))[0] == 404
    for prefix in ("/cp", ""):
        base = f"http://127.0.0.1:{server.port}{prefix}/j/{links.session}#"
        assert (await invite(base + links.observer.partition("#")[2]).join()).role == "observer"


async def test_a_server_on_every_address_answers_ipv4_and_ipv6(host: Host) -> None:
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    server, _ = await host(host="::", insecure_lan=True)
    assert (await http(server, "GET", "/healthz"))[0] == 200
    reader, writer = await asyncio.open_connection("::1", server.port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"200 OK" in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_no_extension_is_negotiated_and_a_client_without_a_subprotocol_is_told_so(host: Host) -> None:
    server, links = await host()
    url = f"ws://127.0.0.1:{server.port}/s/{links.session}/ws"
    async with connect(url, proxy=None) as socket:  # offers compression
        assert socket.protocol.extensions == []
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1002
    assert "no_subprotocol" in closed.value.rcvd.reason
    assert "counterpoise.v2.msgpack" in closed.value.rcvd.reason
    async with connect(
        url, subprotocols=[Subprotocol("counterpoise.v2.json"), Subprotocol("counterpoise.v2.msgpack")], proxy=None
    ) as socket:
        assert socket.subprotocol == "counterpoise.v2.msgpack"
    with pytest.raises(InvalidStatus):
        await connect(url, subprotocols=[Subprotocol("chat")], proxy=None)


async def test_computing_threads_give_way_to_the_event_loop_while_a_server_runs(tmp_path: Path) -> None:
    before = sys.getswitchinterval()
    async with Server(ServerConfig(data_dir=tmp_path / "data", port=0)):
        assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
    assert sys.getswitchinterval() == pytest.approx(before)


async def test_what_is_loaded_is_never_searched_for_garbage_while_a_server_runs(tmp_path: Path) -> None:
    before, loaded = gc.get_threshold(), len(gc.get_objects())
    async with Server(ServerConfig(data_dir=tmp_path / "data", port=0)):
        assert gc.get_threshold() == COLLECTIONS
        assert len(gc.get_objects()) < loaded // 4
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


async def test_a_second_server_in_the_same_folder_is_locked_out_and_told_what_to_do(
    host: Host, serve: Serve, tmp_path: Path
) -> None:
    await host()
    with pytest.raises(LockedError) as caught:
        await serve()
    assert caught.value.exit_code == 75
    assert str(caught.value).startswith(f"{tmp_path / 'data'}: another server uses this folder")
    assert "Stop that server (Ctrl-C in its window), or give another folder with --data" in str(caught.value)


async def test_a_used_port_and_a_forbidden_host_are_configuration_errors(
    host: Host, serve: Serve, tmp_path: Path
) -> None:
    server, _ = await host()
    with pytest.raises(ConfigurationError, match=f"port {server.port} is in use; give another with --port"):
        await serve(port=server.port, data_dir=tmp_path / "other")
    with pytest.raises(ConfigurationError, match="insecure-lan"):
        await serve(host="0.0.0.0", data_dir=tmp_path / "third")


async def test_sigterm_tells_every_client_and_stops_the_server(host: Host, invite: Invite, letter: Letter) -> None:
    server, links = await host(autostart=True)
    guest = invite(links.seats["ARD"])
    await guest.join()
    serving = asyncio.create_task(server.serve_until_stopped())
    await asyncio.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 5)
    assert (await http(server, "GET", "/readyz"))[0] == 503
    await guest.order(letter())
    stopping = asyncio.create_task(server.hub.close())
    assert (await guest.until_closed())[0] == 1012
    assert guest.all("ack") or guest.all("error") or guest.heard[-1].__struct_config__.tag == "bye"
    await asyncio.wait_for(stopping, 5)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().remove_signal_handler(number)


async def test_a_class_that_comes_at_once_waits_in_the_queue_of_the_system(host: Host) -> None:
    server, _ = await host()
    # The server shares this thread and accepts none of them meanwhile. Beyond the queue a client would try again a second later.
    waiting = [socket.create_connection(("127.0.0.1", server.port), timeout=0.9) for _ in range(400)]
    for one in waiting:
        one.close()
    assert (await http(server, "GET", "/healthz"))[
        0
    ] == 200  # they are accepted in turn, so the others were before this one
    await asyncio.sleep(0.1)


async def test_the_system_keeps_little_for_a_client_that_does_not_read(host: Host, invite: Invite) -> None:
    server, links = await host()
    await invite(links.observer).join()
    (connection,) = server._sockets.connections
    kept = connection.transport.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    assert kept <= 2 * SEND_BUFFER_BYTES


async def test_no_connection_is_left_open_that_arrives_while_the_server_stops(tmp_path: Path) -> None:
    async with Server(ServerConfig(data_dir=tmp_path / "data", port=0)) as server:
        arriving = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
        for client in arriving:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    loop, ended = asyncio.get_running_loop(), 0
    for client in arriving:
        client.setblocking(False)
        try:
            async with asyncio.timeout(5):
                while await loop.sock_recv(client, 4096):
                    pass
        except ConnectionResetError:
            pass
        ended += 1
        client.close()
    assert ended == 100
