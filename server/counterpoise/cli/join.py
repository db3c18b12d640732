"""``counterpoise join``: play a seat with a bot over the network."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.seats import ready_bot
from counterpoise.cli.terminal import notes
from counterpoise.errors import ConfigurationError
from counterpoise.session.in_process_play import player_name
from counterpoise.sim.bot import Bot
from counterpoise.wire.arena.messages import NAME_PATTERN
from counterpoise_clients.arena.arena_bot import ArenaBot
from counterpoise_clients.arena.arena_link import arena_socket, kept_key
from counterpoise_clients.client import Client, LinkError, SeatLost
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.network.bot_runner import run_bot
from counterpoise_clients.network.receipts import KeptReceipts
from counterpoise_clients.roster import SeatLoader

OWN_MACHINE = SeatLoader(BotLimits(seconds=0, bank=0, memory=0, trusted=True))
"""Loads a bot that plays for the person who starts it: nothing need be kept from it."""


def join(
    url: Annotated[
        str, typer.Argument(help="The join link of the seat, as printed by host, or the address of an arena.")
    ],
    bot: Annotated[str, typer.Option(help="A bundled bot's name, a file, a folder/, cmd:COMMAND or llm:MODEL.")],
    seed: Annotated[str, typer.Option(help="Seed of the bot's chance.")] = "1",
    receipts: Annotated[
        Path, typer.Option(help="Folder for the receipts of the session, which `counterpoise verify --receipt` reads.")
    ] = Path("counterpoise-receipts"),
    json: Annotated[bool, typer.Option("--json", help="Use JSON frames instead of msgpack.")] = False,
    name: Annotated[str, typer.Option(help="In an arena: the name under which the bot plays.")] = "",
    key: Annotated[
        Path | None,
        typer.Option(help="In an arena: the file with the bot's key; made if it does not exist.", metavar="FILE"),
    ] = None,
    games: Annotated[
        int, number_option("--games", "In an arena: stop after so many rated games; 0 for never.", int, 0)
    ] = 0,
) -> None:
    """Play one seat of a hosted session with a bot.

    The journal notes the kind of the bot, so that the debrief keeps it apart from people. The command ends when the session
    ends. With the address of an arena (http://HOST/arena) the bot plays game after game there, and comes back by itself after a
    restart of the server.

    A bot of your own plays in a process of its own, as in run, but without limits of time and memory and with the network: it
    runs on your machine, for you.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    socket = arena_socket(url)
    if socket is not None:
        _play_in_arena(socket, bot, name, key, games)
        return
    if name or key is not None or games:
        raise typer.BadParameter(
            "these options are for an arena, http://HOST/arena", param_hint="--name, --key, --games"
        )
    player = ready_bot(bot, seed, OWN_MACHINE)

    async def run() -> str:
        async with Client(
            url,
            subprotocol="json" if json else "msgpack",
            name=f"bot {bot}",
            bot=player_name(player),
            receipts=KeptReceipts(receipts),
        ) as client:
            if not client.seat:
                role = client.welcome.role if client.welcome else "other"
                raise ConfigurationError(
                    f"{url.partition('#')[0]}: this is the link of the {role}. Give the link of a seat."
                )
            notes.print(f"playing {client.seat} in session {client.session}{_whereabouts(player)}", markup=False)
            reason = await run_bot(client, player)
            return reason if client.result is None else _standing(client.result.scores, client.seat)

    try:
        ended = asyncio.run(run())
    except LinkError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from error
    except (SeatLost, OSError) as error:
        raise ConfigurationError(f"{url.partition('#')[0]}: {error}") from error
    finally:
        if isinstance(player, IsolatedBot):
            player.close()
    notes.print(f"the session has ended: {ended}", markup=False)


def _whereabouts(player: Bot) -> str:
    """Return where a bot of one's own plays; empty for other bots."""
    return f"; {player.name} plays in a process of its own" if isinstance(player, IsolatedBot) else ""


def _standing(scores: Mapping[str, float], seat: str) -> str:
    """Return how a seat has done, in the words of the arena: equal scores share the better place."""
    place = 1 + sum(1 for score in scores.values() if score > scores[seat])
    return f"score {scores[seat]:.1f}, place {place} of {len(scores)}"


def _play_in_arena(socket: str, bot: str, name: str, key: Path | None, games: int) -> None:
    """Keep a bot in an arena until it is stopped, or so many games are rated."""
    if not re.fullmatch(NAME_PATTERN, name):
        expected = "2 to 30 lower-case letters, digits, _ and -, the first a letter"
        raise typer.BadParameter(f"expected {expected}, got {name!r}", param_hint="--name")
    ready = ready_bot(bot, "1", OWN_MACHINE)  # so that a mistake shows before the arena is asked
    if isinstance(ready, IsolatedBot):
        notes.print(f"each game of {ready.name} is played in a process of its own", markup=False)
        ready.close()
    make_bot = OWN_MACHINE(bot)
    entrant = ArenaBot(
        socket, name, kept_key(key or Path(f"{name}.key")), make_bot, lambda line: notes.print(line, markup=False)
    )
    asyncio.run(entrant.play(games))
