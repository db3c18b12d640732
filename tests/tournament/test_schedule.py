"""Dealing seeds and seats."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoise.errors import TournamentError
from counterpoise.sim.types import ActorId
from counterpoise.tournament.plan import Entrant, Tournament, Verify
from counterpoise.tournament.schedule import _rotation as rotation
from counterpoise.tournament.schedule import deal

SEATS = st.integers(1, 20).map(lambda n: tuple(ActorId(f"S{k}") for k in range(n)))
ENTRANTS = st.integers(2, 12).map(lambda n: tuple(Entrant(f"e{k}", "random") for k in range(n)))


@settings(max_examples=80)
@given(seats=SEATS, entrants=ENTRANTS, games=st.integers(1, 60), seed=st.text(max_size=8))
def test_every_entrant_plays_every_seat_equally_often_within_one_game(
    seats: tuple[ActorId, ...], entrants: tuple[Entrant, ...], games: int, seed: str
) -> None:
    dealt = rotation(seed, seats, entrants)
    seatings = [next(dealt) for _ in range(games)]
    counts = Counter((seat, who.name) for seating in seatings for seat, who in seating)
    for seat in seats:
        held = [counts[seat, who.name] for who in entrants]
        assert max(held) - min(held) <= 1


@settings(max_examples=80)
@given(seats=SEATS, entrants=ENTRANTS, games=st.integers(1, 30), seed=st.text(max_size=8))
def test_seats_of_a_game_are_shared_out_evenly_and_listed_in_order(
    seats: tuple[ActorId, ...], entrants: tuple[Entrant, ...], games: int, seed: str
) -> None:
    dealt = rotation(seed, seats, entrants)
    for _ in range(games):
        seating = next(dealt)
        assert tuple(seat for seat, _ in seating) == seats
        held = Counter(who.name for _, who in seating)
        shares = [held[who.name] for who in entrants]
        assert max(shares) - min(shares) <= 1


@settings(max_examples=25)
@given(games=st.integers(1, 40), seed=st.text(max_size=8), entrants=ENTRANTS)
def test_keys_are_distinct_and_a_longer_tournament_begins_like_a_shorter(
    games: int, seed: str, entrants: tuple[Entrant, ...]
) -> None:
    texts = {"checkerboard": _CHECKERBOARD.text}
    plan = Tournament("t", seed, games, ("checkerboard",), entrants)
    specs = deal(plan, texts)
    assert len({spec.key for spec in specs}) == games
    assert specs == deal(plan, texts)
    longer = Tournament("t", seed, games + 3, ("checkerboard",), entrants)
    assert deal(longer, texts)[:games] == specs


@settings(max_examples=25)
@given(worlds=st.integers(1, 4), seed=st.text(max_size=8), entrants=ENTRANTS)
def test_every_entrant_plays_every_seat_of_every_world_once(
    worlds: int, seed: str, entrants: tuple[Entrant, ...]
) -> None:
    plan = Tournament("t", seed, worlds * len(entrants), ("checkerboard",), entrants)
    specs = deal(plan, {"checkerboard": _CHECKERBOARD.text})
    held = Counter((spec.seed, seat, who.name) for spec in specs for seat, who in spec.seating)
    assert set(held.values()) == {1}
    assert len(held) == worlds * len(specs[0].seating) * len(entrants)
    assert len({spec.seed for spec in specs}) == worlds


def test_the_sample_that_is_verified_is_every_tenth_game(checkerboard: str) -> None:
    def verified(which: Verify) -> list[int]:
        entrants = (Entrant("a", "a"), Entrant("b", "b"))
        plan = Tournament("t", "1", 21, ("checkerboard",), entrants, verify=which)
        return [spec.number for spec in deal(plan, {"checkerboard": checkerboard}) if spec.verified]

    assert (verified("all"), verified("sample"), verified("none")) == (list(range(21)), [0, 10, 20], [])


def test_scenarios_take_turns(checkerboard: str, middle_east: str) -> None:
    entrants = (Entrant("a", "random"), Entrant("b", "hedger"))
    plan = Tournament("t", "1", 5, ("checkerboard", "middle-east-1955"), entrants)
    specs = deal(plan, {"checkerboard": checkerboard, "middle-east-1955": middle_east})
    assert [spec.scenario for spec in specs] == ["checkerboard", "middle-east-1955"] * 2 + ["checkerboard"]


def test_another_bot_version_makes_other_games(checkerboard: str) -> None:
    plan = Tournament("t", "1", 1, ("checkerboard",), (Entrant("a", "a.py"), Entrant("b", "hedger")))
    texts = {"checkerboard": checkerboard}
    assert deal(plan, texts, {"a": "1"})[0].key != deal(plan, texts, {"a": "2"})[0].key


def test_an_unknown_scenario_is_named(checkerboard: str) -> None:
    plan = Tournament(
        "t", "1", 1, ("checkerboard", "atlantis"), (Entrant("a", "a"), Entrant("b", "b")), source="t.toml"
    )
    with pytest.raises(TournamentError, match="atlantis") as caught:
        deal(plan, {"checkerboard": checkerboard})
    assert caught.value.path == "$.scenarios[1]"


class _CHECKERBOARD:
    """The scenario's text for the property tests, which cannot take a fixture that changes."""

    text = ""


@pytest.fixture(autouse=True, scope="module")
def _read_checkerboard(checkerboard: str) -> None:
    _CHECKERBOARD.text = checkerboard
