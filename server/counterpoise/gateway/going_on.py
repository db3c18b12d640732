"""A new session that goes on from a day of one that has ended; for the world of a class, a new class with a code of its own."""

from __future__ import annotations

import asyncio
import logging
from itertools import count
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from counterpoise.errors import ConfigurationError, CounterpoiseError
from counterpoise.gateway.connection import Request
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.room import Room
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.session.forks.moments import moment_at, name_of, tick_in
from counterpoise.session.replay import replay
from counterpoise.store.addresses import file_name_of, read_journal
from counterpoise.wire.moments import GoOn, WentOn

if TYPE_CHECKING:
    from counterpoise.gateway.classes.class_service import ClassService
    from counterpoise.gateway.classes.live_class import LiveClass

ANSWERS_KEPT = 100
"""How many answers are kept for those who have lost one."""
FACT = "went_on"
"""Of a session that has ended: which session each request has made, for the next server."""
FAILED = "an unexpected error, see the server's log. The session is not affected."
_log = logging.getLogger("counterpoise.gateway")


class GoingOn:
    """Answers ``go_on`` of all sessions of a server, one after the other: each holds a whole journal while it is made.

    Args:
        hub: the sessions.
        classes: the classes of the server.
    """

    def __init__(self, hub: Hub, classes: ClassService) -> None:
        self._hub, self._classes = hub, classes
        self._one_by_one = asyncio.Lock()
        self._made_before: dict[tuple[str, GoOn], WentOn] = {}
        """The newest answers, by the session and the request: whoever has lost one asks for it again."""

    async def answer(self, room: Room, request: Request) -> None:
        """Make the session that a moderator asks for, and send its links; say why if there is none."""
        message, connection = request.message, request.connection
        assert isinstance(message, GoOn), "a room passes no other message"
        connection.answered(request)
        try:
            async with self._one_by_one:
                answer = await self._made_once(room, message)
        except CounterpoiseError as error:
            answer = WentOn(message.on, problem=str(error), id=message.id)
        except Exception:
            _log.exception("session %s: no session goes on from %s", room.session.id, message.on)
            answer = WentOn(message.on, problem=FAILED, id=message.id)
        connection.send(answer)

    async def _made_once(self, room: Room, asked: GoOn) -> WentOn:
        """Return the session of a request, which is made unless it has been."""
        if not asked.id:
            return await self._made(room, asked.on)
        request = (room.session.id, asked)
        if request in self._made_before:
            return self._made_before[request]
        kept = _kept(await room.writer.call(lambda journal: journal.fact(FACT)))
        answer = await self._made_by_earlier_server(kept.get(asked.id, ""), asked.on)
        if answer is None:
            answer = await self._made(room, asked.on)
            newest = dict([*kept.items(), (asked.id, answer.session)][-ANSWERS_KEPT:])
            text = msgspec.json.encode(newest).decode()
            await room.writer.call(lambda journal: journal.note(FACT, text))
        answer = self._made_before[request] = structs.replace(answer, id=asked.id)
        while len(self._made_before) > ANSWERS_KEPT:
            del self._made_before[next(iter(self._made_before))]
        return answer

    async def _made_by_earlier_server(self, session: str, on: str) -> WentOn | None:
        """Return new links of a session that went on before this server was started; ``None`` if there is no such session."""
        if not session or not self._hub.has_session(session):
            return None
        live = self._classes.of_session(session)
        if live is not None:
            return self._in_class(live, on)
        links = await self._hub.links(session)
        return WentOn(on, session, links.moderator, links.observer, links.seats)

    async def _made(self, room: Room, on: str) -> WentOn:
        moment = await asyncio.to_thread(_moment_in, room.writer.address, on)
        live = self._classes.of_session(room.session.id)
        if live is not None:
            return await self._made_class(live, room, moment)
        name = await self._free_name(moment, room.session.id)
        links = await self._hub.continue_from(moment, session_id=name, pace=room.session.pace)
        return WentOn(moment.date, name, links.moderator, links.observer, links.seats)

    async def _made_class(self, live: LiveClass, room: Room, moment: JournalMoment) -> WentOn:
        """Make a class for the session: that of the session that has ended keeps its people, their seats and their records."""
        return self._in_class(await self._classes.create_from(live, moment, room.session.pace), moment.date)

    def _in_class(self, made: LiveClass, on: str) -> WentOn:
        links, world = self._classes.links(made), next(iter(made.room.worlds.values()))
        return WentOn(on, world.session, links.moderator, links.projector, code=links.code, join=links.join)

    async def _free_name(self, moment: JournalMoment, session: str) -> str:
        shelf = self._hub.shelf
        for number in count(1):
            name = name_of(moment, session, number)
            if not self._hub.has_session(name) and await asyncio.to_thread(shelf.find, shelf.name_for(name)) is None:
                return name
        raise AssertionError("numbers have no end")


def _kept(text: str | None) -> dict[str, str]:
    """Return which session each request has made, as a server before has kept it; nothing that this one cannot read."""
    try:
        return {} if text is None else msgspec.json.decode(text, type=dict[str, str])
    except msgspec.MsgspecError:
        return {}


def _moment_in(address: str, on: str) -> JournalMoment:
    """Return the moment of the journal at an address, which is read while its writer keeps it open.

    Raises:
        CounterpoiseError: the session has no such day, or its journal cannot be replayed.
    """
    with read_journal(address) as journal:
        entries, source = list(journal.entries()), file_name_of(address)
        opening = replay(entries[:1], source)
        calendar = opening.simulation.world.calendar
        tick = tick_in(on, calendar, entries[-1].tick)
        if tick >= opening.end:
            raise ConfigurationError(f"the scenario ends on {on}. Choose an earlier day.")
        return moment_at(entries, source, tick, calendar, journal.snapshots)
