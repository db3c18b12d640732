"""The report of the trials as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.torture.torture_document import Figure, TortureReport, TrialReport
from counterpoise.torture.trial import Trial

STYLES = {"passed": "green", "failed": "bold red", "skipped": "yellow"}


def print_list(trials: Sequence[Trial]) -> None:
    """Print what each trial does and when it has passed."""
    table = Table("trial", "what it does", "passes if", box=None, pad_edge=False)
    for trial in trials:
        table.add_row(trial.name, trial.does, trial.passes)
    console.print(table)


def print_report(report: TortureReport) -> None:
    """Print the outcome and the figures of every trial."""
    size = "quick" if report.quick else "whole"
    console.print(
        f"counterpoise {report.version}, Python {report.python}, SQLite {report.sqlite}, {report.system}, "
        f"{report.processors} processors; seed {report.seed}, {size}",
        style="bold",
        markup=False,
    )
    for trial in report.trials:
        _print_trial(trial)
    counts = {outcome: sum(trial.outcome == outcome for trial in report.trials) for outcome in STYLES}
    console.print(", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count), style="bold")


def _print_trial(trial: TrialReport) -> None:
    console.print()
    console.print(f"{trial.trial}: {trial.outcome} ({trial.seconds:g} s)", style=STYLES[trial.outcome], markup=False)
    console.print(f"  {trial.does}", markup=False)
    console.print(f"  Passes if: {trial.passes}", markup=False)
    if trial.figures:
        console.print(f"  {'; '.join(figure_text(figure) for figure in trial.figures)}", markup=False)
    for note in trial.notes:
        console.print(f"  Note: {note}", markup=False)
    for reason in trial.reasons:
        console.print(f"  {'Missing' if trial.outcome == 'skipped' else 'Wrong'}: {reason}", markup=False)
    if trial.outcome == "failed":
        console.print(f"  Run it again: {trial.again}", markup=False)


def figure_text(figure: Figure) -> str:
    """Return a figure in words, such as ``slowest ack 12.5 ms``."""
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{figure.name} {figure.value:,.10g}{unit}"
