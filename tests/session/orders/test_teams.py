"""Several people share a seat: who decides, what they propose, and that a replay knows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.errors import OrderError
from counterpoise.session.commands import (
    SERVER,
    Decider,
    Drop,
    End,
    Membership,
    PassOn,
    Propose,
    SetTeam,
    Start,
    Withdraw,
)
from counterpoise.session.journal.free_text import filled_content, references_in
from counterpoise.session.orders.teams import PROPOSALS_MAX, Sender
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import decode_session
from counterpoise.sim.catalogue import encode_move
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.types import ActorId

Make = Callable[..., Session]
ANN, BEN, CEM = "m1", "m2", "m3"


def shared(session: Session, *members: str) -> tuple[ActorId, ActorId]:
    """Start a session whose first seat several people share; return that seat and another."""
    session.command("moderator", "start", Start())
    seat, other, *_ = session.seats
    for member in members:
        session.command(SERVER, f"join {member}", Membership(seat, member, joined=True))
    return seat, other


def friendly(other: ActorId) -> dict[str, object]:
    return encode_move(StateIntent(other, "friendly"))


def test_the_first_member_decides_until_the_decision_is_passed_on(new_session: Make) -> None:
    session = new_session()
    seat, _ = shared(session, ANN, BEN)
    assert (session.teams.of(seat).decider, session.teams.of(seat).because) == (ANN, "first")
    session.command(seat, "pass", PassOn(ANN, BEN))
    assert (session.teams.of(seat).decider, session.teams.of(seat).because) == (BEN, "passed")
    with pytest.raises(OrderError, match="unknown_member"):
        session.command(seat, "pass again", PassOn(BEN, CEM))
    session.command("moderator", "team", SetTeam(seat, "rotating", "decider", ANN))
    team = session.teams.of(seat)
    assert (team.deciding, team.writing, team.decider) == ("rotating", "decider", ANN)


def test_whoever_joined_next_decides_when_the_decider_leaves(new_session: Make) -> None:
    session = new_session()
    seat, _ = shared(session, ANN, BEN, CEM)
    session.command(SERVER, "turn", Decider(seat, CEM, "turn"))
    session.command(SERVER, "leave", Membership(seat, CEM, joined=False))
    assert (session.teams.of(seat).decider, session.teams.of(seat).because) == (ANN, "left")
    assert session.teams.next_after(seat, ANN, (BEN,)) == BEN
    assert session.teams.next_after(seat, ANN, ()) == ANN


def test_a_proposal_that_is_sent_is_settled_and_the_order_names_its_sender(new_session: Make) -> None:
    session = new_session()
    seat, other = shared(session, ANN, BEN)
    session.command(seat, "p1", Propose(BEN, 0, friendly(other)))
    session.command(seat, "p2", Propose(BEN, 0, friendly(other)))
    session.submit(seat, "o1", 0, StateIntent(other, "hostile"), sender=Sender(ANN, "p1"))
    team = session.teams.of(seat)
    assert [one.id for one in team.proposals] == ["p2"]
    assert team.senders == {"o1": ANN}
    session.command(seat, "d", Drop(ANN, "p2"))
    with pytest.raises(OrderError, match="no_proposal"):
        session.command(seat, "d again", Drop(ANN, "p2"))
    session.command(seat, "w", Withdraw("o1", ANN))
    orders = [entry.content() for entry in session.take_entries() if entry.kind == "order"]
    assert [(one["member"], one["proposal"]) for one in orders] == [(ANN, "p1")]


def test_proposals_left_over_are_dropped_at_the_close_of_the_window(new_session: Make) -> None:
    session = new_session()
    seat, other = shared(session, ANN, BEN)
    session.command(seat, "p", Propose(BEN, 0, friendly(other)))
    while session.window == 0:
        session.advance(session.end)
    assert session.teams.of(seat).proposals == ()
    assert [one.id for one in session.teams.of(seat).dropped] == ["p"]
    with pytest.raises(OrderError, match="late"):
        session.command(seat, "late", Propose(BEN, 0, friendly(other)))


def test_only_what_is_legal_is_proposed_and_not_without_end(new_session: Make) -> None:
    session = new_session()
    seat, other = shared(session, ANN, BEN)
    with pytest.raises(OrderError, match="illegal"):
        session.command(seat, "self", Propose(BEN, 0, friendly(seat)))
    for number in range(PROPOSALS_MAX):
        session.command(seat, f"p{number}", Propose(BEN, 0, friendly(other)))
    with pytest.raises(OrderError, match="too_many"):
        session.command(seat, "one more", Propose(BEN, 0, friendly(other)))


def test_a_replay_and_a_snapshot_know_the_team(new_session: Make) -> None:
    session = new_session()
    seat, other = shared(session, ANN, BEN)
    reason = encode_move(GiveReason("habit", "we always did"))
    session.command(seat, "p1", Propose(BEN, 0, reason))
    session.submit(seat, "o1", 0, GiveReason("habit", "we always did"), sender=Sender(ANN, "p1"))
    session.command(seat, "p2", Propose(ANN, 0, friendly(other)))
    session.command(seat, "pass", PassOn(ANN, BEN))
    entries = session.take_entries()
    session.take_outputs()
    snapshot = decode_session(session.snapshot())
    again = replay(entries, "journal")
    assert again.teams.by_seat == session.teams.by_seat == snapshot.teams
    # The words of a proposal stand in an entry of their own, so that they can be erased.
    proposals = [entry for entry in entries if entry.kind == "command" and b"propose" in entry.body]
    assert b"always" not in proposals[0].body
    assert references_in(proposals[0])
    assert filled_content(proposals[0], session.texts)["command"]["move"]["note"] == "we always did"
    session.command("moderator", "end", End())
    assert session.teams.of(seat).proposals == ()


def test_a_seat_that_one_person_holds_writes_the_journal_of_before(new_session: Make) -> None:
    session = new_session()
    session.command("moderator", "start", Start())
    seat, other, *_ = session.seats
    session.submit(seat, "o", 0, StateIntent(other, "friendly"))
    session.command(seat, "w", Withdraw("o"))
    order, withdrawal = [entry.content() for entry in session.take_entries() if entry.kind in ("order", "command")][1:]
    assert set(order) == {"id", "seat", "window", "move"}
    assert withdrawal["command"] == {"kind": "withdraw", "order": "o"}
    assert not session.teams.has(seat)
