"""A seat gets a whole view where it must decide or asks for one, what has changed in between, and never too much."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from msgspec import structs

from counterpoise.gateway import view_news
from counterpoise.gateway.hub import Links
from counterpoise.gateway.listener.http_connection import HttpConnection
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Host = Callable[..., Awaitable[tuple[Server, Links]]]
STANDING = Pace("windows", 600.0, 600.0)


def tells(text: str, message: Any) -> bool:
    return text in str(message)


def tags(guest: Any) -> list[str]:
    """Return the names of the views and changes in a guest's frames."""
    names = [msgspec.json.decode(frame)["t"] for frame in guest.frames]
    return [name for name in names if name in ("observe", "view_change")]


async def test_a_message_changes_the_view_that_a_client_keeps_and_a_look_brings_the_whole(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    server, links = await host(pace=STANDING)
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await ard.join()
    await bel.join()
    await begin(links)
    for text in ("letter 1", "letter 2", "letter 3"):
        await ard.order(letter("BEL", text))
        seen = await bel.hear("observe", partial(tells, text))
    assert tags(bel) == ["observe", "observe", *["view_change"] * 3], "on arrival, when play begins, then changes"
    whole = server.hub.rooms["s"].session.observe(ActorId("BEL"))
    assert bel.codec.encode(seen) == bel.codec.encode(structs.replace(whole, vseq=seen.vseq))
    await bel.say("look")
    await bel.hear("observe")
    await ard.order(letter("BEL", "letter 4"))
    await bel.hear("observe", partial(tells, "letter 4"))
    assert tags(bel)[5:] == ["observe", "observe"], "the answer, and the next view for all who share the seat"
    await ard.order(letter("BEL", "letter 5"))
    await bel.hear("observe", partial(tells, "letter 5"))
    assert tags(bel)[7:] == ["view_change"]


async def test_a_window_brings_the_whole_view(host: Host, invite: Invite, begin: Begin) -> None:
    _, links = await host(pace=STANDING)
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    await ard.say("ready", tick=0)
    await ard.hear("observe", lambda m: m.view.window == 1)
    frames = [msgspec.json.decode(frame) for frame in ard.frames]
    of_windows = [frame for frame in frames if frame["t"] == "observe" and frame["view"]["window"] == 1]
    assert of_windows[0]["called"]


async def test_a_client_whose_last_view_waits_unsent_gets_the_whole_in_its_place(
    host: Host, invite: Invite, begin: Begin, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, links = await host(pace=STANDING)
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await ard.join()
    await bel.join()
    await begin(links)
    await ard.order(letter("BEL", "letter 1"))
    await bel.hear("observe", partial(tells, "letter 1"))
    (connection,) = server.hub.rooms["s"].audience.at("BEL")
    socket: Any = connection._socket
    taken = len(bel.frames)

    async def slow_send(frame: Any) -> None:
        await released.wait()
        await type(socket).send(socket, frame)

    released = asyncio.Event()
    socket.send = slow_send
    monkeypatch.setattr(HttpConnection, "is_congested", property(lambda one: one is socket))
    for text in ("letter 2", "letter 3", "letter 4"):
        sent = await ard.order(letter("BEL", text))
        await ard.hear("ack", partial(tells, sent))
        await asyncio.sleep(0.1)
    monkeypatch.undo()
    released.set()
    seen = await bel.hear("observe", partial(tells, "letter 4"))
    assert all(text in str(seen.view.incidents) for text in ("letter 1", "letter 2", "letter 3"))
    whole = server.hub.rooms["s"].session.observe(ActorId("BEL"))
    assert bel.codec.encode(seen) == bel.codec.encode(structs.replace(whole, vseq=seen.vseq))
    assert len(bel.frames) > taken


async def test_a_running_clock_brings_a_view_once_in_a_while(
    host: Host, invite: Invite, begin: Begin, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_news, "VIEW_SECONDS", 0.6)
    _, links = await host(pace=Pace("continuous", days_per_second=0.1))
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await ard.join()
    await bel.join()
    await begin(links)
    await bel.hear("observe", lambda m: m.called)
    before, loop = len(tags(bel)), asyncio.get_running_loop()
    began = loop.time()
    for number in range(10):
        await ard.order(letter("BEL", f"number {number}"))
        await bel.hear("incident", partial(tells, f"number {number}"))
        await asyncio.sleep(0.02)
    await bel.hear("observe", partial(tells, "number 9"), within=3)
    periods = (loop.time() - began) / 0.6  # on a slow machine the ten letters take longer
    assert len(tags(bel)) - before <= 2 + periods, "the news come at once, their views together"
    assert len(tags(bel)) - before < 10


async def test_seats_are_called_when_play_begins_and_not_in_the_lobby(host: Host, invite: Invite, begin: Begin) -> None:
    _, links = await host()
    seats = [invite(links.seats[seat]) for seat in ("ARD", "BEL")]
    for guest in seats:
        await guest.join()
        first = await guest.hear("observe")
        assert (first.called, first.kinds) == (False, [])
    await begin(links)
    for guest in seats:
        called = await guest.hear("observe")
        assert called.called
        assert "propose_alliance" in called.kinds
