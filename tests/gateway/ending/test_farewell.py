"""A session tells everyone the final scores when it ends, and lets programs go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from counterpoise.gateway.ending import farewell
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.torture.guest import MSGPACK, Guest
from counterpoise_clients.client import Client, SeatLost

Host = Callable[..., Awaitable[tuple[Server, Links]]]
Invite = Callable[..., Guest]
Begin = Callable[[Links], Awaitable[Guest]]


async def test_everyone_gets_the_final_scores_and_only_programs_in_seats_are_let_go(
    host: Host, invite: Invite, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(farewell, "SILENT_SECONDS", 0.2)
    server, links = await host()
    moderator = await begin(links)
    page, observer = invite(links.seats["ARD"]), invite(links.observer)
    program = Guest(links.seats["BEL"], MSGPACK, client="")
    for guest in (page, observer, program):
        await guest.join()
    await moderator.command("end")
    results = [await guest.hear("result") for guest in (moderator, page, observer, program)]
    world = server.hub.rooms["s"].session.simulation.world
    assert all(result == results[0] for result in results)
    assert results[0].scores == {str(seat): score for seat, score in world.scores.items()}
    assert results[0].tick == server.hub.rooms["s"].session.now
    assert await program.until_closed() == (1000, "the game is over")
    assert (program.heard[-1].code, program.heard[-1].reason) == (1000, "the game is over")
    await asyncio.sleep(0.3)
    assert (page.closed, observer.closed, moderator.closed) == (None, None, None)


async def test_a_program_may_come_back_after_the_end_and_gets_the_scores_again(
    host: Host, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(farewell, "SILENT_SECONDS", 0.2)
    _, links = await host()
    async with Client(links.seats["ARD"], bot="patient") as client:
        moderator = await begin(links)
        await moderator.command("end")
        result = await client.wait_for_result()
        while client.loss is None:
            await asyncio.sleep(0.02)
        assert (client.loss.code, client.has_ended) == (1000, True)
        assert (await client.ask_debrief())["session"] == "s"
        assert client.loss is None
        assert client.result == result


async def test_whoever_leaves_has_all_answers_first_and_may_come_back(host: Host, begin: Begin) -> None:
    _, links = await host()
    await begin(links)
    program = Guest(links.seats["BEL"], client="")
    await program.join()
    sent = await program.order({"kind": "message", "to": ["ARD"], "text": "Farewell."})
    await program.say("leave")
    assert await program.until_closed() == (1000, "you have left")
    assert sent in [answer.id for tag in ("ack", "error") for answer in program.all(tag)]
    welcome = await program.join()
    assert welcome.seat == "BEL"
    await program.abandon()


async def test_a_client_that_has_left_asks_for_nothing_more(host: Host) -> None:
    _, links = await host()
    async with Client(links.seats["ARD"], bot="brief") as client:
        assert await client.leave() == "you have left"
        with pytest.raises(SeatLost):
            await client.look()
