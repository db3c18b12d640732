"""The table of commands. Each lives in the file of its subject and is listed here once."""

from __future__ import annotations

from typing import Annotated

import typer

from counterpoise import __version__
from counterpoise.cli import (
    beginning,
    checking,
    exporting,
    forking,
    history,
    hosting,
    joining,
    playing,
    scenarios,
    tournaments,
)
from counterpoise.cli.output import sole_speaker

app = typer.Typer(
    name="counterpoise",
    help="A multiplayer simulation server for alliance politics that checks play against balance-of-threat theory.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

app.command("host")(sole_speaker(hosting.host))
app.command("run")(sole_speaker(playing.run))
app.command("join")(sole_speaker(joining.join))
app.command("tournament")(sole_speaker(tournaments.tournament))
app.command("debrief")(sole_speaker(checking.debrief))
app.command("history")(sole_speaker(history.history))
app.command("threats")(sole_speaker(checking.threats))
app.command("replay")(sole_speaker(checking.replay_journal))
app.command("verify")(sole_speaker(checking.verify))
app.command("fork")(sole_speaker(forking.fork))
app.command("export")(sole_speaker(exporting.export))
app.command("scenarios")(sole_speaker(scenarios.list_scenarios))
app.command("validate")(sole_speaker(scenarios.validate))
app.add_typer(beginning.new, name="new")


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Host, run, replay and check games of alliance politics."""
    if version:
        typer.echo(f"counterpoise {__version__}")
        raise typer.Exit
