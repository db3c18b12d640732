"""Follow one game of an arena from its lobby to its end, and say how it ended."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Mapping

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.arena.book import ArenaGameRow
from counterpoise.gateway.arena.settings import ArenaSettings
from counterpoise.gateway.audience import address_of
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.room import Room
from counterpoise.sim.digest import digest
from counterpoise.sim.types import ActorId
from counterpoise.tournament.arena_rating import ANCHORS
from counterpoise.tournament.result_document import GameResult, SeatResult

LOOK_SECONDS = 0.1
"""How often a game is looked at."""
_log = logging.getLogger("counterpoise.gateway")


async def watched_game(hub: Hub, game: ArenaGameRow, settings: ArenaSettings) -> GameResult | None:
    """Start a game when its bots have come, follow it to its end and return its result; ``None`` if it cannot end.

    A game that a server before has begun goes on. Windows that were played before then are not counted again.
    """
    try:
        async with hub.visit(game.session) as room:
            attendance = _Attendance(room, game.seats)
            await _start(room, game, attendance, settings, hub.machine.hex(16))
            while room.session.phase != "ended":
                if room.failure is not None:
                    _log.error("arena: game %d has no result: %s", game.number, room.failure)
                    return None
                attendance.look()
                await asyncio.sleep(LOOK_SECONDS)
            attendance.look()
            return _result(room, game, attendance)
    except (KeyError, CounterpoiseError) as error:
        _log.error("arena: game %d has no result: %s", game.number, error)
        return None


async def _start(room: Room, game: ArenaGameRow, attendance: _Attendance, settings: ArenaSettings, order: str) -> None:
    """Start a game that is in its lobby, when all of its bots have come or the time for it is over."""
    loop = asyncio.get_running_loop()
    until = loop.time() + settings.join_seconds
    while room.session.phase == "lobby" and loop.time() < until and not attendance.is_full:
        await asyncio.sleep(LOOK_SECONDS)
    if room.session.phase == "lobby":
        await room.command({"kind": "start"}, order)


class _Attendance:
    """Counts the windows of each bot's seat, and those in which it was not connected when the next one opened."""

    def __init__(self, room: Room, seats: Mapping[str, str]) -> None:
        self._room = room
        self._window = room.session.window
        self.windows = {seat: 0 for seat, name in seats.items() if name not in ANCHORS}
        self.missed = dict.fromkeys(self.windows, 0)

    @property
    def is_full(self) -> bool:
        """Whether every bot is connected."""
        return all(self._is_there(seat) for seat in self.windows)

    def look(self) -> None:
        """Count the windows that have closed since the last look."""
        session = self._room.session
        closed = (
            session.window - self._window + (1 if session.phase == "ended" and session.window >= self._window else 0)
        )
        if closed <= 0:
            return
        self._window = session.window + (1 if session.phase == "ended" else 0)
        for seat in self.windows:
            self.windows[seat] += closed
            self.missed[seat] += 0 if self._is_there(seat) else closed

    def _is_there(self, seat: str) -> bool:
        return any(connection.role == "player" for connection in self._room.audience.at(address_of("player", seat)))


def _result(room: Room, game: ArenaGameRow, attendance: _Attendance) -> GameResult:
    """Return the result of a game that is over."""
    session, seats = room.session, []
    scores = {str(actor): round(score, 6) for actor, score in session.simulation.world.scores.items()}
    for actor in session.scenario.actors:
        windows, missed = attendance.windows.get(actor.id, 0), attendance.missed.get(actor.id, 0)
        is_away = 2 * missed > windows
        seats.append(
            SeatResult(
                asked=windows,
                entrant=game.seats[actor.id],
                failed=missed,
                reason=f"away in {missed} of {windows} windows" if is_away else "",
                score=scores[ActorId(actor.id)],
                seat=actor.id,
                status="FORFEIT" if is_away else "OK",
            )
        )
    return GameResult(
        counts={},
        digest=digest(session.simulation.world),
        entrants=(),
        game=game.number,
        key=hashlib.sha256(f"{game.session}/{session.seed}".encode()).hexdigest()[:32],
        scenario=session.scenario.id,
        seats=tuple(seats),
        seed=session.seed,
        ticks=session.now,
    )
