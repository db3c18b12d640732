"""Programs that share a seat, over a real server: what one proposes, another sends, drops, and passes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.wire.messages import IncidentNews, ServerMessage
from counterpoise.wire.seat_messages import Link
from counterpoise_clients import roster
from counterpoise_clients.client import Client, OrderRefused, SeatLost

pytestmark = pytest.mark.timeout(60)
ARM = {"kind": "arm", "effort": 0.5}


@pytest.fixture
async def links(tmp_path: Path, checkerboard: str) -> AsyncIterator[Links]:
    """A session on a real server, in its lobby."""
    config = ServerConfig(
        data_dir=tmp_path,
        port=0,
        bots=lambda session: {seat: roster.load_bot("status-quo")(str(seat)) for seat in session.seats},
    )
    async with Server(config) as server:
        pace = Pace(window_seconds=600.0, call_seconds=600.0)
        yield await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s", pace=pace)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


def desk_holds(client: Client, proposals: list[str], orders: list[str]) -> Callable[[], bool]:
    """Return whether the newest desk has these proposals, by id, and these kinds of orders."""

    def holds() -> bool:
        desk = client.desk
        return desk is not None and (
            [one.id for one in desk.proposals] == proposals and [one.move["kind"] for one in desk.orders] == orders
        )

    return holds


async def test_members_of_a_team_propose_drop_send_and_pass_on(links: Links) -> None:
    told: list[ServerMessage] = []
    async with AsyncExitStack() as stack:
        moderator = await stack.enter_async_context(Client(links.moderator, on_message=told.append))
        ann = await stack.enter_async_context(Client(links.seats["ARD"], name="Ann"))
        await moderator.command({"kind": "seat", "seat": "ARD", "to": "team"})
        await until(lambda: any(isinstance(message, Link) for message in told))
        link = next(message for message in told if isinstance(message, Link))
        ben = await stack.enter_async_context(Client(link.url, name="Ben"))
        await moderator.command({"kind": "start"})
        await ben.wait_until_started()
        await until(lambda: ben.desk is not None and len(ben.desk.members) == 2)
        assert ben.desk is not None
        names = {member.id: member.name for member in ben.desk.members}
        assert (names[ann.member], names[ben.member], ben.desk.decider) == ("Ann", "Ben", ann.member)

        with pytest.raises(OrderRefused) as refused:
            await ben.order(ARM)
        assert refused.value.code == "not_deciding"
        with pytest.raises(OrderRefused):
            await ben.pass_on(ben.member)
        arm = await ben.propose(ARM)
        other = await ben.propose(StateIntent("BEL", "friendly"))
        await until(desk_holds(ann, [arm.id, other.id], []))
        await ben.drop(other.id)
        await until(desk_holds(ann, [arm.id], []))
        await ann.order({**ARM, "effort": 0.9}, proposal=arm.id)
        await until(desk_holds(ben, [], ["arm"]))
        with pytest.raises(OrderRefused) as gone:
            await ann.drop(arm.id)
        assert gone.value.code == "no_proposal"
        await ann.pass_on(ben.member)
        await until(lambda: ben.desk is not None and ben.desk.decider == ben.member)
        await ben.order({"kind": "give_reason", "reason": "habit"})


async def test_a_program_asks_for_moves_writes_to_the_moderator_and_changes_its_device(links: Links) -> None:
    notes: list[dict[str, Any]] = []

    def note(message: ServerMessage) -> None:
        if isinstance(message, IncidentNews) and message.incident["kind"] == "note":
            notes.append(message.incident)

    async with Client(links.moderator, on_message=note) as moderator, Client(links.seats["BEL"], name="Ann") as first:
        await moderator.command({"kind": "start"})
        await first.wait_until_started()
        every = await first.ask_moves()
        assert {"arm", "propose_alliance"} <= set(every.options)
        own, neighbour = await asyncio.gather(
            first.ask_moves(StateIntent("BEL", "friendly")), first.ask_moves(StateIntent("ARD", "friendly"))
        )
        assert own.options["state_intent"].got
        assert not neighbour.options["state_intent"].got
        await first.write_to_moderator("May we speak?")
        await until(lambda: bool(notes))
        await first.consent(given=True)
        device = await first.ask_device()
        async with Client(device.url, name="Ann") as second:
            assert (second.seat, second.member) == ("BEL", first.member)
            await until(lambda: first.loss is not None)
            with pytest.raises(SeatLost):
                await first.ask_moves()
