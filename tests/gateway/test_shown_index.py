"""A lot decides which seats are sent the theory's threat index; the journal records it and the debrief compares them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.session.commands import Pace

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Serve

    from counterpoise.torture.guest import Guest

WINDOWS = 3


def called_after(tick: int) -> Callable[[Any], bool]:
    return lambda message: message.called and message.view.tick > tick


@pytest.mark.timeout(120)
async def test_a_lot_is_kept_on_the_wire_and_the_debrief_compares_its_groups(
    serve: Serve, invite: Invite, begin: Begin, checkerboard: str
) -> None:
    server = await serve()
    links = await server.hub.create(
        scenario_text=checkerboard,
        seed="lot",
        session_id="s",
        pace=Pace("windows", 600.0, 600.0),
        threat_index="lot",
    )
    seen: dict[str, bool] = {str(seat): shown for seat, shown in server.hub.rooms["s"].session.index_deal.seen.items()}
    chosen = [next(seat for seat, shown in seen.items() if shown is wanted) for wanted in (True, False)]
    guests: dict[str, Guest] = {seat: invite(links.seats[seat]) for seat in chosen}
    for guest in guests.values():
        await guest.join()
    moderator = await begin(links)

    async def play(guest: Guest) -> None:
        now, window = -1, 0
        while window < WINDOWS:
            message = await guest.hear("observe", called_after(now))
            now, window = message.view.tick, message.view.window
            await guest.say("ready", tick=now)

    await asyncio.gather(*(play(guest) for guest in guests.values()))
    for seat, guest in guests.items():
        await guest.say("look")
        await guest.hear("observe")
        assert {bool(message.threats) for message in guest.all("observe")} == {seen[seat]}
        await moderator.say("look", seat=seat)
        assert (await moderator.hear("observe")).threats, "a moderator sees the index of every seat"
    sent = await moderator.command("end")
    await moderator.hear("ack", lambda m: m.id == sent)
    await moderator.say("ask_debrief")
    found: Any = (await moderator.hear("debrief")).report["shown_index"]
    assert {row["seat"]: row["shown"] for row in found["deals"]} == seen
    assert sorted(row["seat"] for row in found["deals"] if row["people"]) == sorted(chosen)
    assert (found["shown"]["seats"], found["hidden"]["seats"]) == (1, 1)
    assert found["difference"] is not None
    assert 0 < found["p"] <= 1
