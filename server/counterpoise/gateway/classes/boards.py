"""What a class shows: the board to its moderator and projectors, the lobby to each student."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from msgspec import structs

from counterpoise.classes.classroom import Classroom, Person, World, sharers
from counterpoise.classes.join_codes import shown
from counterpoise.gateway.classes.seat_ways import connections_of
from counterpoise.gateway.console.qr_code import qr_code
from counterpoise.gateway.listener.static import outlines_address
from counterpoise.gateway.room import Room
from counterpoise.gateway.session_status import local_time
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.public_view import public_view
from counterpoise.wire.class_boards import Board, BoardPerson, BoardSeat, BoardWorld
from counterpoise.wire.class_messages import ClassRole, Lobby
from counterpoise.wire.messages import Phase

_EARLIEST: tuple[Phase, ...] = ("running", "paused", "lobby", "ended")


@dataclass(frozen=True, slots=True)
class Showing:
    """What boards and lobbies are made from.

    Args:
        room: the class.
        scenario: its scenario.
        rooms: the rooms of its worlds by letter; an ended world that is not loaded has none.
        ended: how worlds stood at their end, by session; a world that has not been read since the server began is missing.
        in_lobby: the people whose socket of the class is open.
        join: the address that students open.
        now: seconds of the monotonic clock.
    """

    room: Classroom
    scenario: Scenario
    rooms: Mapping[str, Room]
    ended: Mapping[str, BoardWorld]
    in_lobby: Collection[str]
    join: str
    now: float


def board(showing: Showing, role: ClassRole) -> Board:
    """Return the board for the moderator or the projectors of a class. An anonymous class shows places to moderators only."""
    room, shows_places = showing.room, role == "moderator" or not showing.room.anonymous
    return Board(
        code=shown(room.code),
        title=room.title,
        scenario=showing.scenario.title,
        door=room.is_open,
        admits=room.admits,
        seats=room.seats,
        anonymous=room.anonymous,
        join=showing.join,
        qr=qr_code(showing.join),
        people=[_person(showing, each, role, shows_places=shows_places) for each in room.people.values()],
        worlds=[
            world_board(showing, each, shows_people=shows_places, shows_all=role == "moderator")
            for each in room.worlds.values()
        ],
        actors=[actor.plain() for actor in showing.scenario.actors],
        map=outlines_address(showing.scenario),
    )


def without_countdown(board: Board, now: float) -> Board:
    """Return a board that is equal to another if nothing has happened but that time has passed."""

    def timeless(world: BoardWorld) -> BoardWorld:
        ends = world.phase == "running" and world.seconds_left >= 0
        return structs.replace(world, seconds_left=float(round((now + world.seconds_left) / 2)) if ends else -1.0)

    return structs.replace(board, worlds=[timeless(world) for world in board.worlds])


def lobby(showing: Showing, person: Person) -> Lobby:
    """Return where a student stands."""
    room, scenario = showing.room, showing.scenario
    here = room.worlds.get(person.world) if person.place == "seated" else None
    actors = {str(actor.id): actor for actor in scenario.actors}
    own = actors.get(person.seat) if here is not None else None
    unseated = [p for p in room.people.values() if p.has_come and p.place != "seated" and p.id != person.id]
    earlier = [p for p in room.people.values() if p.has_come and not p.admitted and p.arrived < person.arrived]
    return Lobby(
        title=room.title,
        scenario=scenario.title,
        summary=scenario.summary,
        minutes=scenario.minutes,
        name=person.name,
        place=person.place,
        ahead=len(earlier) if person.place == "waiting" else 0,
        people=sum(1 for each in room.people.values() if each.has_come),
        world="" if here is None else here.letter,
        session="" if here is None else here.session,
        phase=_phase(showing, here),
        seat="" if here is None else person.seat,
        seat_name="" if own is None else own.name,
        role="" if here is None else person.role,
        team=[
            each.name
            for each in (sharers(room, person.world, person.seat) if here is not None else [])
            if each.id != person.id
        ],
        anonymous=room.anonymous,
        waiting=[] if room.anonymous or here is not None else [each.name for each in unseated],
        briefing="" if own is None else own.briefing,
        goals=[] if own is None else list(own.goals),
    )


def is_present(showing: Showing, person: Person) -> bool:
    """Return whether a person is in the lobby or at the seat now."""
    if person.id in showing.in_lobby:
        return True
    room = showing.rooms.get(person.world)
    return room is not None and bool(person.seat) and bool(connections_of(room, person))


def _phase(showing: Showing, world: World | None) -> Phase:
    rooms = showing.rooms
    letters = list(showing.room.worlds) if world is None else [world.letter]
    phases: list[Phase] = [rooms[letter].session.phase if letter in rooms else "ended" for letter in letters]
    return min(phases, key=_EARLIEST.index, default="lobby")


def _person(showing: Showing, person: Person, role: ClassRole, *, shows_places: bool) -> BoardPerson:
    return BoardPerson(
        person=person.id,
        name=person.name,
        number=person.number if role == "moderator" else "",
        place=person.place,
        world=person.world if shows_places else "",
        seat=person.seat if shows_places else "",
        present=is_present(showing, person),
        entered=person.has_come,
        expected=person.expected,
        same_as=person.same_as if role == "moderator" else "",
    )


def world_board(showing: Showing, world: World, *, shows_people: bool, shows_all: bool) -> BoardWorld:
    """Return one world of a class, with the people of its seats or the moderator's facts where they are to be shown."""
    room, scenario = showing.rooms.get(world.letter), showing.scenario
    start, end = scenario.start.isoformat(), scenario.end.isoformat()

    def people(seat: str) -> list[str]:
        return [each.id for each in sharers(showing.room, world.letter, seat)] if shows_people else []

    if room is None:
        last = showing.ended.get(world.session)
        if last is None:  # nothing is told of it that is not known
            empty = [
                BoardSeat(a.id, a.name, "empty", people(a.id), connected=False, active=True, waited_for=False)
                for a in scenario.actors
            ]
            return BoardWorld(world.letter, world.session, "ended", "", start, end, 0, -1.0, "", "", [], [], empty)
        return structs.replace(last, seats=[structs.replace(seat, people=people(seat.seat)) for seat in last.seats])
    session, public = room.session, public_view(room.session.simulation.world)
    # Where no window opens, only those who are called are waited for, and that there is a call may be a secret.
    shows_stop = shows_all or room.pacer.is_at_window
    waited = room.pacer.waiting_for() if shows_stop else ()
    return BoardWorld(
        world=world.letter,
        session=world.session,
        phase=session.phase,
        date=public.date,
        start=start,
        end=end,
        window=session.window,
        seconds_left=room.pacer.seconds_left(showing.now) if shows_stop else -1.0,
        due=local_time(room.pacer.due if shows_stop else None, session.pace.timetable or None),
        reason=session.texts.text(session.pause_reason) if session.phase == "paused" else "",
        crises=list(public.crises),
        wars=list(public.wars),
        seats=[_seat(room, actor, people(actor), waited_for=actor in waited) for actor in session.seats],
        at_window=room.pacer.is_at_window,
        facts=public,
        rehearsal=room.console.rehearsal if shows_all else None,
        waits_for_people=room.pacer.waits_for_people_to_come,
    )


def _seat(room: Room, actor: ActorId, people: list[str], *, waited_for: bool) -> BoardSeat:
    seat, state = room.seats.by_id[actor], room.session.simulation.world.actors[actor]
    return BoardSeat(actor, seat.name, seat.occupant, people, bool(room.audience.at(actor)), state.active, waited_for)
