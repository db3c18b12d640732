"""A person goes on, on another device, by a code or with the moderator's consent, also when the server restarts in between."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.seating.devices import CODES_BURST, PREFIX, TRIES_BURST
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.store.journal_file import JournalFile
from counterpoise.torture.guest import Guest
from counterpoise.torture.host_process import HostProcess
from counterpoise.wire.messages import CLOSE_BAD_TOKEN, CLOSE_OTHER_DEVICE, PROTOCOL_VERSION

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]
SLOW = Pace(window_seconds=600.0, call_seconds=600.0)


async def ask(guest: Guest, says: str, name: str) -> None:
    """Ask for the moderator's consent, as a page without a link does."""
    await guest.open()
    await guest.say("hello", protocol=PROTOCOL_VERSION, token=guest.token, name=name, asks=says)


def moved(guest: Guest, server: Server) -> Guest:
    guest.url = f"{server.local_url.replace('http', 'ws')}/s/s/ws"
    return guest


async def test_a_code_moves_the_seat_once_also_over_a_restart(serve: Any, checkerboard: str, invite: Invite) -> None:
    first = await serve()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s", pace=SLOW)
    old = invite(links.seats["ARD"])
    welcome = await old.join(name="Ann")
    await old.say("ask_device")
    device = await old.hear("device")
    assert device.url.endswith(f"#{PREFIX}{device.code}")
    assert 0 < device.seconds <= 300
    await old.until(lambda: old.all("status")[-1].seats[0].player == "Ann")
    # A later code voids the one before.
    await old.say("ask_device")
    newer = await old.hear("device")
    late = invite(device.url)
    await late.open()
    await late.say_hello()
    assert (await late.until_closed())[0] == 4001

    await first.__aexit__(None, None, None)
    again = await serve()
    await moved(old, again).join()
    new = moved(invite(newer.url), again)
    taken = await new.join()
    assert (taken.role, taken.seat, taken.member) == ("player", "ARD", welcome.member)
    code, reason = await old.until_closed()
    assert code == 4009
    assert "another device" in reason
    await new.say("ping", n=1)
    await new.hear("pong")
    # The code and the old device's token are void now; the new device's own token is not.
    for token in (newer.url.rpartition("#")[2], old.token):
        visitor = moved(invite(newer.url), again)
        visitor.token = token
        await visitor.open()
        await visitor.say_hello()
        assert (await visitor.until_closed())[0] == 4001
    await new.leave()
    assert (await new.join()).seat == "ARD"


async def test_both_devices_may_come_back_if_the_server_died_before_the_new_one_had_the_seat(
    serve: Any, checkerboard: str, invite: Invite, tmp_path: Path
) -> None:
    first = await serve()
    links = await first.hub.create(scenario_text=checkerboard, seed="1", session_id="s", pace=SLOW)
    old = invite(links.seats["ARD"])
    await old.join(name="Ann")
    await old.say("ask_device")
    device = await old.hear("device")
    await first.__aexit__(None, None, None)
    with JournalFile.open(tmp_path / "data" / "s.db") as journal:
        unanswered = journal.tokens.claim(device.url.rpartition("#")[2])
        assert unanswered is not None
    second = await serve()
    await moved(old, second).join()
    await old.say("ping", n=1)
    await old.hear("pong")
    new = moved(invite(device.url), second)
    assert (await new.join()).next_token == unanswered.next_token, "the code is not spent by an answer that was lost"
    assert (await old.until_closed())[0] == 4009
    await new.leave()
    # The new device has shown nothing yet, so the old one may go on; the new one then takes the seat with what it got.
    await old.join()
    await old.say("ping", n=2)
    await old.hear("pong")
    assert (await new.join()).seat == "ARD"
    assert (await old.until_closed())[0] == 4009
    await old.open()
    await old.say_hello()
    assert (await old.until_closed())[0] == 4001


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_kill_9_loses_no_code_and_brings_none_back(tmp_path: Path, invite: Invite) -> None:
    async with HostProcess(tmp_path / "data", tmp_path / "log", days_per_second=0.01) as server:
        old = invite(server.links["seats"]["ARD"])
        welcome = await old.join(name="Ann")
        await old.say("ask_device")
        device = await old.hear("device")
        await server.kill()
        await old.until_closed()
        await server.start()
        await old.join()
        new = invite(device.url)
        taken = await new.join()
        assert (taken.seat, taken.member) == ("ARD", welcome.member)
        assert (await old.until_closed())[0] == CLOSE_OTHER_DEVICE
        # The room answers after it has kept that the new device is there; a connection answers a ping by itself.
        await new.say("ask_device")
        await new.hear("device")
        await server.kill()
        await new.until_closed()
        await server.start()
        # The code was used and the old device has lost the seat: neither comes back with the server.
        for guest in (old, invite(device.url)):
            await guest.open()
            await guest.say_hello()
            assert (await guest.until_closed())[0] == CLOSE_BAD_TOKEN
        again = await new.join()
        assert (again.seat, again.member) == ("ARD", welcome.member)


async def test_codes_are_not_guessed_and_not_asked_for_without_end(host: Host, invite: Invite) -> None:
    _, links = await host(pace=SLOW)
    ann = invite(links.seats["ARD"])
    await ann.join()
    for _ in range(CODES_BURST + 1):
        await ann.say("ask_device")
    assert (await ann.hear("error")).code == "rate_limited"
    answers: list[int] = []
    for number in range(TRIES_BURST + 4):
        guest = invite(links.seats["BEL"])
        guest.token = f"{PREFIX}AAAA-{number:04d}"
        await guest.open()
        await guest.say_hello()
        answers.append((await guest.until_closed())[0])
    assert answers[:10] == [4001] * 10
    assert 1013 in answers
    bel = invite(links.seats["BEL"])  # those who come by a link are let in all the same
    assert (await bel.join()).seat == "BEL"


async def test_a_moderator_lets_somebody_in_who_has_lost_the_link(host: Host, invite: Invite) -> None:
    _, links = await host(pace=SLOW)
    moderator, ann, bel = invite(links.moderator), invite(links.seats["ARD"]), invite(links.seats["BEL"])
    for guest, name in ((moderator, ""), (ann, "Ann"), (bel, "Bert")):
        await guest.join(name=name)
    strangers = [invite(links.seats["COR"]) for _ in range(2)]
    for stranger, says in zip(strangers, ("Ardania, I am Ann", "let me in"), strict=True):
        stranger.token = secrets.token_hex(16)
        await ask(stranger, says, "Ann's phone")
    waiting = (await moderator.hear("requests", lambda m: len(m.waiting) == 2)).waiting
    assert [(one.name, one.says) for one in waiting] == [
        ("Ann's phone", "Ardania, I am Ann"),
        ("Ann's phone", "let me in"),
    ]

    await moderator.command("consent", request=waiting[1].id, allowed=False)
    assert (await strangers[1].until_closed())[0] == 4001
    await moderator.command("consent", request=waiting[0].id, allowed=True, seat="COR")
    assert (await moderator.hear("error")).path == "$.command.member"  # nobody holds that seat
    await moderator.command("consent", request=waiting[0].id, allowed=True, seat="ARD")
    welcome = await strangers[0].hear("welcome")
    assert (welcome.seat, welcome.member) == ("ARD", ann.all("welcome")[0].member)
    assert (await ann.until_closed())[0] == 4009
    assert (await moderator.hear("requests", lambda m: not m.waiting)).waiting == []
    # Whoever waits hears nothing but the decision, and whoever is gone is not listed.
    gone = invite(links.seats["COR"])
    gone.token = secrets.token_hex(16)
    await ask(gone, "Beland", "Bert")
    await moderator.hear("requests", lambda m: len(m.waiting) == 1)
    assert gone.heard == []
    gone.vanish()
    await moderator.hear("requests", lambda m: not m.waiting)
    assert bel.all("requests") == []
