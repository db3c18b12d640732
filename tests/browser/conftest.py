"""A real server in a thread and a real Chromium; any error in the browser fails the test."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.browser.chromium import ARGUMENTS, chromium_path

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

PATIENCE_MS = 15_000
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""

GO_ON = """(window) => {
  const [shown, button] = [document.querySelector(".fact-window dd").innerText, document.querySelector("#ready-anyway, #ready")];
  if (shown !== window && button && !button.disabled) button.click();
  return shown === window;
}"""


def quiet_bots(session: Session) -> Mapping[ActorId, Bot]:
    """Bots that answer quickly and start nothing."""
    return {seat: roster.load_bot("status-quo")(f"{seat}") for seat in session.seats}


def bots_of(session: Session) -> Mapping[ActorId, Bot]:
    """Quiet bots; in a lively game the scenario's usual ones, which take sides."""
    if not session.id.startswith("lively"):
        return quiet_bots(session)
    return {seat: roster.load_bot(roster.default_bot(seat, "1"))(f"1/{seat}") for seat in session.seats}


class House:
    """A server that runs in a thread of its own, can be stopped, and comes back on the same port."""

    def __init__(self, data: Path, **settings: Any) -> None:
        self.data, self.port, self.settings = data, 0, settings
        self.server: Server
        self._loop: asyncio.AbstractEventLoop
        self._thread: threading.Thread
        self._stop: asyncio.Event

    def start(self) -> House:
        up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(up)), name="house")
        self._thread.start()
        assert up.wait(20), "the server did not start"
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the server did not stop"

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _serve(self, up: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        config = ServerConfig(data_dir=self.data, port=self.port, bots=bots_of, **self.settings)
        async with Server(config) as self.server:
            self.port = self.server.port
            up.set()
            await self._stop.wait()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser; tests that need it skip where it is not installed.

    Debian's headless shell draws the same pages as Chromium does, without a window around each, in about half the time.
    It closes with each module: while it is open its driver keeps an event loop running in this thread, beside which no
    asynchronous test of the same process could start one.
    """
    path = chromium_path()
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell")
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install counterpoise[test]"
    )
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all tests; each test has a session of its own on it."""
    running = House(tmp_path_factory.mktemp("house")).start()
    yield running
    running.stop()


def until_true(page: Any, holds: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait until something on the server is so; the page goes on meanwhile."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "this has not come true"
        page.wait_for_timeout(50)


def choose(page: Any, kind: str, **values: str) -> None:
    """Open the card of a kind of move, and choose values of its fields."""
    page.click("#step-choose")
    page.click(f"[data-kinds~={kind}]")
    if page.get_attribute(f"#pick-{kind}", "aria-expanded") == "false":
        page.click(f"#pick-{kind}")
    page.wait_for_selector(f"#move-form[data-kind={kind}]")
    for name, value in values.items():
        choice = page.locator(f"#m-{kind}-{name}-{value}")
        if not choice.is_visible():
            page.click("#move-form .more-terms > summary")
        choice.check()


def write_to(page: Any, thread: str) -> None:
    """Open a thread of messages."""
    page.click(f'[data-thread="{thread}"]')


@dataclass
class Game:
    """A session, and the pages a test has open in it."""

    house: House
    links: Links
    browser: Any
    contexts: list[Any] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    forgiven: tuple[str, ...] = ()
    """Parts of console messages that a test provokes on purpose."""
    patience_ms: float = PATIENCE_MS

    def seat(self, seat: str, **how: Any) -> Any:
        """Open a seat by its join link and wait for its own data."""
        page = self.visit(self.links.seats[seat], **how)
        page.wait_for_selector("#now")
        return page

    def moderator(self, **how: Any) -> Any:
        page = self.visit(self.links.moderator, **how)
        page.wait_for_selector("#seats tbody tr")
        return page

    def visit(self, link: str, *, width: int = 1280, height: int = 900, context: Any = None, **options: Any) -> Any:
        if context is None:
            context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
            context.set_default_timeout(self.patience_ms)
            context.add_init_script(WATCH)
            self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"pageerror {error}"))
        page.on("console", lambda message: self._hear(message))
        page.goto(link)
        self.pages.append(page)
        return page

    def begin(self) -> Any:
        """Open the moderator's page and start the clock; without a person at the table it would run to the end at once."""
        moderator = self.moderator()
        moderator.click("#do-start")
        moderator.wait_for_selector("#do-pause")
        return moderator

    def reach_window(self, window: str, *pages: Any) -> None:
        """Be ready wherever a page is asked, until every page is in a window."""
        for _ in range(100):
            arrived = [page.evaluate(GO_ON, window) for page in pages]
            if all(arrived):
                return
            pages[0].wait_for_timeout(200)
        pytest.fail(f"window {window} has not come")

    def check(self) -> None:
        """Fail for anything a browser complained of."""
        for page in self.pages:
            if not page.is_closed():
                self.faults.extend(f"policy {one}" for one in page.evaluate("window.violations"))
        assert not self.faults

    def close(self) -> None:
        for context in self.contexts:
            with contextlib.suppress(Exception):
                context.close()

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and not any(part in message.text for part in self.forgiven):
            self.faults.append(f"console {message.text}")


@pytest.fixture
def game(house: House, chromium: Any, checkerboard: str) -> Iterator[Game]:
    """A new session of the small scenario, in its lobby."""
    playing = open_game(house, chromium, checkerboard)
    yield playing
    try:
        playing.check()
    finally:
        playing.close()


@pytest.fixture
def crowded_game(house: House, chromium: Any, scenarios: dict[str, str]) -> Iterator[Game]:
    """A new session of the scenario with the most states and the longest names, in its lobby."""
    playing = open_game(house, chromium, scenarios["cold-war-1947"])
    yield playing
    try:
        playing.check()
    finally:
        playing.close()


@pytest.fixture
def historical_game(house: House, chromium: Any, scenarios: dict[str, str]) -> Iterator[Game]:
    """A new session of the Middle East, which has a record, in its lobby."""
    playing = open_game(house, chromium, scenarios["middle-east-1955"])
    yield playing
    try:
        playing.check()
    finally:
        playing.close()


@pytest.fixture
def lively_game(house: House, chromium: Any, checkerboard: str) -> Iterator[Game]:
    """A new session of the small scenario, in its lobby, whose bots take sides."""
    playing = open_game(house, chromium, checkerboard, name="lively")
    yield playing
    try:
        playing.check()
    finally:
        playing.close()


_numbers = count(1)


def open_game(house: House, browser: Any, scenario: str, *, name: str = "g") -> Game:
    pace, session_id = Pace(window_seconds=600.0, call_seconds=600.0), f"{name}{next(_numbers)}"
    create = house.server.hub.create(scenario_text=scenario, seed="7", session_id=session_id, pace=pace)
    return Game(house, house.do(create), browser)


@pytest.fixture
def private_game(tmp_path: Path, chromium: Any, checkerboard: str) -> Iterator[Game]:
    """A session on a server of its own, which the test may stop and start."""
    house = House(tmp_path / "house").start()
    playing = open_game(house, chromium, checkerboard)
    yield playing
    try:
        playing.check()
    finally:
        playing.close()
        house.stop()


@pytest.fixture
def opened(request: pytest.FixtureRequest, chromium: Any, written: tuple[Path, Any]) -> Iterator[Callable[..., Any]]:
    """Opens the file that a module's ``written`` wrote, and waits for what its constant ``REPORT`` selects.

    Any error, warning or request beyond the file itself fails the test.
    """
    faults: list[str] = []
    contexts: list[Any] = []
    address = written[0].as_uri()

    def check_request(asked: Any) -> None:
        if asked.url != address and not asked.url.startswith("data:"):
            faults.append(f"request {asked.url}")

    def visit(**options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"pageerror {error}"))
        page.on("console", lambda message: faults.append(f"console {message.type} {message.text}"))
        page.on("request", check_request)
        page.goto(address)
        page.wait_for_selector(request.module.REPORT)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def accessible() -> Callable[[Any], None]:
    """Fails if axe finds anything against WCAG 2.2 AA."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    # Only violations are judged. To list every element that passes takes axe and the driver longer than the check itself.
    rules = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "resultTypes": ["violations"],
    }

    def judge(page: Any) -> None:
        found = axe.Axe().run(page, options=rules).response["violations"]
        told = [f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:4]}" for one in found]
        assert not told

    return judge
