"""A film comes by parts to those who may read the debrief, from a hosted session and from a journal file on this machine."""

from __future__ import annotations

import asyncio
import gzip
import json
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterpoise.gateway.hub import Links
from counterpoise.gateway.replays.loopback import ReplayServer
from counterpoise.gateway.replays.pages import Access
from counterpoise.gateway.server import Server

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]
PATIENCE = 200
Answer = tuple[int, Any]


async def ask(address: str, token: str, **headers: str) -> Answer:
    """Return the status of a request, and its body if that is JSON."""

    def get() -> Answer:
        sent = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip", **headers} if token else headers
        try:
            with urllib.request.urlopen(urllib.request.Request(address, headers=sent), timeout=20) as answer:
                assert answer.headers["Cache-Control"] == "no-store"
                return answer.status, json.loads(gzip.decompress(answer.read()))
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    return await asyncio.to_thread(get)


async def whole(address: str, token: str) -> Any:
    """Ask for the state of a film until it is whole."""
    for _ in range(PATIENCE):
        status, state = await ask(address, token)
        assert status == 200, state
        if state["verified"] or state["problem"]:
            return state
        await asyncio.sleep(0.1)
    raise AssertionError("the film was not made")


async def test_a_moderator_watches_at_any_time_and_the_others_after_the_end(
    host: Host, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    moderator, player, observer = await begin(links), invite(links.seats["ARD"]), invite(links.observer)
    for guest in (player, observer):
        await guest.join()
    base = f"{server.url}/s/s/replay"
    assert [(await ask(f"{base}/truth", one.token))[0] for one in (player, observer)] == [403, 403]
    assert [(await ask(f"{base}/truth", token))[0] for token in ("", "x" * 32)] == [401, 401]
    running = await whole(f"{base}/truth", moderator.token)
    assert running["verified"]["provenance"]["extent"] == "prefix"
    await moderator.command("end")
    await player.hear("status", lambda m: m.phase == "ended")
    assert (await whole(f"{base}/truth?new", moderator.token))["entries"] > running["entries"]
    own = await whole(f"{base}/ARD", player.token)
    assert own["seat"] == "ARD"
    assert own["viewers"][0] == "truth"
    status, chunk = await ask(f"{base}/ARD/0", player.token)
    assert status == 200
    assert chunk["viewer"] == "ARD"
    assert chunk["moments"][0]["whole"]
    assert (await ask(f"{base}/truth/0", observer.token))[0] == 200
    assert [(await ask(f"{base}/{part}", player.token))[0] for part in ("ARD/9", "XYZ", "XYZ/0")] == [404, 404, 404]
    assert (await ask(f"{server.url}/s/none/replay/truth", player.token))[0] == 404


async def test_a_journal_file_is_served_on_this_machine_to_who_has_the_link_until_nobody_asks(
    host: Host, invite: Invite, begin: Begin, tmp_path: Path
) -> None:
    server, links = await host()
    moderator = await begin(links)
    await moderator.command("end")
    await moderator.hear("status", lambda m: m.phase == "ended")
    room = server.hub.rooms["s"]
    head, seats = await room.writer.call(lambda journal: journal.head()), tuple(room.session.seats)
    missing = Access(str(tmp_path / "none.db"), (1, ""), seats)
    token = "t" * 32
    async with ReplayServer({"j1": Access(room.writer.address, head, seats), "j2": missing}, token) as replays:
        base = f"http://127.0.0.1:{replays.port}"
        assert replays.address == f"{base}/replay#of=j1+j2&key={token}"
        state = await whole(f"{base}/s/j1/replay/truth", token)
        assert state["verified"]["entries"] == head[0]
        assert state["verified"]["head"] == head[1]
        assert state["cast"]["scenario"] == "checkerboard"
        assert state["cast"]["has_ended"]
        assert "no such file" in (await whole(f"{base}/s/j2/replay/truth", token))["problem"]
        assert (await ask(f"{base}/s/j1/replay/truth", "o" * 32))[0] == 401
        assert (await ask(f"{base}/s/j1/replay/truth", token, Host="evil.example"))[0] == 403
        await asyncio.wait_for(replays.idle(0.3), 10)
