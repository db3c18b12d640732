"""``counterpoise join``: play a seat with a bot over the network."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.terminal import notes
from counterpoise.errors import ConfigurationError
from counterpoise.session.in_process_play import player_name
from counterpoise_clients import roster
from counterpoise_clients.client import Client, LinkError, SeatLost
from counterpoise_clients.network.bot_runner import run_bot
from counterpoise_clients.network.receipts import KeptReceipts


def join(
    url: Annotated[str, typer.Argument(help="The join link of the seat, as printed by host.")],
    bot: Annotated[str, typer.Option(help="A bundled bot's name, a Python file that defines class Bot, or llm:MODEL.")],
    seed: Annotated[str, typer.Option(help="Seed of the bot's chance.")] = "1",
    receipts: Annotated[
        Path, typer.Option(help="Folder for the receipts of the session, which `counterpoise verify --receipt` reads.")
    ] = Path("counterpoise-receipts"),
    json: Annotated[bool, typer.Option("--json", help="Use JSON frames instead of msgpack.")] = False,
) -> None:
    """Play one seat of a hosted session with a bot.

    The journal notes the kind of the bot, so that the debrief keeps it apart from people. The command ends when the session
    ends.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    player = roster.load_bot(bot)(seed)

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
            notes.print(f"playing {client.seat} in session {client.session}")
            return await run_bot(client, player)

    try:
        reason = asyncio.run(run())
    except LinkError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from error
    except (SeatLost, OSError) as error:
        raise ConfigurationError(f"{url.partition('#')[0]}: {error}") from error
    notes.print(f"the session has ended: {reason}", markup=False)
