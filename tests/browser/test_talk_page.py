"""Talk and second thoughts in the browser: threads, read marks, withdrawals, and the question before a ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import choose, write_to

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser


def write(page: Any, thread: str, text: str) -> None:
    write_to(page, thread)
    page.fill("#talk-text", text)
    page.click("#talk-send")


def test_a_message_is_on_the_other_page_while_the_clock_stands(game: Game, accessible: Callable[[Any], None]) -> None:
    arden, belmar, corvane = game.seat("ARD"), game.seat("BEL"), game.seat("COR")
    moderator = game.moderator()
    game.begin()
    write(arden, "ARD+BEL", "Meet me at the bridge.")
    belmar.locator("[data-thread='ARD+BEL'] .badge", has_text="1").wait_for()
    belmar.click("[data-thread='ARD+BEL']")
    belmar.locator(".letter", has_text="Meet me at the bridge.").wait_for()
    belmar.locator("[data-thread='ARD+BEL'] .badge").wait_for(state="detached")
    moderator.locator(".letter", has_text="Meet me at the bridge.").wait_for()
    assert "bridge" not in corvane.inner_text("body")
    write(belmar, "ARD+BEL", "At noon.")
    arden.locator(".letter", has_text="At noon.").wait_for()
    assert arden.locator(".letter.mine").count() == 1
    write(corvane, "everyone", "Good day, all.")
    arden.locator("[data-thread='everyone']").wait_for()
    belmar.reload()
    belmar.wait_for_selector("#now")
    belmar.click("[data-thread='ARD+BEL']")
    belmar.locator(".letter", has_text="Meet me at the bridge.").wait_for()
    assert belmar.locator("[data-thread='ARD+BEL'] .badge").count() == 0
    accessible(belmar)


def test_a_message_to_several_makes_a_thread_of_its_own(game: Game) -> None:
    arden, belmar, corvane = game.seat("ARD"), game.seat("BEL"), game.seat("COR")
    game.begin()
    write_to(arden, "several")
    arden.fill("#talk-text", "To nobody")
    arden.click("#talk-send")
    arden.locator("#talk-problem", has_text="Choose at least one state.").wait_for()
    for code in ("BEL", "COR"):
        arden.check(f"#talk-to-{code}")
    arden.fill("#talk-text", "The three of us")
    arden.click("summary:has-text('Offer or ask')")
    arden.select_option("#talk-offer", "alliance")
    arden.click("#talk-send")
    for page in (belmar, corvane):
        page.click("[data-thread='ARD+BEL+COR']")
        page.locator(".letter .deal", has_text="Offers alliance").wait_for()


def test_a_double_click_sends_a_message_and_an_order_once(game: Game) -> None:
    arden, belmar = game.seat("ARD"), game.seat("BEL")
    game.begin()
    write_to(arden, "ARD+BEL")
    arden.fill("#talk-text", "Once is enough.")
    arden.dblclick("#talk-send")
    choose(arden, "mobilize")
    arden.dblclick("#send")
    arden.locator("#sent li[data-state=saved]").nth(1).wait_for()
    choose(arden, "mobilize")
    arden.wait_for_selector("#send:not([disabled])")
    arden.evaluate("for (const n of [1, 2]) document.querySelector('#send').click()")
    arden.locator("#sent li").nth(2).wait_for()
    write(arden, "ARD+BEL", "That is all.")
    belmar.click("[data-thread='ARD+BEL']")
    belmar.locator(".letter", has_text="That is all.").wait_for()
    assert belmar.locator(".letter", has_text="Once is enough.").count() == 1
    assert arden.locator("#sent li").count() == 4, "two messages, an order by mouse and an order by two calls at once"


def test_a_private_draft_stays_in_its_thread_and_is_open_after_a_reload(game: Game) -> None:
    page = game.seat("ARD")
    game.begin()
    page.fill("#talk-text", "Good day.")
    write_to(page, "ARD+BEL")
    page.locator("#talk-send", has_text="Belmar").wait_for()
    assert page.input_value("#talk-text") == ""
    page.fill("#talk-text", "Between us.")
    write_to(page, "everyone")
    page.locator("#talk-send", has_text="everyone").wait_for()
    assert page.input_value("#talk-text") == "Good day."
    page.click("#talk-send")
    page.locator(".letter.mine", has_text="Good day.").wait_for()
    page.reload()
    page.locator("#talk-send", has_text="Belmar").wait_for()
    assert page.input_value("#talk-text") == "Between us."
    assert page.locator("[data-thread='ARD+BEL'][aria-current]").count() == 1


AT_ONCE = """() => {
  const [to, text] = [document.querySelector("[data-thread='ARD+BEL']"), document.querySelector("#talk-text")];
  to.click();
  text.value = "Between us.";
  text.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def test_what_is_typed_at_once_after_the_choice_of_a_thread_belongs_to_that_thread(game: Game) -> None:
    page = game.seat("ARD")
    page.evaluate(AT_ONCE)
    write_to(page, "everyone")
    assert page.input_value("#talk-text") == ""
    write_to(page, "ARD+BEL")
    assert page.input_value("#talk-text") == "Between us."


def test_a_private_thread_is_closed_while_only_messages_to_everyone_are_allowed(game: Game) -> None:
    page, moderator = game.seat("ARD"), game.moderator()
    game.begin()
    write_to(page, "ARD+BEL")
    page.fill("#talk-text", "Between us.")
    moderator.select_option("#talk-level", "public")
    page.locator("#talk-closed", has_text="Only messages to everyone are allowed now.").wait_for()
    page.wait_for_selector("#talk-send[disabled]")
    write_to(page, "everyone")
    page.locator("#talk-closed").wait_for(state="detached")
    page.wait_for_selector("#talk-send:not([disabled])")


def test_a_phone_opens_talk_at_the_messages_to_read(game: Game) -> None:
    belmar = game.seat("BEL")
    arden = game.seat("ARD", width=390, height=844)
    game.begin()
    write(belmar, "ARD+BEL", "Are you there?")
    tab = arden.locator(".tabs button", has_text="Messages")
    tab.locator(".badge", has_text="1").wait_for()
    tab.click()
    arden.locator(".letter", has_text="Are you there?").wait_for()
    assert arden.locator("[data-thread='ARD+BEL'][aria-current]").count() == 1
    tab.locator(".badge").wait_for(state="detached")
    write_to(arden, "everyone")
    arden.fill("#talk-text", "Half written")
    arden.locator(".tabs button", has_text="Decide").click()
    write(belmar, "ARD+BEL", "Answer me.")
    tab.locator(".badge", has_text="1").wait_for()
    tab.click()
    arden.locator("#talk-text").wait_for()
    assert arden.locator("[data-thread=everyone][aria-current]").count() == 1, (
        "what is half written keeps its thread open"
    )


def test_a_pasted_text_that_is_too_long_is_seen_to_be_cut(game: Game) -> None:
    page = game.seat("ARD")
    page.fill("#talk-text", "x" * 449)
    assert page.locator("#talk-form [role=status]").count() == 0
    page.focus("#talk-text")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("y" * 100)
    page.locator("#talk-form [role=status]", has_text="500 of 500 characters. No more fits").wait_for()


def test_the_moderator_closes_and_limits_the_talk(game: Game) -> None:
    arden, moderator = game.seat("ARD"), game.moderator()
    game.begin()
    moderator.select_option("#talk-level", "offers")
    arden.locator("#talk-level", has_text="offers and requests without words").wait_for()
    assert arden.locator("#talk-text").count() == 0
    write_to(arden, "ARD+BEL")
    arden.select_option("#talk-offer", "aid")
    arden.click("#talk-send")
    arden.locator(".letter .deal", has_text="Offers aid").wait_for()
    moderator.select_option("#talk-level", "none")
    arden.locator("#talk-level", has_text="No talk is allowed").wait_for()
    arden.wait_for_selector("#talk-send[disabled]")


def test_an_order_is_withdrawn_and_replaced_with_buttons(game: Game) -> None:
    page = game.seat("ARD")
    game.begin()
    choose(page, "state_intent", about="BEL")
    page.click("#send")
    page.locator("#sent li[data-state=saved]").wait_for()
    page.focus("#sent [data-replace]")
    page.keyboard.press("Enter")
    page.locator("#replacing", has_text="This replaces").wait_for()
    page.wait_for_function("() => document.activeElement.id === 'm-state_intent-about-BEL'")
    page.check("#m-state_intent-about-COR")
    page.locator("#send", has_text="Replace.").wait_for()
    page.click("#send")
    page.locator("#sent li[data-state=replaced]").wait_for()
    page.click("#sent li[data-state=saved] [data-withdraw]")
    page.locator("#sent li[data-state=withdrawn]").wait_for()
    assert page.evaluate("document.activeElement.closest('li')?.dataset.state") == "withdrawn"
    assert page.locator("#sent li[data-state=saved]").count() == 0
    page.reload()
    page.wait_for_selector("#sent li[data-state=withdrawn]")


def test_ready_with_an_open_call_asks_first_and_names_the_default(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    arden, belmar = game.seat("ARD"), game.seat("BEL")
    game.begin()
    choose(arden, "propose_alliance", to="BEL")
    arden.click("#send")
    arden.locator("#sent li[data-state=saved]").wait_for()
    for page in (arden, belmar):
        page.click("#ready:not([disabled])")
    belmar.wait_for_selector(".call-proposal")
    belmar.click("#ready:not([disabled])")
    belmar.locator("#confirm-ready", has_text="it counts as “no answer”").wait_for()
    belmar.wait_for_function("() => document.activeElement.id === 'confirm-ready'")
    assert belmar.locator("#ready").count() == 0, "one question has one answer"
    accessible(belmar)
    belmar.click("#ready-back")
    belmar.locator("#confirm-ready").wait_for(state="detached")
    assert belmar.get_attribute("#ready", "aria-pressed") == "false"
    belmar.wait_for_function("() => document.activeElement.id === 'ready'")
    belmar.click("#ready")
    belmar.click("#ready-anyway")
    belmar.locator("#confirm-ready").wait_for(state="detached")
    belmar.locator(".call-proposal").wait_for(state="detached")  # the default was played, and the clock went on


def test_a_page_whose_seat_is_open_elsewhere_says_so_where_one_writes_and_keeps_the_words(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    page = game.seat("ARD")
    game.begin()
    write_to(page, "ARD+BEL")
    choose(page, "mobilize")
    elsewhere = game.visit(page.url, context=page.context)
    elsewhere.wait_for_selector("#now")
    page.locator("#talk-stopped", has_text="Opened elsewhere. This page sends nothing now").wait_for()
    page.fill("#talk-text", "Do not lose this.")
    assert page.is_disabled("#talk-send")
    assert page.is_disabled("#send")
    assert page.is_disabled("#ready")
    accessible(page)
    page.locator("#talk-stopped button", has_text="Use it here").click()
    page.locator("#talk-stopped").wait_for(state="detached")
    assert page.input_value("#talk-text") == "Do not lose this."
    page.click("#talk-send")
    page.locator(".letter.mine", has_text="Do not lose this.").wait_for()


def test_the_focus_stays_in_the_composer_when_a_message_is_sent_by_enter(game: Game) -> None:
    page = game.seat("ARD")
    game.seat("BEL")  # the clock waits for Belmar, so that Arden stays ready
    game.begin()
    inside = "document.activeElement.closest('#talk-form') !== null"
    for number, focused in enumerate(("#talk-send", "#talk-text")):
        page.fill("#talk-text", f"Number {number}")
        page.focus(focused)
        page.keyboard.press("Enter" if focused == "#talk-send" else "Control+Enter")
        page.locator(".letter.mine", has_text=f"Number {number}").wait_for()
        page.wait_for_function("() => document.querySelector('#talk-text').value === ''")
        assert page.evaluate(inside)
    page.focus("#ready")
    page.keyboard.press("Enter")
    page.locator("#ready", has_text="✓ Ready").wait_for()
    assert page.evaluate("document.activeElement.closest('#dock') !== null")


def test_a_draft_to_an_alliance_that_has_ended_stays_and_says_why_it_cannot_be_sent(game: Game) -> None:
    page, moderator = game.seat("ARD"), game.begin()
    page.locator("[data-thread]", has_text="Alliance:").first.wait_for()
    thread = page.locator("[data-thread]", has_text="Alliance:").first.get_attribute("data-thread")
    write_to(page, thread)
    page.fill("#talk-text", "Friends, hold together.")
    moderator.select_option("#inject-kind", "end_alignment")
    for code in ("ARD", "GAL"):
        moderator.check(f"#i-end_alignment-members-{code}")
    moderator.click("#do-preview")
    moderator.click("#do-inject")
    page.locator("#talk-closed", has_text="no longer in this alliance").wait_for()
    assert page.is_disabled("#talk-send")
    page.reload()
    page.locator("#talk-closed", has_text="no longer in this alliance").wait_for()
    assert page.input_value("#talk-text") == "Friends, hold together."
    assert page.inner_text("#talk-thread") == "A former alliance"


def test_words_in_orders_are_left_out_of_the_forms_where_they_are_not_allowed(game: Game) -> None:
    page, moderator = game.seat("ARD"), game.begin()
    choose(page, "demand", of="BEL")
    page.fill("#m-demand-text", "Write me no more.")
    moderator.select_option("#talk-level", "offers")
    page.locator("#no-words", has_text="No words of your own are allowed here now.").wait_for()
    assert page.locator("#m-demand-text").count() == 0
    page.locator("#send", has_text="Send: everyone sees it").click()
    page.locator("#sent li[data-state=saved]").wait_for()
    assert "Write me" not in page.inner_text("#sent")
    moderator.select_option("#talk-level", "free")
    choose(page, "demand")
    page.locator("#m-demand-text").wait_for()
    page.locator("#send", has_text="Send to everyone").wait_for()


def test_a_seat_and_the_moderator_write_to_each_other_on_their_pages(game: Game) -> None:
    page, moderator = game.seat("ARD"), game.begin()
    write_to(page, "moderator")
    page.locator("#talk-send", has_text="Send to the moderator only").wait_for()
    page.fill("#talk-text", "May we meet outside?")
    page.click("#talk-send")
    page.locator(".letter.mine", has_text="May we meet outside?").wait_for()
    thread = moderator.locator("[data-thread='moderator ARD']")
    thread.locator(".badge", has_text="1").wait_for()
    thread.click()
    moderator.locator("#talk-send", has_text="Send to Arden only").wait_for()
    moderator.fill("#talk-text", "Ten minutes.")
    moderator.click("#talk-send")
    page.locator(".letter:not(.mine)", has_text="Ten minutes.").wait_for()
    thread.locator(".badge").wait_for(state="detached")
    assert "Ten minutes." not in page.inner_text("#log")
