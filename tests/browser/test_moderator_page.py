"""The pages of moderator and observer, and what they hide from a seat."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import write_to

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser
SPILT = "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('#seats'))"


def details_of(game: Game, **how: Any) -> Any:
    """Open the details beside the wall with the link of an observer."""
    return game.visit(game.links.observer.replace("/j/", "/details/"), **how)


def test_a_moderator_starts_pauses_and_resumes_and_the_players_see_it(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    player, moderator = game.seat("ARD"), game.moderator()
    assert moderator.locator("#seats tbody tr").count() == 8
    assert "The session has not started" in player.inner_text("#now")
    moderator.click("#do-start")
    player.locator("#now", has_text="Your decision").wait_for()
    moderator.click("#do-pause")
    player.locator("#now", has_text="Paused by the moderator").wait_for()
    moderator.click("#do-resume")
    player.locator("#now", has_text="Your decision").wait_for()
    moderator.locator("#commands li[data-state=saved]").nth(2).wait_for()
    accessible(moderator)


@pytest.mark.parametrize("width", [1280, 420])
def test_a_double_click_on_a_button_of_the_bar_does_one_thing(game: Game, width: int) -> None:
    game.seat("ARD")
    moderator = game.moderator()
    moderator.set_viewport_size({"width": width, "height": 800})

    def double_click(button: str, then: str) -> None:
        """Click twice at one place, the second time once the page has answered the first: another button may be there."""
        box = moderator.locator(button).bounding_box()
        moderator.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for count in (1, 2):
            moderator.mouse.down(click_count=count)
            moderator.mouse.up(click_count=count)
            moderator.wait_for_selector(then)

    double_click("#do-start", "#do-pause")
    double_click("#do-pause", "#do-resume")
    moderator.dblclick("#do-resume")
    moderator.wait_for_selector("#do-pause")
    moderator.dblclick("#do-pause")
    moderator.wait_for_selector("#do-resume")
    double_click("#do-resume", "#do-pause")
    moderator.dblclick("#do-extend")
    moderator.locator("#commands li", has_text="2 more minutes").nth(1).wait_for()
    moderator.wait_for_function("() => !document.querySelector('#commands li:not([data-state=saved])')")
    sent = moderator.locator("#commands li strong").all_inner_texts()
    twice = ["2 more minutes"] * 2
    assert sent == [*twice, "Resume", "Pause", "Resume", "Pause", "Start"], "only more time may be given twice"


def test_forecasts_stay_hidden_until_the_moderator_shows_them(game: Game) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    player.click("#ready:not([disabled])")
    moderator.click("#forecasts > summary")
    moderator.locator("#forecasts p", has_text="before its first order").wait_for()
    assert moderator.locator("#forecasts tbody tr").count() == 0
    moderator.click("#reveal")
    moderator.wait_for_selector("#forecasts tbody tr")
    assert moderator.locator("#forecasts tbody tr").count() == 8
    assert "Balance of threat" in moderator.inner_text("#forecasts thead")


def test_a_moderator_sees_a_seats_view(game: Game) -> None:
    moderator = game.moderator()
    moderator.click("#look > summary")
    moderator.select_option("#look-seat", "COR")
    moderator.locator("#look-me-heading", has_text="Corvane").wait_for()
    assert moderator.locator("#look-states tbody tr").count() == 7


def test_a_prepared_inject_is_shown_before_it_is_sent_and_works_by_keyboard(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    game.seat("ARD")
    moderator = game.begin()
    prepared = moderator.locator(".prepared-one > button")
    title = "Belmar hears that Corvane will strike within the month"
    assert prepared.all_inner_texts() == [title]
    sent = moderator.locator("#commands li")
    sent.filter(has_text="done").wait_for()
    prepared.first.focus()
    moderator.keyboard.press("Enter")
    moderator.locator(".exact").wait_for()  # a button does what was on the screen when it was pressed
    moderator.focus("#do-preview")
    moderator.keyboard.press("Enter")
    preview = moderator.locator("#preview")
    preview.locator("[data-part=changes]", has_text="Belmar misjudges Corvane, intentions: 0 → 0.3").wait_for()
    assert "Nothing." in preview.locator("[data-part=wall]").inner_text()
    assert "Belmar fears Corvane" in preview.locator("[data-part=later]").inner_text()
    accessible(moderator)
    assert sent.count() == 1, "a preview makes nothing happen"
    moderator.focus("#do-inject")
    moderator.keyboard.press("Enter")
    moderator.locator(".prepared-one", has_text="done").wait_for()
    assert sent.count() == 2


def test_a_prepared_inject_works_on_a_phone(game: Game) -> None:
    game.seat("ARD")
    moderator = game.moderator(width=390, height=700, has_touch=True)
    moderator.tap("#do-start")
    moderator.tap("#ask-prepared-0")
    moderator.locator(".exact").wait_for()
    moderator.tap("#do-preview")
    box = moderator.locator("#preview").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert moderator.locator("#do-inject").bounding_box()["height"] >= 32
    moderator.tap("#do-inject")
    moderator.locator(".prepared-one", has_text="done").wait_for()


@pytest.mark.parametrize("width", [1280, 1160, 840])
def test_long_names_of_states_do_not_push_the_table_of_seats_out_of_its_panel(crowded_game: Game, width: int) -> None:
    crowded_game.seat("USA", width=width)
    moderator = crowded_game.moderator(width=width)
    moderator.locator("#seats tr", has_text="online").wait_for()
    observer = details_of(crowded_game, width=width)
    observer.wait_for_selector("#seats tbody tr")
    for page in (moderator, observer):
        assert page.evaluate(SPILT) == 0
    for group in moderator.locator("#seats details:not([open]) > summary").all():
        group.click()
    low = moderator.locator("#seats tbody .button").evaluate_all("all => all.map((one) => one.clientHeight)")
    assert len(low) == 2 * 19 + 1
    assert max(low) < 40, "the words on a button are broken"


def test_no_deadline_is_shown_when_only_bots_play(game: Game) -> None:
    game.seat("ARD")
    moderator = game.begin()
    moderator.click("#do-pause")
    moderator.locator("#do-resume").wait_for()
    assert ":" in moderator.inner_text(".fact-left dd")
    moderator.get_by_role("button", name="Give the seat of Arden to its bot").click()
    moderator.locator(".fact-left dd", has_text="only bots play").wait_for()
    assert ":" not in moderator.inner_text(".fact-left dd")


def test_an_inject_reaches_everyone_and_a_wrong_one_is_explained(game: Game) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    moderator.select_option("#inject-kind", "announce")
    moderator.click("#do-preview")
    moderator.locator("#i-announce-text-problem", has_text="Fill this in.").wait_for()
    moderator.fill("#i-announce-text", "The straits are closed.")
    moderator.click("#do-preview")
    moderator.click("#do-inject")
    player.locator(".entry", has_text="The straits are closed.").wait_for()
    moderator.select_option("#inject-kind", "hostile_incident")
    moderator.select_option("#i-hostile_incident-by", "ARD")
    moderator.select_option("#i-hostile_incident-to", "ARD")
    moderator.fill("#i-hostile_incident-level", "2")
    moderator.click("#do-preview")
    problem = moderator.locator("#inject-form .problem").first
    problem.wait_for()
    assert "Choose two different states." in problem.inner_text()
    assert player.locator(".entry", has_text="Arden acts against").count() == 0


def test_the_pace_is_set_from_the_page(game: Game) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    moderator.click("#ask-pace")
    moderator.fill("#pace-window_seconds", "3600")
    moderator.click("#do-pace")
    player.locator(".fact-left dd", has_text="59:5").or_(player.locator(".fact-left dd", has_text="1:00:00")).wait_for()
    moderator.locator("#commands li[data-state=saved]").nth(1).wait_for()
    assert moderator.locator("#commands li").count() == 2, "the start and the pace"
    assert "Pace: 3600 seconds a window, 600 seconds an answer" in moderator.inner_text("#commands")
    moderator.select_option("#talk-level", "public")
    moderator.locator("#commands li", has_text="States may write: to everyone only").wait_for()


def test_no_label_of_the_moderators_page_touches_the_button_above_it(game: Game) -> None:
    game.seat("ARD")
    moderator = game.begin()
    for button, label in (
        ("#absent-to-bots", "label[for=absent-windows]"),
        ("#ask-prepared-0", "label[for=inject-kind]"),
    ):
        above, below = moderator.locator(button).bounding_box(), moderator.locator(label).bounding_box()
        assert below["y"] - (above["y"] + above["height"]) >= 8


def test_a_reloaded_moderator_still_has_the_log_and_the_forecasts(game: Game) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    moderator.select_option("#inject-kind", "announce")
    moderator.fill("#i-announce-text", "Remember this.")
    moderator.click("#do-preview")
    moderator.click("#do-inject")
    player.click("#ready:not([disabled])")
    player.locator(".fact-window dd", has_text="2").wait_for()
    moderator.reload()
    moderator.locator(".entry", has_text="Remember this.").wait_for()
    moderator.locator("#forecasts .fold-lead", has_text="window 2").wait_for()


def test_a_seat_is_given_to_its_bot_and_opened_again_with_a_new_link(game: Game) -> None:
    player, moderator = game.seat("ARD"), game.moderator()
    moderator.locator("#seats tr", has_text="Arden").get_by_role(
        "button", name="Give the seat of Arden to its bot"
    ).click()
    player.locator(
        ".strip", has_text="A bot plays this seat now. The moderator has given this seat to its bot."
    ).wait_for()
    # As long as the moderator's page takes a person to sit there, the button asks first.
    row = moderator.locator("#seats tbody tr", has_text="Arden")
    row.get_by_role("button", name="Give the seat of Arden to its bot").wait_for(state="detached")
    moderator.locator("#commands li", has_text="Arden to its bot").wait_for()
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    shown = moderator.locator(".seat-link[data-seat=ARD] .share-url")
    first = shown.input_value()
    assert first.startswith("http")
    assert f"/j/{game.links.session}#" in first
    assert first != game.links.seats["ARD"]
    assert "Arden" in moderator.locator("tr", has=shown).inner_text(), "the link stands where the button was pressed"
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    moderator.wait_for_function("(old) => document.querySelector('.share-url').value !== old", arg=first)
    second = shown.input_value()
    assert shown.count() == 1
    assert second != first
    again = game.visit(second)
    again.wait_for_selector("#now")


def test_a_held_seat_gets_a_new_link_after_a_question(game: Game) -> None:
    player, moderator = game.seat("ARD"), game.begin()
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    moderator.locator("#link-ARD[open]").wait_for()
    moderator.keyboard.press("Escape")
    moderator.locator("#link-ARD[open]").wait_for(state="detached")
    assert moderator.locator(".seat-link").count() == 0
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    moderator.click("#do-link-ARD")
    link = moderator.locator(".seat-link[data-seat=ARD] .share-url").input_value()
    player.locator(".strip", has_text="somebody else's now").wait_for()
    row = moderator.locator("#seats tbody tr", has_text="Arden")
    row.filter(has_text="away").wait_for()
    assert "bot" not in row.locator("td").first.inner_text()
    game.visit(link).wait_for_selector("#now")
    row.filter(has_text="online").wait_for()


def test_the_escape_key_closes_the_end_dialog_and_the_session_goes_on(game: Game) -> None:
    game.seat("ARD")
    moderator = game.begin()
    moderator.focus("#ask-end")
    moderator.keyboard.press("Enter")
    moderator.locator("#end[open]").wait_for()
    moderator.keyboard.press("Escape")
    moderator.locator("#end[open]").wait_for(state="detached")
    assert moderator.evaluate("document.activeElement.id") == "ask-end"
    assert moderator.locator("#commands li").count() == 1
    moderator.locator("#do-pause").wait_for()


def test_an_observer_sees_the_public_log_and_no_view(game: Game, accessible: Callable[[Any], None]) -> None:
    player, observer = game.seat("ARD"), details_of(game)
    moderator = game.begin()
    observer.wait_for_selector("#seats tbody tr")
    write_to(player, "ARD+BEL")
    player.fill("#talk-text", "For your eyes only.")
    player.click("#talk-send")
    player.wait_for_selector("#sent li[data-state=saved]")
    moderator.select_option("#inject-kind", "announce")
    moderator.fill("#i-announce-text", "For everyone.")
    moderator.click("#do-preview")
    moderator.click("#do-inject")
    player.click("#ready:not([disabled])")
    observer.locator(".entry", has_text="For everyone.").wait_for()
    player.locator(".entry", has_text="For your eyes only.").wait_for()
    assert "For your eyes only" not in observer.inner_text("body")
    assert observer.locator("#do-pause, #orders, #forecasts").count() == 0
    accessible(observer)


def test_a_question_to_all_seats_is_one_line_of_the_moderators_log_and_one_to_some_names_them(game: Game) -> None:
    game.seat("ARD")
    moderator = game.begin()
    moderator.select_option("#inject-kind", "ask")
    moderator.select_option("#i-ask-ask", "threats")
    moderator.click("#do-preview")
    moderator.click("#do-inject")
    line = moderator.locator("#log .entry", has_text="asked for the debrief")
    line.wait_for()
    assert line.count() == 1
    everybody = "Arden, Belmar, Corvane, Dunmark, Eskland, Fenholm, Galland and Harth"
    assert f"{everybody} are asked for the debrief: threats" in line.inner_text()
    moderator.select_option("#log-of", "BEL")
    moderator.locator("#log .entry", has_text="Belmar is asked for the debrief: threats").wait_for()


def test_a_class_at_home_sees_when_its_window_closes_and_takes_it_into_a_calendar(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    player, moderator = game.seat("ARD"), game.begin()
    moderator.click("#ask-pace")
    moderator.select_option("#pace-mode", "timetable")
    moderator.fill("#pace-closes", "17:30")
    moderator.fill("#pace-time_zone", "America/New_York")
    moderator.select_option("#pace-weekdays", label="Monday to Friday")
    moderator.click("#do-pace")
    moderator.locator("#commands li", has_text="windows close at 17:30, America/New_York").wait_for()
    due = player.locator("header .due", has_text=re.compile(r"^(Mon|Tue|Wed|Thu|Fri) \d{1,2} [A-Z][a-z]+, 17:30$"))
    due.wait_for()
    assert "Closes" in player.inner_text("header .fact-left")
    calendar = player.request.get(player.evaluate("document.querySelector('header .due').href"))
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Checkerboard: the window closes" in calendar.text()
    accessible(player)
    accessible(moderator)


def test_everyone_reads_why_the_moderator_pauses_and_gets_more_time_afterwards(game: Game) -> None:
    player, observer, moderator = game.seat("ARD"), details_of(game), game.begin()
    moderator.fill("#pause-reason", "Five minutes for coffee")
    moderator.click("#do-pause")
    player.locator("#now .pause-reason", has_text="The moderator says: “Five minutes for coffee”").wait_for()
    observer.locator("#about .pause-reason", has_text="Five minutes for coffee").wait_for()
    moderator.locator("#console-bar .pause-reason", has_text="Everyone reads: “Five minutes for coffee”").wait_for()
    moderator.click("#do-resume")
    moderator.wait_for_selector("#pause-reason")
    assert moderator.input_value("#pause-reason") == "", "the next pause has a reason of its own"
    player.locator("#now", has_text="Your decision").wait_for()
    assert player.locator("#now .pause-reason").count() == 0
    moderator.click("#do-extend")
    moderator.locator("#commands li", has_text="2 more minutes").locator("text=✓ done").wait_for()
    # More than the ten minutes with which a window begins.
    player.locator("header .clock", has_text=re.compile(r"^1[12]:")).wait_for()


def test_the_pace_form_says_that_the_time_that_has_passed_counts(game: Game) -> None:
    game.seat("ARD")
    moderator = game.moderator()
    moderator.click("#ask-pace")
    moderator.locator("#pace-help", has_text="Counted from the moment at which the clock stop").wait_for()
    moderator.keyboard.press("Escape")
    moderator.click("#do-start")
    moderator.click("#ask-pace")
    moderator.locator("#pace-help", has_text="what has passed counts, and the clock above shows the rest").wait_for()
