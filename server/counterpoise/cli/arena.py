"""``counterpoise arena``: keep a standing arena."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from counterpoise.cli.host import host_options as of
from counterpoise.cli.host.service_log import errors_in_log, start_log
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.terminal import console, notes, print_json
from counterpoise.gateway.arena.arena import Arena
from counterpoise.gateway.arena.document import arena_schema
from counterpoise.gateway.arena.settings import ArenaSettings
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.scenario_files import scenario_text
from counterpoise.sim.bot import Bot
from counterpoise_clients import roster

ENDED_IDLE_SECONDS, ENDED_OPEN_MAX = 5.0, 2
"""Games that are over are unloaded soon: many are played, few are watched again, and each takes several megabytes while it is
loaded. Whoever watches one keeps it loaded."""


def arena(
    folder: Annotated[
        Path | None, typer.Argument(help="Data folder of the arena; created if it does not exist.")
    ] = None,
    scenario: Annotated[
        str, typer.Option(help="The scenario that is played: a bundled one or a file.")
    ] = "checkerboard",
    games_at_once: Annotated[int, number_option("--games-at-once", "Games that run at a time.", int, 1, 100)] = 2,
    window_seconds: Annotated[
        float, number_option("--window-seconds", "How long a window waits for a slow bot.", float, 0.1, 3600)
    ] = 10.0,
    journals: Annotated[
        int, number_option("--journals", "Keep the journals of so many of the newest games.", int, 1, 100_000)
    ] = 100,
    rated: Annotated[
        int, number_option("--rated", "Fit the ratings to so many of the newest games.", int, 1, 100_000)
    ] = 1000,
    address: of.Address = "127.0.0.1",
    port: of.Port = 8700,
    insecure_lan: of.InsecureLan = False,
    public_url: of.PublicUrl = "",
    log_format: of.LogFormat = "text",
    log_level: of.LogLevel = "warning",
    json: of.Json = False,
    schema: Annotated[bool, schema_option(arena_schema)] = False,
) -> None:
    """Keep a standing arena in which bots play rated games.

    Bots come with `counterpoise join http://HOST:PORT/arena --bot FILE --name NAME`, or by the protocol. Each new name belongs to
    the key that came with it. Whoever waits gets a seat in the next game; bundled bots fill the others, and their mean is
    rating 0. The page /arena shows ratings, games and links to watch them, /arena.json the same as data. Journals beyond
    --journals are deleted, results beyond --rated are forgotten, and counts of all games stay. The same command goes on after a
    stop or a crash.
    """
    if folder is None:
        raise typer.BadParameter("give the data folder of the arena", param_hint="FOLDER")
    start_log(log_format, log_level)
    with errors_in_log(log_format):
        text, source = scenario_text(scenario)
        settings = ArenaSettings(
            text, source, _bundled, games_at_once, window_seconds,
            journals_kept=journals, games_rated=max(rated, journals),
        )  # fmt: skip
        kept = Arena(folder, settings)
        config = ServerConfig(
            data_dir=folder, host=address, port=port, insecure_lan=insecure_lan, public_url=public_url, bots=kept.bots,
            absent_windows=2, ended_idle_seconds=ENDED_IDLE_SECONDS, ended_open_max=ENDED_OPEN_MAX,
        )  # fmt: skip
        asyncio.run(_serve(config, kept, json=json))
    notes.print("stopped. The same command goes on with the arena.")


def _bundled(name: str, seed: str) -> Bot:
    bot: Bot = roster.load_bot(name)(seed)
    return bot


async def _serve(config: ServerConfig, kept: Arena, *, json: bool) -> None:
    async with Server(config, arena=kept) as server:
        server.install_signal_handlers()
        told: dict[str, Any] = {"arena": f"{server.url}/arena", "document": f"{server.url}/arena.json"}
        if json:
            print_json(told)
        else:
            console.print(f"arena: {told['arena']} (as data: {told['document']})")
            console.print(f"A bot joins with: counterpoise join {told['arena']} --bot FILE --name NAME")
        await server.serve_until_stopped()
