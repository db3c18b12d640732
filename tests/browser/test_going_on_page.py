"""After the end the moderator picks a moment in the replay, and people and bots go on from there in a new session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.replay import replay
from counterpoise.store.addresses import read_journal

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser


AT_THE_END = """() => {
  const day = Date.parse(`${new URLSearchParams(location.hash.slice(1)).get("t")}T00:00:00Z`) / 86400000;
  return day === Number(document.querySelector("#replay-slider").max);
}"""
"""Waits until the address names the last day, which it does once the cursor rests."""
LOSSES = """() => {
  const losses = [];
  const look = () => document.querySelector("#go-on-lost") && losses.push(1);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  return losses;
}"""
"""Notes that the page has said that the answer was lost; it says so only until the connection is back."""


def test_a_page_that_has_lost_the_answer_with_the_connection_asks_again_and_gets_the_links_of_the_first_session(
    game: Game,
) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    game.reach_window("2", player)
    moderator.click("#ask-end")
    moderator.click("#do-end")
    moderator.wait_for_selector(".debrief")
    moderator.goto(f"{moderator.url.partition('#')[0]}#go-on")
    moderator.wait_for_selector("#go-on")
    server = game.house.server
    others = list(server.hub.rooms)
    making = server.classes._going_on._one_by_one

    async def lose_the_connection() -> None:
        """Close the console's connection while its request waits for its turn."""
        room = server.hub.rooms[game.links.session]
        for connection in room.audience.at(MODERATOR):
            connection._socket.transport.abort()

    async def release() -> None:
        making.release()

    game.house.do(making.acquire())
    moderator.click("#go-on-ask")
    moderator.locator("#go-on-told", has_text="is being made").wait_for()
    losses = moderator.evaluate_handle(LOSSES)
    game.house.do(lose_the_connection())
    moderator.wait_for_function("(losses) => losses.length > 0", arg=losses)
    moderator.locator("#go-on-told", has_text="is being made").wait_for()
    game.house.do(release())
    moderator.wait_for_selector("#go-on-links")
    assert len(server.hub.rooms) == len(others) + 1, "one session goes on"
    assert moderator.locator("#go-on-lost").count() == 0


def test_people_and_bots_go_on_live_from_a_moment_of_a_finished_game(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    game.reach_window("2", player)
    moderator.click("#ask-end")
    moderator.click("#do-end")
    moderator.wait_for_selector(".debrief")
    moderator.click("#debrief-replay")
    moderator.wait_for_selector(".replay-badge.good")
    moderator.focus("main.replay")
    moderator.keyboard.press("End")
    moderator.wait_for_function(AT_THE_END)
    day = moderator.evaluate("new URLSearchParams(location.hash.slice(1)).get('t')")
    moderator.click("#replay-go-on")
    moderator.wait_for_selector("#go-on")
    assert moderator.input_value("#go-on-on") == day
    assert moderator.url.endswith("#go-on")
    # A day that the game does not have is said beside its field.
    moderator.fill("#go-on-on", "1999-01-01")
    moderator.click("#go-on-ask")
    assert "a day from 1901-01-01" in moderator.inner_text("#go-on-on-problem")
    moderator.fill("#go-on-on", day)
    moderator.dblclick("#go-on-ask")
    moderator.wait_for_selector("#go-on-links")
    made = [each for each in game.house.server.hub.rooms if each.startswith(f"{game.links.session}-")]
    assert len(made) == 1, "a double click makes one session"
    assert "The new session goes on from" in moderator.inner_text("#go-on-told")
    assert moderator.locator("#go-on-links [data-seat]").count() == 8, "a link for each seat"
    accessible(moderator)
    moderator.set_viewport_size({"width": 320, "height": 640})
    assert moderator.evaluate("document.documentElement.scrollWidth") <= 320
    # A person takes a seat by its link, the moderator resumes, bots hold the rest: the game goes on.
    person = game.visit(moderator.input_value("#go-on-ARD-url"))
    person.wait_for_selector("#now")
    name = f"{game.links.session}-{day}"
    assert f"/{name}" in person.url
    leader = game.visit(str(moderator.get_attribute("#go-on-console", "href")))
    leader.click("#do-resume")
    game.reach_window("3", person)
    room = game.house.server.hub.rooms[name]
    assert room.session.phase == "running"
    with read_journal(room.writer.address) as journal:
        entries = list(journal.entries())
    assert entries[0].content()["forked"]["on"] == day
    assert replay(entries, name, streaming=True).take_entries() == []
    # Who did not lead the game cannot, and is told so.
    player.goto(f"{player.url.partition('#')[0]}#go-on")
    player.wait_for_selector("main.going-on [role=status]")
    assert player.locator("#go-on").count() == 0
