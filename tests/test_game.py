"""The API for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest

from counterpoise.errors import InputError
from counterpoise.game import Game
from counterpoise.session.replay import replay
from counterpoise.sim.bot import Bot
from counterpoise.sim.catalogue import MOVES, legal_moves
from counterpoise.sim.move import Move
from counterpoise.sim.moves.message import Message
from counterpoise.sim.views.view import View
from counterpoise_clients.roster import load_bot


def with_bots(seed: str = "1", *, journal: bool = False) -> Game:
    """Return a game in which the program plays COR, and balancers play the other seats."""

    def opponent(seat: str, seed: str) -> Bot | None:
        return None if seat == "COR" else load_bot("balancer")(f"{seed}/{seat}")

    return Game("checkerboard", seed, bots=opponent, journal=journal)


def play_at_random(game: Game, seed: str, steps: int | None = None) -> None:
    chances = Random(seed)
    while not game.is_over and steps != 0:
        seat = game.waiting[0]
        kind = chances.choice(game.kinds(seat))
        game.step({seat: [chances.choice(list(game.legal(seat, kind)))]})
        steps = None if steps is None else steps - 1


def test_a_game_stops_where_the_program_is_asked_and_ends() -> None:
    game = with_bots()
    stops = 0
    while not game.is_over:
        assert game.waiting == ("COR",)
        assert game.step() == {}
        stops += 1
    assert stops >= 8
    assert game.waiting == ()
    assert all(0 <= score <= 100 for score in game.scores().values())


def test_equal_seeds_and_moves_give_equal_games() -> None:
    first, second, other = with_bots("1"), with_bots("1"), with_bots("2")
    for game in (first, second, other):
        play_at_random(game, "moves")
    assert first.scores() == second.scores()
    assert first.scores() != other.scores()


def test_a_game_plays_alike_with_and_without_a_journal() -> None:
    plain, journalled = with_bots(), with_bots(journal=True)
    for game in (plain, journalled):
        play_at_random(game, "moves")
    assert plain.scores() == journalled.scores()


def test_the_journal_of_a_game_verifies() -> None:
    game = with_bots(journal=True)
    play_at_random(game, "moves")
    entries = game.journal()
    assert entries[-1].kind == "end"
    assert replay(entries, "game").take_entries() == []


def test_a_game_without_a_journal_says_how_to_keep_one() -> None:
    with pytest.raises(ValueError, match="journal=True"):
        with_bots().journal()


def test_a_clone_goes_on_like_the_original_and_leaves_it_alone() -> None:
    game = with_bots(journal=True)
    play_at_random(game, "opening", steps=3)
    date, view = game.date, game.view("COR")
    clone = game.clone()
    assert (clone.date, clone.view("COR")) == (date, view)
    play_at_random(clone, "rest")
    assert clone.is_over
    assert (game.date, game.view("COR")) == (date, view)
    play_at_random(game, "rest")
    assert game.scores() == clone.scores()
    assert [entry.chain for entry in game.journal()] == [entry.chain for entry in clone.journal()]


def test_a_clone_with_another_seed_has_other_chances() -> None:
    game = with_bots(journal=True)
    play_at_random(game, "opening", steps=3)
    same, other = game.clone(), game.clone("another")
    for clone in (same, other):
        while not clone.is_over:
            clone.step()
    assert same.scores() != other.scores()
    assert replay(other.journal(), "clone").take_entries() == []


def test_a_game_can_be_begun_anew_with_another_seed() -> None:
    game = with_bots("1")
    play_at_random(game, "moves")
    game.reset("2")
    assert game.date == "1901-01-01"
    assert not game.is_over
    other = with_bots("2")
    for begun in (game, other):
        play_at_random(begun, "moves")
    assert game.scores() == other.scores()


def test_bots_by_seat_play_on_after_a_reset() -> None:
    game = Game("checkerboard", bots={seat: load_bot("balancer")("1") for seat in Game("checkerboard").seats[1:]})
    game.reset("2")
    assert game.waiting == game.seats[:1]


def test_legal_moves_are_those_of_the_seats_view() -> None:
    game = with_bots()
    assert list(game.legal("COR")) == legal_moves(game.view("COR"))
    kinds = game.kinds("COR")
    assert kinds == tuple(dict.fromkeys(move.kind for move in game.legal("COR")))
    assert game.mask("COR") == tuple(kind in kinds for kind in MOVES)
    with pytest.raises(KeyError):
        game.legal("COR", "surrender_monkey")
    with pytest.raises(KeyError, match="no kind of move set_postur; nearest: set_posture"):
        game.legal("COR", "set_postur")


def test_a_refused_order_is_returned_with_its_reason() -> None:
    game = with_bots()
    refused = game.step({"COR": [Message(("COR",), "a note to myself")]})
    assert [error.code for error in refused["COR"]] == ["illegal"]


def test_the_program_can_play_every_seat() -> None:
    game = Game("checkerboard", "3")
    assert game.waiting == game.seats
    game.step({seat: list(game.legal(seat, "set_posture"))[:1] for seat in game.seats})
    assert game.tick > 0


def test_an_unknown_scenario_or_seat_is_refused() -> None:
    with pytest.raises(InputError, match="no bundled scenario"):
        Game("chessboard")
    with pytest.raises(KeyError, match="no seat XXX; the seats are"):
        Game("checkerboard", bots={"XXX": load_bot("balancer")("1")})
    with pytest.raises(KeyError, match="no seat XXX; the seats are"):
        with_bots().view("XXX")


def test_a_program_cannot_order_for_another_players_seat() -> None:
    with pytest.raises(KeyError, match="no seat XXX; the seats are"):
        with_bots().step({"XXX": []})
    with pytest.raises(ValueError, match="a bot plays ARD"):
        with_bots().step({"ARD": []})


def test_a_step_with_something_other_than_moves_is_refused_in_plain_words() -> None:
    game = with_bots()
    with pytest.raises(TypeError, match=r"^COR: expected a move, got a str$"):
        game.step({"COR": ["x"]})  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"^COR: expected a list of moves, got a Message$"):
        game.step({"COR": Message(("ARD",), "hello")})  # type: ignore[dict-item]


def test_wrong_arguments_are_refused_at_the_call_in_plain_words() -> None:
    make: Any = Game

    def balancer_by_name(seat: str, seed: str) -> str:
        return "balancer"

    for arguments, options, words in (
        ((None,), {}, "scenario: expected a text, the name of a bundled scenario or .*, got nothing"),
        (("checkerboard", 1), {}, 'seed: expected a text, such as "1", got an int'),
        (("checkerboard",), {"bots": "balancer"}, "bots: expected bots by seat, or a function .*, got a str"),
        (("checkerboard",), {"bots": {"COR": "balancer"}}, r"COR: expected a bot, which has decide\(view\), got a str"),
        (
            ("checkerboard",),
            {"bots": {"COR": load_bot("balancer")}},
            "COR: expected a bot, which has .*, got a BotFactory",
        ),
        (
            ("checkerboard",),
            {"bots": load_bot("balancer")},
            r"bots: expected .* a seat and a seed .*, got a BotFactory; to let one kind of bot play .* give lambda seat, seed:",
        ),
        (("checkerboard",), {"bots": load_bot("balancer")("1")}, "bots: expected bots by seat, or .*, got a Bot;"),
        (("checkerboard",), {"bots": balancer_by_name}, "ARD: expected a bot, which has"),
    ):
        with pytest.raises(TypeError, match=words):
            make(*arguments, **options)
    game: Any = with_bots()
    calls: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: game.step([1]), "moves: expected lists of moves by seat, got a list"),
        (lambda: game.step([]), "moves: expected lists of moves by seat, got a list"),
        (lambda: game.sample("COR", None), "chances: expected a random.Random, got nothing"),
        (lambda: game.reset(2), "seed: expected a text"),
        (lambda: game.clone(2), "seed: expected a text"),
    )
    for call, words in calls:
        with pytest.raises(TypeError, match=words):
            call()
    assert game.waiting == ("COR",)


def test_a_game_that_is_over_takes_no_moves() -> None:
    game = with_bots()
    while not game.is_over:
        game.step()
    assert game.step() == game.step({"COR": []}) == {}
    with pytest.raises(ValueError, match=r"^COR: the game is over and takes no moves"):
        game.step({"COR": [Message(("ARD",), "hello")]})


def test_a_sample_is_legal_and_the_same_for_equal_draws() -> None:
    game = with_bots()
    drawn = [game.sample("COR", Random(str(number))) for number in range(40)]
    assert all(move in list(game.legal("COR", move.kind)) for move in drawn if move is not None)
    assert drawn == [game.sample("COR", Random(str(number))) for number in range(40)]
    assert len({move.kind for move in drawn if move is not None}) > 5
    assert isinstance(game.sample("COR", Random("1"), "message"), Message)
    assert game.sample("COR", Random("1"), "answer_peace") is None
    with pytest.raises(KeyError, match="no seat XXX"):
        game.sample("XXX", Random("1"))
    with pytest.raises(KeyError, match="no kind of move jump; the kinds are "):
        game.sample("COR", Random("1"), "jump")


def test_kinds_and_the_moves_of_a_kind_are_drawn_equally_often() -> None:
    game, chances = with_bots(), Random("equal")
    kinds = game.kinds("COR")
    drawn = Counter(move.kind for _ in range(200 * len(kinds)) if (move := game.sample("COR", chances)) is not None)
    assert set(drawn) == set(kinds)
    assert all(130 < count < 280 for count in drawn.values()), drawn
    postures = Counter(game.sample("COR", chances, "set_posture") for _ in range(400))
    legal = list(game.legal("COR", "set_posture"))
    assert set(postures) == set(legal)
    assert all(300 / len(legal) < count < 500 / len(legal) for count in postures.values()), postures


def test_a_game_that_is_over_has_nothing_to_draw() -> None:
    game = with_bots()
    while not game.is_over:
        game.step()
    assert game.sample("COR", Random("1")) is None
    assert game.kinds("COR") == ()


class Penpal:
    """Answers every message, and writes one to everyone when a window opens."""

    def __init__(self) -> None:
        self.got: list[str] = []

    def decide(self, view: View) -> list[Move]:
        return []

    def hear(self, view: View, message: Mapping[str, Any]) -> list[Move]:
        self.got.append(message["detail"]["text"])
        return [Message((message["actors"][0],), "Gladly.")]


def test_a_program_gets_a_bots_answer_to_its_message_and_equal_games_have_equal_journals() -> None:
    journals = []
    for _ in range(2):
        penpal = Penpal()
        bots = {seat: penpal for seat in Game("checkerboard").seats if seat != "COR"}
        game = Game("checkerboard", "3", bots=bots, journal=True)
        game.step({"COR": [Message(("ARD",), "Shall we?")]})
        assert penpal.got == ["Shall we?"]
        texts = [i["detail"]["text"] for i in game.view("COR").incidents if i["kind"] == "message"]
        assert texts == ["Shall we?", "Gladly."]
        journals.append(game.journal())
    assert journals[0] == journals[1]
