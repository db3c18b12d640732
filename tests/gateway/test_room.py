"""A session over real sockets: people and bots play, and every frame has one answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.store.journal_file import JournalFile
from counterpoise_clients import roster
from counterpoise_clients.client import Client
from counterpoise_clients.network.bot_runner import run_bot

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Host = Callable[..., Awaitable[tuple[Server, Links]]]
MSGPACK = "counterpoise.v2.msgpack"


def is_after(window: int, observe: Any) -> bool:
    return bool(observe.view.window > window)


async def test_two_msgpack_clients_and_a_json_client_play_a_whole_game_among_bots(host: Host) -> None:
    _, links = await host()
    said: list[str] = []
    async with (
        Client(links.moderator, subprotocol="json") as moderator,
        Client(links.seats["ARD"], name="Ada") as ada,
        Client(links.seats["BEL"], name="Bert") as bert,
        Client(links.seats["COR"], subprotocol="json", name="Cora") as cora,
    ):
        await moderator.command({"kind": "start"})
        bots = [roster.load_bot("balancer")(f"{n}") for n in range(3)]
        async with asyncio.timeout(90):
            await asyncio.gather(
                *(run_bot(c, b, report=said.append) for c, b in zip((ada, bert, cora), bots, strict=True))
            )
            while moderator.status is None or moderator.status.phase != "ended":
                await asyncio.sleep(0.05)
        seats = {seat.seat: seat for seat in moderator.status.seats}
        assert (seats["ARD"].player, seats["ARD"].occupant, seats["ARD"].online) == ("Ada", "human", True)
        assert seats["DUN"].occupant == "bot"
        debrief = await moderator.ask_debrief()
        assert len(debrief["decisions"]) > 0
        assert (await ada.ask_debrief())["session"] == "s"
        for client in (ada, bert, cora):
            assert client.connection.received.last > 0


async def test_a_move_is_acknowledged_and_the_other_side_sees_it(host: Host, invite: Invite, letter: Letter) -> None:
    _, links = await host()
    moderator, ard, bel, cor = (
        invite(links.moderator),
        invite(links.seats["ARD"], MSGPACK),
        invite(links.seats["BEL"]),
        invite(links.seats["COR"]),
    )
    for guest in (moderator, ard, bel, cor):
        await guest.join()
    await moderator.command("start")
    await moderator.hear("ack")
    order = await ard.order(letter("BEL", "Only for you"))
    ack = await ard.hear("ack")
    assert ack.id == order
    for guest in (ard, bel, cor):
        await guest.say("ready", tick=0)
    news = await bel.hear("incident", lambda m: m.incident["kind"] == "message")
    assert news.incident["detail"]["text"] == "Only for you"
    await cor.hear("window")
    assert b"Only for you" not in b"".join(f if isinstance(f, bytes) else f.encode() for f in cor.frames)
    view = (await bel.hear("observe")).view
    assert view.own.id == "BEL"
    assert any(incident["kind"] == "message" for incident in view.incidents)


async def test_the_clock_waits_for_humans_and_not_for_bots(host: Host, invite: Invite) -> None:
    _, links = await host()
    moderator, ard = invite(links.moderator), invite(links.seats["ARD"])
    await moderator.join()
    await ard.join()
    await moderator.command("start")
    await ard.hear("status", lambda m: m.phase == "running")
    await asyncio.sleep(0.4)
    assert moderator.all("status")[-1].tick == 0
    await ard.say("ready", tick=0)
    assert (await ard.hear("noted")).tick == 0
    assert (await ard.hear("observe")).view.tick > 0


async def test_a_late_ready_is_an_error_and_does_not_count(host: Host, invite: Invite, begin: Begin) -> None:
    _, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    observe = await ard.hear("observe")
    await ard.say("ready", tick=observe.view.tick + 1)
    error = await ard.hear("error")
    assert (error.code, error.path) == ("late", "$.tick")


async def test_a_deadline_ends_the_wait(host: Host, invite: Invite) -> None:
    _, links = await host(pace=Pace(window_seconds=0.5, call_seconds=0.2))
    moderator, ard = invite(links.moderator), invite(links.seats["ARD"])
    await moderator.join()
    await ard.join()
    await moderator.command("start")
    status = await ard.hear("status", lambda m: m.phase == "running" and m.tick == 0)
    assert 0.0 <= status.seconds_left <= 0.5
    await ard.hear("status", lambda m: m.tick > 0)


async def test_continuous_time_runs_while_nobody_is_ready(host: Host, invite: Invite) -> None:
    _, links = await host(pace=Pace(mode="continuous", days_per_second=200.0))
    moderator, ard = invite(links.moderator), invite(links.seats["ARD"])
    await moderator.join()
    await ard.join()
    began = asyncio.get_running_loop().time()
    await moderator.command("start")
    status = await ard.hear("status", lambda m: m.tick >= 200)
    seconds = asyncio.get_running_loop().time() - began
    assert status.mode == "continuous"
    assert status.seconds_left == -1.0
    assert 0.9 < status.tick / 200.0 <= seconds + 0.1, "no day comes before its time, however slow the machine is"
    await moderator.command("pause")
    paused = await ard.hear("status", lambda m: m.phase == "paused")
    await asyncio.sleep(0.6)
    assert ard.all("status")[-1].tick == paused.tick


async def test_bots_play_alone_to_the_end_and_the_journal_has_their_names(host: Host, invite: Invite) -> None:
    server, links = await host(autostart=True)
    observer = invite(links.observer)
    welcome = await observer.join()
    assert (welcome.role, welcome.seat) == ("observer", "")
    await observer.hear("status", lambda m: m.phase == "ended", within=60)
    await observer.say("ask_debrief")
    assert (await observer.hear("debrief", within=60)).report["decisions"]
    path = server.hub.rooms["s"].writer.address
    with JournalFile.read_only(path) as reader:
        *_, end, play, checkpoint = reader.entries()
    assert (end.kind, play.kind, checkpoint.kind, checkpoint.content()["phase"]) == (
        "end",
        "play",
        "checkpoint",
        "ended",
    )


class Faulty:
    """A bot that raises."""

    def decide(self, view: View) -> list[Move]:
        raise RuntimeError("as bots do")


def faulty_bots(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: Faulty() for seat in session.seats}


async def test_a_bot_that_raises_passes_and_the_session_continues(host: Host, invite: Invite) -> None:
    server, links = await host(bots=faulty_bots, autostart=True)
    observer = invite(links.observer)
    await observer.join()
    await observer.hear("status", lambda m: m.phase == "ended", within=60)
    assert server.metrics.registry.get_sample_value("counterpoise_bot_failures_total")


async def test_every_broken_frame_gets_one_typed_error_and_the_session_continues(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    _, links = await host(rate_per_second=1000, rate_burst=1000)
    ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await ard.join()
    await bel.join()
    await begin(links)
    broken: list[tuple[dict[str, Any], str | None, str]] = [
        ({"t": "nonsense"}, "unknown_message", "$.t"),
        ({"no": "t"}, "unknown_message", "$.t"),
        ({"t": "order"}, "invalid", "$.id"),
        ({"t": "order", "id": "short", "window": 0, "move": {}}, "invalid", "$.id"),
        ({"t": "order", "id": "0" * 32, "window": 0, "move": {}}, None, "$.move"),
        ({"t": "order", "id": "1" * 32, "window": 0, "move": {"kind": "fly"}}, None, "$.move"),
        (
            {"t": "order", "id": "2" * 32, "window": 0, "move": {"kind": "message", "to": ["XXX"], "text": "x"}},
            None,
            "$.move.to",
        ),
        (
            {"t": "order", "id": "3" * 32, "window": 0, "move": {"kind": "message", "to": ["ARD"], "text": "x"}},
            None,
            "$.move.to",
        ),
        ({"t": "order", "id": "4" * 32, "window": 77, "move": letter()}, "late", "$.window"),
        ({"t": "ready", "tick": -1}, "invalid", "$.tick"),
        ({"t": "look", "seat": "BEL"}, "not_allowed", "$"),
        ({"t": "ask_debrief"}, "wrong_phase", "$"),
        ({"t": "command", "id": "5" * 32, "command": {"kind": "pause"}}, "not_allowed", "$"),
        ({"t": "hello", "protocol": 2, "token": "x" * 20}, "unexpected", "$"),
    ]
    for plain, code, path in broken:
        before = len(ard.all("error"))
        await ard.raw(json.dumps(plain))
        error = await ard.hear("error")
        assert len(ard.all("error")) == before + 1, plain
        assert error.path.startswith(path), (plain, error)
        assert code is None or error.code == code, (plain, error)
        assert error.got
        assert error.got
        assert error.id == (plain.get("id", "") if len(plain.get("id", "")) == 32 else "")
    await ard.order(letter())
    assert await ard.hear("ack")
    await bel.order(letter("ARD"))
    assert await bel.hear("ack")


async def test_an_order_has_no_seat_field_and_is_always_for_ones_own_seat(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    server, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    await begin(links)
    await ard.say("order", id="a" * 32, window=0, move=letter(), seat="BEL")
    error = await ard.hear("error")
    assert (error.code, error.path, error.id) == ("invalid", "$.seat", "a" * 32)
    await ard.order({**letter(), "actor": "BEL"})
    assert (await ard.hear("error")).path.startswith("$.move")
    assert server.hub.rooms["s"].session.orders_of(ActorId("BEL")) == 0


async def test_orders_are_refused_before_the_start_and_accepted_in_a_pause(
    host: Host, invite: Invite, letter: Letter
) -> None:
    _, links = await host()
    moderator, ard = invite(links.moderator), invite(links.seats["ARD"])
    await moderator.join()
    await ard.join()
    await ard.order(letter())
    assert (await ard.hear("error")).code == "wrong_phase"
    await moderator.command("start")
    await moderator.hear("ack")
    await moderator.command("pause", reason="a question")
    await moderator.hear("ack")
    await ard.hear("status", lambda m: m.phase == "paused")
    await ard.order(letter())
    assert await ard.hear("ack")


async def test_the_numbers_of_a_seat_are_dense_and_reveal_nothing_of_others(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    # Calls end by themselves, so that one command closes each window and the next order comes in the next window.
    _, links = await host(pace=Pace(window_seconds=3600.0, call_seconds=0.01))
    guests = [invite(links.seats[seat]) for seat in ("ARD", "BEL", "COR")]
    for guest in guests:
        await guest.join()
    moderator = await begin(links)
    for window in range(6):
        await guests[0].order(letter("BEL", "psst"), window=window)
        assert await guests[0].hear("ack")
        await moderator.command("close_window")
        await guests[0].hear("observe", partial(is_after, window))
    await asyncio.sleep(0.3)
    for guest in guests:
        numbers = [
            m.vseq
            for m in guest.heard
            if m.__struct_config__.tag in ("incident", "window") or bool(getattr(m, "id", ""))
        ]
        first = guest.all("welcome")[0].vseq
        assert numbers == list(range(first + 1, first + 1 + len(numbers)))


async def test_a_failure_in_one_session_ends_that_session_only(
    host: Host, invite: Invite, begin: Begin, letter: Letter, checkerboard: str
) -> None:
    server, links = await host()
    other = await server.hub.create(scenario_text=checkerboard, seed="2", session_id="other")
    victim, bystander = invite(links.seats["ARD"]), invite(other.seats["ARD"])
    await victim.join()
    await bystander.join()
    await begin(links)
    await begin(other)
    room = server.hub.rooms["s"]
    room.session.simulation.world.actors.clear()  # a fault in the rules could do this
    await victim.say("ready", tick=0)
    assert (await victim.hear("error", lambda m: m.code == "internal")).got
    assert (await victim.until_closed())[0] == 1011
    await bystander.order(letter())
    assert await bystander.hear("ack")
    again = invite(links.seats["BEL"])
    await again.open()
    await again.say("hello", protocol=2, token=again.token)
    assert (await again.until_closed())[0] == 1011
