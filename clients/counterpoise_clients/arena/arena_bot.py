"""Keep a bot in an arena: wait for games, play each to its end, come back after a lost connection."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from random import Random

import msgspec
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from counterpoise.errors import CounterpoiseError
from counterpoise.sim.bot import Bot
from counterpoise.wire.arena.messages import (
    ARENA_SUBPROTOCOL,
    ArenaGame,
    ArenaRefusal,
    EnterArena,
    Entered,
    Rated,
    encode_arena_message,
    read_server_message,
)
from counterpoise_clients.client import Client
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.network.bot_runner import run_bot
from counterpoise_clients.network.dialling import Dial, dial_websocket
from counterpoise_clients.network.reconnecting import SeatLost
from counterpoise_clients.network.resume import Backoff


class ArenaRefused(CounterpoiseError):  # noqa: N818 (it names what happened)
    """The arena does not let the entrant in.

    Args:
        refusal: the reason.
    """

    exit_code = 78

    def __init__(self, refusal: ArenaRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal

    def __str__(self) -> str:
        one = self.refusal
        return f"the arena refuses the entrant ({one.code}): {one.path}: expected {one.expected}, got {one.got}"


class ArenaBot:
    """One entrant of an arena.

    Args:
        address: of the arena's websocket.
        name: under which it plays.
        key: which it keeps; the first key that comes with a name belongs to it.
        make_bot: makes a bot for each game, from a seed.
        report: receives what happens, a line of text at a time.
        backoff: the pauses between attempts to connect.
        dial: opens the socket of the arena.
        random: draws the pauses.
    """

    def __init__(
        self,
        address: str,
        name: str,
        key: str,
        make_bot: Callable[[str], Bot],
        report: Callable[[str], None],
        *,
        backoff: Backoff | None = None,
        dial: Dial = dial_websocket,
        random: Random | None = None,
    ) -> None:
        self.rated: list[Rated] = []
        """The results that have come, oldest first."""
        self._address, self._name, self._key = address, name, key
        self._make_bot, self._report, self._dial = make_bot, report, dial
        self._backoff, self._random = backoff or Backoff(), random or Random()
        self._games: dict[int, asyncio.Task[None]] = {}

    async def play(self, games: int = 0) -> None:
        """Play until so many games are rated; 0 for ever.

        Raises:
            ArenaRefused: the arena does not let the entrant in.
        """
        failures = 0
        try:
            while not games or len(self.rated) < games:
                try:
                    async with self._dial(self._address, ARENA_SUBPROTOCOL) as socket:
                        asked = EnterArena(self._name, self._key, tuple(self._games))
                        await socket.send(encode_arena_message(asked))
                        while not games or len(self.rated) < games:
                            self._take(await socket.recv())
                            failures = 0
                except (ConnectionClosed, OSError, InvalidHandshake, TimeoutError) as error:
                    failures += 1
                    self._report(f"the arena is away ({error}); trying again")
                    await asyncio.sleep(self._backoff.delay(failures, 0, self._random))
        finally:
            for task in list(self._games.values()):
                task.cancel()
            await asyncio.gather(*self._games.values(), return_exceptions=True)

    def _take(self, frame: bytes | str) -> None:
        """Do what a message of the arena says; messages of a later release are passed over."""
        try:
            message = read_server_message(frame)
        except msgspec.MsgspecError:
            return
        match message:
            case ArenaRefusal():
                raise ArenaRefused(message)
            case Entered():
                self._report(f"in the arena as {message.name}, with {message.games} rated games")
            case ArenaGame():
                earlier = self._games.get(message.game)
                if earlier is not None:
                    earlier.cancel()
                self._games[message.game] = asyncio.create_task(self._play(message), name=f"game {message.game}")
            case Rated():
                self.rated.append(message)
                self._report(f"game {message.game}: score {message.score:.1f}, place {message.place}, {message.status}")

    async def _play(self, game: ArenaGame) -> None:
        """Play one game to its end."""
        self._report(f"game {game.game}: playing {game.seat} in session {game.session}")
        own = asyncio.current_task()
        bot = self._make_bot(f"{game.session}/{game.seat}")
        try:
            async with Client(game.link, name=self._name, bot=self._name) as client:
                await run_bot(client, bot)
        except (SeatLost, CounterpoiseError, OSError) as error:
            self._report(f"game {game.game}: {error}")
        finally:
            if isinstance(bot, IsolatedBot):
                bot.close()
            with contextlib.suppress(KeyError):
                if self._games[game.game] is own:
                    del self._games[game.game]
