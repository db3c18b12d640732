"""Every bundled bot plays by the rules for bots."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import CallView, View
from counterpoise_clients import roster

if TYPE_CHECKING:
    from tests.clients.bots.conftest import WatchedGame

BOTS = roster.bot_names()
Walk = Callable[[Session, dict[ActorId, Bot], int], Iterator[View]]
Watch = Callable[..., "WatchedGame"]


def answers(move: Move, call: CallView) -> bool:
    """Tell whether a move answers a call."""
    fields = {
        "crisis": "crisis",
        "demand": "crisis",
        "proposal": "proposal",
        "ally": "war",
        "peace": "war",
        "condition": "condition",
        "membership": "vote",
    }
    kinds = {
        "crisis": "respond_crisis",
        "demand": "respond_crisis",
        "proposal": "answer_proposal",
        "ally": "answer_call",
        "peace": "answer_peace",
        "condition": "answer_condition",
        "membership": "vote_on_member",
    }
    return move.kind == kinds[call.reason] and getattr(move, fields[call.reason]) == call.subject


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_plays_every_seat_for_years_legally_and_without_crashing(
    bot: str, checkerboard: str, watch: Watch
) -> None:
    game = watch(checkerboard, bot, years=4)
    assert game.failures == {}
    assert game.refusals == {}
    assert {view.own.id for view, _ in game.seen} == set(game.seats)


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_plays_every_seat_of_the_middle_east_legally(bot: str, middle_east: str, watch: Watch) -> None:
    game = watch(middle_east, bot, years=1)
    assert game.failures == {}
    assert game.refusals == {}


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_answers_every_call(bot: str, checkerboard: str, watch: Watch) -> None:
    game = watch(checkerboard, bot, years=4)
    asked = [(call, moves) for view, moves in game.seen for call in view.calls]
    silent = [call for call, moves in asked if not any(answers(move, call) for move in moves)]
    assert silent == []


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_only_answers_when_no_window_opens(bot: str, checkerboard: str, watch: Watch) -> None:
    game = watch(checkerboard, bot, years=4)
    kinds = {"respond_crisis", "answer_proposal", "answer_call", "answer_peace", "answer_condition", "vote_on_member"}
    strays = [move for view, moves in game.seen if view.occasion == "call" for move in moves if move.kind not in kinds]
    assert strays == []


@pytest.mark.parametrize("bot", BOTS)
def test_a_restarted_bot_decides_alike_from_the_same_seed_and_view(bot: str, checkerboard: str, watch: Watch) -> None:
    first = [(view, moves) for view, moves in watch(checkerboard, bot, years=4).seen if view.tick <= 365]
    for view, moves in first[:: max(1, len(first) // 40)]:
        assert roster.load_bot(bot)(f"7/bot/{view.own.id}").decide(view) == moves
    again = watch(checkerboard, bot, years=1, anew=True)
    assert [moves for _, moves in again.seen] == [moves for _, moves in first]


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_with_another_seed_plays_another_game(bot: str, checkerboard: str) -> None:
    # The world keeps its seed; only the bots' private chances differ. A planner's plans hang on them less than most.
    games: list[tuple[Session, dict[ActorId, Bot]]] = []
    for private in ("a", "b"):
        session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="s")
        seats = session.seats[:2] if bot == "planner" else session.seats
        games.append((session, {s: roster.load_bot(bot)(f"{private}/{s}") for s in seats}))
    orders: list[list[bytes]] = []
    for year in range(1, 5):  # a difference once made stays in the journal, so the years after it need not be played
        for session, bots in games:
            play(session, bots, until=365 * year)
        orders = [[entry.body for entry in session.take_entries() if entry.kind == "order"] for session, _ in games]
        if orders[0] != orders[1]:
            break
    assert orders[0] != orders[1]


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_decides_legally_in_games_that_other_bots_play(bot: str, checkerboard: str, stops: Walk) -> None:
    session = Session(scenario_text=checkerboard, seed="11", session_id="s", secret="s")
    table = {seat: roster.load_bot(roster.default_bot(seat, "11"))(f"11/{seat}") for seat in session.seats}
    looker = roster.load_bot(bot)("looker")
    seen = 0
    for view in stops(session, table, 365 * 2):
        seen += 1
        if bot == "planner" and seen % 12:
            continue
        for move in looker.decide(view):
            session.simulation.require_legal(view.own.id, move)
    assert seen > 50


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_cites_its_strategy(bot: str) -> None:
    docstring = roster.load_bot(bot).__doc__ or ""
    assert re.search(r"\([^)]*\d{4}", docstring), (
        f"expected the docstring of class Bot of {bot} to cite author and year in parentheses, such as Walt (1987, ch. 2)"
    )
