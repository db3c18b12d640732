"""The table of commands. A command's module is imported only when the command runs or its own help is shown."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from counterpoise import __version__


class ListedCommand(NamedTuple):
    """One row of the table of commands.

    Args:
        name: what users type.
        entry_point: ``module:name`` of the function or ``typer.Typer`` that is the command.
        summary: first paragraph of its docstring. The help of ``counterpoise`` lists it without importing the module.
    """

    name: str
    entry_point: str
    summary: str


COMMANDS = (
    ListedCommand("host", "counterpoise.cli.host.host_command:app", "Serve sessions that people join by link."),
    ListedCommand("run", "counterpoise.cli.run:run", "Play a scenario to its end without a network."),
    ListedCommand(
        "trial", "counterpoise.cli.trial.trial_command:trial", "Play a scenario many times and judge its world."
    ),
    ListedCommand("noise", "counterpoise.cli.noise.noise_command:noise", "Measure what players without a theory give."),
    ListedCommand("join", "counterpoise.cli.join:join", "Play one seat of a hosted session with a bot."),
    ListedCommand("arena", "counterpoise.cli.arena:arena", "Keep a standing arena in which bots play rated games."),
    ListedCommand("mcp", "counterpoise.cli.mcp:app", "Offer a seat to programs over MCP."),
    ListedCommand("check-bot", "counterpoise.cli.check_bot:check_bot", "Check a bot for faults before it plays."),
    ListedCommand(
        "tournament",
        "counterpoise.cli.tournament.tournament_command:tournament",
        "Play a tournament of bots and rank them.",
    ),
    ListedCommand(
        "register", "counterpoise.cli.register.register_command:register", "Register predictions before any data."
    ),
    ListedCommand("debrief", "counterpoise.cli.journal_commands:debrief", "Compare forecasts with what players did."),
    ListedCommand(
        "records",
        "counterpoise.cli.student_records.records_command:records",
        "Write a record of each student, to print and to grade.",
    ),
    ListedCommand("history", "counterpoise.cli.history.history_command:history", "Test the theory on dyad-year data."),
    ListedCommand("threats", "counterpoise.cli.threats:threats", "Print who fears whom on one date or many."),
    ListedCommand("draw", "counterpoise.cli.draw:draw", "Draw a session on a date, as SVG or PNG."),
    ListedCommand(
        "replay",
        "counterpoise.cli.replays.replay_command:replay_journal",
        "Show the world on a past date, or the session in a browser.",
    ),
    ListedCommand(
        "verify", "counterpoise.cli.verify.verify_command:verify", "Replay a journal and compare every entry."
    ),
    ListedCommand("fork", "counterpoise.cli.fork.fork_command:fork", "Change a journal and play on from a date."),
    ListedCommand(
        "import",
        "counterpoise.cli.import_log:import_command",
        "Turn a log of dated moves and events into a record.",
    ),
    ListedCommand("playlog", "counterpoise.cli.playlog:playlog", "Tell how a session was played."),
    ListedCommand(
        "export", "counterpoise.cli.export.export_command:export", "Write journals as tables and as verifiable lines."
    ),
    ListedCommand(
        "archive",
        "counterpoise.cli.archive.archive_command:archive",
        "Pack journals with all that is needed to check them.",
    ),
    ListedCommand(
        "backup", "counterpoise.cli.operations.backup:backup", "Copy a journal, also while a server plays it."
    ),
    ListedCommand(
        "restore",
        "counterpoise.cli.operations.restore:restore",
        "Bring a journal back from a copy, or try whether it would.",
    ),
    ListedCommand("purge", "counterpoise.cli.operations.purge:purge", "Delete old sessions, or the texts in them."),
    ListedCommand("doctor", "counterpoise.cli.operations.doctor:doctor", "Check the machine and the data of a server."),
    ListedCommand(
        "redact", "counterpoise.cli.operations.redact:redact", "Erase texts that people typed from a journal."
    ),
    ListedCommand(
        "receipts",
        "counterpoise.cli.operations.receipts:receipts",
        "List receipts of a journal, or print the server's key.",
    ),
    ListedCommand(
        "torture", "counterpoise.cli.torture.torture_command:torture", "Attack servers of its own and report what held."
    ),
    ListedCommand("scenarios", "counterpoise.cli.scenarios:list_scenarios", "List the bundled scenarios."),
    ListedCommand(
        "handouts",
        "counterpoise.cli.handouts:handouts",
        "Write role sheets, rules and a teacher's pack to print.",
    ),
    ListedCommand("validate", "counterpoise.cli.scenarios:validate", "Check a scenario file or a historical record."),
    ListedCommand(
        "new", "counterpoise.cli.new_files:new", "Write a scenario file, a record or a bot file to start from."
    ),
)
"""In the order in which the help lists them. A new command is one more row."""


class DeferredCommand(TyperCommand):
    """A command whose module is imported when somebody calls it or asks for its help."""

    def __init__(self, listed: ListedCommand) -> None:
        super().__init__(listed.name, help=listed.summary, rich_markup_mode=None)
        self.listed = listed

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Import the command and parse its arguments."""
        return load(self.listed).make_context(*arguments, **options)


def load(listed: ListedCommand) -> Any:
    """Import a command and return it as typer runs it.

    Args:
        listed: a row of ``COMMANDS``.
    """
    from counterpoise.cli.terminal import stdout_reserved  # imports rich, which --version does not need

    module, _, name = listed.entry_point.partition(":")
    target = getattr(import_module(module), name)
    if not isinstance(target, typer.Typer):
        function, target = target, typer.Typer(add_completion=False, rich_markup_mode=None)
        target.command(listed.name)(stdout_reserved(function))
    return typer.main.get_command(target)


app = typer.Typer(
    name="counterpoise",
    help="A multiplayer simulation server for alliance politics that checks play against balance-of-threat theory.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Host, run, replay and check games of alliance politics."""
    if version:
        typer.echo(f"counterpoise {__version__}")
        raise typer.Exit


def command_group() -> TyperGroup:
    """Return the whole command, with every row of ``COMMANDS`` as a deferred subcommand."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for listed in COMMANDS:
        group.add_command(DeferredCommand(listed))
    return group
