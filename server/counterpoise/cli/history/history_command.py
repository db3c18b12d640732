"""``counterpoise history``: test the theory on dyad-year data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from counterpoise.cli.history.reading import check_years, read_tables
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.terminal import console, print_json, progress_bar
from counterpoise.document_schema import Interval
from counterpoise.errors import ConfigurationError
from counterpoise.theory.dyadyear.alliance_decisions import PARTNERS_MAX
from counterpoise.theory.dyadyear.data_tables import REGIONS, DyadYearTables, Selection
from counterpoise.theory.dyadyear.history_document import (
    AllianceReport,
    DirectionsOfTies,
    DisputeReport,
    ForecasterRow,
    HistoryProposition,
    HistoryReport,
    NewTieReport,
    PartnerCoefficient,
    PartnerHypothesis,
    PartnerModel,
    history_schema,
)
from counterpoise.theory.dyadyear.history_report import count_steps, history_report
from counterpoise.theory.dyadyear.reading.data_files import DATA_FILES

YEARS_MIN = 10
"""A quarter of the years trains; the rest is forecast."""
STATES_MIN = 3


def history(
    folder: Annotated[
        Path, typer.Argument(help="Folder of CSV files with the names and columns of the data sets.", metavar="DIR")
    ],
    first: Annotated[int, number_option("--from", "First year.", int, metavar="YEAR")] = 1946,
    last: Annotated[int, number_option("--to", "Last year.", int, metavar="YEAR")] = 1990,
    region: Annotated[
        str, typer.Option(help=f"Only the states of this region and the great powers: {', '.join(REGIONS)}.")
    ] = "",
    states: Annotated[
        list[str] | None, typer.Option("--state", help="Only this state, by its code or number; may be repeated.")
    ] = None,
    all_dyads: Annotated[
        bool, typer.Option(help="Rank all pairs, not only neighbours and pairs with a great power.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    schema: Annotated[bool, schema_option(history_schema)] = False,
) -> None:
    """Test the theory on dyad-year data.

    The data are asked who starts disputes and who allies with whom, and what both mean for the propositions.
    """
    if last - first + 1 < YEARS_MIN:
        raise typer.BadParameter(f"expected at least {YEARS_MIN} years, got {first} to {last}", param_hint="--to")
    if region and region not in REGIONS:
        raise typer.BadParameter(f"expected one of {', '.join(REGIONS)}, got {region!r}", param_hint="--region")
    with progress_bar("Reading files", len(DATA_FILES)) as show:
        tables = read_tables(folder, show)
    numbers = _numbers(tables, states or [])
    if states and len(numbers) < STATES_MIN:
        problem = (
            f"expected at least {STATES_MIN} states, got {', '.join(states)}: a state, its threat and a possible ally"
        )
        raise typer.BadParameter(problem, param_hint="--state")
    selection = Selection(first, last, region or None, numbers, all_dyads)
    check_years(tables, selection, folder)
    with progress_bar("Building and asking worlds", count_steps(selection)) as show:
        report = history_report(tables, selection, show)
    if json:
        print_json(report)
    else:
        _print(report)


def _numbers(tables: DyadYearTables, wanted: list[str]) -> tuple[int, ...]:
    """Return the numbers of states that are given by letters or number. A name that several states share selects all."""
    found: list[int] = []
    for name in wanted:
        numbers = [
            number
            for number, known in tables.names.items()
            if name.upper() in (known, known.removesuffix(f"-{number}")) or name == str(number)
        ]
        if not numbers:
            raise ConfigurationError(
                f"--state {name}: the list of states has no such state. Give a code such as EGY, or its number."
            )
        found += numbers
    return tuple(sorted(dict.fromkeys(found)))


def _print(report: HistoryReport) -> None:
    disputes, alliances = report.disputes, report.alliances
    lift = alliances.lift_of_the_threat
    console.print(report.title, style="bold", markup=False)
    console.print()
    console.print(
        f"{disputes.question[0].upper()}{disputes.question[1:]}: {disputes.dyad_years} dyad-years forecast, "
        f"{disputes.events} disputes. Trained on {disputes.train}; {disputes.intervals}.",
        markup=False,
    )
    if disputes.forecasters:
        console.print(_headline(disputes), markup=False)
        console.print(_forecasters(disputes.forecasters))
    else:
        console.print(disputes.note, markup=False)
    console.print()
    counts = ", ".join(f"{name} {count}" for name, count in alliances.classes.items())
    console.print(
        f"Alliances: {alliances.state_years} state-years, {alliances.threatened} under threat ({counts}); "
        f"{alliances.choices} choices of a partner.",
        markup=False,
    )
    whether, direction = alliances.whether, alliances.direction
    console.print(
        f"Whether: {whether.made} of {whether.state_years} state-years had a new tie; the rate of the world 1945-2010 gives "
        f"{whether.expected:.1f}. That rate is higher because it counts every entry into a pact of defence or offence but mass "
        "pacts, also with states that are allied already, and the 1990s. Counted here are ties between states that were not "
        f"allied in the year before and signed with at most {PARTNERS_MAX} others; {whether.with_many} more state-years had only "
        "ties with more.",
        markup=False,
    )
    console.print(_counts(alliances), markup=False)
    if direction.n:
        console.print(_directions(direction))
    console.print(_partner(alliances.partner))
    console.print(_heldout(alliances.heldout))
    console.print(_new_ties(alliances.new_ties))
    console.print(_hypotheses(alliances.hypotheses))
    for name, lacks in alliances.hypotheses_silent.items():
        console.print(f"  {name} is left out: {lacks}", style="dim", markup=False)
    console.print(_propositions(report.propositions))
    console.print(
        f"Joining the top threat was {_measure(lift.estimate, lift.ci, 1)} times as likely as chance would have it. "
        "Read W3.1 with that: one state is the threat and many are not, so a random choice balances more often than it joins.",
        markup=False,
    )
    console.print()
    console.print("What such data cannot test:", style="bold")
    for row in report.silent:
        console.print(f"  - {', '.join(row.propositions)}: it needs {row.needs}", markup=False)
    console.print()
    if report.assumed:
        console.print("Assumed when the files were read:", style="bold")
        for sentence in report.assumed:
            console.print(f"  - {sentence}.", markup=False)
        console.print()
    console.print("Caveats:", style="bold")
    for sentence in (*report.files.notes, *report.threats_to_validity):
        console.print(f"  - {sentence}", markup=False)


def _counts(alliances: AllianceReport) -> str:
    """Say how the numbers of ties, choices and state-years go together."""
    signing = sum(alliances.classes[name] for name in ("BAL", "BW", "OTHER"))
    return (
        f"The counts below: {alliances.new_ties.events} pairs of states signed. Each side of a pair is a choice of a partner, "
        f"{alliances.choices} in all, made in {alliances.whether.made} state-years, {signing} of these under threat; "
        f"{alliances.direction.n} of the choices are of states under threat whose possible partners lead more than one way."
    )


def _measure(estimate: float | None, interval: Interval | None, digits: int = 3) -> str:
    """Return an estimate with its interval."""
    if estimate is None:
        return "-"
    if interval is None:
        return f"{estimate:.{digits}f}"
    return f"{estimate:.{digits}f} ({interval[0]:.{digits}f} to {interval[1]:.{digits}f})"


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _directions(found: DirectionsOfTies) -> Table:
    chosen, menu = found.chosen, found.expected
    title = (
        f"Which way {found.n} ties went: {chosen.against:.0f} against the top threat, {chosen.towards:.0f} to it, "
        f"{chosen.neither:.0f} elsewhere; the menus alone give {menu.against:.1f}, {menu.towards:.1f} and {menu.neither:.1f}"
    )
    table = _table(title, "hypothesis", "log score", "bits above the menu (95 %)")
    for row in found.hypotheses:
        table.add_row(row.name, f"{row.log_score:.3f}", _measure(row.bits, row.ci, 2))
    return table


def _headline(disputes: DisputeReport) -> str:
    auc = {row.name: _measure(row.auc.estimate, row.auc.ci) for row in disputes.forecasters}
    how = f" ({disputes.index_in_sample})" if disputes.index_in_sample else " (held out)"
    return (
        f"On the same dyad-years the four components rank with an AUC of {auc['four_components']}, the index as it stands "
        f"with {auc['threat_index']}{how}, power alone with {auc['power_alone']}; 0.5 is chance."
    )


def _forecasters(rows: list[ForecasterRow]) -> Table:
    table = _table(
        "Who starts disputes; fitted rankings out of sample",
        "ranking by",
        "AUC",
        "precision-recall",
        "challenger first",
    )
    for row in rows:
        table.add_row(
            row.name,
            _measure(row.auc.estimate, row.auc.ci),
            _measure(row.pr_auc.estimate, row.pr_auc.ci),
            f"{row.challenger_found.first:.0%}",
        )
    return table


def _partner(rows: list[PartnerCoefficient]) -> Table:
    table = _table("What attracts a partner", "covariate, per s.d.", "log-odds of being chosen")
    for row in rows:
        table.add_row(row.reading, _measure(row.estimate, row.ci, 2))
    return table


def _heldout(rows: list[PartnerModel]) -> Table:
    table = _table(
        "What predicts the partner, fitted on other decades", "fitted on", "log score", "skill over chance (95 %)"
    )
    for row in rows:
        if row.fitted:
            table.add_row(row.name.replace("_", " "), f"{row.log_score:.3f}", _measure(row.skill, row.ci))
        else:
            table.add_row("threat, added to all else", _measure(row.log_score, row.ci), "")
    return table


def _new_ties(found: NewTieReport) -> Table:
    table = _table(
        f"Which pairs become allies: {found.events} new ties in {found.pair_years} pairs and years",
        "ranked by",
        "ROC (95 %)",
    )
    for row in found.rankings:
        table.add_row(row.reading, _measure(row.auc.estimate, row.auc.ci))
    return table


def _hypotheses(rows: list[PartnerHypothesis]) -> Table:
    table = _table(
        "Which hypothesis predicted the partner",
        "hypothesis",
        "skill over chance",
        "with sharpness from other decades",
        "percentile",
    )
    for row in rows:
        percentile = row.percentile
        table.add_row(
            row.name,
            _measure(row.skill, row.ci),
            _measure(row.tempered.skill, row.tempered.ci),
            "-" if percentile is None else f"{percentile:.2f}",
        )
    return table


def _propositions(rows: list[HistoryProposition]) -> Table:
    table = _table("What the data say about the propositions", "id", "claim", "n", "estimate (95 %)", "verdict")
    for row in rows:
        table.add_row(row.id, row.claim, str(row.n), _measure(row.estimate, row.ci, 2), row.verdict)
    return table
