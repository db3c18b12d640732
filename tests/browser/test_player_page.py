"""A player's page: the seat's own data, orders from forms, answers, reloads, a second window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import choose, write_to

from counterpoise.session.proofs.receipts import is_signed
from counterpoise.wire.checkpoints import parse_receipts, receipt_lines

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser


CONFIRM = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.querySelector("#ready-anyway")?.click();
  done();
})))"""
"""Say yes where the page asks, because a call is open."""


def ready(page: Any) -> None:
    page.click("#ready:not([disabled])")
    page.evaluate(CONFIRM)


def say(page: Any, to: str, text: str) -> None:
    seats = sorted((page.get_attribute(".fact-seat .state", "data-code"), to))
    write_to(page, "+".join(seats))
    page.fill("#talk-text", text)
    page.click("#talk-send")


def test_a_join_link_opens_the_seats_own_page_and_leaves_the_address_bar(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    page = game.seat("ARD")
    assert page.url.endswith(f"/play/{game.links.session}")
    assert page.inner_text(".fact-seat dd") == "Arden"
    assert page.inner_text("#me-heading") == "Arden"
    assert page.locator(".goals li").count() > 0
    assert page.locator(".threat-table tbody tr").count() == 7
    assert page.locator(".state-table tbody tr").count() == 7
    assert page.locator("#network .node").count() == 8
    assert page.get_attribute("html", "lang") == "en"
    accessible(page)


def test_the_network_says_the_same_as_a_table(game: Game) -> None:
    page = game.seat("ARD")
    ties = page.locator("#network .tie").count()
    page.click("#network > summary")
    page.click("#network-twin")
    page.wait_for_selector(".tie-table")
    assert page.locator(".tie-table tbody tr").count() == ties > 0


def test_a_move_from_the_form_is_acknowledged_and_only_the_other_side_hears_it(game: Game) -> None:
    arden, belmar, corvane = game.seat("ARD"), game.seat("BEL"), game.seat("COR")
    game.begin()
    write_to(arden, "ARD+BEL")
    arden.locator("#talk-send", has_text="Send to Belmar only").wait_for()
    say(arden, "BEL", "Meet me at the bridge.")
    order = arden.locator("#sent li")
    order.and_(arden.locator("[data-state=saved]")).wait_for()
    assert order.count() == 1
    assert re.search(r"Saved as number \d+, proof [0-9a-f]{8}", order.inner_text())
    assert arden.input_value("#talk-text") == ""
    game.reach_window("2", arden, belmar, corvane)
    belmar.locator(".entry", has_text="Meet me at the bridge.").wait_for()
    assert "bridge" not in corvane.inner_text("body")


def test_an_offer_is_answered_with_one_click_and_the_network_changes(game: Game) -> None:
    arden, belmar = game.seat("ARD"), game.seat("BEL")
    game.begin()
    pacts = arden.locator("#network .tie-defence").count()
    choose(arden, "propose_alliance", to="BEL", commitment="defence")
    arden.click("#send")
    arden.wait_for_selector("#sent li[data-state=saved]")
    ready(arden)
    ready(belmar)
    call = belmar.locator(".call-proposal")
    call.wait_for()
    assert "Arden offers you a defence pact" in call.inner_text()
    call.locator("[data-answer=Accept]").click()
    call.locator(".answered", has_text="✓ Answered: Accept").wait_for()
    ready(belmar)
    arden.locator(".entry", has_text="make a defence pact").wait_for()
    arden.locator("#network .tie-defence").nth(pacts).wait_for(state="attached")  # with the view that follows the news
    assert arden.locator("#network .tie-defence").count() == pacts + 1
    assert "Belmar" in arden.inner_text("#me")


def sign(page: Any) -> None:
    call = page.locator(".call-proposal")
    call.wait_for()
    assert "asks you to sign a defence pact (The Three)" in call.inner_text()
    call.locator("[data-answer=Accept]").click()
    call.locator(".answered", has_text="✓ Answered: Accept").wait_for()
    ready(page)


def consent(page: Any) -> None:
    call = page.locator(".call-membership")
    call.wait_for()
    assert "Fenholm asks to join" in call.inner_text()
    call.locator("[data-answer=Consent]").click()
    call.locator(".answered", has_text="✓ Answered: Consent").wait_for()
    ready(page)


def test_a_bloc_of_three_is_founded_and_joined_from_forms(game: Game) -> None:
    arden, belmar, dunmark, fenholm = (game.seat(code) for code in ("ARD", "BEL", "DUN", "FEN"))
    game.begin()
    choose(arden, "found_pact")
    for code in ("BEL", "DUN"):
        arden.check(f"#m-found_pact-to-{code}")
    arden.check("#m-found_pact-commitment-defence")
    arden.fill("#m-found_pact-name", "The Three")
    arden.click("#send")
    arden.wait_for_selector("#sent li[data-state=saved]")
    for page in (arden, belmar, dunmark, fenholm):
        ready(page)
    sign(belmar)
    sign(dunmark)
    fenholm.locator(".entry", has_text="make a defence pact (The Three)").wait_for()
    game.reach_window("2", arden, belmar, dunmark, fenholm)
    choose(fenholm, "ask_to_join_pact")
    fenholm.locator("#m-ask_to_join_pact-alignment label", has_text="The Three").click()
    fenholm.click("#send")
    fenholm.locator("#sent li[data-state=saved]").wait_for()
    for page in (arden, belmar, dunmark, fenholm):
        ready(page)
    fenholm.locator(".situation", has_text="A vote: You ask to join. Admit Fenholm: The Three").wait_for()
    for page in (arden, belmar, dunmark):
        consent(page)
    game.reach_window("3", arden, belmar, dunmark, fenholm)
    fenholm.locator(".entry", has_text="Fenholm joins the defence pact (The Three)").wait_for()


def test_a_whole_turn_needs_no_mouse(game: Game) -> None:
    page = game.seat("ARD")
    game.begin()

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == name:
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
        pytest.fail(f"{name} cannot be reached by the keyboard")

    page.keyboard.press("Tab")
    assert "skip" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    tab_to("group-influence")
    page.keyboard.press("Enter")
    tab_to("pick-state_intent")
    page.keyboard.press("Enter")
    tab_to("why-threat")
    page.keyboard.press("Space")
    tab_to("send")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sent li[data-state=saved]")
    tab_to("talk-text")
    page.keyboard.type("By hand alone.")
    tab_to("talk-send")
    page.keyboard.press("Enter")
    page.locator(".letter", has_text="By hand alone.").wait_for()
    page.keyboard.press("Shift+Tab")
    page.evaluate("document.getElementById('main').focus()")
    tab_to("ready")
    page.keyboard.press("Space")
    page.locator(".fact-window dd", has_text="2").wait_for()


def test_the_help_opens_and_closes_by_keyboard_and_gives_the_focus_back(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    page = game.seat("ARD")
    page.focus("#ask-help")
    page.keyboard.press("Enter")
    page.locator("#help[open]").wait_for()
    assert page.evaluate("document.activeElement.closest('dialog').id") == "help"
    assert page.locator("#help dt", has_text="Bandwagoning").is_visible()
    accessible(page)
    page.keyboard.press("Escape")
    page.locator("#help[open]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "ask-help"


def test_the_help_gives_the_signed_receipts_as_a_file_and_the_last_one_as_a_code(game: Game, tmp_path: Path) -> None:
    page = game.seat("ARD")
    game.begin()
    ready(page)
    page.locator(".fact-window dd", has_text="2").wait_for()
    page.click("#ask-help")
    with page.expect_download() as asked:
        page.click("text=Download the proofs")
    assert asked.value.suggested_filename == f"{game.links.session}.receipts.jsonl"
    file = tmp_path / "kept.receipts.jsonl"
    asked.value.save_as(file)
    receipts = parse_receipts(file.read_bytes(), file.name)
    assert {receipt.phase for receipt in receipts} == {"lobby", "running"}
    assert all(is_signed(receipt) for receipt in receipts)
    page.wait_for_function("() => document.querySelector('#help .receipt-code').naturalWidth > 0")
    code = page.evaluate("document.querySelector('#help .receipt-code').src")
    assert page.request.get(code.replace(".svg", ".json")).text() == receipt_lines(receipts[-1:]).decode()


def test_the_summary_links_to_the_parts_of_the_page(game: Game) -> None:
    page = game.seat("ARD")
    lines = page.locator("#glance .glance-line")
    assert [text.split("\n")[0] for text in lines.all_inner_texts()] == [
        "Greatest threat",
        "With you",
        "Crises and wars",
        "Last three months",
    ]
    greatest = page.locator(".threat-table tbody tr").first.locator(".state-name").inner_text()
    assert greatest in lines.first.inner_text()
    for line, part in zip(lines.all(), ("threats", "network", "now", "log"), strict=True):
        line.focus()
        page.keyboard.press("Enter")
        page.locator(f"#{part}-heading:focus").wait_for()


def test_a_refused_order_says_why_beside_its_field(game: Game) -> None:
    page = game.seat("ARD")
    game.begin()
    choose(page, "demand", of="COR")
    page.fill("#m-demand-text", "a bell: \x07")
    page.click("#send")
    problem = page.locator("#m-demand-text-problem")
    problem.wait_for()
    assert "a character that cannot be sent" in problem.inner_text()
    assert page.get_attribute("#m-demand-text", "aria-invalid") == "true"
    assert page.get_attribute("#sent li", "data-state") == "refused"


def test_a_forbidden_character_is_reported_at_its_field_and_not_sent(game: Game) -> None:
    page = game.seat("ARD")
    game.begin()
    for again in range(4):
        say(page, "BEL", f"a bell {again}: \x07")
        page.locator("#talk-problem", has_text="a character that cannot be sent").wait_for()
        assert page.locator("#sent li[data-state=refused]").count() == again + 1
    page.reload()
    page.wait_for_selector("#now")
    assert page.locator("#sent li[data-state=waiting]").count() == 0
    say(page, "BEL", "name\tquantity\nwheat\t3")
    page.wait_for_selector("#sent li[data-state=saved]")
    assert page.locator(".fact-saved dd").inner_text() == "✓ all saved"


def test_a_missing_value_is_reported_before_sending(game: Game) -> None:
    page = game.seat("ARD")
    game.begin()
    page.click("#talk-send")
    page.locator("#talk-problem", has_text="Fill this in.").wait_for()
    assert page.locator("#sent li").count() == 0


def test_every_kind_of_move_has_a_form(game: Game) -> None:
    page = game.seat("ARD")
    page.locator("[data-kinds]").first.wait_for()
    groups = page.eval_on_selector_all("[data-kinds]", "chips => chips.map(chip => chip.dataset.kinds)")
    kinds = " ".join(groups).split()
    hidden = page.locator("#why-not li").count()
    assert len(kinds) + hidden >= 20
    for kind in kinds:
        choose(page, kind)
        page.wait_for_selector(f"#move-form[data-kind={kind}]")
        unnamed = page.evaluate(
            "[...document.querySelectorAll('#move-form :is(input, select, textarea)')]"
            ".filter(control => !control.labels.length).map(control => control.id)"
        )
        assert unnamed == []


def test_a_reloaded_page_continues_where_it_stopped(game: Game) -> None:
    page = game.seat("ARD")
    game.begin()
    say(page, "BEL", "First.")
    page.wait_for_selector("#sent li[data-state=saved]")
    receipt = page.inner_text("#sent code")
    page.fill("#talk-text", "Half a thought")
    page.reload()
    page.wait_for_selector("#sent li[data-state=saved]")
    assert page.inner_text("#sent code") == receipt
    assert page.input_value("#talk-text") == "Half a thought"
    ready(page)
    page.locator(".entry", has_text="First.").wait_for()
    page.reload()
    page.locator(".entry", has_text="First.").wait_for()
    assert page.locator(".entry", has_text="First.").count() == 1


def test_a_second_window_takes_the_seat_and_the_first_shows_it(game: Game) -> None:
    page = game.seat("ARD")
    other = game.visit(page.url, context=page.context)
    other.wait_for_selector("#now")
    page.locator(".strip", has_text="Opened elsewhere").wait_for()
    page.wait_for_timeout(1500)
    assert page.locator(".fact-link dd", has_text="Not connected").count() == 1
    page.click("text=Use it here")
    page.locator(".fact-link dd", has_text="Connected").wait_for()
    other.locator(".strip", has_text="Opened elsewhere").wait_for()


def test_a_wrong_link_is_explained_in_plain_words(game: Game, accessible: Callable[[Any], None]) -> None:
    link = game.links.seats["ARD"]
    page = game.visit(link.replace(link[-6:], "AAAAAA"))
    page.locator("h2", has_text="This link is no longer valid").wait_for()
    accessible(page)
    bare = game.visit(link.split("#")[0])
    bare.locator("h2", has_text="Open your join link").wait_for()


def test_the_page_distinguishes_a_missing_session_from_a_missing_server(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    link = game.links.seats["ARD"].replace(f"/j/{game.links.session}", "/j/Another-Day")
    page = game.visit(link)
    page.locator("h2", has_text="No such session here").wait_for()
    accessible(page)


def test_an_order_given_without_a_server_counts_once_after_its_return(private_game: Game) -> None:
    game = private_game
    game.forgiven = ("WebSocket connection to",)
    page, other = game.seat("ARD"), game.seat("BEL")
    game.begin()
    game.house.stop()
    page.locator(".strip").wait_for()
    say(page, "BEL", "Do you still hear me?")
    page.wait_for_selector("#sent li[data-state=waiting]")
    game.house.start()
    page.wait_for_selector("#sent li[data-state=saved]", timeout=30_000)
    other.locator(".fact-link dd", has_text="Connected").wait_for()
    ready(page)
    ready(other)
    other.locator(".entry", has_text="Do you still hear me?").wait_for()
    assert other.locator(".entry", has_text="Do you still hear me?").count() == 1
