"""What explains the alliances, under which conditions, and what followed, as text."""

from __future__ import annotations

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.document_schema import Interval
from counterpoise.theory.evidence.answers_document import (
    AlliancesExplained,
    ConditionRow,
    Conditions,
    ConsequenceGroup,
    Consequences,
)


def print_answers(
    explained: AlliancesExplained | None,
    conditions: Conditions | None,
    consequences: Consequences | None,
) -> None:
    """Print each of the three tables below the sentence that sums it up; a table without data is left out."""
    if explained is None or conditions is None or consequences is None:
        return
    console.print("What explains the alliances", style="bold")
    console.print(f"  {explained.sentence}", markup=False, highlight=False)
    if explained.telling:
        console.print(_explained(explained))
    elif explained.n:
        console.print("  --json and --html have the counts so far.", style="dim")
    if explained.left_out_sentence:
        console.print(f"  {explained.left_out_sentence}", markup=False, highlight=False)
    console.print("Under which conditions", style="bold")
    console.print(f"  {conditions.sentence}", markup=False, highlight=False)
    if any(row.cells for row in conditions.rows):
        console.print(_conditions(conditions))
        console.print("--json and --html tell every hypothesis under every condition.", style="dim")
    console.print("What followed", style="bold")
    console.print(f"  {consequences.sentence}", markup=False, highlight=False)
    if any(row.balanced.n or row.bandwagoned.n for row in consequences.rows):
        console.print(_consequences(consequences))
        console.print(f"Of fewer than {consequences.least} decisions only their number is given.", style="dim")
    console.print()


def _table(first: str, *headings: str) -> Table:
    table = Table(header_style="bold")
    table.add_column(first)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def _explained(explained: AlliancesExplained) -> Table:
    table = _table("hypothesis", "explains best", "by chance", "bits above chance", "95 % interval")
    for row in explained.hypotheses:
        table.add_row(row.name, f"{row.explained:.1f}", f"{row.by_chance:.1f}", _number(row.bits), _interval(row.ci))
    return table


def _conditions(conditions: Conditions) -> Table:
    table = _table("condition", "choices", "best forecast", "bits above chance", "95 % interval")
    for row in conditions.rows:
        table.add_row(row.label, str(row.n), *_best(row))
    return table


def _best(row: ConditionRow) -> tuple[str, str, str]:
    if not row.cells:
        return "-", "-", "-"
    name = max(row.cells, key=lambda name: row.cells[name].bits)
    return name, _number(row.cells[name].bits), _interval(row.cells[name].ci)


def _consequences(consequences: Consequences) -> Table:
    table = _table("outcome", "balanced", "bandwagoned", "difference", "95 % interval", "cut off")
    for row in consequences.rows:
        table.add_row(
            row.label,
            _group(row.balanced, consequences.least),
            _group(row.bandwagoned, consequences.least),
            _number(row.difference),
            _interval(row.ci),
            str(row.cut_off),
        )
    return table


def _group(group: ConsequenceGroup, least: int) -> str:
    """Return the share or mean with the number of decisions; of too few decisions their number alone."""
    if group.mean is None or group.n < least:
        return f"- of {group.n}"
    return f"{group.mean:.2f} of {group.n}".replace("-0.00", "0.00")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _interval(interval: Interval | None) -> str:
    return "-" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
