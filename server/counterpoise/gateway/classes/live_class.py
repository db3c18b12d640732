"""A class that is served: its people at their sockets, its worlds, and every change on the disk before anybody is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from msgspec import structs

from counterpoise.classes.classroom import Classroom, Person, on_other_device, person_in, sharers, world_in
from counterpoise.errors import ClassError, CounterpoiseError, JournalError, OrderError, StorageError
from counterpoise.gateway.classes.boards import Showing, board, lobby, world_board
from counterpoise.gateway.classes.seat_ways import close_way, open_way, open_way_by_code
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.room import Room
from counterpoise.sim.scenario import Scenario
from counterpoise.wire.class_boards import Board, BoardWorld
from counterpoise.wire.class_messages import ClassRole, Lobby, WorldRefusal

REFRESH_SECONDS = 0.5
"""Boards and lobbies are made anew at most so often, and while somebody looks at least so often: worlds change by themselves."""
OTHER_DEVICE = "you came back on another device, which has your place now"
Save = Callable[[Classroom | None, Classroom], Awaitable[None]]
_log = logging.getLogger("counterpoise.gateway")


class Listener(Protocol):
    """A socket of the class."""

    @property
    def person(self) -> str:
        """Whose it is; empty for moderators and projectors."""

    def refresh(self) -> None:
        """Send the newest board or lobby, if it differs from the last."""

    def leave(self, reason: str) -> None:
        """Close, because the person is no longer in the class."""


class LiveClass:
    """One class.

    Args:
        room: the class as it is on the disk.
        scenario: its scenario.
        hub: has its worlds.
        save: writes what differs between the class before and after a change.
        join: the address that students open.
    """

    def __init__(self, room: Classroom, scenario: Scenario, hub: Hub, save: Save, join: str) -> None:
        self.room, self.scenario, self.hub = room, scenario, hub
        self.seats = [str(actor.id) for actor in scenario.actors]
        self.names = {str(actor.id): actor.name for actor in scenario.actors}
        self._save, self._join = save, join
        self._lock = asyncio.Lock()
        self._listeners: dict[Listener, None] = {}
        self._changed = asyncio.Event()
        self._ticking: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._boards: dict[ClassRole, Board] = {}
        self._showing: Showing | None = None
        self._ended: dict[str, BoardWorld] = {}
        """How worlds stood at their end, by session: the hub unloads them after a while."""
        self._reading: asyncio.Task[None] | None = None
        self._tried: dict[str, None] = {}
        """The sessions that were loaded for that; one that cannot be loaded is not tried again."""

    def listen(self, listener: Listener) -> None:
        """Keep a socket informed until ``unlisten``."""
        self._listeners[listener] = None
        self.refresh()
        if self._ticking is None:
            self._ticking = asyncio.create_task(self._tick(), name=f"class {self.room.id}")

    def unlisten(self, listener: Listener) -> None:
        """Inform a socket no longer."""
        self._listeners.pop(listener, None)
        self.refresh()

    def refresh(self) -> None:
        """Let boards and lobbies be made anew, and worlds know whether they have people."""
        self._expect_people()
        self._showing = None
        self._boards.clear()
        self._changed.set()

    def close(self) -> None:
        """Stop informing."""
        for task in (self._ticking, self._reading):
            if task is not None:
                task.cancel()

    def dismiss(self, person: str, reason: str) -> None:
        """Close the sockets of somebody who is no longer in the class."""
        for listener in [each for each in self._listeners if each.person == person]:
            listener.leave(reason)

    def dismiss_all(self, reason: str) -> None:
        """Close every socket of the class, because it has been deleted."""
        for listener in list(self._listeners):
            listener.leave(reason)

    async def change(self, make: Callable[[Classroom], Classroom]) -> Classroom:
        """Change the class; return it once it is on the disk. Ways to seats that people no longer have are void then.

        Raises:
            ClassError: the change is refused.
            StorageError: it may not be on the disk.
        """
        async with self._lock:
            before = self.room
            after = make(before)
            await self._save(before, after)
            self.room = after
        self.refresh()
        for person in before.people.values():
            now = after.people.get(person.id)
            if person.seat and (now is None or (now.world, now.seat) != (person.world, person.seat)):
                await self._vacate(person)
        return after

    async def take_seat(self, person_id: str) -> tuple[Person, str, str]:
        """Return a person with a seat, the session, and a new token for it.

        Raises:
            ClassError: the person has no seat, or plays it on another device.
            StorageError: the world is not served now.
        """
        person = person_in(self.room, person_id)
        if person.place != "seated":
            raise ClassError(
                "not_seated", "$", "", "you have no seat yet. It comes when whoever leads the class gives it."
            )
        room = await self.room_of(person.world)
        token, link = await open_way(room, person, self._pseudonym(person))

        def keep(now: Classroom) -> Classroom:
            known = now.people.get(person.id)
            if known is None or (known.world, known.seat) != (person.world, person.seat):
                return now
            kept = structs.replace(known, grant=link, may_move=False)
            return structs.replace(now, people={**now.people, known.id: kept})

        await self.change(keep)
        return person, room.session.id, token

    async def change_device(self, code: str, token: str) -> tuple[Person, str, str] | None:
        """Let a person go on, on another device: the one before is out of the class, and out of the seat when this one sits down.

        Args:
            code: the token of the code that the device before shows.
            token: hash of the token that lets the person back in from now on.

        Returns:
            The person, the session, and a new token for the seat; ``None`` if nobody of this class was shown the code, or it is
            used or too old.

        Raises:
            StorageError: it may not be on the disk.
        """
        for world in self.room.worlds.values():
            room = self.hub.rooms.get(world.session)
            if room is None or room.failure is not None:
                continue
            seated = (each for each in self.room.people.values() if each.world == world.letter and each.grant)
            here = {self._pseudonym(each): each for each in seated}
            found = await open_way_by_code(room, here, code)
            if found is not None:
                return await self._moved(found, room, token)
        return None

    async def room_of(self, letter: str) -> Room:
        """Return the room of a world, which is loaded if it has ended.

        Raises:
            ClassError: there is no such world, or it cannot be opened.
        """
        world = world_in(self.room, letter)
        try:
            room = await self.hub.room(world.session)
        except (KeyError, JournalError, StorageError) as error:
            raise ClassError("world_failed", "$.world", "", f"world {letter} cannot be opened ({error})") from error
        if room.failure is not None:
            raise ClassError("world_failed", "$.world", "", f"world {letter} has failed: the server log says why")
        return room

    async def command(
        self, letters: list[str], command: dict[str, object], command_id: Callable[[], str]
    ) -> list[WorldRefusal]:
        """Give worlds a moderator's command, all at once; return why some refused it.

        If several worlds are to start, those in which nobody has a seat wait: their bots would play them to the end before
        anybody comes. Such a world starts if it is the only one named.

        Args:
            letters: the worlds; all if empty.
            command: ``kind`` and that kind's fields.
            command_id: makes an id.

        Raises:
            ClassError: every world refused it, or there is no such world.
        """
        named = [world_in(self.room, each, f"$.worlds[{at}]").letter for at, each in enumerate(letters)]
        wanted = named or list(self.room.worlds)
        is_start = command.get("kind") == "start" and len(wanted) > 1
        with_people = self._expect_people()

        async def give(letter: str) -> WorldRefusal | None:
            if is_start and letter not in with_people:
                return WorldRefusal(letter, "nobody_seated", "$", "somebody in a seat of this world", "nobody")
            try:
                await (await self.room_of(letter)).command(command, command_id())
            except CounterpoiseError as error:
                return _refusal(letter, error)
            return None

        answers = await asyncio.gather(*(give(letter) for letter in wanted))
        self.refresh()
        refusals = [answer for answer in answers if answer is not None]
        if refusals and len(refusals) == len(answers):
            first = refusals[0]
            raise ClassError(first.code, first.path, first.expected, first.got, first.reason, first.terms)
        return refusals

    def board(self, role: ClassRole) -> Board:
        """Return the board for a moderator or an observer."""
        if role not in self._boards:
            self._boards[role] = board(self._shown(), role)
            if (self._reading is None or self._reading.done()) and self._unread():
                self._reading = asyncio.create_task(self._read_ended(), name=f"ended worlds of class {self.room.id}")
        return self._boards[role]

    def lobby(self, person: str) -> Lobby | None:
        """Return where a student stands; ``None`` for somebody who is no longer in the class."""
        found = self.room.people.get(person)
        return None if found is None else lobby(self._shown(), found)

    def _shown(self) -> Showing:
        if self._showing is None:
            rooms = {
                letter: self.hub.rooms[world.session]
                for letter, world in self.room.worlds.items()
                if world.session in self.hub.rooms
            }
            here = {each.person for each in self._listeners}
            self._showing = Showing(self.room, self.scenario, rooms, self._ended, here, self._join, self._loop.time())
            self._note_ended(self._showing)
        return self._showing

    def _note_ended(self, showing: Showing) -> None:
        """Keep how worlds that are loaded stand at their end."""
        for letter, room in showing.rooms.items():
            world = self.room.worlds[letter]
            if room.session.phase == "ended" and world.session not in self._ended:
                last = world_board(showing, world, shows_people=False, shows_all=False)
                seats = [structs.replace(seat, connected=False) for seat in last.seats]
                self._ended[world.session] = structs.replace(last, seats=seats)

    def _unread(self) -> list[str]:
        """Return the letters of worlds that have ended and are not loaded, and whose end is not known."""
        return [
            letter
            for letter, world in self.room.worlds.items()
            if world.session in self.hub.ended and world.session not in self._ended and world.session not in self._tried
        ]

    async def _read_ended(self) -> None:
        """Load each world whose end is not known, once, so that boards tell how it ended."""
        for letter in self._unread():
            self._tried[self.room.worlds[letter].session] = None
            try:
                await self.room_of(letter)
            except CounterpoiseError as error:
                _log.error("class %s: world %s is not on its boards: %s", self.room.id, letter, error)
            self.refresh()
            self._shown()

    async def _moved(self, found: tuple[Person, str, int], room: Room, token: str) -> tuple[Person, str, str] | None:
        """Keep that somebody goes on, on another device; ``None`` if the person has lost the seat meanwhile."""
        person, way, link = found
        after = await self.change(lambda now: on_other_device(now, person, token, link))
        known = after.people.get(person.id)
        if known is None or known.token != token:
            return None
        self.dismiss(person.id, OTHER_DEVICE)
        return person, room.session.id, way

    def _expect_people(self) -> dict[str, None]:
        """Tell each world whether people have seats in it, so that its bots wait for them; return the letters of those worlds."""
        with_people = {person.world: None for person in self.room.people.values() if person.seat}
        for letter, world in self.room.worlds.items():
            served, expected = self.hub.rooms.get(world.session), letter in with_people
            if served is not None and served.seats.expects_people != expected:
                served.seats.expects_people = expected
                served.wake()
        return with_people

    def _pseudonym(self, person: Person) -> str:
        return self.hub.key.pseudonym(self.room.id, person.id)

    async def _vacate(self, person: Person) -> None:
        """Void the way of somebody who has left a seat. If the world cannot be used now, the way ends with the person's move."""
        is_last = not sharers(self.room, person.world, person.seat)
        try:
            room = await self.room_of(person.world)
            await close_way(room, person, self.hub.machine.hex(16), is_last=is_last)
        except CounterpoiseError as error:
            _log.error("class %s: the way to seat %s is not void: %s", self.room.id, person.seat, error)

    async def _tick(self) -> None:
        """Inform the sockets when something has changed, and twice a second, until nobody listens."""
        while self._listeners:
            for listener in list(self._listeners):
                listener.refresh()
            self._changed.clear()
            await asyncio.sleep(REFRESH_SECONDS / 5)
            try:
                async with asyncio.timeout(REFRESH_SECONDS):
                    await self._changed.wait()
            except TimeoutError:
                self.refresh()
        self._ticking = None


def _refusal(letter: str, error: CounterpoiseError) -> WorldRefusal:
    code, path, expected, got = (str(getattr(error, name, "")) for name in ("code", "path", "expected", "got"))
    if not code:
        code, path, expected, got = "world_failed", "$", "", str(error)
    reason, terms = (error.reason, dict(error.terms)) if isinstance(error, OrderError) else ("", {})
    return WorldRefusal(letter, code, path, expected, got, reason, terms)
