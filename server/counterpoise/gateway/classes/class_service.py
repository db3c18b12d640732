"""All classes of one server: kept beside the journals, found by code or token, and served to their sockets."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from counterpoise.classes.classroom import Classroom, Person, World, enter
from counterpoise.classes.dealing import deal, seats_by_interest
from counterpoise.classes.join_codes import make_code, problem_of, read_code, shown
from counterpoise.classes.roster import read_roster
from counterpoise.errors import ClassError, ConfigurationError
from counterpoise.gateway.classes.guessing import GuessLimits
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.gateway.classes.moderation import import_roster
from counterpoise.gateway.classes.seat_ways import way_of
from counterpoise.gateway.classes.worlds import add_world
from counterpoise.gateway.going_on import GoingOn
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.room import Room
from counterpoise.gateway.seating.devices import token_of_code
from counterpoise.session.commands import Pace
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import IndexSetting
from counterpoise.store.class_book import ClassBook
from counterpoise.store.tokens import digest_of
from counterpoise.wire.class_messages import ClassRole, YourSeat

CLASSES_MAX = 200
_TOKEN_BYTES = 24
_ROLES: tuple[ClassRole, ...] = ("moderator", "observer")
_log = logging.getLogger("counterpoise.gateway")


@dataclass(frozen=True, slots=True)
class ClassLinks:
    """The addresses of a class: for students (with the code in it), the moderator and the projector."""

    code: str
    title: str
    join: str
    moderator: str
    projector: str


@dataclass(frozen=True, slots=True)
class NewClass:
    """How a class is made.

    Args:
        title: what the moderator calls it.
        scenario_text: text of the scenario file.
        source: name of the scenario file.
        worlds: how many worlds it has at first.
        roster: text of a roster; empty without one.
        seed: seed of the first world; the others draw their own. Drawn if empty.
        pace: how the clocks run.
        threat_index: whether seats are shown the threat index; ``None`` for what the scenario says.
        anonymous: whether only the moderator learns who plays what until the debrief.
        moment: where its one world goes on from another session; ``None`` to begin at the scenario's start.
    """

    title: str
    scenario_text: str
    source: str
    worlds: int = 1
    roster: str = ""
    seed: str = ""
    pace: Pace | None = None
    threat_index: IndexSetting | None = None
    anonymous: bool = False
    moment: JournalMoment | None = None


class ClassService:
    """The classes of one server.

    Args:
        hub: the sessions of the server, not opened yet.
        book: where classes are kept; ``None`` where they cannot be kept, and then there are none.
        url: returns the start of the links.
    """

    def __init__(self, hub: Hub, book: ClassBook | None, url: Callable[[], str]) -> None:
        self.guesses = GuessLimits()
        self._hub, self._book, self._url = hub, book, url
        self._writing = asyncio.Lock()
        self._by_id: dict[str, LiveClass] = {}
        self._going_on = GoingOn(hub, self)
        hub.on_locked, hub.on_served = self._load, self._note_room

    @property
    def all(self) -> list[LiveClass]:
        """Every class, the oldest first."""
        return list(self._by_id.values())

    @property
    def sessions(self) -> list[str]:
        """The sessions that are worlds of classes."""
        return [world.session for live in self.all for world in live.room.worlds.values()]

    async def open(self) -> None:
        """Delete each class whose worlds are all gone from the disk, with the names in it. The hub is open: classes are loaded.

        Raises:
            StorageError: the classes cannot be written.
        """
        for live in self.all:
            sessions = [world.session for world in live.room.worlds.values()]
            if sessions and not any(self._is_kept(session) for session in sessions):
                _log.warning("class %s is deleted: its worlds are gone", live.room.id)
                await self.delete(live)

    async def close(self) -> None:
        """Stop informing the sockets, and close the file."""
        for live in self.all:
            live.close()
        if self._book is not None:
            await self._write(self._book.close)

    async def create(self, new: NewClass) -> LiveClass:
        """Make a class with its worlds.

        Raises:
            ClassError: the roster has a mistake, or the server has as many classes as it takes.
            ConfigurationError: the sessions are kept in a database.
            ScenarioError: the scenario is wrong.
            StorageError: it may not be on the disk.
        """
        if self._book is None:
            raise ConfigurationError(
                "a class needs a data folder, in which the names of its people are kept: leave --database out. Sessions "
                "without a class can be kept in a database."
            )
        if len(self._by_id) >= CLASSES_MAX:
            raise ClassError("full", "$", f"at most {CLASSES_MAX} classes on a server", f"{len(self._by_id)}")
        scenario = await asyncio.to_thread(parse_scenario, new.scenario_text, new.source)
        title = " ".join(new.title.split()) or scenario.title
        if new.roster:
            letters = [chr(ord("A") + place) for place in range(new.worlds)]
            read_roster(new.roster, letters, {actor.id: actor.name for actor in scenario.actors})
        machine = self._hub.machine
        room = Classroom(
            machine.hex(4), self._free_code(), title, new.scenario_text, new.source, machine.wall(),
            anonymous=new.anonymous,
        )  # fmt: skip
        await self._write(self._book.save, None, room)
        live = self._add(room)
        try:
            for number in range(new.worlds):
                seed = new.seed if number == 0 else ""
                await add_world(live, seed=seed, pace=new.pace, threat_index=new.threat_index, moment=new.moment)
            if new.roster:
                await import_roster(live, new.roster)
        except BaseException:
            await self.delete(live)
            raise
        return live

    async def create_from(self, live: LiveClass, moment: JournalMoment, pace: Pace) -> LiveClass:
        """Make a class whose one world goes on from a moment of a world of another class, which stays as it is.

        Raises:
            ClassError: the server has as many classes as it takes, or the world cannot be made.
            StorageError: it may not be on the disk.
        """
        room = live.room
        title = f"{room.title} ({moment.date})"
        return await self.create(
            NewClass(title, room.scenario, room.source, pace=pace, anonymous=room.anonymous, moment=moment)
        )

    async def delete(self, live: LiveClass) -> None:
        """Delete a class and the names in it. Its sessions stay.

        Raises:
            StorageError: it may still be on the disk.
        """
        await self._forget(live.room.id)
        del self._by_id[live.room.id]
        live.dismiss_all("this class has been deleted")
        live.close()

    def of_session(self, session: str) -> LiveClass | None:
        """Return the class of which a session is a world; ``None`` if it is of none."""
        worlds = ((live, world) for live in self.all for world in live.room.worlds.values())
        return next((live for live, world in worlds if world.session == session), None)

    def by_code(self, text: str) -> LiveClass:
        """Return the class with a code, as a person typed it.

        Raises:
            ClassError: no class of this server has it.
        """
        code = read_code(text)
        if problem := problem_of(code):
            raise ClassError("wrong_code", "$.code", "the code of a class, such as KTRM-BXCH", problem)
        for live in self.all:
            if hmac.compare_digest(live.room.code, code):
                return live
        raise ClassError("wrong_code", "$.code", "the code of a class of this server", f"{shown(code)}, which none has")

    def by_token(self, token: str) -> tuple[LiveClass, ClassRole] | None:
        """Return the class and the role of a moderator's or a projector's token; ``None`` if it is not valid."""
        for live in self.all:
            for role in _ROLES:
                if hmac.compare_digest(self._hub.key.class_token(live.room.id, role).encode(), token.encode()):
                    return live, role
        return None

    def by_person(self, token: str) -> tuple[LiveClass, Person] | None:
        """Return the class and the person of a student's token; ``None`` if it is not valid."""
        digest = digest_of(token)
        for live in self.all:
            for person in live.room.people.values():
                if person.token == digest:
                    return live, person
        return None

    async def enter(self, live: LiveClass, name: str, number: str) -> tuple[Person, str]:
        """Let somebody into a class by its code; return the person and the token that leads back.

        Raises:
            ClassError: the person may not enter.
            StorageError: it may not be on the disk.
        """
        machine = self._hub.machine
        token, person_id, entered = machine.hex(_TOKEN_BYTES), machine.hex(6), ""

        def change(room: Classroom) -> Classroom:
            nonlocal entered
            after, person = enter(room, person_id=person_id, token=digest_of(token), name=name, number=number)
            entered = person.id
            if room.seats == "everyone" and room.worlds and person.place == "admitted":
                try:
                    return deal(after, [person.id], seats_by_interest(live.scenario), live.seats)
                except ClassError:  # no seat is left: the moderator sees who stays in the lobby
                    return after
            return after

        after = await live.change(change)
        return after.people[entered], token

    async def enter_by_device(self, text: str) -> tuple[LiveClass, Person, str, YourSeat]:
        """Let a person go on, on another device, by the code that the device before shows.

        Args:
            text: the code as the person typed it.

        Returns:
            The class, the person, the token that leads back, and the way to the seat.

        Raises:
            ClassError: the code is wrong, used or too old.
            StorageError: it may not be on the disk.
        """
        token, code = self._hub.machine.hex(_TOKEN_BYTES), token_of_code(text)
        for live in self.all if code else ():
            found = await live.change_device(code, digest_of(token))
            if found is not None:
                person, session, way = found
                return live, person, token, way_of(person, session, way)
        problem = "this code is wrong, was used already or is too old. Let your first device show a new one."
        raise ClassError("wrong_device_code", "$.device", "", problem)

    def links(self, live: LiveClass) -> ClassLinks:
        """Return the addresses of a class. They are the same after each restart."""
        room, key = live.room, self._hub.key
        moderator, observer = (key.class_token(room.id, role) for role in _ROLES)
        start = self._url()
        return ClassLinks(
            shown(room.code),
            room.title,
            self._join(room),
            f"{start}/class#{moderator}",
            f"{start}/class#{observer}",
        )

    def _join(self, room: Classroom) -> str:
        return f"{self._join_page}#{shown(room.code)}"

    @property
    def _join_page(self) -> str:
        return f"{self._url()}/join"

    async def _forget(self, class_id: str) -> None:
        assert self._book is not None, "there is a class"
        await self._write(self._book.delete, class_id)

    def _add(self, room: Classroom) -> LiveClass:
        async def save(before: Classroom | None, after: Classroom) -> None:
            assert self._book is not None, "there is a class"
            if before is not after:
                await self._write(self._book.save, before, after)
            self._note_worlds(after)

        scenario = parse_scenario(room.scenario, room.source)
        live = self._by_id[room.id] = LiveClass(room, scenario, self._hub, save, self._join(room))
        return live

    async def _load(self) -> None:
        """Load every class, before any world is served: a world learns at once whether people have seats in it."""
        if self._book is not None and self._book.exists:
            for room in await self._write(self._book.load):
                self._add(room)

    def _free_code(self) -> str:
        taken = {live.room.code for live in self.all}
        while (code := make_code(self._hub.machine.random)) in taken:
            pass
        return code

    def _is_kept(self, session: str) -> bool:
        return self._hub.has_session(session) or self._hub.shelf.find(self._hub.shelf.name_for(session)) is not None

    def _note_room(self, room: Room) -> None:
        """Tell a session which world of which class it is, and how another goes on from it."""
        room.beside.go_on = partial(self._going_on.answer, room)
        for live in self.all:
            for world in live.room.worlds.values():
                if world.session == room.session.id:
                    _note_world(room, live.room, world, self._join_page)
                    live.refresh()

    def _note_worlds(self, room: Classroom) -> None:
        for world in room.worlds.values():
            if (served := self._hub.rooms.get(world.session)) is not None:
                _note_world(served, room, world, self._join_page)

    async def _write(self, work: Callable[..., Any], *args: Any) -> Any:
        """Do work with the file of classes in a thread, one after the other."""
        async with self._writing:
            return await asyncio.to_thread(work, *args)


def _note_world(served: Room, room: Classroom, world: World, join_page: str) -> None:
    """Let a session tell its people which world it is, and hide the names of an anonymous class."""
    served.admission.name_world(room.title, world.letter)
    served.seating.devices.lead_by(join_page)
    served.administrator.hide_names(hidden=room.anonymous)
