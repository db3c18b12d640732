"""Each page has an address and a title; back and forward go through what the user has opened; the language is remembered."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from typing import Any

from tests.browser.conftest import Game


def test_back_and_forward_go_through_pages_and_tabs(game: Game, accessible: Callable[[Any], None]) -> None:
    session = game.links.session
    page = game.seat("ARD", width=390, height=844)
    assert page.url.endswith(f"/play/{session}")
    page.locator("nav.tabs button").last.click()
    assert page.url.endswith("#me")
    page.click("#me-brief")
    page.wait_for_selector(".brief")
    assert page.url.endswith(f"/brief/{session}")
    assert page.title().startswith("Not started · Role sheet · Arden")
    accessible(page)
    page.go_back()
    page.wait_for_selector("main.tab-me")
    page.go_back()
    page.wait_for_selector("main.tab-decide")
    page.go_forward()
    page.go_forward()
    page.wait_for_selector(".brief")
    page.reload()
    page.wait_for_selector(".brief h2:has-text('Arden')")


def test_an_observer_has_the_wall_and_a_player_of_the_same_address_the_game(game: Game) -> None:
    observer = game.visit(game.links.observer)
    observer.wait_for_selector(".wall")
    assert observer.url.endswith(f"/wall/{game.links.session}")
    assert "Wall" in observer.title()
    observer.click("#page-details")
    observer.wait_for_selector("#seats tbody tr")
    assert observer.url.endswith(f"/details/{game.links.session}")
    assert observer.locator(".fact-saved").count() == 0
    observer.go_back()
    observer.wait_for_selector(".wall")
    player = game.seat("ARD")
    player.goto(player.url.replace("/play/", "/wall/"))
    player.wait_for_selector("#now")
    assert "/play/" in player.url


def test_a_link_that_a_program_looks_at_first_still_works(game: Game) -> None:
    link = game.links.seats["ARD"]
    for method in ("HEAD", "GET"):
        with urllib.request.urlopen(urllib.request.Request(link.partition("#")[0], method=method)) as answer:
            assert answer.status == 200
    assert game.seat("ARD").locator("h1").count() == 1


def test_the_language_of_the_browser_is_used_and_a_chosen_one_is_remembered(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    page = game.seat("ARD", locale="de-CH")
    assert page.get_attribute("html", "lang") == "de"
    assert "Verbunden" in page.inner_text(".facts")
    accessible(page)
    page.click("#language-en")
    page.wait_for_selector(".facts:has-text('Connected')")
    page.reload()
    page.wait_for_selector("#now")
    assert page.get_attribute("html", "lang") == "en"
