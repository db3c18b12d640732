"""The table of commands. Each lives in the file of its subject and is listed here once."""

from __future__ import annotations

from typing import Annotated

import typer

from counterpoise import __version__
from counterpoise.cli import export, host, join, journal_commands, new_files, run, scenarios, tournament
from counterpoise.cli.fork import fork_command
from counterpoise.cli.history import history_command
from counterpoise.cli.terminal import sole_speaker

app = typer.Typer(
    name="counterpoise",
    help="A multiplayer simulation server for alliance politics that checks play against balance-of-threat theory.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

app.command("host")(sole_speaker(host.host))
app.command("run")(sole_speaker(run.run))
app.command("join")(sole_speaker(join.join))
app.command("tournament")(sole_speaker(tournament.tournament))
app.command("debrief")(sole_speaker(journal_commands.debrief))
app.command("history")(sole_speaker(history_command.history))
app.command("threats")(sole_speaker(journal_commands.threats))
app.command("replay")(sole_speaker(journal_commands.replay_journal))
app.command("verify")(sole_speaker(journal_commands.verify))
app.command("fork")(sole_speaker(fork_command.fork))
app.command("export")(sole_speaker(export.export))
app.command("scenarios")(sole_speaker(scenarios.list_scenarios))
app.command("validate")(sole_speaker(scenarios.validate))
app.add_typer(new_files.new, name="new")


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Host, run, replay and check games of alliance politics."""
    if version:
        typer.echo(f"counterpoise {__version__}")
        raise typer.Exit
