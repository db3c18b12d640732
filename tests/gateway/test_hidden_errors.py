"""A planted error shows in what a seat sees, and in no byte that says how it was planted."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from counterpoise.session.commands import Pace
from counterpoise.theory.threat import threats_from_view

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Serve

    from counterpoise.torture.guest import Guest

SEAT, OTHER = "ARD", "FEN"
AMOUNTS = {"intent": 0.413771, "power": 0.313771, "offense": 0.213771}
CANARIES = [
    needle
    for amount in AMOUNTS.values()
    for needle in (str(amount)[2:].encode(), struct.pack(">d", amount), struct.pack(">f", amount))
]
WORDS = (b"misperc", b"misread", b"power_bias", b"power_factor", b"offense_bias", b"suspicion")
WINDOWS = 4
SCHEDULED = """
[[injects]]
on = 1901-02-01
kind = "misperceive"
observer = "ARD"
other = "GAL"
amount = 0.413771
"""


def with_id(sent: str) -> Callable[[Any], bool]:
    return lambda message: message.id == sent


def called_after(tick: int) -> Callable[[Any], bool]:
    return lambda message: message.called and message.view.tick > tick


def sent_to(guest: Guest) -> bytes:
    return b"\n".join(frame.encode() if isinstance(frame, str) else frame for frame in guest.frames)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("subprotocol", ["counterpoise.v1.json", "counterpoise.v1.msgpack"])
async def test_no_byte_that_a_seat_gets_while_playing_tells_of_its_planted_errors(
    serve: Serve, invite: Invite, begin: Begin, checkerboard: str, subprotocol: str, tmp_path: Path
) -> None:
    start = checkerboard.split("\nstart = ", 1)[1][:4]
    server = await serve(data_dir=tmp_path / "data")
    links = await server.hub.create(
        scenario_text=checkerboard + SCHEDULED.replace("1901", start),
        seed="canary",
        session_id="s",
        secret="seal",
        pace=Pace("windows", 600.0, 600.0),
    )
    seat = invite(links.seats[SEAT], subprotocol)
    await seat.join()
    moderator = await begin(links)
    for what, amount in AMOUNTS.items():
        inject = {"kind": "misperceive", "observer": SEAT, "other": OTHER, "amount": amount, "what": what}
        sent = await moderator.command("inject", inject=inject)
        await moderator.hear("ack", with_id(sent))
    first = await seat.hear("observe", lambda m: m.called)
    await seat.say("look")
    assert (await seat.hear("observe")).view == first.view, "planting an error changes no view of the same day"

    async def play(guest: Guest, seen: Any) -> Any:
        while seen.view.window < WINDOWS:
            await guest.say("ready", tick=seen.view.tick)
            seen = await guest.hear("observe", called_after(seen.view.tick))
        return seen

    last = await play(seat, first)
    for move in ({"kind": "message", "to": "QQQ", "text": "?"}, {"kind": "inject", "observer": SEAT}, {}):
        sent = await seat.order(move)
        await seat.hear("error", with_id(sent))
    await seat.say("ask_debrief")
    assert (await seat.hear("error")).code == "wrong_phase"
    await seat.say("look", seat=OTHER)
    await seat.hear("error")
    seat.vanish()
    again = invite(links.seats[SEAT], subprotocol)
    again.token, again.last = seat.token, (0, "")
    await again.join(last=(0, ""))
    await again.hear("observe")
    for guest in (seat, again):
        everything = sent_to(guest)
        assert len(everything) > 5000
        assert [needle for needle in (*CANARIES, *WORDS) if needle in everything] == []
    feared = next(other for other in last.view.others if other.id == OTHER)
    assert feared.subversion > 0.5, "the error is part of what the seat sees"
    computed = {str(other): found.components() for other, found in threats_from_view(last.view).items()}
    assert msgspec.to_builtins(last.threats) == computed, "what the seat is told follows from what it sees"
    assert any(needle in sent_to(moderator) for needle in WORDS), (
        "the words looked for are those that a moderator reads"
    )
