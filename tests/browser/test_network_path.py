"""Between the page and the server: links that die without a word, other names, and a proxy with a path."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import House, choose, open_game, until_true

from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser
Rewrite = Callable[[bytes], bytes]


class DeafProxy:
    """A TCP proxy in a thread of its own. It can stop forwarding without closing anything, as a router does that forgot."""

    def __init__(self, to: int, rewrite: Rewrite) -> None:
        self.port = 0
        self._to, self._rewrite = to, rewrite
        self._flowing: list[asyncio.Event] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop
        self._end: asyncio.Event

    def start(self) -> None:
        up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(up)), name="proxy")
        self._thread.start()
        assert up.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def freeze(self) -> None:
        """Forward nothing more on the connections that are open. New ones work."""

        def stop_all() -> None:
            for flowing in self._flowing:
                flowing.clear()

        self._loop.call_soon_threadsafe(stop_all)

    async def _serve(self, up: threading.Event) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        listener = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = listener.sockets[0].getsockname()[1]
        up.set()
        await self._end.wait()
        listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.sleep(0.05)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flowing = asyncio.Event()
        flowing.set()
        self._flowing.append(flowing)
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        both = [
            asyncio.create_task(self._pass_on(reader, back, flowing, self._rewrite)),
            asyncio.create_task(self._pass_on(there, writer, flowing, bytes)),
        ]
        self._tasks.extend(both)
        await asyncio.wait(both)
        for end in (writer, back):
            end.transport.abort()

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, flowing: asyncio.Event, rewrite: Rewrite
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                await flowing.wait()
                target.write(rewrite(data))
                await target.drain()
            target.write_eof()


@pytest.fixture
def between() -> Iterator[Callable[..., DeafProxy]]:
    """Starts proxies, and stops them after the test."""
    started: list[DeafProxy] = []

    def start(to: int, rewrite: Rewrite = bytes) -> DeafProxy:
        started.append(DeafProxy(to, rewrite))
        started[-1].start()
        return started[-1]

    yield start
    for proxy in started:
        proxy.stop()


def moved(link: str, base: str) -> str:
    """Return a link with another scheme, host, port and prefix."""
    return base + link[link.index("/j/") :]


def test_a_silently_dead_link_is_noticed_and_the_order_and_the_ready_arrive(
    between: Callable[..., DeafProxy], game: Game
) -> None:
    proxy = between(game.house.port)
    game.links.seats["ARD"] = moved(game.links.seats["ARD"], f"http://127.0.0.1:{proxy.port}")
    page, other = game.seat("ARD"), game.seat("BEL")
    game.begin()
    page.wait_for_selector("#ready:not([disabled])")
    room = game.house.server.hub.rooms[game.links.session]
    choose(page, "propose_alliance", to="BEL")
    page.wait_for_selector("#send:not([disabled])")
    proxy.freeze()
    page.click("#send")
    page.locator("#sent li[data-state=waiting]").wait_for()
    page.click("#ready")
    page.wait_for_selector("#now:has-text('Saying that you are ready')")
    page.wait_for_timeout(1500)
    assert "You are ready" not in page.inner_text("#now")
    assert not room.pacer.ready
    # The ping that follows the click after 2 s is overdue 10 s later.
    page.wait_for_selector("#now h2:text-is('You are ready')", timeout=15_000)
    page.locator("#sent li[data-state=saved]").wait_for()
    assert room.pacer.ready == {"ARD"}
    assert room.session.orders_of(ActorId("ARD")) == 1
    other.wait_for_selector("#ready:not([disabled])")


def test_a_page_that_wakes_up_on_a_dead_link_reconnects_in_seconds(
    between: Callable[..., DeafProxy], game: Game
) -> None:
    proxy = between(game.house.port)
    game.links.seats["ARD"] = moved(game.links.seats["ARD"], f"http://127.0.0.1:{proxy.port}")
    page = game.seat("ARD")
    page.locator(".fact-link dd", has_text="Connected").wait_for()
    proxy.freeze()
    connections = len(proxy._flowing)
    page.evaluate("dispatchEvent(new Event('offline'))")
    until_true(page, lambda: len(proxy._flowing) > connections)
    assert len(proxy._flowing) == connections + 1
    page.wait_for_selector("#now")
    assert "Not connected" not in page.title()


def test_a_ready_that_a_restarted_server_forgot_is_said_again(private_game: Game) -> None:
    private_game.forgiven = ("WebSocket connection to",)
    page, other = private_game.seat("ARD"), private_game.seat("BEL")
    private_game.begin()
    page.click("#ready:not([disabled])")
    page.wait_for_selector("#now h2:text-is('You are ready')")
    private_game.house.stop()
    page.wait_for_selector(".strip")
    private_game.house.start()
    page.wait_for_selector(".strip", state="detached", timeout=30_000)
    page.wait_for_selector("#now h2:text-is('You are ready')")
    room = private_game.house.server.hub.rooms[private_game.links.session]
    until_true(page, lambda: room.pacer.ready == {"ARD"})
    other.wait_for_selector("#ready:not([disabled])")


@pytest.mark.parametrize("name", ["localhost", "counterpoise.local"])
def test_a_page_works_under_another_name_and_port(between: Callable[..., DeafProxy], game: Game, name: str) -> None:
    proxy = between(game.house.port)
    game.forgiven = ("Cross-Origin-Opener-Policy",)  # browsers ignore it without encryption, except on localhost
    page = game.visit(moved(game.links.seats["ARD"], f"http://{name}:{proxy.port}"))
    page.wait_for_selector("#now")


def test_a_page_behind_a_proxy_that_hides_its_name_says_the_address_and_the_option(
    between: Callable[..., DeafProxy], game: Game
) -> None:
    own = f"127.0.0.1:{game.house.port}"
    port: list[int] = []
    proxy = between(
        game.house.port, lambda data: data.replace(f"Host: localhost:{port[0]}".encode(), f"Host: {own}".encode())
    )
    port.append(proxy.port)
    page = game.visit(moved(game.links.seats["ARD"], f"http://localhost:{proxy.port}"))
    page.wait_for_selector(
        f"text=open it at http://{own}, or give the server --public-url http://localhost:{proxy.port}"
    )
    game.forgiven = ("Content Security Policy",)  # the page's policy names the host that the proxy names
    page.evaluate("window.violations = []")


@pytest.mark.parametrize("is_stripped", [True, False], ids=["taken off", "passed on"])
def test_a_page_works_behind_a_proxy_with_a_path(
    tmp_path: Path, chromium: Any, checkerboard: str, between: Callable[..., DeafProxy], is_stripped: bool
) -> None:
    house = House(tmp_path / "house", public_url="http://games.example/cp").start()
    playing = open_game(house, chromium, checkerboard)
    rewrite: Rewrite = (lambda data: data.replace(b"GET /cp/", b"GET /")) if is_stripped else bytes
    try:
        proxy = between(house.port, rewrite)
        page = playing.visit(moved(playing.links.seats["ARD"], f"http://127.0.0.1:{proxy.port}/cp"))
        page.wait_for_selector("#now")
        assert page.evaluate("getComputedStyle(document.body).margin") is not None
        assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")
        page.reload()
        page.wait_for_selector("#now")
        playing.check()
    finally:
        playing.close()
        house.stop()
