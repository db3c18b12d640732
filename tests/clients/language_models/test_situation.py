"""What a model reads about a game is short, and has what a seat must know."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from counterpoise.game import Game
from counterpoise.sim.catalogue import MOVES, legal_moves
from counterpoise.sim.views.view import View
from counterpoise.theory.threat import threats_from_view
from counterpoise_clients.language_models.menu import menu
from counterpoise_clients.language_models.rules import names_in, role_sheet, rules
from counterpoise_clients.language_models.situation import SITUATION_BYTES, Threats, situation
from counterpoise_clients.roster import load_bot

MENU_BYTES = 4000


def threats(view: View) -> Threats:
    return {state: threat.components() for state, threat in threats_from_view(view).items()}


@pytest.fixture(scope="module")
def views() -> list[View]:
    """What Egypt sees at the first stops of the scenario of nineteen states."""

    def stops() -> Iterator[View]:
        game = Game(
            "middle-east-1955", "1", bots=lambda seat, seed: None if seat == "EGY" else load_bot("random")(seed)
        )
        game.reset("1")
        for _ in range(9):
            yield game.view("EGY")
            game.step({})

    return list(stops())


def test_a_situation_and_a_menu_of_nineteen_states_are_short(views: list[View]) -> None:
    known = -1
    for view in views:
        assert len(situation(view, threats(view), known).encode()) <= SITUATION_BYTES
        assert len(menu(view).encode()) <= MENU_BYTES
        known = view.tick


def test_a_situation_names_every_state_every_call_and_every_offer(views: list[View]) -> None:
    for view in views:
        text = situation(view, threats(view))
        assert all(f"\n{other.id} " in text for other in view.others)
        assert all(f"Offer #{offer.id}" in text for offer in view.proposals)
        assert all(f"Crisis #{crisis.id}" in text for crisis in view.crises)
        assert all(f"War #{war.id}" in text for war in view.wars)


def test_a_situation_shows_no_threats_where_the_game_hides_them(views: list[View]) -> None:
    assert " T." in situation(views[0], threats(views[0]))
    assert " T." not in situation(views[0], {})


def test_news_that_is_known_is_not_told_again(views: list[View]) -> None:
    view = next(view for view in reversed(views) if len(view.incidents) > 20)
    assert "News:" in situation(view, {}, -1)
    assert "News:" not in situation(view, {}, view.tick + 1)


def test_the_newest_messages_are_told_where_there_is_no_room_for_all(views: list[View]) -> None:
    view = views[0]
    written = tuple(
        {"id": n, "tick": 0, "date": view.date, "kind": "message", "actors": ["ISR", "EGY"],
         "detail": {"text": f"word {n} " + "x" * 200, "thread": "t", "number": n}}
        for n in range(40)
    )  # fmt: skip
    text = situation(dataclasses.replace(view, incidents=written), {})
    assert "word 39" in text
    assert "word 0 " not in text
    assert "left out" in text
    assert len(text.encode()) <= SITUATION_BYTES


def test_a_menu_has_every_kind_of_move_that_is_legal_in_a_window(views: list[View]) -> None:
    for view in views:
        if view.occasion == "window":
            lines = [line.partition(" ")[0] for line in menu(view).splitlines()]
            legal = {move.kind: None for move in legal_moves(view) if move.kind not in ("give_reason", "skip_question")}
            assert [kind for kind in legal if kind not in lines] == []


def test_a_menu_at_a_call_has_the_answers_and_messages_only(views: list[View]) -> None:
    view = next(view for view in views if view.occasion == "call")
    lines = menu(view).splitlines()
    assert lines[0].startswith("Answers")
    assert "propose_alliance" not in menu(view)
    assert "accept=true" in menu(view) or "respond_crisis" in menu(view)


def test_rules_tell_every_kind_of_move_and_a_role_sheet_what_the_state_wants(views: list[View]) -> None:
    assert all(f"\n{kind}: " in rules() for kind in MOVES)
    sheet = role_sheet(views[0], names_in(views[0]))
    assert views[0].own.briefing in sheet
    assert all(goal in sheet for goal in views[0].own.goals)
    assert "ISR Israel" in sheet
