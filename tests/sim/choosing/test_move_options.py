"""What a seat may choose: legal examples, legal values, and why not the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.game import Game
from counterpoise.sim.catalogue import MOVES, decode_move, legal_moves
from counterpoise.sim.choosing.move_options import MoveOption, legal_now, option_for, options_of
from counterpoise.sim.move import Move
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.support_side import SupportSide


def is_legal(option: MoveOption) -> bool:
    return not option.expected and not option.got


@pytest.fixture
def game() -> Game:
    return Game("checkerboard", "7")


def test_every_kind_that_answers_no_call_has_an_option_and_legal_ones_are_taken(game: Game) -> None:
    options, answers = options_of(game.view("ARD"))
    assert options.keys() == {kind for kind, found in MOVES.items() if found.answers is Move.answers}
    assert answers == []
    for kind, option in options.items():
        if is_legal(option) and option.move:
            assert game.clone().step({"ARD": [decode_move(option.move)]}) == {}, kind
        else:
            assert option.expected or not option.move, kind


def test_what_cannot_be_chosen_says_what_it_needs(game: Game) -> None:
    options, _ = options_of(game.view("ARD"))
    assert options["join_war"].expected == "a war"
    assert options["support_side"].expected == "a crisis"
    assert options["renounce_claim"].expected == "a state of which you claim something"


def test_only_the_sides_that_the_rule_accepts_are_offered_to_a_supporter(game: Game) -> None:
    game.step({"ESK": [Demand("BEL", "territory", "Now.")]})
    [crisis] = game.view("ARD").crises
    option = option_for(game.view("ARD"), SupportSide(crisis.id, "COR"))
    assert option.path == "$.move.side"
    assert set(option.choices["side"]) <= {"ESK", "BEL"}
    assert option.choices["crisis"] == [crisis.id]
    for side in option.choices["side"]:
        assert game.clone().step({"ARD": [SupportSide(crisis.id, side)]}) == {}


def test_the_choices_of_a_draft_leave_out_what_the_other_fields_forbid(game: Game) -> None:
    option = option_for(game.view("ARD"), ProposeAlliance("BEL", "defence", "COR"))
    assert is_legal(option)
    assert option.seen_by == ["BEL"]
    assert "BEL" not in option.choices["against"]
    assert None in option.choices["against"]
    pact = option_for(game.view("ARD"), ProposeAlliance("GAL", "defence"))
    assert "defence" not in pact.choices["commitment"], "the two have made this promise"
    assert pact.path == "$.move.commitment"


def test_the_answers_to_a_call_say_what_they_mean_and_who_sees_them(game: Game) -> None:
    game.step({"BEL": [ProposeAlliance("ARD", "defence", secret=True)]})
    while not game.view("ARD").calls:
        game.step()
    _, answers = options_of(game.view("ARD"))
    assert [option.move["accept"] for option in answers] == [True, False]
    assert all(option.meaning for option in answers)
    assert all(option.seen_by == ["BEL"] for option in answers)


def test_a_move_that_may_not_be_ordered_at_this_moment_says_why(game: Game) -> None:
    def refuse(move: Move) -> OrderError | None:
        return OrderError("late", "$.move", "", "wait for a window") if move.calls_in_private() else None

    options, _ = options_of(game.view("ARD"), refuse)
    assert (options["propose_alliance"].expected, options["propose_alliance"].got) == ("", "wait for a window")
    assert is_legal(options["mobilize"])


def test_a_move_that_costs_more_than_the_treasury_holds_is_not_legal(game: Game) -> None:
    view = game.view("ARD")
    poor: Any = replace(view, own=replace(view.own, treasury=1.0))
    options, _ = options_of(poor)
    assert options["mobilize"].expected == "a treasury of at least 10"
    assert options["mobilize"].cost == 10


def test_legal_moves_leave_out_those_that_may_not_be_ordered_at_this_moment(game: Game) -> None:
    view = game.view("ARD")
    late = OrderError("late", "$.move", "", "at a window only")
    told = list(legal_now(view, refuse=lambda move: late if move.calls_in_private() else None))
    assert told == [move for move in legal_moves(view) if not move.calls_in_private()]
    assert len(told) < len(legal_moves(view))
    assert list(legal_now(replace(view, own=replace(view.own, active=False)))) == []
