"""A player reads the record of the own seat after the end; nobody reads that of another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.gateway.replays.test_replay_routes import ask

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]


async def test_a_player_reads_the_own_record_after_the_end_and_the_others_read_none(
    host: Host, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    moderator, player, observer = await begin(links), invite(links.seats["ARD"]), invite(links.observer)
    for guest in (player, observer):
        await guest.join()
    address = f"{server.url}/s/s/record"
    assert [(await ask(address, token))[0] for token in ("", "x" * 32, player.token)] == [401, 401, 403]
    await moderator.command("close_window")
    await player.hear("window", lambda m: m.tick > 0)
    await moderator.command("end")
    await player.hear("status", lambda m: m.phase == "ended")
    status, record = await ask(address, player.token)
    assert status == 200
    assert (record["seat"], record["state"], record["decisions"]) == ("ARD", "Arden", 2), "the end closes a window too"
    assert record["brier"]["own"] is None
    assert (await ask(address, observer.token))[0] == 404
