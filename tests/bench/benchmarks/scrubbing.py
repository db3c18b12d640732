"""How long a step of the replay's cursor keeps the page's main thread: the record of the Middle East, 25 years with 19 states."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

from measurement import Report, figure, scenario

from counterpoise.gateway.replays.loopback import ReplayServer
from counterpoise.gateway.replays.pages import Access
from counterpoise.scenario_files import history_text
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.store.journal_file import JournalFile

NAME = "middle-east-1955"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FRAME_MS = 16.0
"""A step that takes longer than this lets a frame of the screen fall out."""
READY = "Boolean(document.querySelector('.replay-badge.good') && document.querySelector('#replay-map-0 svg'))"
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
LOADED = """performance.getEntriesByType("resource")
  .filter((one) => one.name.includes("/replay/truth"))
  .reduce((sum, one) => sum + one.transferSize, 0)"""
STEP = """async (key) => {
  const main = document.querySelector("main.replay");
  if (key) main.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: key === "ArrowLeft", bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
REST_MS = 600
"""Longer than the page waits until it takes the cursor to rest."""


def measure(*, tiny: bool) -> Report:
    """Step through the whole record by events, then back by windows, and read what the main thread did."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        return Report("Scrubbing a replay", (), ("Chromium is not installed, so nothing is measured.",))
    from playwright.sync_api import sync_playwright  # an extra of the tests

    years, steps = (1.0, 8) if tiny else (25.0, 400)
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder) / "r.db", years) as address,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        _until(page, READY)
        tasks = page.context.new_cdp_session(page)
        tasks.send("Performance.enable", {"timeDomain": "threadTicks"})
        idle = _steps(page, tasks, "", steps // 4)
        events, rests = _steps(page, tasks, "ArrowRight", steps), _rests(page, tasks, max(2, steps // 20))
        windows = _steps(page, tasks, "ArrowLeft", steps // 4)
        paint, loaded = page.evaluate(FIRST_PAINT), page.evaluate(LOADED)
        browser.close()
    own = median(idle)
    return Report(
        "Scrubbing a replay of 25 years",
        (
            figure("steps by event under 16 ms of the main thread", "%", _share(events, own)),
            figure("steps by window under 16 ms of the main thread", "%", _share(windows, own)),
            *_spread("a step by event", events, own),
            *_spread("a step by window", windows, own),
            *_spread("what follows when the cursor rests", rests, own),
            figure("reference: two frames without a step", "ms", own),
            figure("first paint of the page", "ms", paint),
            figure("loaded of the film for these steps", "kB", loaded / 1000),
        ),
        (
            f"{years:g} years of {NAME}, 1280x900, headless, one step in two frames.",
            "A step is the processor time of the main thread, with style, layout and paint, less that of two bare frames.",
        ),
    )


def _spread(name: str, values: Sequence[float], own: float) -> tuple[Any, ...]:
    net = [max(0.0, value - own) for value in values]
    p95 = quantiles(net, n=20)[-1] if len(net) > 1 else net[0]
    return (
        figure(f"{name}, mean", "ms", mean(net)),
        figure(f"{name}, p50", "ms", median(net)),
        figure(f"{name}, p95", "ms", p95),
    )


def _share(values: Sequence[float], own: float) -> float:
    return 100.0 * sum(1 for value in values if value - own < FRAME_MS) / len(values)


def _steps(page: Any, tasks: Any, key: str, count: int) -> list[float]:
    """Return the milliseconds of the main thread for each of so many steps."""
    found = []
    for _ in range(count):
        before = _task_ms(tasks)
        page.evaluate(STEP, key)
        found.append(_task_ms(tasks) - before)
    return found


def _rests(page: Any, tasks: Any, count: int) -> list[float]:
    """Return the milliseconds of the main thread after a step, until everything is drawn."""
    found = []
    for _ in range(count):
        page.evaluate(STEP, "ArrowRight")
        before = _task_ms(tasks)
        page.wait_for_timeout(REST_MS)
        found.append(_task_ms(tasks) - before)
    return found


def _task_ms(tasks: Any) -> float:
    metrics = tasks.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration") * 1000.0


def _until(page: Any, expression: str) -> None:
    for _ in range(1200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise TimeoutError(f"this has not come true: {expression}")


@contextmanager
def _served(path: Path, years: float) -> Iterator[str]:
    """Write the journal of the record and serve its replay in a thread; yield the address of the page."""
    setup = ScenarioSetup(source=f"{NAME}.toml", recorded=True)
    session = Session(scenario_text=scenario(NAME), seed="1", session_id="record", secret="s" * 32, setup=setup)
    history = parse_history(*history_text(NAME), session.scenario)
    play_record(session, history, until=round(years * 365.25))
    entries = session.take_entries()
    with JournalFile.create(path) as journal:
        journal.append(entries)
    access = Access(str(path), (len(entries), entries[-1].chain), tuple(map(str, session.seats)))
    up, made = threading.Event(), list[Any]()

    async def serve() -> None:
        stop = asyncio.Event()
        async with ReplayServer({"j1": access}, "t" * 32) as server:
            made.extend((server.address, asyncio.get_running_loop(), stop))
            up.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    up.wait(30)
    address, loop, stop = made
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
