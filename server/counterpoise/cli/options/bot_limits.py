"""The options that limit bots of the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.options.numbers import number_option
from counterpoise_clients.isolation.bot_limits import MEMORY, SECONDS, BotLimits

Bots = Annotated[
    list[str] | None,
    typer.Option(
        help="BOT for all seats or SEAT=BOT for one: a bundled bot's name, a file, a folder/, cmd:COMMAND or llm:MODEL; may be "
        "repeated.",
        metavar="BOT",
    ),
]
BotSeconds = Annotated[
    float,
    number_option(
        "--bot-seconds",
        "Seconds of processor time that a bot of your own may take to be imported, to be made, and for each decision "
        f"({SECONDS:g}), before it draws on a bank of three times as much for the whole game. A slower bot passes from then on; "
        "0 means no limit.",
        float,
        0,
        metavar="SECONDS",
    ),
]
BotMemory = Annotated[
    int,
    number_option(
        "--bot-memory",
        f"Mebibytes of memory that a bot of your own may take ({MEMORY}); 0 means no limit.",
        int,
        0,
        metavar="MIB",
    ),
]
TrustBots = Annotated[
    bool,
    typer.Option(
        "--trust-bots",
        help="Let bots of your own use the network, read and write files, and start processes. Their games may then not be "
        "repeatable.",
    ),
]
BANK_SHARE = 3.0
"""The bank of a bot, as a multiple of what it may take for one decision."""


def bot_limits(seconds: float, memory: int, *, trusted: bool, private: Iterable[Path | None] = ()) -> BotLimits:
    """Return the limits that these options ask for.

    Args:
        seconds: for each decision.
        memory: mebibytes.
        trusted: whether bots are trusted.
        private: the files and folders of the game that bots may not read; ``None`` for those that there are not.
    """
    return BotLimits(seconds, BANK_SHARE * seconds, memory, trusted, private_paths(private))


def private_paths(paths: Iterable[Path | None]) -> tuple[str, ...]:
    """Return files and folders of the game as ``BotLimits`` takes them."""
    return tuple(str(path.absolute()) for path in paths if path is not None)
