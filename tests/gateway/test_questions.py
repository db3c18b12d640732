"""A class game in which seats are asked, answer, skip and let pass, over the wire, and the debrief counts and scores it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.session.commands import Pace

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Serve

    from counterpoise.torture.guest import Guest

ASKED = """
[[questions]]
ask = "belief"
at = "start"
words = "How will the others behave?"

[[questions]]
ask = "threats"
at = "start"
every_windows = 1

[[questions]]
ask = "prediction"
about = "BEL"
seats = ["ARD", "COR"]
at = "start"

[[questions]]
ask = "belief"
at = "end"
"""
ANSWERER, SKIPPER, SILENT = "ARD", "COR", "DUN"
Play = Callable[["Guest", Any], Any]


def called_after(tick: int) -> Callable[[Any], bool]:
    return lambda message: message.called and message.view.tick > tick


async def settle(guest: Guest, move: dict[str, Any]) -> Any:
    """Order a move and return its ack or its error."""
    sent = await guest.order(move)
    while True:
        for tag in ("ack", "error"):
            for message in guest.all(tag):
                if message.id == sent:
                    return message
        await asyncio.sleep(0.01)


async def play(guest: Guest, act: Play) -> None:
    """Act in every window and say ready at every stop, until cancelled."""
    now = -1
    while True:
        message = await guest.hear("observe", called_after(now))
        now = message.view.tick
        if message.view.occasion == "window":
            await act(guest, message.view)
        await guest.say("ready", tick=now)


async def answer(guest: Guest, view: Any) -> None:
    few = await settle(guest, {"kind": "assess_threats", "ratings": {"BEL": 0.9, "COR": 0.1}})
    assert (few.code, few.path) == ("illegal", "$.move.ratings")
    assert "at least 3 states, because" in few.expected
    ratings = {other.id: round(0.9 - 0.1 * place, 3) for place, other in enumerate(view.others[:5])}
    moves: dict[str, dict[str, Any]] = {
        "belief": {"kind": "state_belief", "balancing": 0.8 if view.tick else 0.3, "ideology": 0.2, "aid": 0.4},
        "threats": {"kind": "assess_threats", "ratings": ratings},
        "prediction": {"kind": "predict", "of": "BEL", "choice": "NEU", "confidence": 0.8},
    }
    for question in view.questions:
        settled = await settle(guest, moves[question.ask])
        assert settled.__struct_config__.tag == "ack", settled


async def skip(guest: Guest, view: Any) -> None:
    for question in view.questions:
        settled = await settle(guest, {"kind": "skip_question", "question": question.id})
        assert settled.__struct_config__.tag == "ack", settled


async def ignore(guest: Guest, view: Any) -> None:
    assert view.questions, "the clock waits for no answer, and the question is there"


@pytest.mark.timeout(240)
async def test_questions_are_asked_answered_skipped_left_and_scored(
    serve: Serve, invite: Invite, begin: Begin, checkerboard: str
) -> None:
    server = await serve()
    links = await server.hub.create(
        scenario_text=checkerboard + ASKED, seed="class", session_id="s", pace=Pace("windows", 600.0, 600.0)
    )
    doing: dict[str, Play] = {ANSWERER: answer, SKIPPER: skip, SILENT: ignore}
    guests: dict[str, Guest] = {seat: invite(links.seats[seat]) for seat in doing}
    for guest in guests.values():
        await guest.join(name="a person")
    moderator = await begin(links)
    sent = await moderator.command("inject", inject={"kind": "ask", "ask": "reason", "seats": [SILENT]})
    await moderator.hear("ack", lambda m: m.id == sent)
    playing = [asyncio.create_task(play(guest, doing[seat])) for seat, guest in guests.items()]
    ended = asyncio.create_task(moderator.hear("status", lambda m: m.phase == "ended"))
    await asyncio.wait([*playing, ended], return_when=asyncio.FIRST_COMPLETED)
    for task in playing:
        if task.done():
            task.result()
        task.cancel()
    await ended
    asked = [m.incident for m in guests[SILENT].all("incident") if m.incident["kind"] == "question_asked"]
    assert asked[0]["detail"]["words"] == "How will the others behave?"
    heard = {seat: {i.incident["kind"] for i in guest.all("incident")} for seat, guest in guests.items()}
    assert "question_answered" in heard[ANSWERER]
    assert not heard[ANSWERER] & {"question_skipped", "question_lapsed"}, "what the others do is nobody's business"
    assert "question_lapsed" in heard[SILENT]
    await moderator.say("ask_debrief")
    found = (await moderator.hear("debrief")).report["elicitation"]
    counts = found["questions"]["kinds"]
    windows = counts["threats"]["asked"] // len(server.hub.rooms["s"].session.seats)
    assert (counts["reason"]["asked"], counts["reason"]["answered"]) == (1, 0)
    assert counts["prediction"] == {"asked": 2, "answered": 1, "skipped": 1, "lapsed": 0, "open": 0}
    assert counts["threats"]["skipped"] == windows
    assert counts["threats"]["lapsed"] + counts["threats"]["open"] == windows
    assert counts["belief"]["skipped"] == 2
    assert counts["belief"]["answered"] >= 4, "the bots answer too"
    everything = found["questions"]["all"]
    parts = ("answered", "skipped", "lapsed", "open")
    assert everything["asked"] == sum(everything[part] for part in parts)
    own = next(row for row in found["beliefs"]["players"] if row["seat"] == ANSWERER)
    assert (own["before"]["balancing"], own["after"]["balancing"]) == (0.3, 0.8)
    assert [row["seat"] for row in found["beliefs"]["players"] if row["seat"] in (SKIPPER, SILENT)] == []
    assert found["assessments"]["n"] >= windows
    assert found["predictions"]["n"] >= 1
