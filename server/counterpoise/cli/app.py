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

app = typer.Typer(
    name="counterpoise",
    help="A multiplayer simulation server for alliance politics that checks play against balance-of-threat theory.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

app.command("host")(hosting.host)
app.command("run")(playing.run)
app.command("join")(joining.join)
app.command("tournament")(tournaments.tournament)
app.command("debrief")(checking.debrief)
app.command("history")(history.history)
app.command("threats")(checking.threats)
app.command("replay")(checking.replay_journal)
app.command("verify")(checking.verify)
app.command("fork")(forking.fork)
app.command("export")(exporting.export)
app.command("scenarios")(scenarios.list_scenarios)
app.command("validate")(scenarios.validate)
app.add_typer(beginning.new, name="new")


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Host, run, replay and check games of alliance politics."""
    if version:
        typer.echo(f"counterpoise {__version__}")
        raise typer.Exit
