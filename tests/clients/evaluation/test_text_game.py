"""A seat in words: prompts, answers, mistakes, and what is measured."""

from __future__ import annotations

import json

import pytest

from counterpoise_clients.evaluation.text_game import TextGame, yardstick_score

PASS = json.dumps({"moves": [], "notes": "wait and see"})


def played(seed: str, answer: str = PASS, *, measured: bool = False) -> TextGame:
    game = TextGame("checkerboard", "COR", seed, years=1.0, measured=measured)
    while not game.is_over:
        game.answer(answer)
    return game


def test_a_seat_is_told_the_rules_once_and_the_situation_at_each_stop() -> None:
    game = TextGame("checkerboard", "COR", "7")
    assert "Corvane" in game.system
    assert "Answer with one JSON object" in game.system
    first = game.prompt()
    assert game.answer(PASS) == []
    assert game.prompt() != first
    assert "Your notes: wait and see" in game.prompt()


def test_what_is_wrong_with_an_answer_is_told_with_the_next_prompt_and_orders_nothing() -> None:
    game = TextGame("checkerboard", "COR", "7")
    (problem,) = game.answer("Let us wait.")
    assert problem == 'expected one JSON object with "moves", got none'
    assert f"Your last answer was wrong in this:\n{problem}" in game.prompt()
    (problem,) = game.answer('{"moves": [{"kind": "guarantee", "to": "COR"}]}')
    assert "another state" in problem
    assert game.answer(PASS) == []
    assert "wrong in this" not in game.prompt()


def test_equal_seeds_and_answers_give_equal_games_of_the_years_that_were_asked_for() -> None:
    one, two, other = played("7"), played("7"), played("8")
    assert one.date == two.date
    assert one.date[:4] == "1902"
    assert one.score == two.score
    assert one.score != other.score


def test_moves_are_ordered_and_what_the_seat_did_is_measured() -> None:
    offer = '{"moves": [{"kind": "propose_alliance", "to": "BEL", "commitment": "defence"}], "reason": "threat", "why": "x"}'
    passive, active = played("7", measured=True), played("7", offer, measured=True)
    assert active.score != passive.score
    measures = passive.measures()
    wars, years = measures["wars_begun"]
    assert wars == 0.0
    assert 0.7 < years < 1.3
    assert "skill:balance_of_threat" in measures
    with pytest.raises(ValueError, match="keeps no journal"):
        played("7").measures()


def test_the_yardstick_is_a_bot_in_the_same_seat_of_the_same_game() -> None:
    score = yardstick_score("checkerboard", "COR", "7", years=1.0)
    assert score == yardstick_score("checkerboard", "COR", "7", years=1.0)
    assert score != played("7").score


def test_a_seat_that_the_scenario_lacks_is_refused() -> None:
    with pytest.raises(KeyError, match="no seat XYZ; the seats are ARD"):
        TextGame("checkerboard", "XYZ", "7")
