"""The arena itself: who waits, who plays, which game begins next, and what is kept of those that are over."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import http
import logging
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec
from websockets.http11 import Response

from counterpoise.errors import ArenaError, CounterpoiseError
from counterpoise.gateway.arena.arena_socket import ArenaSocket
from counterpoise.gateway.arena.book import ArenaBook, ArenaGameRow
from counterpoise.gateway.arena.document import RECENT, ArenaDocument, arena_document
from counterpoise.gateway.arena.game_watch import watched_game
from counterpoise.gateway.arena.settings import ArenaSettings
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.listener.static import answer
from counterpoise.gateway.room import Room
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.types import ActorId
from counterpoise.store.folder_shelf import FolderShelf
from counterpoise.tournament.arena_deal import dealt_seats, game_seed
from counterpoise.tournament.arena_rating import ANCHORS, RatedEntrant, rated_entrants
from counterpoise.tournament.result_document import GameResult
from counterpoise.wire.arena.messages import ArenaGame, EnterArena, Entered, Rated
from counterpoise.wire.messages import CLOSE_BAD_TOKEN, CLOSE_REPLACED, CLOSE_RESTARTING, CLOSE_TRY_LATER

TICK_SECONDS = 0.5
"""How often the arena looks whether a game can begin or a journal can go."""
RATE_SECONDS = 2.0
"""Ratings are fitted at most so often."""
GARBAGE_GAMES = 8
"""After so many games Python is made to search all objects for garbage, which is what games that were unloaded have become. A
server lets it search very rarely, because that stops sessions for a moment; many games end here, and each leaves megabytes."""
STAND_IN = "status-quo"
"""The bundled bot that decides in the seat of an entrant that does not come."""
SECONDS_A_DAY = 86_400.0
UNPLAYED_SECONDS = 3600.0
"""A name without a rated game that came last before so long makes room for a new one: names alone must not fill the arena."""
_log = logging.getLogger("counterpoise.gateway")


class Arena:
    """A standing arena on one server.

    Args:
        folder: the data folder of the server.
        settings: of the arena.

    Raises:
        ScenarioError: the scenario is wrong.
    """

    def __init__(self, folder: Path, settings: ArenaSettings) -> None:
        self.settings = settings
        self._folder = folder
        self._scenario = parse_scenario(settings.scenario_text, settings.source)
        self._seats = [str(actor.id) for actor in self._scenario.actors]
        self._inside: dict[str, ArenaSocket] = {}
        """Those who are connected, by name, in the order in which they began to wait."""
        self._games: dict[int, asyncio.Task[None]] = {}
        self._rows: dict[int, ArenaGameRow] = {}
        """The games that run, by number."""
        self._standings: list[RatedEntrant] = []
        self._rated = 0
        self._since_search = 0
        """Games that have ended since the last search for garbage."""
        self._is_stale = True
        self._fitted_at = float("-inf")
        self._fitting = asyncio.Lock()
        self._keeping: asyncio.Task[None] | None = None
        self._hub: Hub

    @cached_property
    def book(self) -> ArenaBook:
        """What the arena knows; opened when it is first asked, because the server makes the folder."""
        return ArenaBook(self._folder)

    def bots(self, session: Session) -> Mapping[ActorId, Bot]:
        """Return the bots of a session: anchors for their seats, and stand-ins for entrants that do not come."""
        row = next((row for row in self.book.games("running") if row.session == session.id), None)
        if row is None:
            return {}
        names = {seat: name if name in ANCHORS else STAND_IN for seat, name in row.seats.items()}
        return {
            ActorId(seat): self.settings.make_bot(name, f"{session.seed}/bot/{seat}") for seat, name in names.items()
        }

    async def open(self, hub: Hub) -> None:
        """Go on with the games that a server before has begun, and deal new ones from now on."""
        self._hub = hub
        self._secret = self.book.fact("secret", hub.machine.hex(32))
        for row in reversed(self.book.games("running")):
            self._follow(row)
        self._keeping = asyncio.create_task(self._keep(), name="arena")

    async def close(self) -> None:
        """Let the bots go; they come back to the next server."""
        tasks = [task for task in (self._keeping, *self._games.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for socket in list(self._inside.values()):
            socket.leave(CLOSE_RESTARTING, "the server restarts")
        if "book" in self.__dict__:
            self.book.close()

    async def enter(self, socket: ArenaSocket, asked: EnterArena) -> None:
        """Let an entrant in, and give it links to the games in which it has a seat.

        Raises:
            ArenaError: the name belongs to somebody else, is that of a bundled bot, or there is no room for it.
        """
        digest = hashlib.sha256(asked.key.encode()).hexdigest()
        known = self.book.key_hash(asked.name)
        if known == "" or asked.name in ANCHORS:
            raise ArenaError(
                "taken", "$.name", "a name that no bundled bot has", asked.name, close_code=CLOSE_BAD_TOKEN
            )
        if known is not None and not hmac.compare_digest(known, digest):
            expected = f"the key that came first with the name {asked.name}, or another name"
            raise ArenaError("wrong_key", "$.key", expected, "another key", close_code=CLOSE_BAD_TOKEN)
        now = self._hub.machine.wall()
        if known is None:
            self._make_room(now)
        self.book.see(asked.name, digest, now)
        earlier = self._inside.pop(asked.name, None)
        if earlier is not None:
            earlier.leave(CLOSE_REPLACED, "the same entrant came again on another connection")
        self._inside[asked.name] = socket
        counts = self.book.counts()[asked.name]
        socket.send(Entered(asked.name, known is None, counts.games))
        for row in list(self._rows.values()):
            if asked.name in row.seats.values() and row.number not in asked.playing:
                await self._give_way(row, asked.name, socket)

    def leave(self, name: str, socket: ArenaSocket) -> None:
        """Forget a connection that is over. Its entrant keeps its seats, and may come back."""
        if self._inside.get(name) is socket:
            del self._inside[name]

    async def document(self) -> ArenaDocument:
        """Return what the arena tells everyone."""
        await self._fit()
        states = {name: "playing" if self._plays(name) else "waiting" for name in self._inside}
        standings = [
            one if one.is_anchor else msgspec.structs.replace(one, state=states.get(one.name, "away"))
            for one in self._standings
        ]
        over = self.book.games("rated", "void", newest=RECENT)
        running = [row for _, row in sorted(self._rows.items())]
        return arena_document(
            standings,
            running,
            over,
            self._rated,
            self.book.rated_ever(),
            self.settings,
            self._scenario.id,
            self._hub.link,
        )

    async def page(self, method: str, path: str) -> Response | None:
        """Return the document for its address; ``None`` for other addresses."""
        if path != "/arena.json":
            return None
        body = msgspec.json.encode(await self.document())
        return answer(method, http.HTTPStatus.OK, body, "application/json")

    def _plays(self, name: str) -> bool:
        return any(name in row.seats.values() for row in self._rows.values())

    def _make_room(self, now: float) -> None:
        """Make room for a new name; raise ``ArenaError`` if there is none."""
        settings = self.settings
        most = settings.entrants_max + len(ANCHORS) - 1
        self.book.forget_entrants(most, now - settings.away_days * SECONDS_A_DAY, now - UNPLAYED_SECONDS)
        if len(self.book.counts()) >= settings.entrants_max + len(ANCHORS):
            expected = f"fewer than {settings.entrants_max} names that came within {settings.away_days:g} days"
            raise ArenaError("full", "$.name", expected, "a new name", close_code=CLOSE_TRY_LATER)

    async def _keep(self) -> None:
        """Begin games and drop old journals, until the server stops."""
        since: float | None = None
        loop = asyncio.get_running_loop()
        while True:
            try:
                waiting = [name for name in self._inside if not self._plays(name)]
                since = None if not waiting else loop.time() if since is None else since
                has_room = len(self._games) < self.settings.games_at_once
                is_whole = len(waiting) >= len(self._seats)
                if since is not None and has_room and (is_whole or loop.time() - since >= self.settings.gather_seconds):
                    await self._begin(waiting)
                    since = None
                await self._drop_old()
                if self._since_search >= GARBAGE_GAMES:
                    self._since_search = 0
                    gc.collect()
            except CounterpoiseError as error:
                _log.error("arena: %s", error)
            await asyncio.sleep(TICK_SECONDS)

    async def _begin(self, waiting: list[str]) -> None:
        """Begin a game with those who wait."""
        hub, number = self._hub, self.book.next_number()
        seats = dealt_seats(waiting, self._seats, self._secret, number)
        row = ArenaGameRow(number, f"arena-{number}", seats, hub.machine.wall(), None, "running", "", None, True)
        self.book.begin(row)
        seconds = self.settings.window_seconds
        try:
            links = await hub.create(
                scenario_text=self.settings.scenario_text,
                source=self.settings.source,
                seed=game_seed(self._secret, number),
                session_id=row.session,
                pace=Pace(mode="windows", window_seconds=seconds, call_seconds=seconds),
            )
        except CounterpoiseError:
            self.book.finish(number, None, hub.machine.wall())
            raise
        token = links.observer.partition("#")[2]
        self.book.watched_by(number, token)
        row = msgspec.structs.replace(row, watch=token)
        for seat, name in seats.items():
            if name in self._inside:
                # Whoever has played waits behind those who have not.
                self._inside[name] = self._inside.pop(name)
                self._inside[name].send(ArenaGame(number, row.session, seat, links.seats[seat]))
        self._follow(row)

    def _follow(self, row: ArenaGameRow) -> None:
        self._rows[row.number] = row
        self._games[row.number] = asyncio.create_task(self._played(row), name=f"arena game {row.number}")

    async def _played(self, row: ArenaGameRow) -> None:
        """Follow a game to its end, and keep its result. A result is kept once, whoever else has seen the game end."""
        result = await watched_game(self._hub, row, self.settings)
        self.book.finish(row.number, result, self._hub.machine.wall())
        del self._rows[row.number], self._games[row.number]
        self._is_stale = True
        self._since_search += 1
        if result is not None:
            self._tell(row, result)

    def _tell(self, row: ArenaGameRow, result: GameResult) -> None:
        for seat in result.seats:
            place = 1 + sum(1 for other in result.seats if other.score > seat.score)
            socket = self._inside.get(seat.entrant)
            if socket is not None:
                socket.send(Rated(row.number, seat.score, place, seat.status))

    async def _give_way(self, row: ArenaGameRow, name: str, socket: ArenaSocket) -> None:
        """Give an entrant a new link to its seat in a running game; earlier links to the seat are void."""
        seat = next(seat for seat, held in row.seats.items() if held == name)
        try:
            room: Room = await self._hub.room(row.session)
            token = await room.writer.call(lambda journal: journal.tokens.reissue("player", seat))
        except (KeyError, CounterpoiseError) as error:
            _log.warning("arena: no way back into game %d: %s", row.number, error)
            return
        socket.send(ArenaGame(row.number, row.session, seat, self._hub.link(row.session, token)))

    async def _fit(self) -> None:
        """Fit the ratings, if a game has ended since, in a thread."""
        loop = asyncio.get_running_loop()
        async with self._fitting:
            if not self._is_stale or loop.time() - self._fitted_at < RATE_SECONDS:
                return
            self._is_stale = False
            rows = self.book.games("rated", newest=self.settings.games_rated)
            results = [row.result for row in rows if row.result is not None]
            self._standings = await asyncio.to_thread(rated_entrants, results, self.book.counts(), {})
            self._rated, self._fitted_at = len(results), loop.time()

    async def _drop_old(self) -> None:
        """Delete the journals beyond those that are kept, and forget the oldest results. A session that is loaded stays."""
        hub = self._hub
        assert isinstance(hub.shelf, FolderShelf), "an arena has a folder of its own"
        for number, session in self.book.journals_beyond(self.settings.journals_kept):
            async with hub.loading:  # nobody opens the session now
                if session in hub.rooms:
                    continue
                hub.ended.pop(session, None)
                await asyncio.to_thread(hub.shelf.delete, hub.shelf.name_for(session))
            self.book.journal_dropped(number)
        self.book.forget_games(self.settings.games_rated)
