"""A snapshot is refused if anything in it is not what the entries before it show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from msgspec import structs

from counterpoise.errors import SnapshotError
from counterpoise.session.commands import Pace
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.orders.pending_orders import WaitingOrder
from counterpoise.session.orders.talk import TalkState
from counterpoise.session.replay import resume
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import GrowthCounts, SessionState, decode_state, encode_state
from counterpoise.session.snapshot_evidence import evidence_in
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster


class Stored(NamedTuple):
    entries: list[Entry]
    state: SessionState
    earlier: SessionState
    """The state a window before."""


@pytest.fixture(scope="module")
def stored(checkerboard: str) -> Stored:
    """Two years of a game with players, with the states at its last two windows."""
    session = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="secret", streaming=True)
    bots = {seat: roster.load_bot(roster.default_bot(seat, "7"))(f"7/{seat}") for seat in session.seats}
    entries: list[Entry] = []
    states: list[SessionState] = []

    def keep(running: Session) -> None:
        entries.extend(running.take_entries())
        if running.occasion == "window":
            states.append(decode_state(encode_state(running.state(GrowthCounts()))))

    play(session, bots, until=730, after_stop=keep)
    return Stored(entries[: states[-1].entries], states[-1], states[-2])


def resumed(stored: Stored, state: SessionState, *, streaming: bool = True) -> Session:
    before = stored.entries[: state.entries]
    texts = [entry for entry in before if entry.kind == "text"]
    later = stored.entries[state.entries :]
    return resume(before[0], texts, evidence_in(before), later, "s", state, streaming=streaming)


def grown(state: SessionState, **changes: object) -> SessionState:
    growth = structs.replace(state.growth, **changes)
    return structs.replace(state, growth=growth, counts=growth.counts())


def without_the_last_ack(state: SessionState, _: SessionState) -> SessionState:
    return grown(state, acks=dict(list(state.growth.acks.items())[:-1]))


def with_another_ack(state: SessionState, _: SessionState) -> SessionState:
    name, given = [(name, given) for name, given in state.growth.acks.items() if given.seat is not None][-1]
    return grown(state, acks={**state.growth.acks, name: structs.replace(given, window=7 + (given.window or 0))})


def with_a_false_receipt(state: SessionState, _: SessionState) -> SessionState:
    name, given = [(name, given) for name, given in state.growth.acks.items() if given.seat is not None][-1]
    ack = structs.replace(given.ack, receipt="0" * 32)
    return grown(state, acks={**state.growth.acks, name: structs.replace(given, ack=ack)})


def with_other_decisions(state: SessionState, _: SessionState) -> SessionState:
    return grown(state, decisions=[*state.growth.decisions[:-1], state.growth.decisions[0]])


def with_a_stream_cut_short(state: SessionState, _: SessionState) -> SessionState:
    address, stream = next(iter(state.growth.streams.items()))
    shorter = structs.replace(stream, receipts=[*stream.receipts[:-1], "0" * 32])
    return grown(state, streams={**state.growth.streams, address: shorter})


FORGERIES: Mapping[str, Callable[[SessionState, SessionState], SessionState]] = {
    "the world in it": lambda state, earlier: structs.replace(state, simulation=earlier.simulation),
    "the clock": lambda state, _: structs.replace(state, last_tick=state.last_tick - 1),
    "orders that wait": lambda state, _: structs.replace(
        state, pending={**state.pending, next(iter(state.pending)): [WaitingOrder("a", {"kind": "arm", "effort": 0.1})]}
    ),
    "seats that are asked": lambda state, _: structs.replace(state, called=state.called[1:]),
    "no state of a session": lambda state, _: structs.replace(state, order_counts={}),
    "the occasion": lambda state, _: structs.replace(state, occasion="call"),
    "the number of acks": without_the_last_ack,
    "the ack of entry": with_another_ack,
    "the receipt of entry": with_a_false_receipt,
    "the count of orders": lambda state, _: structs.replace(
        state, order_counts={seat: count + 1 for seat, count in state.order_counts.items()}
    ),
    "the list of players": lambda state, _: structs.replace(state, players={**state.players, "ARD": "nobody"}),
    "the pace": lambda state, _: structs.replace(state, pace=Pace("continuous")),
    "whether the evidence is shown": lambda state, _: structs.replace(state, evidence_shown=True),
    "the talk of the open window": lambda state, _: structs.replace(state, talk=TalkState(listed={ActorId("ARD"): 1})),
    "the list of messages that were read": lambda state, _: structs.replace(
        state, talk=TalkState(read={ActorId("ARD"): {"everyone": 1}})
    ),
    "the phase": lambda state, _: structs.replace(state, phase="paused"),
    "the list of open decisions": lambda state, earlier: structs.replace(state, open_decisions=earlier.open_decisions),
    "the list of decisions": with_other_decisions,
    "the list of incidents": lambda state, _: structs.replace(state, chronicled=state.chronicled - 1),
    "the last message to": with_a_stream_cut_short,
}


@pytest.mark.parametrize("streaming", [True, False], ids=["room", "run"])
def test_a_sound_snapshot_is_accepted(stored: Stored, streaming: bool) -> None:
    assert resumed(stored, stored.state, streaming=streaming).now == stored.state.last_tick
    assert resumed(stored, stored.earlier).now == stored.state.last_tick


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_snapshot_is_refused(stored: Stored, what: str) -> None:
    with pytest.raises(SnapshotError, match=what):
        resumed(stored, FORGERIES[what](stored.state, stored.earlier))
