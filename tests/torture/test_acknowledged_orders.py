"""An order that was lost, doubled or given another receipt is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.torture.acknowledged_orders import compared, stored_orders
from counterpoise.torture.guest import Guest
from counterpoise.torture.ordering_player import OrderingPlayer

IDS = [f"{number:032x}" for number in range(3)]


@pytest.fixture
def played(checkerboard: str) -> tuple[list[Entry], OrderingPlayer]:
    """A journal with three orders, and the player who has their acks."""
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="x", streaming=True)
    session.command(SERVER, local_id("s", SERVER, 0), Start())
    player = OrderingPlayer(Guest("http://127.0.0.1:1/j/s#token"), to="BEL")
    for order in IDS:
        ack = session.submit(ActorId("ARD"), order, 0, Message(to=(ActorId("BEL"),), text=order)).ack
        player.acked[order] = (ack.vseq, ack.receipt)
    return session.take_entries(), player


def test_a_journal_that_holds_every_acknowledged_order_is_sound(played: tuple[list[Entry], OrderingPlayer]) -> None:
    entries, player = played
    found = compared(entries, [player], "s")
    assert found.is_sound
    assert (found.acknowledged, found.stored) == (3, 3)


def test_a_lost_order_is_counted(played: tuple[list[Entry], OrderingPlayer]) -> None:
    entries, player = played
    last = max(entry.sequence for entry in entries if entry.kind == "order")
    found = compared(entries[:last], [player], "s")
    assert (found.lost, found.is_sound) == (1, False)


def test_another_receipt_is_counted(played: tuple[list[Entry], OrderingPlayer]) -> None:
    entries, player = played
    player.acked[IDS[1]] = (player.acked[IDS[1]][0], "0" * 32)
    found = compared(entries, [player], "s")
    assert (found.changed, found.is_sound) == (1, False)
    assert "1 with another receipt" in str(found)


def test_an_order_that_stands_twice_is_listed_twice(played: tuple[list[Entry], OrderingPlayer]) -> None:
    entries, _ = played
    order = next(entry for entry in entries if entry.kind == "order")
    assert stored_orders([*entries, replace(order, sequence=len(entries))]) == [*IDS, IDS[0]]
