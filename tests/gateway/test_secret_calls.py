"""Time does not tell who negotiates: the clock that everyone sees is the same whether or not a secret call is open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from counterpoise.gateway.hub import Links
from counterpoise.session.commands import Pace
from counterpoise.sim.types import ActorId
from counterpoise.wire.checkpoints import Checkpoint

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Serve

WATCHER, PROPOSER, ASKED = ActorId("HAR"), ActorId("ARD"), ActorId("FEN")
OFFER = {"kind": "propose_alliance", "to": ASKED, "commitment": "defence", "secret": True}
ANSWER_SECONDS = 2.0
THINKING_SECONDS = 0.8


async def seen_by_a_bystander(
    serve: Callable[..., Awaitable[Any]],
    invite: Callable[..., Any],
    begin: Callable[[Links], Awaitable[Any]],
    text: str,
    folder: Path,
    *,
    offers: bool,
    answers: bool = True,
    counters: bool = False,
) -> tuple[list[Any], float, list[str]]:
    """Play the first window; return the bystander's frames until the second, how long it took, and why the other was called."""
    # One key for both servers: receipts are sealed with it.
    key_file = folder.parent / "server.key"
    server = await serve(data_dir=folder, key_file=key_file, answer_seconds=ANSWER_SECONDS)
    pace = Pace("windows", 600.0, 600.0)
    links = await server.hub.create(scenario_text=text, seed="quiet", session_id="s", secret="seal", pace=pace)
    watcher, proposer, asked = guests = [invite(links.seats[seat]) for seat in (WATCHER, PROPOSER, ASKED)]
    for guest in guests:
        await guest.join()
    await begin(links)
    await watcher.hear("status", lambda m: m.phase == "running")
    await asyncio.sleep(0.5)  # the bots have decided
    first = len(watcher.heard)
    if offers:
        sent = await proposer.order(OFFER)
        await proposer.hear("ack", lambda m: m.id == sent)
    for guest in guests:
        await guest.say("ready", tick=0)
    loop = asyncio.get_running_loop()
    began = loop.time()
    reasons: list[str] = []
    if offers:
        called = await asked.hear("observe", lambda m: m.called and m.view.tick > 0)
        reasons = [call.reason for call in called.view.calls]
        await asyncio.sleep(THINKING_SECONDS)
        if counters:
            sent = await asked.order({**OFFER, "to": PROPOSER, "commitment": "neutrality"})
            refused = await asked.hear("error", lambda m: m.id == sent)
            reasons.append(f"{refused.code} {refused.path}: {refused.got}")
        if answers:
            await asked.order({"kind": "answer_proposal", "proposal": called.view.calls[0].subject, "accept": True})
            await asked.hear("ack")
        await asked.say("ready", tick=called.view.tick)
    await watcher.hear("window", lambda m: m.window == 1)
    took = loop.time() - began
    await watcher.hear("observe")
    return watcher.heard[first:], took, reasons


def timeless(message: Any) -> Any:
    """Return a message as it is however the seconds were rounded, and a checkpoint without its salted hash."""
    if isinstance(message, Checkpoint):
        return structs.replace(message, journal="", signature="")
    return (
        structs.replace(message, seconds_left=round(message.seconds_left))
        if hasattr(message, "seconds_left")
        else message
    )


@pytest.mark.timeout(120)
@pytest.mark.parametrize("answers", [True, False], ids=["answered", "left open"])
async def test_a_bystander_sees_the_same_clock_at_the_same_time_whether_two_others_negotiate_or_not(
    serve: Serve, invite: Invite, begin: Begin, checkerboard: str, tmp_path: Path, answers: bool
) -> None:
    text = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    quiet, quiet_seconds, _ = await seen_by_a_bystander(serve, invite, begin, text, tmp_path / "quiet", offers=False)
    secret, secret_seconds, reasons = await seen_by_a_bystander(
        serve, invite, begin, text, tmp_path / "secret", offers=True, answers=answers
    )
    assert reasons == ["proposal"]
    assert [timeless(message) for message in secret] == [timeless(message) for message in quiet]
    assert {message.tick for message in quiet if hasattr(message, "days_per_second")} >= {1}
    for seconds in (quiet_seconds, secret_seconds):
        assert ANSWER_SECONDS - 0.05 < seconds < ANSWER_SECONDS + 1.0
    assert abs(secret_seconds - quiet_seconds) < THINKING_SECONDS / 2


@pytest.mark.timeout(120)
async def test_a_secret_offer_in_answer_to_a_call_does_not_stop_the_clock_a_day_later(
    serve: Serve, invite: Invite, begin: Begin, checkerboard: str, tmp_path: Path
) -> None:
    text = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    heard, _, reasons = await seen_by_a_bystander(
        serve, invite, begin, text, tmp_path / "counter", offers=True, counters=True
    )
    assert reasons[0] == "proposal"
    assert reasons[1].startswith("late $.move: such an offer can be made only while a window is open.")
    assert "The next window opens on 1901-07-01." in reasons[1]
    ticks = [message.tick for message in heard if hasattr(message, "days_per_second")]
    assert set(ticks[:-1]) <= {0, 1}, "no other stop before the next window"
