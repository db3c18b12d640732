"""The report of a trial as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.trial.expectation_words import range_words
from counterpoise.trial.trial_document import ExpectationResult, Rate, Tally, TrialReport

PAIRS_SHOWN = 20
"""Rows in a table of pairs; the JSON document has them all."""
ABSURDITIES_SHOWN = 15
SHARE_UNITS = ("share of games", "share of wars")


def print_trial(report: TrialReport) -> None:
    """Print the whole report."""
    console.print(
        f"{report.title}: {report.games} games, {report.started} to {report.ended}, seed {report.seed}", style="bold"
    )
    for warning in report.warnings:
        console.print(f"Warning: {warning}", style="yellow", markup=False)
    _print_expectations(report)
    _print_rates(report)
    _print_coups(report)
    _print_pairs(report)
    _print_injects(report)
    _print_absurdities(report)


def _print_expectations(report: TrialReport) -> None:
    for held_out, title, tally in (
        (False, "Expectations", report.tuned),
        (True, "Expectations held out of tuning", report.held_out),
    ):
        rows = [row for row in report.expectations if row.held_out == held_out]
        if rows:
            table = _table(f"{title}: {_tally(tally)}", "", "row", "expected", "observed", "95 %", "cases", "met")
            for row in rows:
                table.add_row(*_expectation_cells(row))
            console.print(table)
            for row in rows:
                if row.unjudged is not None:
                    console.print(f"Row {row.number} is not judged: {row.unjudged}", markup=False, style="dim")


def _expectation_cells(row: ExpectationResult) -> tuple[str, ...]:
    expected = f"{range_words(row.at_least, row.at_most)} {row.unit}"
    if row.observed is None or row.ci is None or row.met is None:
        return str(row.number), row.words, expected, "-", "", "", "not judged"
    observed = _number(row.observed, row.unit)
    interval = f"{_number(row.ci[0], row.unit)} to {_number(row.ci[1], row.unit)}"
    cases = f"{row.cases} of {row.of:.0f}"
    return str(row.number), row.words, expected, observed, interval, cases, "yes" if row.met else "NO"


def _number(value: float, unit: str) -> str:
    if unit in SHARE_UNITS:
        return f"{value:.2f}"
    return f"{value:.4f}" if unit == "per state and year" else f"{value:.2f}"


def _tally(tally: Tally) -> str:
    unjudged = f", {tally.unjudged} not judged" if tally.unjudged else ""
    return f"{tally.met} of {tally.of} met{unjudged}"


def _print_rates(report: TrialReport) -> None:
    table = _table("How often", "", "rate", "95 %", "in all")
    for label, rate in (
        ("wars with a great power on each side, a game", report.great_power_wars),
        ("wars, a game", report.wars),
        ("crises, a year", report.crises),
        ("coups in great powers, a game", report.great_power_coups),
        ("coups, a game", report.coups),
    ):
        table.add_row(label, f"{rate.value:.2f}", _interval(rate, 2), str(rate.cases))
    console.print(table)


def _print_coups(report: TrialReport) -> None:
    table = _table("Coups by regime", "family", "state-years", "coups", "per state and year", "95 %")
    for row in report.coups_by_family:
        rate = row.coups
        table.add_row(row.family, f"{row.state_years:.0f}", str(rate.cases), f"{rate.value:.4f}", _interval(rate, 4))
    console.print(table)
    states = ", ".join(f"{row.state} {row.coups.value:.2f}" for row in report.coups_by_state)
    console.print(f"Coups a game by state: {states or 'none'}", markup=False)


def _print_pairs(report: TrialReport) -> None:
    table = _table("Who was tied", "pair", "games", "years", "to fight", "by")
    for tied in report.allied[:PAIRS_SHOWN]:
        kinds = sorted(tied.kinds.items(), key=lambda item: -item[1])[:4]
        table.add_row(
            " ".join(tied.states), f"{tied.share:.0%}", f"{tied.years:.1f}", f"{tied.to_fight:.0%}",
            ", ".join(f"{kind} {share:.0%}" for kind, share in kinds),
        )  # fmt: skip
    console.print(table)
    _print_rest(report.allied)
    table = _table("Who fought", "pair", "games", "years", "begun by")
    for pair in report.fought[:PAIRS_SHOWN]:
        first, second = pair.states
        begun = f"{first} {pair.first_attacked}, {second} {pair.second_attacked}"
        table.add_row(f"{first} {second}", f"{pair.share:.0%}", f"{pair.years:.2f}", begun)
    console.print(table)
    _print_rest(report.fought)


def _print_rest(rows: Sequence[object]) -> None:
    if len(rows) > PAIRS_SHOWN:
        console.print(f"and {len(rows) - PAIRS_SHOWN} more pairs in --json", style="dim")


def _print_injects(report: TrialReport) -> None:
    if not report.injects:
        return
    table = _table("Injects with a date or a condition", "", "inject", "games", "void", "first day", "from", "to")
    for row in report.injects:
        table.add_row(
            str(row.number), row.words, f"{row.share:.0%}", f"{row.void:.0%}", f"{row.on_first_day:.0%}",
            row.earliest or "never", row.latest or "",
        )  # fmt: skip
    console.print(table)


def _print_absurdities(report: TrialReport) -> None:
    counts = ", ".join(
        f"{kind.replace('_', ' ')} {value:.1f}" for kind, value in report.absurdities_a_game.items() if value
    )
    console.print(f"Absurdities a game: {counts or 'none'}", style="bold")
    if report.absurdities:
        table = _table("The worst", "games", "cases", "severity", "the worst case", "on", "seed")
        for row in report.absurdities[:ABSURDITIES_SHOWN]:
            table.add_row(f"{row.share:.0%}", str(row.cases), f"{row.severity:.2f}", row.words, row.on, row.seed)
        console.print(table)


def _interval(rate: Rate, digits: int) -> str:
    return f"{rate.ci[0]:.{digits}f} to {rate.ci[1]:.{digits}f}"


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading)
    return table
