"""Follow one game of an arena from its lobby to its end, and say how it ended."""

from __future__ import annotations

import asyncio
import hashlib
import logging

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
            await _start(room, game, settings, hub.machine.hex(16))
            while not room.seating.absence.is_over:
                if room.failure is not None:
                    _log.error("arena: game %d has no result: %s", game.number, room.failure)
                    return None
                await asyncio.sleep(LOOK_SECONDS)
            return _result(room, game)
    except (KeyError, CounterpoiseError) as error:
        _log.error("arena: game %d has no result: %s", game.number, error)
        return None


async def _start(room: Room, game: ArenaGameRow, settings: ArenaSettings, order: str) -> None:
    """Start a game that is in its lobby, when all of its bots have come or the time for it is over."""
    loop = asyncio.get_running_loop()
    until = loop.time() + settings.join_seconds
    while room.session.phase == "lobby" and loop.time() < until and not _is_full(room, game):
        await asyncio.sleep(LOOK_SECONDS)
    if room.session.phase == "lobby":
        await room.command({"kind": "start"}, order)


def _is_full(room: Room, game: ArenaGameRow) -> bool:
    """Tell whether every bot of a game is connected."""
    seats = [seat for seat, name in game.seats.items() if name not in ANCHORS]
    return all(any(one.role == "player" for one in room.audience.at(address_of("player", seat))) for seat in seats)


def _result(room: Room, game: ArenaGameRow) -> GameResult:
    """Return the result of a game that is over.

    A bot has missed a window if it did nothing in it and was not connected when it closed. The room counts that as windows close,
    because a bot leaves as soon as it sees the end.
    """
    session, absence, seats = room.session, room.seating.absence, []
    scores = {str(actor): round(score, 6) for actor, score in session.simulation.world.scores.items()}
    for actor in session.scenario.actors:
        windows = 0 if game.seats[actor.id] in ANCHORS else absence.closed
        missed = windows and windows - absence.attended[actor.id]
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
