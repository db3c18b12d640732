"""Joining and returning: tokens, numbers, one connection for each player, and a server that has lost messages."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.sim.types import ActorId
from counterpoise.store.journal_file import JournalFile
from counterpoise.torture.guest import ConnectionEnded

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter, Serve

Host = Callable[..., Awaitable[tuple[Server, Links]]]


async def test_the_welcome_has_the_role_the_seat_and_the_catalogue(host: Host, invite: Invite) -> None:
    _, links = await host()
    ard = invite(links.seats["ARD"])
    welcome = await ard.join(name="Ada")
    assert (welcome.role, welcome.seat, welcome.session, welcome.resume) == ("player", "ARD", "s", "fresh")
    assert welcome.next_token not in links.seats["ARD"]
    assert {actor["id"] for actor in welcome.scenario["actors"]} == set(links.seats)
    assert welcome.catalogue["message"]["schema"]
    assert len(welcome.seed_commitment) == 64
    assert (await ard.hear("observe")).view.own.id == "ARD"
    assert (await ard.hear("status")).phase == "lobby"


async def test_a_wrong_token_is_closed_with_4001(host: Host, invite: Invite) -> None:
    _, links = await host()
    for token in ("x" * 32, links.seats["ARD"].partition("#")[2][:-1] + "_", "' OR 1=1 --"):
        guest = await invite(links.seats["ARD"]).open()
        await guest.say("hello", protocol=2, token=token)
        code, _ = await guest.until_closed()
        assert code == 4001
        assert guest.heard[-1].__struct_config__.tag == "bye"


async def test_a_token_of_another_session_is_refused(host: Host, invite: Invite, checkerboard: str) -> None:
    server, links = await host()
    other = await server.hub.create(scenario_text=checkerboard, seed="2", session_id="other")
    guest = invite(links.seats["ARD"])
    guest.token = invite(other.seats["ARD"]).token
    await guest.open()
    await guest.say("hello", protocol=2, token=guest.token)
    assert (await guest.until_closed())[0] == 4001


async def test_a_used_link_admits_nobody_else_once_its_holder_has_the_new_token(host: Host, invite: Invite) -> None:
    _, links = await host()
    holder, thief = invite(links.seats["ARD"]), invite(links.seats["ARD"])
    await holder.join()
    await holder.say("ping", n=1)
    await holder.hear("pong")
    with pytest.raises(ConnectionEnded, match="4001"):
        await thief.join()
    assert holder.closed is None
    await holder.say("ping", n=2)
    await holder.hear("pong")
    await holder.leave()
    assert (await holder.join(last=(0, ""))).seat == "ARD"


async def test_the_first_frame_voids_the_link_even_for_a_client_that_came_just_after_it(
    host: Host, invite: Invite
) -> None:
    _, links = await host()
    holder = invite(links.seats["ARD"])
    thief = await invite(links.seats["ARD"]).open()
    await holder.join()
    await holder.say("ping", n=1)
    await thief.say("hello", protocol=2, token=thief.token)
    assert (await thief.until_closed())[0] == 4001
    assert holder.closed is None


async def test_a_used_link_is_valid_until_the_first_frame_after_the_welcome_and_the_newest_token_for_ever(
    host: Host, invite: Invite
) -> None:
    _, links = await host()
    first = invite(links.seats["ARD"])
    await first.join()
    again = invite(links.seats["ARD"])
    assert (await again.join()).seat == "ARD"
    assert (await first.until_closed())[0] == 4002
    for _ in range(3):
        await again.leave()
        assert (await again.join(last=(0, ""))).seat == "ARD"


async def test_nobody_loses_a_seat_because_the_server_died_before_it_answered(
    serve: Serve, checkerboard: str, invite: Invite, tmp_path: Path
) -> None:
    first = await serve()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    await first.__aexit__(None, None, None)
    guest = invite(links.seats["ARD"])
    with JournalFile.open(tmp_path / "data" / "s.db") as journal:
        unanswered = journal.tokens.claim(guest.token, "Ann")
        assert unanswered is not None
    again = await serve(port=first.port)
    welcome = await guest.join()
    assert (welcome.seat, welcome.next_token) == ("ARD", unanswered.next_token)
    late = invite(links.seats["ARD"])  # another tab, which comes before the first one has said anything
    assert (await late.join()).next_token == welcome.next_token
    await again.__aexit__(None, None, None)
    await serve(port=first.port)
    assert (await guest.join(last=(0, ""))).seat == "ARD"
    await guest.say("ping", n=1)
    await guest.hear("pong")
    for void in (links.seats["ARD"].partition("#")[2], welcome.next_token):
        late.token = void
        await late.open()
        await late.say_hello()
        assert (await late.until_closed())[0] == 4001


async def test_a_client_that_says_nothing_voids_its_link_once_it_has_been_there_for_a_while(
    host: Host, invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterpoise.gateway.connection.CONFIRMED_SECONDS", 0.3)
    server, links = await host()
    silent = invite(links.seats["ARD"])
    await silent.join()
    tokens = server.hub.rooms["s"].writer
    async with asyncio.timeout(10):
        while await tokens.call(lambda journal: journal.tokens.find(links.seats["ARD"].partition("#")[2])) is not None:
            await asyncio.sleep(0.05)
    assert await tokens.call(lambda journal: journal.tokens.find(silent.token)) is not None
    assert silent.closed is None


async def test_a_newer_connection_of_a_seat_replaces_the_older(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    _, links = await host()
    old = invite(links.seats["ARD"])
    await old.join()
    await begin(links)
    new = invite(links.seats["ARD"])
    new.token = old.token
    await new.join()
    code, reason = await old.until_closed()
    assert code == 4002
    assert "another connection" in reason
    await new.order(letter())
    assert await new.hear("ack")
    assert new.closed is None


async def test_a_late_moderator_gets_the_latest_news_and_continues_their_numbers(host: Host, invite: Invite) -> None:
    _, links = await host()
    first = invite(links.moderator)
    await first.join()
    await first.command("start")
    news = await first.hear("forecast")
    await first.hear("ack")
    late = invite(links.moderator)
    welcome = await late.join()
    assert welcome.resume == "fresh"
    assert (await late.hear("forecast")).decisions == news.decisions
    reached = first.last[0]
    async with asyncio.timeout(20):
        while late.last[0] < reached:  # the bots keep playing
            await asyncio.sleep(0.01)
    numbers = [m.vseq for m in late.heard if m.__struct_config__.tag in ("ack", "incident", "window", "forecast")]
    assert numbers == list(range(welcome.vseq + 1, welcome.vseq + 1 + len(numbers)))


async def test_several_moderators_and_observers_share_their_links(host: Host, invite: Invite) -> None:
    _, links = await host()
    guests = [invite(link) for link in (links.moderator, links.moderator, links.observer, links.observer)]
    for guest in guests:
        await guest.join()
    await guests[0].command("start")
    for guest in guests:
        await guest.hear("status", lambda m: m.phase != "lobby")  # a session of bots alone ends at once
    first, second = guests[0].all("ack"), guests[1].all("ack")
    assert first == second  # a numbered message reaches every connection of its address
    assert all(guest.closed is None for guest in guests)


async def test_a_returning_client_gets_exactly_what_it_missed(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    _, links = await host()
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await ard.join()
    await bel.join()
    control = await begin(links)
    await bel.hear("observe")
    bel.vanish()
    await bel.until_closed()
    last = bel.last
    await ard.order(letter("BEL", "while you were away"))
    await ard.hear("ack")
    await ard.say("ready", tick=0)
    await control.command("close_window")
    await ard.hear("observe", lambda m: m.view.tick > 0)
    heard_before = len(bel.heard)
    welcome = await bel.join(last=last)
    assert welcome.resume == "delta"
    await bel.hear("observe")
    missed = [m for m in bel.heard[heard_before:] if hasattr(m, "receipt") and m.__struct_config__.tag != "welcome"]
    assert [m.vseq for m in missed] == list(range(last[0] + 1, welcome.vseq + 1))
    assert any(m.__struct_config__.tag == "incident" and m.incident["kind"] == "message" for m in missed)
    assert (missed[-1].vseq, missed[-1].receipt) == (welcome.vseq, welcome.receipt)


async def test_a_session_that_has_lost_messages_stays_frozen_after_a_restart(
    serve: Serve, checkerboard: str, invite: Invite
) -> None:
    first = await serve()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    receipt = "f" * 16 + first.hub.rooms["s"].session.messages.streams["ARD"].seal(999, "f" * 16)
    ard = invite(links.seats["ARD"])
    await ard.open()
    await ard.say("hello", protocol=2, token=ard.token, last_vseq=999, last_receipt=receipt)
    assert (await ard.until_closed())[0] == 1008
    await first.__aexit__(None, None, None)
    second = await serve()
    assert second.hub.rooms["s"].loss.is_found
    moderator = invite((await second.hub.links("s")).moderator)
    await moderator.join()
    await moderator.command("carry_on")
    await moderator.hear("ack")
    await second.__aexit__(None, None, None)
    third = await serve()
    assert not third.hub.rooms["s"].loss.is_found
    assert third.hub.rooms["s"].loss.is_accepted


async def test_a_receipt_that_the_server_has_lost_freezes_the_session(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    server, links = await host()
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await bel.join()
    moderator = await begin(links)
    stream = server.hub.rooms[links.session].session.messages.streams["ARD"]
    await ard.open()
    receipt = "f" * 16 + stream.seal(999, "f" * 16)
    await ard.say("hello", protocol=2, token=ard.token, last_vseq=999, last_receipt=receipt)
    error = await ard.hear("error")
    assert error.code == "log_regressed"
    assert (await ard.until_closed())[0] == 1008
    assert (await moderator.hear("error")).code == "log_regressed"
    await bel.hear("status", lambda m: m.phase == "paused")
    await bel.order(letter("ARD"))
    assert (await bel.hear("error")).code == "log_regressed"
    # The token is still valid, and a moderator may overrule a client with a false receipt.
    await moderator.command("carry_on")
    await moderator.hear("ack")
    await bel.order(letter("ARD"))
    assert await bel.hear("ack")
    welcome = await ard.join(last=(999, receipt))
    assert (welcome.seat, welcome.resume) == ("ARD", "snapshot"), "who has seen what is lost starts anew"
    assert not server.hub.rooms["s"].loss.is_found


async def test_a_false_receipt_is_refused_and_the_session_continues(host: Host, invite: Invite) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    welcome = await ard.join()
    await ard.leave()
    await ard.open()
    await ard.say("hello", protocol=2, token=ard.token, last_vseq=welcome.vseq, last_receipt="0" * 32)
    assert (await ard.hear("error")).code == "bad_receipt"
    assert not server.hub.rooms[links.session].loss.is_found


async def test_everyone_sees_who_is_online(host: Host, invite: Invite) -> None:
    _, links = await host()
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await ard.join(name="Ada")
    await bel.join(name="Bert\u202e  of  Belmar")
    status = await ard.hear("status", lambda m: sum(s.online for s in m.seats) == 2)
    players = {seat.seat: seat.player for seat in status.seats if seat.online}
    assert players == {"ARD": "Ada", "BEL": "Bert of Belmar"}
    bel.vanish()
    status = await ard.hear("status", lambda m: sum(s.online for s in m.seats) == 1)
    assert next(s for s in status.seats if s.seat == "BEL").occupant == "human"


async def test_the_server_knows_the_bot_that_a_client_names(host: Host, invite: Invite) -> None:
    server, links = await host()
    await invite(links.seats["ARD"]).join(name="bot wolf", bot="wo\u202elf")
    await invite(links.seats["BEL"]).join(name="Bert")
    seats = server.hub.rooms[links.session].seats.by_id
    assert (seats[ActorId("ARD")].bot, seats[ActorId("BEL")].bot) == ("wo lf", "")


async def test_many_clients_join_at_once(host: Host, invite: Invite) -> None:
    _, links = await host()
    guests = [invite(link) for link in links.seats.values()] + [invite(links.observer) for _ in range(40)]
    await asyncio.gather(*(guest.join() for guest in guests))
    assert len({guest.token for guest in guests}) == len(guests)


async def test_a_client_that_leaves_before_its_welcome_is_not_shown_as_online(host: Host, invite: Invite) -> None:
    server, links = await host()
    room = server.hub.rooms["s"]
    for seat in ("ARD", "BEL", "COR"):
        guest = await invite(links.seats[seat]).open()
        await guest.say("hello", protocol=2, token=guest.token)
        guest.vanish()
    async with asyncio.timeout(20):
        while server._sockets.connections:  # the server has read what they said, and that they are gone
            await asyncio.sleep(0.02)
    assert list(room.audience.connections()) == []
    assert (await invite(links.seats["ARD"]).join()).seat == "ARD"


@pytest.mark.timeout(60)
async def test_an_older_journal_is_noticed_although_it_does_not_know_the_clients_token(
    serve: Serve, invite: Invite, begin: Begin, letter: Letter, checkerboard: str, tmp_path: Path
) -> None:
    journal, backup = tmp_path / "data" / "s.db", tmp_path / "backup.db"
    server = await serve()
    links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    await server.__aexit__(None, None, None)
    shutil.copy(journal, backup)
    server = await serve(port=server.port)
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    await ard.order(letter())
    await ard.hear("ack")
    await server.__aexit__(None, None, None)
    await ard.until_closed()
    shutil.copy(backup, journal)
    server = await serve(port=server.port)
    moderator = invite(links.moderator)
    await moderator.join()
    await ard.open()
    await ard.say("hello", protocol=2, token=ard.token, last_vseq=ard.last[0], last_receipt=ard.last[1])
    assert (await ard.hear("error")).code == "log_regressed"
    assert (await ard.until_closed())[0] == 1008
    error = await moderator.hear("error")
    assert (error.code, error.got[:5]) == ("log_regressed", "ARD: ")
    await moderator.hear("status", lambda m: m.phase == "paused")
    await moderator.command("start")
    assert (await moderator.hear("error")).code == "log_regressed"
    await moderator.command("carry_on")
    await moderator.hear("ack")
    await ard.open()
    await ard.say("hello", protocol=2, token=ard.token, last_vseq=ard.last[0], last_receipt=ard.last[1])
    assert (await ard.until_closed())[0] == 4001, "the loss is accepted, the token is still not valid"
    assert not server.hub.rooms["s"].loss.is_found


async def test_a_stranger_freezes_nothing_with_a_false_receipt_or_with_one_that_the_session_has(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    await ard.order(letter())
    await ard.hear("ack")
    for vseq, receipt in ((999, "f" * 32), (ard.last[0], "0" * 32), ard.last):
        stranger = await invite(links.seats["BEL"]).open()
        await stranger.say("hello", protocol=2, token="x" * 32, last_vseq=vseq, last_receipt=receipt)
        assert (await stranger.until_closed())[0] == 4001
    assert not server.hub.rooms["s"].loss.is_found
