"""The debrief as text."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from counterpoise.cli.output import console

CLASS_NAMES = {
    "BAL": "balanced against the top threat",
    "BW": "bandwagoned with it",
    "HIDE": "hid while others balanced",
    "NEU": "made no new alignment",
    "OTHER": "aligned for another reason",
}


def print_debrief(document: dict[str, Any]) -> None:
    """Print what was decided, how each hypothesis forecast it, and what that says of each proposition."""
    _print_head(document)
    console.print(_hypotheses(document["hypotheses"]))
    console.print(
        "Skill is against the base rates: above 0 beats them. Intervals resample choosers and sessions, not single choices.",
        style="dim",
    )
    console.print()
    console.print(_propositions(document["propositions"]))
    console.print()
    console.print("Read the verdicts with these in mind:", style="bold")
    for sentence in document["threats_to_validity"]:
        console.print(f"  - {sentence}", markup=False)


def _print_head(document: dict[str, Any]) -> None:
    counts = document["classes"]
    console.print(document["title"], style="bold", markup=False)
    console.print(f"{counts['decisions']} decisions, {counts['threatened']} of them under threat. Of those:")
    for name, meaning in CLASS_NAMES.items():
        share = counts[name] / counts["threatened"] if counts["threatened"] else 0.0
        console.print(f"  {counts[name]:5d}  {share:6.1%}  {meaning} ({name})")
    console.print()


def _number(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _interval(pair: list[float | None] | None) -> str:
    if pair is None or pair[0] is None or pair[1] is None:
        return "-"
    return f"{pair[0]:.3f} to {pair[1]:.3f}"


def _hypotheses(rows: list[dict[str, Any]]) -> Table:
    table = Table(title="Which hypothesis foretold the choices", title_justify="left", header_style="bold")
    for heading, justify in (
        ("hypothesis", "left"), ("n", "right"), ("log score", "right"), ("Brier", "right"), ("skill", "right"),
        ("95 % interval", "right"),
    ):  # fmt: skip
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(
            row["name"], str(row["n"]), _number(row["log_score"]), _number(row["brier"]), _number(row["skill"]),
            _interval(row["ci"]),
        )  # fmt: skip
    return table


def _propositions(rows: list[dict[str, Any]]) -> Table:
    table = Table(title="What play says of each proposition", title_justify="left", header_style="bold")
    for heading in ("id", "claim", "n", "estimate", "95 % interval", "verdict"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("id", "verdict"))
    for row in rows:
        table.add_row(
            row["id"], row["claim"], str(row["n"]), _number(row["estimate"]), _interval(row["ci"]), row["verdict"]
        )
    return table
