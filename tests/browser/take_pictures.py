"""Pictures of every page, taken in a real browser from real servers: ``python tests/browser/take_pictures.py --out FOLDER``.

The pictures are of the record of the Middle East, and of a session that goes on from it in May 1967 with a person in Jordan's
seat. Each page is taken on a desk, on a phone, in the dark and on a projector, and in print where people print it.
``--only wall --only play`` takes these pages only. With ``--readme`` the pictures of the README are replaced too.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.chromium import ARGUMENTS, chromium_path
from tests.browser.palette_png import with_palette

OF_A_SESSION = ("wall", "play", "console", "ended", "record")
OF_THE_RECORD = ("debrief", "replay")
README_FOLDER = Path(__file__).parents[2] / ".github" / "pictures"
README_PICTURES = {"middle-east-wall.png": "wall-readme.png", "middle-east-debrief.png": "debrief-readme.png"}
"""The pictures that the README shows, and which of the pictures here they are."""
SEAT = "JOR"
BEGINS = "1967-05-31"
MOMENT = "1967-06-08"
WAIT_MS = 120_000
SLICE = 2400
"""A long page is taken in pictures of so many px each."""
REASON = "Israel has called up its reserves. If war comes, we cannot stand aside and we cannot stand alone."


@dataclass(frozen=True)
class Shape:
    """A screen or a sheet on which a page is pictured."""

    name: str
    width: int
    height: int
    dark: bool = False
    printed: bool = False


DESK = Shape("desk", 1440, 1000)
DARK = Shape("dark", 1440, 1000, dark=True)
PHONE = Shape("phone", 390, 844)
PROJECTOR = Shape("projector", 1920, 1080)
PRINT = Shape("print", 794, 1123, printed=True)
README = Shape("readme", 1280, 720)
SCREENS = (DESK, DARK, PHONE, PROJECTOR)


class Camera:
    """Takes the pictures of open pages into a folder.

    Args:
        folder: where the pictures go.
        pages: the pages that are taken.
    """

    def __init__(self, folder: Path, pages: Sequence[str]) -> None:
        self.folder, self.pages, self.taken = folder, pages, 0

    def take(self, page: Any, name: str, *shapes: Shape, whole: bool = False) -> None:
        """Take a page in several shapes.

        Args:
            page: the page.
            name: the page, with a further word for another picture of it. The file is called ``NAME-SHAPE.png``.
            shapes: the shapes.
            whole: also what lies below the first screen; a long page gives several files, ``NAME-SHAPE-1.png`` and so on.
        """
        if name.partition("-")[0] not in self.pages:
            return
        for shape in shapes:
            page.set_viewport_size({"width": shape.width, "height": shape.height})
            page.emulate_media(
                media="print" if shape.printed else "screen",
                color_scheme="dark" if shape.dark else "light",
                reduced_motion="reduce",
            )
            page.evaluate("scrollTo(0, 0)")
            page.wait_for_timeout(300)
            self._write(page, f"{name}-{shape.name}", shape, whole=whole)

    def _write(self, page: Any, name: str, shape: Shape, *, whole: bool) -> None:
        height = int(page.evaluate("document.documentElement.scrollHeight")) if whole else shape.height
        tops = range(0, height, SLICE) if whole else [0]
        for number, top in enumerate(tops, start=1):
            file = f"{name}-{number}.png" if len(tops) > 1 else f"{name}.png"
            part = {"x": 0, "y": top, "width": shape.width, "height": min(SLICE, height - top)}
            page.screenshot(path=self.folder / file, full_page=whole, clip=part)
            self.taken += 1
            print(file)


def counterpoise(*arguments: object) -> None:
    """Run a command of the product to its end."""
    subprocess.run([sys.executable, "-m", "counterpoise", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(until: str, *arguments: object) -> Iterator[str]:
    """Run a command that serves, and yield what it prints up to a line that matches ``until``."""
    command = [sys.executable, "-u", "-m", "counterpoise", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if re.search(until, line):
            break
    try:
        yield text
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def opened(browser: Any, address: str, ready: str) -> Any:
    """Return a page of its own, once what ``ready`` selects is there."""
    page = browser.new_page(viewport={"width": DESK.width, "height": DESK.height})
    page.set_default_timeout(WAIT_MS)
    page.goto(address)
    page.wait_for_selector(ready)
    return page


def record(browser: Any, camera: Camera, folder: Path) -> None:
    """Take the debrief and the replay of the record of the Middle East."""
    journal, debrief = folder / "h.db", folder / "debrief.html"
    if "debrief" in camera.pages:
        counterpoise("debrief", journal, "--html", debrief)
        page = opened(browser, debrief.as_uri(), ".debrief")
        camera.take(page, "debrief", *SCREENS, README)
        camera.take(page, "debrief-whole", *SCREENS, PRINT, whole=True)
        page.close()
    if "replay" not in camera.pages:
        return
    with serving("http://", "replay", journal, "--serve", "--no-browser", "--at", MOMENT) as text:
        address = re.search(r"http://\S+", text)
        assert address is not None
        page = opened(browser, address[0], ".replay-badge.good")
        page.wait_for_selector("#replay-map-0 svg")
        camera.take(page, "replay", *SCREENS)
        camera.take(page, "replay-whole", DESK, PHONE, PROJECTOR, whole=True)
        page.select_option("#replay-viewer", SEAT)
        page.wait_for_timeout(2000)
        camera.take(page, "replay-as-seat", DESK, PHONE)
        page.close()


def session(browser: Any, camera: Camera, folder: Path) -> None:
    """Take the pages of a session that goes on from the record: during play, and after its end."""
    journal = folder / "h.db"
    options = (
        "--at",
        BEGINS,
        "--data",
        folder / "games",
        "--port",
        0,
        "--seed",
        "7",
        "--window-seconds",
        900,
        "--json",
    )
    with serving(r"^}", "host", journal, *options) as text:
        links = json.loads(text)
        player = opened(browser, links["seats"][SEAT], "#now")
        console = opened(browser, links["moderator"], "#seats tbody tr")
        wall = opened(browser, links["observer"], ".wall")
        player.click("#consent-yes")
        console.click("#do-resume")
        player.wait_for_selector("#ready:not([disabled])")
        camera.take(wall, "wall", *SCREENS, README)
        camera.take(player, "play", *SCREENS)
        camera.take(console, "console", *SCREENS)
        predict_and_say_why(player)
        camera.take(player, "play-sent", DESK, PHONE)
        for _ in range(3):
            be_ready(player)
        console.click("#ask-end")
        console.click("#do-end")
        player.wait_for_selector(".debrief")
        camera.take(player, "ended", DESK, PROJECTOR)
        camera.take(wall, "ended-wall", PROJECTOR)
        for page in (player, console, wall):
            page.close()
    counterpoise("records", *(folder / "games").glob("*.db"), "-o", folder / "records")
    page = opened(browser, (folder / "records" / "records.html").as_uri(), ".sheet-record")
    camera.take(page, "record", *SCREENS, PRINT, whole=True)


def predict_and_say_why(player: Any) -> None:
    """Predict what another state will do, and give a reason in words."""
    player.click("[data-kinds~=predict]")
    if player.get_attribute("#pick-predict", "aria-expanded") == "false":
        player.click("#pick-predict")
    player.wait_for_selector("#move-form[data-kind=predict]")
    player.check("#m-predict-of-SYR")
    player.check("#m-predict-choice-BAL")
    player.click("#step-why")
    player.check("#why-threat")
    player.fill("#why-words", REASON)
    player.click("#send")
    player.wait_for_selector("#sent li[data-state=saved]")


def be_ready(player: Any) -> None:
    """End the present window or call of the seat."""
    player.click("#ready:not([disabled])")
    player.wait_for_timeout(500)
    if player.locator("#ready-anyway").count():
        player.click("#ready-anyway")
    player.wait_for_timeout(500)


def main() -> None:
    """Take the pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True, help="the folder of the pictures")
    options.add_argument("--only", action="append", choices=[*OF_A_SESSION, *OF_THE_RECORD], help="take this page only")
    options.add_argument("--readme", action="store_true", help="put the README's pictures into their place too")
    chosen = options.parse_args()
    pages = chosen.only or [*OF_A_SESSION, *OF_THE_RECORD]
    chosen.out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    camera = Camera(chosen.out, pages)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        folder = Path(place)
        counterpoise("run", "middle-east-1955", "--history", "--journal", folder / "h.db", "--json")
        if any(page in pages for page in OF_THE_RECORD):
            record(browser, camera, folder)
        if any(page in pages for page in OF_A_SESSION):
            session(browser, camera, folder)
        if chosen.readme:
            for name, taken in README_PICTURES.items():
                (README_FOLDER / name).write_bytes(with_palette((chosen.out / taken).read_bytes(), browser))
        browser.close()
    print(f"{camera.taken} pictures in {chosen.out}, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
