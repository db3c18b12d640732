"""Read the roster of a class: a table with a line for each person, as spreadsheets write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from counterpoise.classes.classroom import (
    PEOPLE_MAX,
    TEAM_MAX,
    Classroom,
    Person,
    SeatedRole,
    next_place,
    number_key,
    sharers,
    with_people,
)
from counterpoise.errors import ClassError, comparison
from counterpoise.wire.class_messages import NAME_MAX, NUMBER_MAX, ClassNote
from counterpoise.wire.cleaning import clean_name

COLUMNS = {
    "name": ("name", "student", "person", "full name", "vorname nachname"),
    "first": ("first name", "firstname", "given name", "vorname"),
    "last": ("last name", "lastname", "surname", "family name", "nachname"),
    "number": (
        "number", "email", "e-mail", "mail", "e-mail address", "email address", "id", "student id", "student number",
        "matriculation number", "nummer", "matrikelnummer", "matrikel",
    ),
    "world": ("world", "welt", "group", "section"),
    "seat": ("seat", "state", "team", "country", "sitz", "staat", "land"),
    "note": ("note", "notes", "comment", "remark", "notiz", "bemerkung"),
}  # fmt: skip
"""What the columns may be called, in any case. Notes are for the teacher: the class does not read them."""
_SEPARATORS = (";", "\t", ",")


class RosterLine(NamedTuple):
    """One person of a roster.

    Args:
        line: number of the line in the text, from 1.
        name: the person's name.
        number: e-mail address or number; empty without one.
        world: letter of the world; empty without one.
        seat: code of the seat; empty without one.
    """

    line: int
    name: str
    number: str
    world: str
    seat: str


def read_roster(text: str, worlds: Sequence[str], seats: Mapping[str, str]) -> list[RosterLine]:
    """Return the people of a roster.

    Args:
        text: the table, separated by commas, semicolons or tabs; the first line has the columns' names.
        worlds: the letters of the worlds of the class.
        seats: the names of the scenario's states, by code.

    Raises:
        ClassError: lines have mistakes. The path has the number of the line and the column; of several mistakes the path has
            the numbers of the lines, and ``got`` says each on a line of its own.
    """
    people, mistakes = check_roster(text, worlds, seats)
    if mistakes:
        raise _all(mistakes)
    return people


def check_roster(
    text: str, worlds: Sequence[str], seats: Mapping[str, str]
) -> tuple[list[RosterLine], list[ClassError]]:
    """Return the people of a roster whose lines can be read, and every mistake of the other lines.

    Args:
        text, worlds, seats: see ``read_roster``.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    people: list[RosterLine] = []
    mistakes: list[ClassError] = []
    try:
        lines = list(_rows(text))
        if not lines:
            raise _wrong(1, "", "a first line with the columns' names, such as name,number", "an empty table", "empty")
        columns = _columns(*lines[0])
        if len(lines) == 1:
            raise _wrong(lines[0][0], "", "a line for each person below the columns' names", "nobody", "nobody")
    except ClassError as mistake:
        return [], [mistake]
    seen: dict[str, int] = {}
    width = len(lines[0][1])
    for line, cells in lines[1:]:
        if any(cell.strip() for cell in cells[width:]):
            mistakes.append(
                _wrong(
                    line, "", f"{width} cells, as the first line has", f"{len(cells)}", "cells",
                    width=width, count=len(cells),
                )
            )  # fmt: skip
            continue
        values = {
            kind: " ".join(clean_name(cells[at]) for at in places if at < len(cells)).strip()
            for kind, places in columns.items()
        }
        if not any(values.values()):
            continue
        person, wrong = _person(line, values, worlds, seats)
        wrong += _seen_before(person, seen)
        mistakes += wrong
        if not wrong:
            people.append(person)
    return people, mistakes


def _all(mistakes: Sequence[ClassError]) -> ClassError:
    """Return one refusal that says every mistake."""
    if len(mistakes) == 1:
        return mistakes[0]
    places = dict.fromkeys(mistake.path.partition(",")[0].removeprefix("line ") for mistake in mistakes)
    path = f"line{'s' if len(places) > 1 else ''} {', '.join(places)}"
    said = [f"{mistake.path}: {comparison(mistake.expected, mistake.got)}" for mistake in mistakes]
    return ClassError("roster", path, "", "\n  ".join([f"{len(mistakes)} mistakes:", *said]))


def _seen_before(person: RosterLine, seen: dict[str, int]) -> list[ClassError]:
    """Return the mistake that an earlier line has the same person; ``seen`` notes the line."""
    key = number_key(person.number) or f"name {person.name.casefold()}"
    if not person.name or seen.setdefault(key, person.line) == person.line:
        return []
    what = "number" if person.number else "name"
    who = person.number or person.name
    got = f"line {seen[key]} has the same {what}, {who}"
    return [_wrong(person.line, what, "", got, "same", other=seen[key], who=who)]


def with_roster(room: Classroom, people: Sequence[RosterLine], ids: Iterator[str]) -> tuple[Classroom, list[ClassNote]]:
    """Return the class with another roster, and what to know about it.

    Who has come stays, with name and seat. Who has not come and is no longer in the roster goes.

    Args:
        room: the class.
        people: the roster.
        ids: yields ids for new people.

    Raises:
        ClassError: the class or a seat would be too full.
    """
    stay = {name: replace(each, expected=False) for name, each in room.people.items() if each.has_come}
    notes: list[ClassNote] = []
    made, place = replace(room, people=stay), next_place(room)
    for offset, line in enumerate(people):
        here = _known(made, line)
        if here is not None:
            made = with_people(made, [replace(here, expected=True, number=here.number or line.number)])
            if line.seat and (here.world, here.seat) != (line.world, line.seat):
                text = f"{here.name} is here already and keeps the present seat. Use assign to move somebody."
                notes.append(ClassNote(text, "keeps_seat", {"name": here.name}))
            continue
        others = sharers(made, line.world, line.seat)
        if len(others) >= TEAM_MAX:
            raise _wrong(
                line.line, "seat", f"at most {TEAM_MAX} people in a seat", f"more for {line.seat}", "seat_full",
                most=TEAM_MAX, seat=line.seat,
            )  # fmt: skip
        role: SeatedRole = "" if not line.seat else "team" if any(o.role == "player" for o in others) else "player"
        new = Person(
            next(ids), place + offset, line.name, number=line.number, expected=True, world=line.world, seat=line.seat,
            role=role,
        )  # fmt: skip
        made = with_people(made, [new])
    if len(made.people) > PEOPLE_MAX:
        raise ClassError(
            "full", "$.csv", f"at most {PEOPLE_MAX} people in a class", f"{len(made.people)}", "class_full",
            {"most": PEOPLE_MAX},
        )  # fmt: skip
    return made, notes


def _known(room: Classroom, line: RosterLine) -> Person | None:
    """Return who of a roster's line is in the class already."""
    key, name = number_key(line.number), line.name.casefold()
    for person in room.people.values():
        if person.expected:
            continue  # another line of the same roster has named this person
        by_name = not person.number and person.name.casefold() == name
        if (key and number_key(person.number) == key) or (not key and by_name):
            return person
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that is not empty, with its number. The separator is the one that the first line has most of."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    table = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True, strict=True)
    begins = 1
    try:
        for cells in table:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = table.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _wrong(
                begins, "", "a second quotation mark where the cell ends", "a cell that is never closed", "cell_open"
            ) from None
        raise _wrong(begins, "", "", f"the line cannot be read as a table: {error}", "no_table") from None


def _columns(line: int, headings: list[str]) -> dict[str, list[int]]:
    """Return where the columns of each kind stand: first and last names together make the name."""
    found: dict[str, list[int]] = {}
    unknown: list[ClassError] = []
    for at, heading in enumerate(headings):
        word = " ".join(heading.split()).casefold().replace("_", " ")
        kind = next((kind for kind, names in COLUMNS.items() if word in names), None)
        if kind is not None:
            found.setdefault(kind, []).append(at)
        elif word:
            columns, shown = ", ".join(COLUMNS), heading.strip()[:40]
            expected = f"one of {columns} as the name of a column"
            got = f"{shown}, which the class does not know"
            unknown.append(_wrong(line, "", expected, got, "column", columns=columns, given=shown))
    found.pop("note", None)
    for kind, places in found.items():
        if len(places) > 1:
            named = " and ".join(headings[at].strip() for at in places)
            raise _wrong(line, "", f"one column for the {kind}", f"{len(places)}: {named}", "columns", given=named)
    parts = [*found.pop("first", []), *found.pop("last", [])]
    if "name" not in found and parts:
        found["name"] = parts
    if "name" not in found:
        shown = ", ".join(cell.strip() for cell in headings)[:80]
        expected = "the columns' names, of which one is name"
        raise _wrong(line, "", expected, shown or "no names", "no_name_column", given=shown or "–")
    if unknown:
        raise unknown[0]
    return found


def _person(
    line: int, values: Mapping[str, str], worlds: Sequence[str], seats: Mapping[str, str]
) -> tuple[RosterLine, list[ClassError]]:
    """Return the person of a line as far as it can be read, and its mistakes."""
    name, number = values["name"], values.get("number", "")
    wrong = [] if name else [_wrong(line, "name", "a name", "an empty cell", "no_name")]
    for column, value, most in (("name", name, NAME_MAX), ("number", number, NUMBER_MAX)):
        if len(value) > most:
            got = f"{len(value)}"
            wrong.append(_wrong(line, column, f"at most {most} characters", got, "long", most=most, count=len(value)))
    world = values.get("world", "").upper().removeprefix("WORLD").removeprefix("WELT").strip()
    if world.isdecimal() and 1 <= int(world) <= len(worlds):
        world = worlds[int(world) - 1]
    if world and world not in worlds:
        letters, shown = ", ".join(worlds), values["world"][:40]
        wrong.append(
            _wrong(line, "world", f"one of {letters}, or nothing", shown, "world", worlds=letters, given=shown)
        )
    given = values.get("seat", "")
    codes = {name.casefold(): code for code, name in seats.items()} | {code.casefold(): code for code in seats}
    seat = codes.get(given.casefold(), "")
    if given and not seat:
        options = ", ".join(f"{code} ({name})" for code, name in seats.items())
        wrong.append(
            _wrong(line, "seat", f"one of {options}, or nothing", given[:40], "seat", seats=options, given=given[:40])
        )
    if seat and not world:
        if len(worlds) == 1:
            world = worlds[0]
        else:
            letters = ", ".join(worlds)
            expected = f"one of {letters}, because the line names a seat"
            wrong.append(_wrong(line, "world", expected, "an empty cell", "no_world", worlds=letters))
    return RosterLine(line, name, number, world, seat), wrong


def _wrong(line: int, column: str, expected: str, got: str, why: str, **terms: str | int) -> ClassError:
    """Return a mistake. Pages say it in their language by ``why``, which stands in the reason after ``roster_``."""
    path = f"line {line}, {column}" if column else f"line {line}"
    return ClassError("roster", path, expected, got, f"roster_{why}", terms)
