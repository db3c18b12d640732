"""The arguments and options of ``counterpoise tournament``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.options.choices import choice_option
from counterpoise.cli.options.numbers import number_option

File = Annotated[
    Path,
    typer.Argument(
        help="The tournament file, in TOML: name, seed, games, scenarios, entrants; server/README.md has an example."
    ),
]
Jobs = Annotated[int, number_option("--jobs", "Games played at once, each in its own process.", int, 1, 256)]
Cluster = Annotated[
    str | None,
    typer.Option(
        help="Play on the workers of the Dask scheduler at this address, in place of --jobs (extra dask). They must have this "
        "version, the bots' files and the folders of --journals and --bot-logs under the same paths.",
        metavar="ADDRESS",
    ),
]
Results = Annotated[
    Path | None,
    typer.Option(help="Append each game's result to this file. Started again with it, the tournament resumes."),
]
Journals = Annotated[
    Path | None,
    typer.Option(help="Keep the journal of every game in this folder, for `debrief FOLDER`.", metavar="FOLDER"),
]
BotLogs = Annotated[
    Path | None,
    typer.Option(
        help="Keep in this folder, for each game, what each bot wrote to standard error and how long its answers took.",
        metavar="FOLDER",
    ),
]
Tables = Annotated[
    Path | None,
    typer.Option(
        help="Write the standings, pairs, seats, behaviour and games as CSV into this folder.", metavar="FOLDER"
    ),
]
Parquet = Annotated[bool, typer.Option("--parquet", help="Write these tables as Parquet too (extra analysis).")]
Html = Annotated[Path | None, typer.Option(help="Write the leaderboard as a self-contained page to this file.")]
Replays = Annotated[
    str | None,
    choice_option(
        "--replays",
        "With --html: which games leave a replay that the leaderboard links to, in place of what the file says. chosen: the "
        "best, the worst and a middling game of each entrant, and those in which a bot failed. They stand in a folder beside "
        "the page, NAME-replays, each as a page and as a journal.",
        ("none", "chosen", "all"),
    ),
]
ReplayGames = Annotated[
    int | None,
    number_option(
        "--replay-games",
        "At most so many games leave a replay, in place of what the file says (100).",
        int,
        1,
        100_000,
    ),
]
