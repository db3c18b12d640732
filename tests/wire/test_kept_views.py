"""A client that keeps a view and puts the changes into it has the same view as one that gets the whole, byte for byte."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from msgspec import structs

from counterpoise.session.commands import Start, local_id
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.wire.codec import CODECS, Codec
from counterpoise.wire.kept_views import changed_view, view_change
from counterpoise.wire.messages import Observe
from counterpoise.wire.view_change import ViewChange

WATCHER, PLOTTER, OTHER = ActorId("HAR"), ActorId("ARD"), ActorId("FEN")
STOPS = 40


def started(text: str) -> Session:
    session = Session(scenario_text=text, seed="changes", session_id="s", secret="x", streaming=True)
    session.command("moderator", local_id("s", "test", 0), Start())
    return session


def sent(codec: Codec, change: ViewChange) -> ViewChange:
    """Return a change as a client receives it."""
    received = codec.decode_server(codec.encode(change))
    assert isinstance(received, ViewChange)
    return received


@pytest.mark.parametrize("codec", list(CODECS.values()), ids=list(CODECS))
def test_changes_in_a_kept_view_give_the_bytes_of_the_whole_view(checkerboard: str, codec: Codec) -> None:
    session = started(checkerboard)
    kept: dict[ActorId, Observe] = {}
    changes, change_bytes, whole_bytes = 0, 0, 0
    for _ in range(STOPS):
        for seat in session.seats:
            whole = session.observe(seat)
            change = view_change(kept[seat], whole) if seat in kept else None
            if change is None:
                kept[seat] = codec.decode_server(codec.encode(whole))  # type: ignore[assignment]
                continue
            kept[seat] = changed_view(kept[seat], sent(codec, change))
            assert codec.encode(kept[seat]) == codec.encode(whole)
            changes += 1
            change_bytes += len(codec.encode(change))
            whole_bytes += len(codec.encode(whole))
        session.advance(session.now + 5)
        session.take_outputs()
    assert changes > len(session.seats) * (STOPS // 2)
    assert change_bytes < whole_bytes / 2


def test_the_change_of_a_bystanders_view_is_the_same_whether_two_others_plot_or_not(checkerboard: str) -> None:
    """In secret: a message, and an offer that is open for the whole time."""
    quiet, plotted = started(checkerboard), started(checkerboard)
    offer = ProposeAlliance(OTHER, "defence", secret=True)
    codec = next(iter(CODECS.values()))
    views = [session.observe(WATCHER) for session in (quiet, plotted)]
    letter = Message(to=(OTHER,), text="Between ourselves.")
    for number, move in enumerate((letter, offer)):
        plotted.submit(PLOTTER, f"{number:032x}", plotted.window, move)
    plotted.advance(1)
    quiet.advance(1)
    assert len(plotted.view(OTHER).proposals) == 1
    changes = [
        view_change(before, session.observe(WATCHER)) for before, session in zip(views, (quiet, plotted), strict=True)
    ]
    assert changes[0] is not None
    assert changes[1] is not None
    assert codec.encode(changes[0]) == codec.encode(changes[1])


def test_other_states_another_seat_or_a_gap_in_the_incidents_need_a_whole_view(checkerboard: str) -> None:
    session = started(checkerboard)
    before = session.observe(WATCHER)
    assert view_change(before, before) == ViewChange(
        before.vseq, WATCHER, before.called, {}, [], [], 0, {}, kinds=before.kinds
    )
    view = before.view

    def needs_whole(after: Observe) -> bool:
        return view_change(before, after) is None

    assert needs_whole(session.observe(OTHER))
    assert needs_whole(structs.replace(before, view=replace(view, others=view.others[1:])))
    assert needs_whole(structs.replace(before, threats={}))
    happened = ({"id": 900, "kind": "war_began"},)
    assert not needs_whole(structs.replace(before, view=replace(view, incidents=(*view.incidents, *happened))))
    remembered = structs.replace(before, view=replace(view, incidents=happened))
    assert (
        view_change(remembered, structs.replace(before, view=replace(view, incidents=({"id": 901, "kind": "x"},))))
        is None
    )
    # A text that was erased changes an incident that is shown already.
    erased = ({"id": 900, "kind": "war_began", "text": ""},)
    assert view_change(remembered, structs.replace(before, view=replace(view, incidents=erased))) is None


def test_every_field_of_a_view_is_in_a_change(checkerboard: str) -> None:
    before = started(checkerboard).observe(WATCHER)
    for field in fields(View):
        if field.name in ("own", "others", "incidents"):
            continue
        different: dict[str, Any] = {field.name: "something else"}
        other = structs.replace(before, view=replace(before.view, **different))
        change = view_change(before, other)
        assert change is not None
        assert change.fields == {field.name: "something else"}
