"""What the moderator of a class asks for, carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import repeat

from msgspec import structs, to_builtins

from counterpoise.classes import classroom
from counterpoise.classes.classroom import Classroom, person_in
from counterpoise.classes.dealing import deal, seats_by_interest
from counterpoise.classes.roster import check_roster, read_roster, with_roster
from counterpoise.gateway.classes.live_class import OTHER_DEVICE, LiveClass
from counterpoise.gateway.classes.records import records_of
from counterpoise.gateway.classes.worlds import add_world
from counterpoise.gateway.console.qr_code import qr_code
from counterpoise.wire.class_messages import (
    AddWorld,
    Admit,
    AskRecords,
    Assign,
    ClassNote,
    ClassRecords,
    ClassRole,
    CommandWorlds,
    Deal,
    ImportRoster,
    LetMove,
    ModeratorRequest,
    OpenWorld,
    Refuse,
    Rename,
    RenamePerson,
    RosterMistake,
    RosterPerson,
    RosterRead,
    SamePerson,
    SetAnonymous,
    SetDoor,
    Taken,
    Unassign,
    WorldLink,
)

TURNED_AWAY = "whoever leads the class has taken you out of it"


async def carry_out(live: LiveClass, asked: ModeratorRequest) -> Taken | WorldLink | RosterRead | ClassRecords:
    """Carry out what a moderator asks of a class; return the answer.

    Raises:
        ClassError: it is refused, and nothing has changed.
        StorageError: it may not be on the disk.
    """
    match asked:
        case AddWorld(seed=seed):
            await add_world(live, same_seed=seed == "same")
        case CommandWorlds(worlds=worlds, command=command):
            refusals = await live.command(worlds, command, lambda: live.hub.machine.hex(16))
            return Taken(asked.id, refusals)
        case OpenWorld(world=world, role=role):
            return await open_world(live, world, role, asked.id)
        case AskRecords():
            sheets, table = await records_of(live)
            return ClassRecords(asked.id, to_builtins(sheets), table)
        case ImportRoster(csv=csv, checks=True):
            return read_only(live, csv, asked.id)
        case ImportRoster(csv=csv):
            return Taken(asked.id, notes=await import_roster(live, csv))
        case Refuse(person=person):
            await remove_person(live, person, TURNED_AWAY)
        case SamePerson(waiting=waiting, known=known):
            await live.change(lambda room: classroom.merge(room, waiting, known))
            live.dismiss(waiting, "you are back in your place: open the page of the class again")
            live.dismiss(known, OTHER_DEVICE)
        case _:
            await live.change(_change(live, asked))
    return Taken(asked.id)


def _change(live: LiveClass, asked: ModeratorRequest) -> Callable[[Classroom], Classroom]:
    """Return what changes nothing but the class itself."""
    match asked:
        case Admit(people=people):
            return lambda room: classroom.admit(room, people)
        case Assign(person=person, world=world, seat=seat):
            return lambda room: classroom.assign(room, person, world, seat, live.seats)
        case Unassign(person=person):
            return lambda room: classroom.unassign(room, person)
        case Deal(people=people):
            return lambda room: deal(room, people, seats_by_interest(live.scenario), live.seats)
        case LetMove(person=person):
            return lambda room: classroom.with_people(room, [structs.replace(person_in(room, person), may_move=True)])
        case SetDoor(open=is_open, admits=admits, seats=seats):
            return lambda room: structs.replace(room, is_open=is_open, admits=admits, seats=seats)
        case SetAnonymous(on=on):
            return lambda room: structs.replace(room, anonymous=on)
        case Rename(title=title):
            return lambda room: structs.replace(room, title=classroom.named(title, "$.title"))
        case RenamePerson(person=person, name=name):
            return lambda room: classroom.renamed(room, person, name)
        case _:
            raise AssertionError(f"a {type(asked).__name__} is carried out elsewhere")


async def import_roster(live: LiveClass, csv: str) -> list[ClassNote]:
    """Give a class another roster; return what to know about it.

    Raises:
        ClassError: the roster has a mistake, or is too long for the class.
        StorageError: it may not be on the disk.
    """
    notes: list[ClassNote] = []

    def change(room: Classroom) -> Classroom:
        lines = read_roster(csv, list(room.worlds), live.names)
        made, said = with_roster(room, lines, _ids(live))
        count = len(lines)
        notes[:] = [ClassNote(f"{count} people are expected.", "expected", {"count": count}), *said]
        return made

    await live.change(change)
    return notes


def read_only(live: LiveClass, csv: str, request_id: str) -> RosterRead:
    """Return what a roster would bring, with all its mistakes; the class stays as it is."""
    lines, mistakes = check_roster(csv, list(live.room.worlds), live.names)
    return RosterRead(
        request_id,
        [RosterPerson(line.name, line.number, line.world, live.names.get(line.seat, "")) for line in lines],
        [RosterMistake(m.path, m.expected, m.got, m.reason, dict(m.terms)) for m in mistakes],
    )


async def remove_person(live: LiveClass, person: str, reason: str) -> None:
    """Take somebody out of a class, with the seat and the way back.

    Raises:
        ClassError: there is no such person.
        StorageError: it may not be on the disk.
    """
    await live.change(lambda room: classroom.without(room, person_in(room, person).id))
    live.dismiss(person, reason)


async def open_world(live: LiveClass, letter: str, role: ClassRole, request_id: str) -> WorldLink:
    """Return a new way into a world as its moderator or an observer.

    Raises:
        ClassError: there is no such world, or it cannot be opened.
        StorageError: the world is not served now.
    """
    room = await live.room_of(letter)
    token = await room.writer.call(lambda journal: journal.tokens.issue(role, shared=role == "observer"))
    url = live.hub.link(room.session.id, token)
    return WorldLink(request_id, letter, room.session.id, role, token, url, qr_code(url))


def _ids(live: LiveClass) -> Iterator[str]:
    return (live.hub.machine.hex(6) for _ in repeat(None))
