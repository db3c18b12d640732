"""The page of an arena shows ratings and games in both languages, on a projector and on a phone, without a mouse."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import WATCH, House

from counterpoise.gateway.arena.arena import Arena
from counterpoise.gateway.arena.book import ArenaBook, ArenaGameRow
from counterpoise.gateway.arena.settings import ArenaSettings
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.sim.bot import Bot
from counterpoise.tournament.arena_rating import ANCHORS
from counterpoise.tournament.result_document import GameResult, SeatResult
from counterpoise_clients import roster
from counterpoise_clients.arena.arena_bot import ArenaBot
from counterpoise_clients.arena.arena_link import arena_socket

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
SEATS = ("ARD", "BEL", "COR", "DUN")


def bundled(name: str, seed: str) -> Bot:
    bot: Bot = roster.load_bot(name)(seed)
    return bot


class ArenaHouse(House):
    """A server with an arena."""

    def __init__(self, data: Path, text: str, **settings: Any) -> None:
        super().__init__(data)
        self._arena = Arena(data, ArenaSettings(text, "checkerboard.toml", bundled, **settings))

    async def _serve(self, up: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        config = ServerConfig(data_dir=self.data, port=0, bots=self._arena.bots)
        async with Server(config, arena=self._arena) as self.server:
            self.port = self.server.port
            up.set()
            await self._stop.wait()


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory, checkerboard: str) -> Iterator[str]:
    """The address of an arena in which `mine` has won nine games of ten, and forfeited the last."""
    folder = tmp_path_factory.mktemp("arena")
    book = ArenaBook(folder)
    book.see("mine", "hash", 1.0)
    for number in range(1, 11):
        names = ("mine", *(ANCHORS[(number + place) % 5] for place in range(3)))
        turned = names[number % 4 :] + names[: number % 4]
        held = dict(zip(SEATS, turned, strict=True))
        row = ArenaGameRow(number, f"arena-{number}", held, 1e9, None, "running", "token", None, True)
        book.begin(row)
        seats = tuple(
            SeatResult(
                entrant=name, seat=seat, score=60.0 + 20.0 * (name == "mine") + number % 3, asked=8 * (name == "mine"),
                failed=5 if name == "mine" and number == 10 else 0,
                status="FORFEIT" if name == "mine" and number == 10 else "OK",
                reason="away in 5 of 8 windows" if name == "mine" and number == 10 else "",
            )
            for seat, name in row.seats.items()
        )  # fmt: skip
        book.finish(
            number,
            GameResult(
                counts={}, digest="0" * 64, entrants=(), game=number, key=f"{number:032x}", scenario="checkerboard",
                seats=seats, seed=str(number), ticks=365,
            ),
            1e9 + 60.0,
        )  # fmt: skip
    book.close()
    house = ArenaHouse(folder, checkerboard).start()
    yield f"http://127.0.0.1:{house.port}/arena"
    house.stop()


@pytest.fixture
def visit(arena: str, chromium: Any) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []
    faults: list[str] = []

    def open_page(**options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(arena)
        page.wait_for_selector("tbody tr")
        return page

    yield open_page
    for context in contexts:
        assert context.pages[0].evaluate("window.violations") == []
        context.close()
    assert not faults


def test_the_page_shows_ratings_games_and_ways_to_watch_them(
    visit: Callable[..., Any], accessible: Callable[[Any], None]
) -> None:
    page = visit(locale="en-GB")
    first = page.locator("tbody tr").first.inner_text()
    assert "mine" in first
    assert "5 of 80" in first
    anchor = page.locator("tbody tr", has_text="hedger")
    assert "bundled bot" in anchor.inner_text()
    assert "of" not in anchor.locator("td").all_inner_texts()[-2].split(), "no windows are counted for a bundled bot"
    assert page.locator("article").count() == 10
    assert "FORFEIT: away in 5 of 8 windows" in page.locator("article").first.inner_text()
    assert page.get_by_role("link", name="Watch game 10 again").get_attribute("href").endswith("/j/arena-10#token")
    lines = page.locator("article").first.locator("li").all_inner_texts()
    assert lines[0].startswith("1. mine (")
    assert [line[:2] for line in lines[1:4]] == ["2."] * 3, "equal scores share a place"
    assert page.locator("article").first.bounding_box()["height"] < 120
    accessible(page)


def test_the_page_speaks_german_and_fits_a_phone(visit: Callable[..., Any]) -> None:
    page = visit(locale="de-DE", viewport={"width": 390, "height": 844})
    assert "Bisher 10 gewertete Spiele von checkerboard." in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for text in page.locator("h1, h2, main p, tbody th, tbody td, li").all():
        box = text.bounding_box()
        assert box["x"] >= 10
        assert box["x"] + box["width"] <= 380, "nothing is cut or needs scrolling sideways"


def test_a_game_that_is_over_is_watched_again_from_the_page_of_its_arena(
    tmp_path: Path, checkerboard: str, chromium: Any
) -> None:
    house = ArenaHouse(tmp_path / "arena", checkerboard, window_seconds=2.0, gather_seconds=0.1).start()
    address = f"http://127.0.0.1:{house.port}/arena"
    page = chromium.new_page(locale="en-GB")
    try:
        socket = arena_socket(address)
        assert socket is not None
        house.do(ArenaBot(socket, "mine", "a key that is long enough", roster.load_bot("balancer"), print).play(1))
        page.goto(address)
        page.get_by_role("link", name="Watch game 1 again").click()
        page.click("#debrief-replay", timeout=60_000)
        assert "Verified:" in page.locator(".replay-badge.good").inner_text(timeout=30_000)
        page.locator("#replay-date", has_text="1 January 1901").wait_for()
    finally:
        page.close()
        house.stop()
