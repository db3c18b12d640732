"""The leaderboard of a tournament, opened without a server: it shows the result, and the browser reports no fault."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterpoise.cli.tournament.leaderboard_page import leaderboard_page
from counterpoise.scenario_files import scenario_text
from counterpoise.tournament.plan import Entrant, Tournament
from counterpoise.tournament.result_document import GameResult, SeatResult, TournamentResult
from counterpoise.tournament.schedule import deal
from counterpoise.tournament.standings import tournament_result

pytestmark = pytest.mark.browser
REPORT = ".leaderboard"
FEARS_SHOWN = (
    "(count) => [...document.querySelectorAll('#replay-threats td[data-cell]')]"
    ".filter((cell) => cell.textContent).length === count"
)
"""Waits for the fears of one of eight states, or of all."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The page of a short tournament with an entrant that fails, and its result."""
    folder = tmp_path_factory.mktemp("leaderboard")
    (folder / "failing.py").write_text(
        "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): 1 / 0\n"
    )
    (folder / "cup.toml").write_text(
        'name = "<b>Cup"\nseed = "1"\ngames = 6\nyears = 1\nscenarios = ["checkerboard"]\n'
        'entrants = ["balancer", "random", { name = "<i>failing", bot = "failing.py" }]\n'
    )
    command = [*(sys.executable, "-m", "counterpoise", "tournament", str(folder / "cup.toml"))]
    page = folder / "cup.html"
    options = ("--html", str(page), "--replays", "chosen", "--json")
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=120, check=True)
    return page, json.loads(done.stdout)


def test_the_leaderboard_shows_the_result_in_both_languages_and_fits_a_phone(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None]
) -> None:
    page, result = opened(viewport={"width": 1280, "height": 900}), written[1]
    assert page.locator("h1").inner_text() == "<b>Cup: 6 games"
    names = [row["entrant"] for row in result["standings"]]
    assert [row.inner_text() for row in page.locator("#l-ranking tbody th").all()] == names
    assert page.locator("#l-ranking .on-wide .forest-row").count() == page.locator("#l-pairs tbody tr").count() == 3
    assert [row.inner_text() for row in page.locator("#l-behaviour tbody th").all()] == names
    assert "(" in page.locator("#l-behaviour tbody tr").first.inner_text()
    assert page.locator("#l-seats tbody tr").count() == len(result["seat_effects"]) == 8
    assert "6 of 6 games were replayed from their journals" in page.locator("#l-ranking").inner_text()
    assert "ZeroDivisionError" in page.locator("#l-conduct").inner_text()
    accessible(page)
    page.locator("#language-de").click()
    page.get_by_role("heading", name="Rangliste").wait_for()
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.emulate_media(color_scheme="dark")
    accessible(page)


def test_the_pairs_of_many_entrants_scroll_in_a_box_and_no_cell_is_broken(chromium: Any, tmp_path: Path) -> None:
    entrants = tuple(Entrant(f"entrant-with-a-name-{number}", "balancer") for number in range(33))
    plan = Tournament("Many", "1", 33, ("checkerboard",), entrants)
    games = [
        GameResult(
            counts={}, digest="0" * 64, entrants=(), game=spec.number, key=spec.key, scenario=spec.scenario, seed=spec.seed,
            ticks=1, seats=tuple(
                SeatResult(entrant=who.name, seat=seat, score=float(len(seat) + spec.number % 7)) for seat, who in spec.seating
            ),
        )
        for spec in deal(plan, {"checkerboard": scenario_text("checkerboard")[0]})
    ]  # fmt: skip
    (tmp_path / "many.html").write_text(leaderboard_page(tournament_result(plan, games)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page.goto((tmp_path / "many.html").as_uri())
    page.wait_for_selector(REPORT)
    rows = page.locator("#l-pairs tbody tr")
    assert rows.count() == 33
    assert max(row.bounding_box()["height"] for row in rows.all()) < 45, "every row is one line"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("#l-pairs .figure-scroll")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth")
    page.close()


def test_a_leaderboard_of_one_world_says_that_it_cannot_tell_who_is_stronger(
    chromium: Any, tmp_path: Path, written: tuple[Path, dict[str, Any]]
) -> None:
    result = msgspec.convert(written[1], TournamentResult)
    plan = Tournament(
        "One world", "1", 3, ("checkerboard",), tuple(Entrant(row.entrant, row.bot) for row in result.standings)
    )
    first = [game for game in result.games if game.seed == result.games[0].seed]
    assert len(first) == 3
    one = tmp_path / "one.html"
    one.write_text(leaderboard_page(tournament_result(plan, first)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page.goto(one.as_uri())
    page.wait_for_selector(REPORT)
    assert page.locator("#l-ranking .lead").first.inner_text().startswith("There are too few worlds for intervals")
    cells = page.locator("#l-ranking tbody tr").first.locator("td").all_inner_texts()
    assert (cells[2], cells[4]) == ("–", "–"), "the interval, and the places"
    assert "100 %" not in page.locator("#l-behaviour tbody tr td:last-child").all_inner_texts()[0]
    assert "Refused: orders that the rules did not allow" in page.locator("#l-conduct").inner_text()
    assert not re.search(r"-\d", page.locator("#l-ranking tbody").inner_text()), "one minus sign in all tables"
    page.close()


def test_a_link_of_the_leaderboard_opens_the_replay_which_plays_without_a_server_and_leads_back(
    chromium: Any, written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None]
) -> None:
    leaderboard, result = written
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(f"pageerror {error}"))
    page.on("console", lambda message: faults.append(f"console {message.type} {message.text}"))
    asked_for: list[str] = []
    page.on("request", lambda asked: asked_for.append(asked.url))
    page.goto(leaderboard.as_uri())
    page.wait_for_selector(REPORT)
    assert page.locator("#l-replays tbody tr").count() == len(result["replays"])
    row = page.locator("#l-ranking tbody tr", has_text="<i>failing")
    assert row.locator("td:last-child li").all_inner_texts() == ["best", "middling", "worst"]
    failed = page.locator("#l-conduct").get_by_role("link", name=re.compile("ERROR in game"))
    failures = [kept for kept in result["replays"] if any(why["kind"] == "failed" for why in kept["reasons"])]
    assert failed.count() == len(failures) > 0
    failed.first.click()

    page.locator("#replay-date", has_text="1 January 1901").wait_for()
    assert page.url.endswith(failures[0]["page"])
    assert page.locator("h1").inner_text() == f"<b>Cup, game {failures[0]['game']}"
    assert "<i>failing" in page.locator(".replay-played").inner_text()
    assert "ERROR: ZeroDivisionError" in page.locator(".replay-played").inner_text()
    assert "Verified:" in page.locator(".replay-badge.good").inner_text()
    assert page.locator("#replay-map-0 .land").count() == 8
    page.locator("#replay-slider").press("End")
    page.locator("#replay-date", has_text="1 January 1902").wait_for()
    page.locator("#replay-viewer").select_option("ARD")
    page.wait_for_function(FEARS_SHOWN, arg=7)
    page.wait_for_function("() => location.hash === '#t=1902-01-01&as=ARD'")
    accessible(page)
    page.locator("#language-de").click()
    page.get_by_role("heading", name="Wer wen fürchtete").wait_for()
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.reload()
    page.locator("#replay-date", has_text="1902").wait_for()
    page.locator("#to-leaderboard").click()
    page.wait_for_selector(REPORT)
    assert page.url == leaderboard.as_uri()
    assert faults == []
    assert all(address.startswith(("file:", "data:")) for address in asked_for)
    context.close()
