"""A class as one value, and everything that may happen to it. Each function returns the class afterwards and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from counterpoise.errors import ClassError
from counterpoise.wire.class_boards import Place, WhoIsAdmitted, WhoIsSeated
from counterpoise.wire.cleaning import clean_name

PEOPLE_MAX = 400
"""People of one class, those included whom only the roster names."""
WORLDS_MAX = 26
TEAM_MAX = 8
"""People who share a seat."""
SeatedRole = Literal["", "player", "team"]


class Person(Struct, frozen=True):
    """Somebody in a class, or in its roster.

    Args:
        id: made by the server.
        arrived: the place in the order in which people came; the roster's come by its lines.
        name: as the person wants to be called.
        number: the e-mail address or number of the roster; empty without one.
        token: hash of the token that lets the person back in; empty for somebody who has not come yet.
        expected: whether the roster names the person.
        admitted: whether the person may have a seat.
        world: letter of the world where the person sits or is to sit; empty without one.
        seat: code of the seat; empty without one.
        role: ``player`` for the first in a seat, ``team`` for those who join.
        grant: number of the seat's token that was made for the person last; 0 before.
        may_move: whether the moderator lets the person take the seat although it is played on another device.
        same_as: for somebody who waits, the person who has the same number; else empty.
    """

    id: str
    arrived: int
    name: str
    number: str = ""
    token: str = ""
    expected: bool = False
    admitted: bool = False
    world: str = ""
    seat: str = ""
    role: SeatedRole = ""
    grant: int = 0
    may_move: bool = False
    same_as: str = ""

    @property
    def has_come(self) -> bool:
        """Whether the person has entered."""
        return bool(self.token)

    @property
    def place(self) -> Place:
        """Where the person stands."""
        if not self.admitted:
            return "waiting"
        return "seated" if self.seat else "admitted"


class World(Struct, frozen=True):
    """A world of a class: its letter and the session that plays it."""

    letter: str
    session: str


class Classroom(Struct, frozen=True):
    """A class.

    Args:
        id: in the names of its sessions.
        code: the join code.
        title: what the moderator calls it.
        scenario: text of the scenario file.
        source: name of the scenario file.
        made: seconds since 1970.
        people: by id, in the order of arrival.
        worlds: by letter.
        is_open: whether the code lets anybody in.
        admits: who is admitted without the moderator.
        seats: who is seated without the moderator.
        anonymous: whether only the moderator learns who plays what until the debrief.
    """

    id: str
    code: str
    title: str
    scenario: str
    source: str
    made: float
    people: dict[str, Person] = {}
    worlds: dict[str, World] = {}
    is_open: bool = True
    admits: WhoIsAdmitted = "everyone"
    seats: WhoIsSeated = "roster"
    anonymous: bool = False


def person_in(room: Classroom, person: str, path: str = "$.person") -> Person:
    """Return a person of a class; raise ``ClassError`` if there is none with this id."""
    found = room.people.get(person)
    if found is None:
        raise ClassError("unknown_person", path, "", "this class has no such person, or the person has left")
    return found


def world_in(room: Classroom, letter: str, path: str = "$.world") -> World:
    """Return a world of a class; raise ``ClassError`` if there is none with this letter."""
    found = room.worlds.get(letter)
    if found is None:
        raise ClassError("unknown_world", path, f"one of {', '.join(room.worlds)}", letter or "no letter")
    return found


def sharers(room: Classroom, world: str, seat: str) -> list[Person]:
    """Return who sits or is to sit at a seat, in the order of arrival."""
    return [person for person in room.people.values() if person.world == world and seat and person.seat == seat]


def with_people(room: Classroom, changed: Iterable[Person]) -> Classroom:
    """Return the class with new or changed people."""
    return replace(room, people={**room.people, **{person.id: person for person in changed}})


def without(room: Classroom, person: str) -> Classroom:
    """Return the class without a person."""
    return replace(room, people={name: each for name, each in room.people.items() if name != person})


def named(name: str, path: str = "$.name") -> str:
    """Return a person's name without marks that would disturb a line; raise ``ClassError`` if nothing is left."""
    cleaned = clean_name(name)
    if not cleaned:
        raise ClassError("name_missing", path, "a name", "no name")
    return cleaned


def number_key(number: str) -> str:
    """Return a number or an e-mail address as it is compared."""
    return "".join(number.split()).casefold()


def enter(room: Classroom, *, person_id: str, token: str, name: str, number: str) -> tuple[Classroom, Person]:
    """Let somebody in by the code.

    Whom the roster knows by the number, or by the name if it has no number for it, takes the place that the roster keeps.

    Args:
        room: the class.
        person_id: for somebody new.
        token: hash of the token that lets the person back in.
        name: what the person said.
        number: what the person said; may be empty.

    Raises:
        ClassError: the door is closed, the class is full, or there is no name.
    """
    if not room.is_open:
        raise ClassError("door_closed", "$.code", "", "the door is closed now. Ask whoever leads the class to open it.")
    key = number_key(number)
    alike = [each for each in room.people.values() if key and number_key(each.number) == key]
    if not alike and not key:
        wanted = clean_name(name).casefold()
        alike = [each for each in _awaited(room) if not each.number and each.name.casefold() == wanted]
        alike = alike if len(alike) == 1 else []
    known = next((each for each in alike if not each.has_come), None)
    if known is not None:
        keeps_seat = room.seats != "nobody"
        come = replace(
            known,
            token=token,
            name=clean_name(name) or known.name,
            admitted=room.admits != "nobody",
            world=known.world if keeps_seat else "",
            seat=known.seat if keeps_seat else "",
            role=known.role if keeps_seat else "",
        )
        return with_people(room, [come]), come
    if len(room.people) >= PEOPLE_MAX:
        raise ClassError("full", "$.code", "", f"this class has {PEOPLE_MAX} people, which is the most it takes")
    same = alike[0].id if alike else ""
    new = Person(
        person_id,
        next_place(room),
        named(name),
        number=clean_name(number),
        token=token,
        admitted=room.admits == "everyone" and not same,
        same_as=same,
    )
    return with_people(room, [new]), new


def next_place(room: Classroom) -> int:
    """Return the place of the next person in the order of arrival."""
    return 1 + max((person.arrived for person in room.people.values()), default=0)


def admit(room: Classroom, people: Sequence[str]) -> Classroom:
    """Admit people; everybody who waits if none is named."""
    chosen = [person_in(room, name, f"$.people[{place}]") for place, name in enumerate(people)]
    waiting = [each for each in room.people.values() if each.has_come and not each.admitted and not each.same_as]
    return with_people(room, [replace(each, admitted=True, same_as="") for each in chosen or waiting])


def assign(room: Classroom, person: str, world: str, seat: str, seats: Sequence[str]) -> Classroom:
    """Seat a person, who is admitted by that.

    Args:
        room: the class.
        person: who.
        world: letter of the world.
        seat: code of the seat.
        seats: the codes of the scenario's seats.

    Raises:
        ClassError: there is no such person, world or seat, or the seat is full.
    """
    who, letter = person_in(room, person), world_in(room, world).letter
    if seat not in seats:
        raise ClassError("unknown_seat", "$.seat", f"one of {', '.join(seats)}", seat or "no seat")
    if (who.world, who.seat) == (letter, seat):
        return admit(room, [person])
    others = sharers(room, letter, seat)
    if len(others) >= TEAM_MAX:
        expected, got = f"at most {TEAM_MAX} people in a seat", f"{len(others)} sit there already"
        raise ClassError("full", "$.seat", expected, got, "team_full", {"most": TEAM_MAX})
    role: SeatedRole = "team" if any(each.role == "player" for each in others) else "player"
    moved = replace(who, admitted=True, world=letter, seat=seat, role=role, grant=0, may_move=False, same_as="")
    return with_people(room, [moved])


def unassign(room: Classroom, person: str) -> Classroom:
    """Take a person's seat."""
    who = person_in(room, person)
    if not who.seat:
        raise ClassError("not_seated", "$.person", "somebody with a seat", f"{who.name} has none")
    return with_people(room, [replace(who, world="", seat="", role="", grant=0, may_move=False)])


def merge(room: Classroom, waiting: str, known: str) -> Classroom:
    """Take somebody who waits for somebody known, who comes back on another device: the older device's token is void."""
    new, old = person_in(room, waiting, "$.waiting"), person_in(room, known, "$.known")
    if new.admitted or not new.has_come or new.id == old.id:
        raise ClassError("not_allowed", "$.waiting", "somebody who waits to be admitted", new.name)
    return with_people(without(room, new.id), [replace(old, token=new.token, admitted=True, may_move=True)])


def on_other_device(room: Classroom, person: Person, token: str, link: int) -> Classroom:
    """Let a person go on, on another device; the class stays as it is if the person has lost the seat meanwhile.

    Args:
        room: the class.
        person: who, with the seat.
        token: hash of the token that lets the person back in.
        link: number of the new way to the seat.
    """
    known = room.people.get(person.id)
    if known is None or (known.world, known.seat) != (person.world, person.seat):
        return room
    return with_people(room, [replace(known, token=token, grant=link, may_move=True)])


def renamed(room: Classroom, person: str, name: str) -> Classroom:
    """Give a person another name."""
    return with_people(room, [replace(person_in(room, person), name=named(name))])


def _awaited(room: Classroom) -> list[Person]:
    return [each for each in room.people.values() if each.expected and not each.has_come]
