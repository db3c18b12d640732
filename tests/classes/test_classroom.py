"""What may happen to a class: people enter, are admitted, seated, dealt and moved; nobody is ever in two seats."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counterpoise.classes import classroom
from counterpoise.classes.classroom import TEAM_MAX, Classroom, World, sharers
from counterpoise.classes.dealing import deal, seats_by_interest
from counterpoise.errors import ClassError
from counterpoise.sim.scenario import Scenario

SEATS = ["ARD", "BEL", "COR", "DEN"]


def a_class(worlds: int = 2, people: int = 0, **fields: Any) -> Classroom:
    made = {letter: World(letter, f"class-x-{letter.lower()}") for letter in "ABCDEF"[:worlds]}
    room = Classroom("x", "BCDFGHJK", "T", "", "", 0.0, worlds=made, **fields)
    for number in range(people):
        room = come(room, f"P{number}")
    return room


def come(room: Classroom, name: str, number: str = "") -> Classroom:
    identity = f"{len(room.people):012x}"
    return classroom.enter(room, person_id=identity, token=f"t{identity}", name=name, number=number)[0]


def test_a_closed_door_a_missing_name_and_a_full_class_are_refused() -> None:
    with pytest.raises(ClassError, match="door_closed"):
        come(a_class(is_open=False), "Ada")
    with pytest.raises(ClassError, match="name_missing"):
        come(a_class(), " \u202e ")
    crowd = a_class(people=400)
    with pytest.raises(ClassError, match="400 people"):
        come(crowd, "One more")


def test_people_wait_where_the_moderator_admits_and_are_admitted_together() -> None:
    room = come(come(a_class(admits="nobody"), "Ada"), "Bob")
    assert [person.place for person in room.people.values()] == ["waiting", "waiting"]
    assert [person.place for person in classroom.admit(room, []).people.values()] == ["admitted", "admitted"]


def test_the_first_in_a_seat_is_its_player_and_further_people_are_its_team() -> None:
    room = a_class(people=3)
    for person in list(room.people):
        room = classroom.assign(room, person, "A", "BEL", SEATS)
    assert [person.role for person in sharers(room, "A", "BEL")] == ["player", "team", "team"]
    gone = classroom.unassign(room, next(iter(room.people)))
    later = classroom.assign(come(gone, "Late"), "000000000003", "A", "BEL", SEATS)
    assert Counter(person.role for person in sharers(later, "A", "BEL")) == {"team": 2, "player": 1}


def test_a_seat_takes_only_so_many_people() -> None:
    room = a_class(people=TEAM_MAX + 1)
    *first, last = room.people
    for person in first:
        room = classroom.assign(room, person, "A", "BEL", SEATS)
    with pytest.raises(ClassError, match=f"at most {TEAM_MAX} people"):
        classroom.assign(room, last, "A", "BEL", SEATS)


@pytest.mark.parametrize(
    ("world", "seat", "expected"), [("C", "BEL", "one of A, B"), ("A", "ZZZ", "one of ARD, BEL, COR, DEN")]
)
def test_a_place_that_does_not_exist_is_refused(world: str, seat: str, expected: str) -> None:
    with pytest.raises(ClassError, match=expected):
        classroom.assign(a_class(people=1), "0" * 12, world, seat, SEATS)


@given(st.integers(1, 6), st.integers(1, 32), st.integers(0, 5))
def test_worlds_are_as_even_as_possible_and_no_seat_is_shared_while_one_is_free(
    worlds: int, people: int, seated_before: int
) -> None:
    room = a_class(worlds, people)
    for person in list(room.people)[:seated_before]:
        room = classroom.assign(room, person, "A", "ARD", SEATS)
    room = deal(room, [], SEATS, SEATS)
    crowd = Counter(person.world for person in room.people.values())
    assert sum(crowd.values()) == people
    rest = [crowd[letter] for letter in room.worlds if letter != "A" or seated_before <= people // worlds]
    assert max(rest, default=0) - min(rest, default=0) <= 1
    for letter in room.worlds:
        sizes = [len(sharers(room, letter, seat)) for seat in SEATS if (letter, seat) != ("A", "ARD")]
        assert max(sizes) - min(sizes) <= 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["assign", "unassign", "leave", "deal", "come"]), st.integers(0, 9)), max_size=40
    )
)
def test_whatever_happens_each_seat_has_at_most_one_player_and_roles_fit_seats(steps: list[tuple[str, int]]) -> None:
    room = a_class(people=5)
    for number, (step, which) in enumerate(steps):
        person = list(room.people)[which % len(room.people)] if room.people else ""
        try:
            match step:
                case "assign":
                    room = classroom.assign(room, person, "AB"[which % 2], SEATS[number % 4], SEATS)
                case "unassign":
                    room = classroom.unassign(room, person)
                case "leave":
                    room = classroom.without(room, person)
                case "deal":
                    room = deal(room, [], SEATS, SEATS)
                case _:
                    room = classroom.enter(room, person_id=f"{100 + number:012x}", token="t", name="N", number="")[0]
        except ClassError:
            continue
    for letter in room.worlds:
        for seat in SEATS:
            assert sum(person.role == "player" for person in sharers(room, letter, seat)) <= 1
    assert all(bool(person.seat) == bool(person.role) for person in room.people.values())


def test_somebody_on_another_device_takes_the_place_and_the_older_token_is_void() -> None:
    room = classroom.assign(come(a_class(), "Ada", "4711"), "0" * 12, "A", "BEL", SEATS)
    room = come(room, "Ada", "47 11")
    waiting = room.people[f"{1:012x}"]
    assert (waiting.place, waiting.same_as) == ("waiting", "0" * 12)
    merged = classroom.merge(room, waiting.id, waiting.same_as)
    assert list(merged.people) == ["0" * 12]
    assert (merged.people["0" * 12].token, merged.people["0" * 12].seat) == (waiting.token, "BEL")
    with pytest.raises(ClassError, match="somebody who waits"):
        classroom.merge(room, "0" * 12, waiting.id)


def test_the_seats_with_most_at_stake_are_dealt_first_and_states_to_come_not_at_all(
    checkerboard_scenario: Scenario,
) -> None:
    first = seats_by_interest(checkerboard_scenario)
    assert sorted(first) == sorted(str(actor.id) for actor in checkerboard_scenario.actors)
    later = replace_actor(checkerboard_scenario, first[0])
    assert first[0] not in seats_by_interest(later)


def replace_actor(scenario: Scenario, seat: str) -> Scenario:
    from dataclasses import replace as with_fields

    actors = tuple(with_fields(actor, enters=100) if actor.id == seat else actor for actor in scenario.actors)
    return with_fields(scenario, actors=actors)


def test_without_a_world_nobody_can_be_dealt() -> None:
    with pytest.raises(ClassError, match="no world yet"):
        deal(replace(a_class(people=1), worlds={}), [], SEATS, SEATS)
