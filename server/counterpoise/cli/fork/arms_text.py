"""The comparison of several forks as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from counterpoise.cli.fork.fork_text import PAIRS_SHOWN, smallest_sentences, star
from counterpoise.cli.terminal import console
from counterpoise.session.forks.arms_document import Arm, ArmsReport, CountInArm, Design, PairByArm, ShareInArm
from counterpoise.session.forks.fork_document import Difference
from counterpoise.theory.statistics.shares import ALPHA

TITLES: dict[Design, str] = {
    "arms": "Each change beside the baseline",
    "sweep": "Each value beside the baseline",
    "each_window": "Forks at each window, each beside the one before",
}


def print_arms(report: ArmsReport) -> None:
    """Print the arms, what happened in each, and how far to trust it."""
    forked = report.forked
    console.print(f"{report.title}: {report.journal} forked on {forked.on}", style="bold", markup=False)
    games = f"{forked.seeds} game{'' if forked.seeds == 1 else 's'} in each of {len(report.arms)} arms"
    console.print(f"Compared up to {forked.until}, {games}. Bots hold every seat from the fork on.", markup=False)
    for arm in report.arms:
        for line in _said_of(arm):
            console.print(f"{arm.name}: {line}", markup=False)
    if report.original_to < forked.until:
        console.print(f"The journal itself ends on {report.original_to}.")
    console.print()
    console.print(f"{TITLES[report.design]}. {decisive_sentence(report)}", markup=False)
    console.print()
    console.print(_counts(report))
    for rows, title in ((report.allied, "Who was allied at the end"), (report.fought, "Who fought since the fork")):
        console.print()
        console.print(_pairs(report, rows, title))
    for sentence in arms_cautions(report):
        console.print(f"  - {sentence}", style="dim", markup=False)


def arms_cautions(report: ArmsReport) -> list[str]:
    """Return the caveats to print with the comparison of several forks."""
    return [
        "Game n of every arm has the same seed. A share has Wilson's 95 % interval, a difference of shares Newcombe's for pairs.",
        "A star marks a difference whose exact p, corrected by Holm for all comparisons, is at most 0.05.",
        *smallest_sentences(report.smallest, report.forked.seeds),
    ]


def decisive_sentence(report: ArmsReport) -> str:
    """Name the clearest difference of all, or say that none is shown."""
    found = [
        (cell.difference, arm, label)
        for row, label in [
            *((row, f"{row.states[0]} and {row.states[1]} allied") for row in report.allied),
            *((row, f"{row.states[0]} and {row.states[1]} at war") for row in report.fought),
        ]
        for cell, arm in zip(row.arms, report.arms, strict=True)
        if cell.difference is not None and cell.difference.p_corrected <= ALPHA
    ]
    if not found:
        return "No difference of shares is shown."
    difference, arm, label = min(found, key=lambda one: (one[0].p, -abs(one[0].mean)))
    return f"Clearest: {label}, {difference.mean:+.0%} in {arm.name} against {arm.compared_with}."


def _said_of(arm: Arm) -> list[str]:
    """Return what an arm changes and what became of it, a line each."""
    lines = [f"without {line}" for line in arm.without] + [f"with {line}" for line in arm.added]
    lines += [f"left out, because the change made it impossible: {line}" for line in arm.impossible]
    if arm.void:
        lines.append(f"orders without effect on their day beyond those of the baseline: {arm.void}")
    return lines + [f"limited: {line}" for line in arm.limits]


def _counts(report: ArmsReport) -> Table:
    table = _table(report, "What happened: mean, and difference", "journal")
    for row in report.counts:
        table.add_row(row.title, str(row.original), *(_count(cell) for cell in row.arms))
    return table


def _pairs(report: ArmsReport, rows: Sequence[PairByArm], title: str) -> Table:
    more = f"; the {PAIRS_SHOWN} that differ most of {len(rows)}" if len(rows) > PAIRS_SHOWN else ""
    table = _table(report, f"{title}: share of games, and difference{more}", "journal")
    for row in rows[:PAIRS_SHOWN]:
        table.add_row(" and ".join(row.states), "yes" if row.original else "no", *(_share(cell) for cell in row.arms))
    return table


def _table(report: ArmsReport, title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    table.add_column("")
    for heading in (*headings, *(arm.name for arm in report.arms)):
        table.add_column(heading, justify="right")
    return table


def _count(cell: CountInArm) -> str:
    return f"{cell.games.mean:.1f}{_difference(cell.difference, '+.1f')}"


def _share(cell: ShareInArm) -> str:
    low, high = cell.ci
    return f"{cell.share:.0%} ({low:.0%} to {high:.0%}){_difference(cell.difference, '+.0%')}"


def _difference(difference: Difference | None, form: str) -> str:
    if difference is None:
        return ""
    between = "" if difference.ci is None else f" ({difference.ci[0]:{form}} to {difference.ci[1]:{form}})"
    return f"\n{difference.mean:{form}}{star(difference)}{between}"
