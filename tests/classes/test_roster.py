"""Rosters as spreadsheets write them are read, and a mistake says its line and column."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.classes import classroom
from counterpoise.classes.classroom import Classroom, World
from counterpoise.classes.roster import check_roster, read_roster, with_roster
from counterpoise.errors import ClassError

SEATS = {"BEL": "Belmar", "COR": "Corvia"}
WORLDS = ["A", "B"]
NAMES = st.text(st.characters(categories=["L", "Nd", "Po", "Pd"]), min_size=1, max_size=20).filter(lambda n: n.strip())


@pytest.mark.parametrize(
    "table",
    [
        "name,email,world,seat\nAda,a@x.org,A,BEL\n",
        "\ufeffName;E-Mail;World;State\r\nAda;a@x.org;a;Belmar\r\n\r\n",
        "Team\tGroup\tStudent ID\tStudent\nbelmar\t1\ta@x.org\t Ada \n",
        'first name,last name,number,world,country,"note"\n"Ada",,a@x.org,World A,bel,"a, ""b""\nc"\n',
    ],
)
def test_tables_of_any_spreadsheet_say_the_same(table: str) -> None:
    (person,) = read_roster(table, WORLDS, SEATS)
    assert person[1:] == ("Ada", "a@x.org", "A", "BEL")


@pytest.mark.parametrize(
    ("table", "path", "words"),
    [
        ("", "line 1", "columns' names"),
        ("mail,state\na@x.org,BEL\n", "line 1", "of which one is name"),
        ("name,email,mail\n", "line 1", "one column for the number"),
        ("name,world\nAda,A\n\nBob,C\n", "line 4, world", "one of A, B, or nothing"),
        ("name,seat\nAda,BEL\n", "line 2, world", "because the line names a seat"),
        ("name,world,seat\nAda,A,ZZZ\n", "line 2, seat", "BEL (Belmar)"),
        ("name,number\nAda,1\nBob,1\n", "line 3, number", "line 2 has the same number"),
        ("name\nAda\nada\n", "line 3, name", "line 2 has the same name"),
        ("name,number\n,5\n", "line 2, name", "an empty cell"),
        (f"name\n{'x' * 61}\n", "line 2, name", "at most 60 characters"),
        ('name,number\nAda,4\n"Unclosed,5\nX,6\n', "line 3", "a cell that is never closed"),
        ("name,Colour\nAda,blue\n", "line 1", "Colour, which the class does not know"),
        ("name,number\nAda,1\nBob,2,3,4\n", "line 3", "2 cells, as the first line has 4"),
        ("name,number\n\n", "line 1", "a line for each person"),
    ],
)
def test_a_mistake_says_its_line_and_column(table: str, path: str, words: str) -> None:
    with pytest.raises(ClassError) as refused:
        read_roster(table, WORLDS, SEATS)
    assert refused.value.path == path
    assert words in f"{refused.value.expected} {refused.value.got}"


def test_all_mistakes_are_said_at_once_with_their_lines() -> None:
    table = "name,number,world,seat\nAda,1,Z,QQQ\nBob,2,A,BEL\n,3,A,\nEve,1,A,BEL\n"
    with pytest.raises(ClassError) as refused:
        read_roster(table, WORLDS, SEATS)
    assert refused.value.path == "lines 2, 4, 5"
    first, *said = refused.value.got.split("\n")
    assert first == "4 mistakes:"
    places = ["line 2, world", "line 2, seat", "line 4, name", "line 5, number"]
    assert [line.strip().partition(": ")[0] for line in said] == places
    people, mistakes = check_roster(table, WORLDS, SEATS)
    assert [person.name for person in people] == ["Bob"]
    assert [mistake.path for mistake in mistakes] == places


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_place(text: str) -> None:
    path = "line 1"
    try:
        read_roster(text, WORLDS, SEATS)
    except ClassError as error:
        path = error.path
    assert path.startswith(("line ", "lines "))


@given(st.lists(NAMES, min_size=1, max_size=12, unique_by=str.casefold), st.sampled_from([",", ";", "\t"]))
def test_quoted_names_come_back_whole(names: list[str], separator: str) -> None:
    quoted = [f'"{name.replace(chr(34), chr(34) * 2)}"' for name in names]
    text = f"name{separator}number\n" + "".join(f"{name}{separator}{at}\n" for at, name in enumerate(quoted))
    read = read_roster(text, WORLDS, SEATS)
    assert [person.number for person in read] == [str(at) for at in range(len(names))]
    assert [person.name for person in read] == [" ".join(name.split()) for name in names]


def test_a_second_roster_replaces_those_who_have_not_come_and_keeps_those_who_have() -> None:
    worlds = {letter: World(letter, letter) for letter in WORLDS}
    room = Classroom("x", "BCDFGHJK", "T", "", "", 0.0, worlds=worlds)
    ids = (f"{number:012x}" for number in count())
    first = read_roster("name,number,world,seat\nAda,1,A,BEL\nBob,2,B,COR\n", WORLDS, SEATS)
    room, _ = with_roster(room, first, ids)
    room, ada = classroom.enter(room, person_id="f" * 12, token="t", name="Ada", number="1")
    assert (ada.place, ada.world, ada.seat, ada.role) == ("seated", "A", "BEL", "player")
    second = read_roster("name,number,world,seat\nAda,1,B,COR\nEve,3,A,BEL\n", WORLDS, SEATS)
    room, notes = with_roster(room, second, ids)
    assert [(p.name, p.world, p.seat, p.role, p.expected) for p in room.people.values()] == [
        ("Ada", "A", "BEL", "player", True),
        ("Eve", "A", "BEL", "team", True),
    ]
    assert [note.text for note in notes] == [
        "Ada is here already and keeps the present seat. Use assign to move somebody."
    ]
