"""``counterpoise torture``: attack servers that the command starts itself, and report what held."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated

import typer

from counterpoise.cli.options.journals import Json
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.terminal import print_json, progress_bar
from counterpoise.cli.torture.torture_text import print_list, print_report
from counterpoise.torture.running import chosen_trials, run_trials
from counterpoise.torture.torture_document import torture_schema

STEPS = 1000
"""Steps of a progress bar."""


class _Bars:
    """One progress bar for each trial, the finished ones above the one that moves."""

    def __init__(self) -> None:
        self._name = ""
        self._bar = ExitStack()

    def show(self, name: str, share: float) -> None:
        """Show the share of a trial that is done."""
        if name != self._name:
            self.close()
            self._name = name
            self._update = self._bar.enter_context(progress_bar(name, STEPS))
        self._update(round(STEPS * share))

    def close(self) -> None:
        """End the bar that moves."""
        self._bar.close()


def torture(
    trials: Annotated[
        list[str] | None, typer.Argument(help="Names of the trials to run; all if none is given.", metavar="[TRIAL]...")
    ] = None,
    seed: Annotated[str, typer.Option(help="Everything that the trials draw derives from it.")] = "1",
    quick: Annotated[
        bool, typer.Option("--quick", help="Run in small sizes: all trials together take about two minutes.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--list", help="Print the trials and when each has passed, and run none.")
    ] = False,
    json: Json = False,
    schema: Annotated[bool, schema_option(torture_schema)] = False,
) -> None:
    """Attack servers of its own and report what held.

    Every trial starts its own servers on this machine, in a temporary folder, and ends and deletes them. Ctrl-C leaves nothing
    behind. A trial that needs what this machine lacks is skipped and says so. If one fails, the exit code is 1.
    """
    chosen = chosen_trials(trials or [])
    if names:
        print_list(chosen)
        return
    bars = _Bars()
    try:
        report = run_trials(chosen, seed=seed, quick=quick, show=bars.show)
    finally:
        bars.close()
    if json:
        print_json(report)
    else:
        print_report(report)
    if not report.passed:
        raise typer.Exit(1)
