"""The tournament file."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterpoise.errors import TournamentError
from counterpoise.tournament.plan import Entrant, check, parse

GOOD = """\
name = "Spring"
seed = 42
games = 6
scenarios = ["checkerboard", "middle-east-1955"]
entrants = [
  "balancer",
  { name = "mine", bot = "bots/mine.py" },
  "hedger",
]
"""


def test_paths_of_bots_start_from_the_folder_of_the_file() -> None:
    plan = parse(GOOD, "cups/spring.toml")
    assert (plan.name, plan.seed, plan.games, plan.years) == ("Spring", "42", 6, 0)
    assert plan.scenarios == ("checkerboard", "middle-east-1955")
    assert plan.entrants == (
        Entrant("balancer", "balancer"),
        Entrant("mine", str(Path("cups/bots/mine.py"))),
        Entrant("hedger", "hedger"),
    )


def test_an_entrant_given_as_a_path_is_named_after_the_file() -> None:
    plan = parse(GOOD.replace('"hedger"', '"bots/other.py"'), "spring.toml")
    assert plan.entrants[2] == Entrant("other", str(Path("bots/other.py")))


@pytest.mark.parametrize(
    ("old", "new", "path", "expected", "got"),
    [
        ("games = 6", "games = 0", "games (line 3)", "a whole number from 1 to 1000000", "0"),
        ("games = 6", 'games = "six"', "games (line 3)", "a whole number", '"six"'),
        ("games = 6", "game = 6", "game (line 3)", "(nearest: games)", 'the unknown key "game"'),
        ("games = 6\n", "", "games", "", "the key games is missing"),
        ('"hedger"', "7", "entrants[2] (line 8)", "text", "7"),
        ('"hedger"', '"balancer"', "entrants[2] (line 8)", "each name once", '"balancer"'),
        ('name = "mine", ', "", "entrants[1].name (line 7)", "", "the key name is missing"),
        (
            'name = "mine"',
            'name = "mine", elo = 3',
            "entrants[1].elo (line 7)",
            "one of name, bot",
            'the unknown key "elo"',
        ),
        ("games = 6", "games = 6\nuntil_width = 0", "until_width (line 4)", "a number above 0", "0"),
        ("games = 6", 'games = 6\nverify = "most"', "verify (line 4)", "one of all, none, sample", '"most"'),
        (
            '["checkerboard", "middle-east-1955"]',
            "[]",
            "scenarios (line 4)",
            "a list of at least 1 value",
            "a list of 0 values",
        ),
        ("games = 6", "games = = 6", "line 3, column 9", "valid TOML: ", "= 6"),
    ],
)
def test_a_wrong_plan_is_rejected_with_the_path_of_the_mistake(
    old: str, new: str, path: str, expected: str, got: str
) -> None:
    assert old in GOOD
    with pytest.raises(TournamentError) as caught:
        parse(GOOD.replace(old, new, 1), "spring.toml")
    assert caught.value.source == "spring.toml"
    assert caught.value.path == path
    assert expected in caught.value.expected
    assert got in caught.value.got


def test_every_mistake_is_reported() -> None:
    wrong = GOOD.replace('name = "Spring"', 'nme = "Spring"').replace("games = 6", "games = 0").replace('"hedger"', "7")
    errors = check(wrong, "spring.toml")
    assert [error.path for error in errors] == ["nme (line 1)", "name", "games (line 3)", "entrants[2] (line 8)"]
    assert errors[0].expected.endswith("(nearest: name)")
    assert check(GOOD, "spring.toml") == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"balancer"', '"bal\\u001b[2Jancer"', "entrants[0] (line 6)"),
        ('name = "mine"', 'name = "mi\\nne"', "entrants[1].name (line 7)"),
        ('name = "Spring"', 'name = "Spr\\u202eing"', "name (line 1)"),
    ],
)
def test_names_that_would_control_a_terminal_are_refused_with_their_place(old: str, new: str, place: str) -> None:
    [error] = check(GOOD.replace(old, new), "spring.toml")
    assert str(error).startswith(f"spring.toml: {place}: expected a name without control characters, got ")
    assert str(error).isprintable()
