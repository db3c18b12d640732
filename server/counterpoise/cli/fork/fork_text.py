"""The comparison of a fork as text."""

from __future__ import annotations

from typing import Literal

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.session.forks.fork_document import (
    Difference,
    ForkReport,
    PairComparison,
    PropositionComparison,
    Side,
    SmallestEffect,
    Spread,
)
from counterpoise.theory.check.debrief_document import ClassCounts
from counterpoise.theory.statistics.shares import ALPHA

PAIRS_SHOWN = 12
"""Rows in a table of pairs of states; the JSON document has them all."""
STATES_SHOWN = 6
"""Rows in a table of states."""
SIDES: dict[Side, str] = {"original": "the journal", "baseline": "baseline", "changed": "changed"}
Level = Literal["power", "feared"]
LEVELS: dict[Level, str] = {
    "power": "Share of all power at the end",
    "feared": "Threat that others saw in each state at the end, 0 to 1",
}


def print_fork(report: ForkReport) -> None:
    """Print what was changed, what happened on each side, and what the check says about each side."""
    _print_head(report)
    console.print(_counts(report))
    console.print("Each cell: the mean, and where four in five games lie.", style="dim")
    for rows, title in ((report.allied, "Who was allied at the end"), (report.fought, "Who fought since the fork")):
        console.print()
        console.print(_pairs(rows, title))
    for level, title in LEVELS.items():
        console.print()
        console.print(_states(report, level, title))
    console.print()
    console.print(_hypotheses(report))
    console.print()
    _print_verdicts(report)
    for sentence in cautions(report):
        console.print(f"  - {sentence}", style="dim", markup=False)


def cautions(report: ForkReport) -> list[str]:
    """Return the caveats to print with a fork report."""
    pairs, games = len(report.allied) + len(report.fought), report.forked.seeds
    return [
        f"{games} game{'' if games == 1 else 's'} on each side. A difference without an interval is the same for every seed.",
        f"The pairs that differ most are shown first, out of {pairs} compared: one in twenty intervals misses by chance.",
        f"A star marks a difference whose exact p is at most {ALPHA} after Holm's correction for {report.smallest.comparisons}.",
        *(smallest_sentences(report.smallest, games) if "changed" in report.classes.by_side() else ()),
        "Two different verdicts are no evidence that the change made the difference; compare the estimates in --json.",
    ]


def smallest_sentences(smallest: SmallestEffect, seeds: int) -> list[str]:
    """Return which differences of shares of games a number of seeds can show."""

    def shown(share: float | None) -> str:
        return "no difference at all" if share is None else f"{share:.0%}"

    games = f"{seeds} seed{'' if seeds == 1 else 's'}"
    plain = (
        f"The smallest difference of shares that {games} show in four of five cases: {shown(smallest.by_change)} if only the "
        f"change parts the games of a seed, {shown(smallest.by_chance)} if these differ like games of two seeds."
    )
    corrected = (
        f"The same with the correction for {smallest.comparisons} comparisons: {shown(smallest.by_change_corrected)} and "
        f"{shown(smallest.by_chance_corrected)}."
    )
    return [plain, corrected]


def void_sentence(orders: int) -> str:
    """Return how many more orders had no effect than without the changes, as a sentence."""
    counted = "One more order" if orders == 1 else f"{orders} more orders"
    return f"{counted} had no effect on {'its' if orders == 1 else 'their'} day than without the change."


def pair_share(row: PairComparison, side: Side) -> str:
    """Return, as text, the share of a side's games in which the comparison holds for the pair; yes or no for the journal."""
    if side == "original":
        return "yes" if row.original else "no"
    share = row.baseline if side == "baseline" else row.changed
    return "-" if share is None else f"{share:.0%}"


def difference_text(difference: Difference | None, *, share: bool) -> str:
    """Return a difference with its interval."""
    if difference is None:
        return "-"
    form = "+.0%" if share else "+.1f"
    mean = f"{difference.mean:{form}}{star(difference)}"
    if difference.ci is None:
        return mean
    low, high = difference.ci
    return f"{mean} ({low:{form}} to {high:{form}})"


def star(difference: Difference) -> str:
    """Return the mark of a difference that is shown among all comparisons; nothing for the others."""
    return "*" if difference.p_corrected <= ALPHA else ""


def differing_verdicts(report: ForkReport) -> list[PropositionComparison]:
    """Return the propositions whose verdict differs between the forked games, and W3.1 in any case."""
    rows = []
    for row in report.propositions:
        verdicts = [finding.verdict for side, finding in row.by_side().items() if side != "original"]
        if len(dict.fromkeys(verdicts)) > 1 or row.id == "W3.1":
            rows.append(row)
    return rows


def balancing_share(classes: ClassCounts) -> str:
    """Return the share of balancing among the decisions that balanced or bandwagoned."""
    took_sides = classes.balanced + classes.bandwagoned
    return f"{classes.balanced / took_sides:.0%} of {took_sides}" if took_sides else "none took sides"


def _print_head(report: ForkReport) -> None:
    forked = report.forked
    console.print(f"{report.title}: {report.journal} forked on {forked.on}", style="bold", markup=False)
    games = f"{forked.seeds} games" if forked.seeds > 1 else "1 game"
    sides = "each side" if "changed" in report.classes.by_side() else "the baseline; nothing was changed"
    console.print(
        f"Compared up to {forked.until}, {games} on {sides}. Bots hold every seat from the fork on.", markup=False
    )
    for title, lines in (("Taken out", forked.without), ("Put in", forked.added)):
        for line in lines:
            console.print(f"{title}: {line}", markup=False)
    for line in report.impossible:
        console.print(f"Left out, because the change made it impossible: {line}", markup=False)
    if report.void:
        console.print(void_sentence(report.void))
    for line in report.limits:
        console.print(f"Limited: {line}.", markup=False)
    if report.original_to < forked.until:
        console.print(f"The journal itself ends on {report.original_to}.")
    console.print()


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    return table


def _counts(report: ForkReport) -> Table:
    table = _table("What happened", "", *SIDES.values(), "difference (95 %)")
    for row in report.counts:
        table.add_row(
            row.title,
            str(row.original),
            _spread(row.baseline),
            _spread(row.changed),
            difference_text(row.difference, share=False),
        )
    return table


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return "-"
    return f"{spread.mean:.1f} ({spread.quantiles.tenth} to {spread.quantiles.nine_tenths})"


def _pairs(rows: list[PairComparison], title: str) -> Table:
    more = f"; the {PAIRS_SHOWN} that differ most of {len(rows)}" if len(rows) > PAIRS_SHOWN else ""
    table = _table(title + more, "", *SIDES.values(), "difference (95 %)")
    for row in rows[:PAIRS_SHOWN]:
        shares = (pair_share(row, side) for side in SIDES)
        table.add_row(" and ".join(row.states), *shares, difference_text(row.difference, share=True))
    return table


def state_rows(report: ForkReport, level: Level) -> list[tuple[str, ...]]:
    """Return the cells of a comparison state by state, for the states that differ most."""
    form = ".1%" if level == "power" else ".2f"
    rows = []
    for row in (report.power if level == "power" else report.feared)[:STATES_SHOWN]:
        cells = ("-" if value is None else format(value, form) for value in (row.original, row.baseline, row.changed))
        rows.append((report.actors.get(row.state, row.state), *cells, _level_difference(row.difference, form)))
    return rows


def _level_difference(difference: Difference | None, form: str) -> str:
    if difference is None:
        return "-"
    digits = 3 if form.endswith("%") else 2
    known = (difference.mean, *(difference.ci or ()))
    numbers = [format(round(number, digits) + 0.0, f"+{form}") for number in known]  # + 0.0 turns -0.0 into 0.0
    mean = f"{numbers[0]}{star(difference)}"
    return f"{mean} ({numbers[1]} to {numbers[2]})" if len(numbers) > 1 else mean


def _states(report: ForkReport, level: Level, title: str) -> Table:
    among = len(report.power if level == "power" else report.feared)
    more = f"; the {STATES_SHOWN} that differ most of {among}" if among > STATES_SHOWN else ""
    table = _table(title + more, "", *SIDES.values(), "difference (95 %)")
    for cells in state_rows(report, level):
        table.add_row(*cells)
    return table


def _hypotheses(report: ForkReport) -> Table:
    sides = [SIDES[side] for side in report.classes.by_side()]
    table = _table("Skill of each hypothesis against the base rates", "hypothesis", *sides)
    for row in report.hypotheses:
        skills = (None if cell is None else cell.skill for cell in row.by_side().values())
        table.add_row(row.name, *("-" if skill is None else f"{skill:.3f}" for skill in skills))
    return table


def _print_verdicts(report: ForkReport) -> None:
    by_side = report.classes.by_side()
    for side, classes in by_side.items():
        console.print(f"{SIDES[side]}: share that balanced, of those who took sides: {balancing_share(classes)}")
    table = _table("Verdicts that differ, and W3.1", "id", *(SIDES[side] for side in by_side), "claim")
    for row in differing_verdicts(report):
        table.add_row(row.id, *(finding.verdict for finding in row.by_side().values()), row.claim)
    console.print(table)
