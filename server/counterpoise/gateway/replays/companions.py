"""What may stand beside the replay of a session: the record, the last what-if, sessions that went on from it, other worlds."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.replays.film_sources import address_of_game, address_of_record
from counterpoise.gateway.room import Room
from counterpoise.gateway.what_if.process_messages import BASELINE, CHANGED
from counterpoise.scenario_files import bundled_scenarios, history_text, scenario_text
from counterpoise.session.journal.header import hash_of_scenario
from counterpoise.session.replay import header_of
from counterpoise.store.addresses import read_journal

if TYPE_CHECKING:
    from counterpoise.gateway.classes.class_service import ClassService

RECORD = "record"
Kind = Literal["record", "what_if", "baseline", "went_on", "world"]


class Companion(Struct, frozen=True):
    """Something that may stand beside a replay."""

    name: str
    """Its name in addresses: of a session its own."""
    kind: Kind
    """``what_if`` is a game with the change of the last what-if, ``baseline`` the same game without it."""
    detail: str = ""
    """The day from which a what-if or a session goes on; the letter of a world; the id of a record's scenario."""
    needs_token: bool = False
    """Whether it is shown only with a token of its own session."""


@cache
def shipped_record(scenario: str, scenario_hash: str) -> tuple[Companion, ...]:
    """Return the shipped record of a scenario as a companion; nothing if there is none or the session's scenario is another.

    Args:
        scenario: the id of the scenario.
        scenario_hash: of the text that the session plays.
    """
    if scenario not in bundled_scenarios() or hash_of_scenario(scenario_text(scenario)[0]) != scenario_hash:
        return ()
    try:
        history_text(scenario)
    except CounterpoiseError:
        return ()
    return (Companion(RECORD, "record", scenario),)


class Companions:
    """Finds what may stand beside the replays of a server's sessions.

    Args:
        hub: the sessions.
        classes: the classes of the server.
    """

    def __init__(self, hub: Hub, classes: ClassService) -> None:
        self._hub, self._classes = hub, classes
        self._origins: dict[str, tuple[str, str]] = {}
        """For each session whose header was read: the session that it goes on from and the day, or two empty texts."""

    async def of(self, room: Room, *, moderating: bool) -> tuple[Companion, ...]:
        """Return what may stand beside the replay of a session.

        Args:
            room: of the session.
            moderating: whether who asks moderates the session. Who does not needs a token of another session to watch it.
        """
        session = room.session
        found = list(shipped_record(session.scenario.id, session.scenario_hash))
        if (question := room.beside.last_what_if) is not None:
            found += [Companion(CHANGED, "what_if", question.on), Companion(BASELINE, "baseline", question.on)]
        for name, day in await self._gone_on_from(room):
            if moderating or self._has_ended(name):
                found.append(Companion(name, "went_on", day, needs_token=not moderating))
        live = self._classes.of_session(session.id)
        if moderating and live is not None:
            found += [
                Companion(world.session, "world", letter)
                for letter, world in live.room.worlds.items()
                if world.session != session.id and self._has_ended(world.session)
            ]
        return tuple(found)

    def played_address(self, room: Room, companion: Companion) -> str:
        """Return the address of a companion that is played for its film; empty if it is a session of the server."""
        if companion.kind == "record":
            return address_of_record(companion.detail)
        question = room.beside.last_what_if
        if companion.kind in ("what_if", "baseline") and question is not None:
            return address_of_game(room.writer.address, question, companion.name)
        return ""

    async def _gone_on_from(self, room: Room) -> list[tuple[str, str]]:
        """Return the names of the sessions that go on from a session, with the days."""
        scenario = room.session.scenario.id
        for name, other in list(self._hub.rooms.items()):
            if name not in self._origins and other.session.scenario.id == scenario:
                self._origins[name] = await asyncio.to_thread(_origin_at, other.writer.address)
        for name, ended in list(self._hub.ended.items()):
            if name not in self._origins and ended.scenario == scenario:
                self._origins[name] = await asyncio.to_thread(self._origin_on_shelf, ended.journal)
        known = ((name, *self._origins[name]) for name in self._hub.session_ids() if name in self._origins)
        return sorted((name, day) for name, origin, day in known if origin == room.session.id)

    def _origin_on_shelf(self, journal: str) -> tuple[str, str]:
        with self._hub.shelf.read(journal) as opened:
            return _origin_at(opened.address)

    def _has_ended(self, name: str) -> bool:
        room = self._hub.rooms.get(name)
        return name in self._hub.ended if room is None else room.session.phase == "ended"


def _origin_at(address: str) -> tuple[str, str]:
    """Return the session that the journal at an address goes on from, and the day; empty texts if it goes on from none."""
    try:
        with read_journal(address) as journal:
            first = journal.entry(0)
            header = header_of([] if first is None else [first], address)
    except CounterpoiseError:
        return "", ""
    forked = header.get("forked") or {}
    return str(forked.get("session", "")), str(forked.get("on", ""))
