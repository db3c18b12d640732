"""Anybody may have the observers' link: a crowd of them costs the server little, and the players nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.published_messages import OBSERVER
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.torture.guest import ConnectionEnded

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Host = Callable[..., Awaitable[tuple[Server, Links]]]


@pytest.fixture
def observed(monkeypatch: pytest.MonkeyPatch) -> list[ActorId]:
    """The seats whose views the session made for those who look on."""
    made: list[ActorId] = []
    observe = Session.observe

    def noted(self: Session, seat: ActorId, *, with_index: bool = False) -> Any:
        if with_index:
            made.append(seat)
        return observe(self, seat, with_index=with_index)

    monkeypatch.setattr(Session, "observe", noted)
    return made


async def test_a_view_is_made_once_for_all_observers_and_anew_when_the_session_has_changed(
    host: Host, invite: Invite, begin: Begin, observed: list[ActorId]
) -> None:
    _, links = await host()
    moderator = await begin(links)
    await moderator.command("end")
    await moderator.hear("status", lambda m: m.phase == "ended")
    crowd = [invite(links.observer) for _ in range(5)]
    for observer in crowd:
        await observer.join()
        await observer.say("look", seat="ARD")
        await observer.hear("observe")
    assert observed == ["ARD"]
    assert (
        len({frame for one in crowd for frame, m in zip(one.frames, one.heard, strict=True) if hasattr(m, "view")}) == 1
    )
    await crowd[0].say("look", seat="BEL")
    assert (await crowd[0].hear("observe")).view.own.id == "BEL"
    assert observed == ["ARD", "BEL"]


async def test_a_moderator_who_looks_during_play_sees_each_change(
    host: Host, invite: Invite, begin: Begin, letter: Letter, observed: list[ActorId]
) -> None:
    _, links = await host()
    player = invite(links.seats["ARD"])
    await player.join()
    moderator = await begin(links)
    for seen in (1, 2):
        await moderator.say("look", seat="ARD")
        await moderator.hear("observe")
        assert len(observed) == seen
        await player.order(letter("BEL", f"number {seen}"))
        await player.hear("ack")


async def test_a_session_takes_so_many_observers_and_another_when_one_has_left(host: Host, invite: Invite) -> None:
    server, links = await host(observers_max=3)
    crowd = [invite(links.observer) for _ in range(3)]
    for observer in crowd:
        await observer.join()
    late = invite(links.observer)
    with pytest.raises(ConnectionEnded, match="1013"):
        await late.join()
    assert (await invite(links.seats["ARD"]).join()).role == "player"
    assert (await invite(links.moderator).join()).role == "moderator"
    room = server.hub.rooms["s"]
    await crowd[0].leave()
    async with asyncio.timeout(20):
        while len(room.audience.at(OBSERVER)) == 3:
            await asyncio.sleep(0.02)
    assert (await late.join()).role == "observer"


async def test_an_observer_has_a_lower_rate_than_a_player(host: Host, invite: Invite) -> None:
    _, links = await host()
    observer, player = invite(links.observer), invite(links.seats["ARD"])
    for guest in (observer, player):
        await guest.join()
        for number in range(20):
            await guest.say("ping", n=number)
    await player.until(lambda: len(player.all("pong")) == 20)
    await observer.until(lambda: len(observer.all("pong")) + len(observer.all("error")) == 20)
    assert {error.code for error in observer.all("error")} == {"rate_limited"}
    assert 10 <= len(observer.all("pong")) <= 12


async def test_people_who_come_together_share_a_commit(
    host: Host, invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, links = await host()
    writer = server.hub.rooms["s"].writer
    claimed: list[int] = []
    call = writer.call

    async def noted(work: Callable[[Any], Any]) -> Any:
        result = await call(work)
        if isinstance(result, list) and result[0].next_token:  # a check before the claim gives no next token
            claimed.append(len(result))
        return result

    monkeypatch.setattr(writer, "call", noted)
    await asyncio.gather(*(invite(links.observer).join() for _ in range(60)))
    assert sum(claimed) == 60
    assert len(claimed) < 30


async def test_observers_see_what_is_public_when_they_come_and_after_news(
    host: Host, invite: Invite, begin: Begin
) -> None:
    _, links = await host()
    observer = invite(links.observer)
    await observer.join()
    first = await observer.hear("public")
    assert {state.id for state in first.facts.states} >= {"ARD", "BEL"}
    assert first.facts.wars == ()
    moderator = await begin(links)
    war = {"kind": "start_war", "attackers": ["ESK"], "defenders": ["ARD"], "aim": "territory"}
    await moderator.command("inject", inject=war)
    # A crisis of the bots may have become a war too.
    await observer.hear("public", lambda m: (("ESK",), ("ARD",)) in [(w.attackers, w.defenders) for w in m.facts.wars])
    assert not moderator.all("public")
