"""The debrief as text."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from counterpoise.cli.terminal import console

CLASS_NAMES = {
    "BAL": "balanced against the top threat",
    "BW": "bandwagoned with it",
    "HIDE": "hid while others balanced",
    "NEU": "made no new alignment",
    "OTHER": "aligned for another reason",
}

UNTOLD = "NOT_ENOUGH_DATA"
INJECTS_SHOWN = 12
LEAST_WEIGHT = 0.005
"""Weights in a mixture that round to nothing are not told."""


def print_debrief(document: dict[str, Any]) -> None:
    """Print what was decided, how each hypothesis forecast it, and what that says of each proposition."""
    _print_head(document)
    _print_injects(document.get("timeline"))
    console.print(_hypotheses(document["hypotheses"]))
    console.print(
        "Skill is against the base rates: above 0 beats them. Intervals resample choosers and sessions, not single choices.",
        style="dim",
    )
    _print_stacking(document["stacking"], document["hypotheses"])
    console.print()
    _print_propositions(document["propositions"])
    console.print(
        "Where there is not enough data although the interval is clear of 0, decisions or choosers are too few, or the effect is "
        "smaller than what is of interest: the notes in --json say more.",
        style="dim",
    )
    for row in document["propositions"]:
        if row["id"] == "W3.1" and row["estimate"] is not None:
            console.print(
                f"W3.1: {row['note']}. One state is the threat and many are not, so read the lift beside it.",
                style="dim",
            )
    _print_sensitivity(document)
    console.print()
    _print_elicitation(document["elicitation"])
    console.print("Read the verdicts with these in mind:", style="bold")
    for sentence in document["threats_to_validity"]:
        console.print(f"  - {sentence}", markup=False)


def _print_stacking(stacking: dict[str, Any] | None, rows: list[dict[str, Any]]) -> None:
    if stacking is None:
        return
    best = max((row["log_score"] for row in rows if row["log_score"] is not None), default=None)
    weighed = sorted(stacking["weights"].items(), key=lambda pair: -pair[1])
    told = ", ".join(f"{name} {weight:.2f}" for name, weight in weighed if weight >= LEAST_WEIGHT)
    console.print(
        f"Best mixture of them all: {told}. On choices held out it scores {_number(stacking['log_score'])}; the best alone "
        f"{_number(best)}.",
        style="dim",
    )


def _print_sensitivity(document: dict[str, Any]) -> None:
    draws, robust = document["sensitivity"]["draws"], document["sensitivity"]["robust"]
    if draws:
        console.print(
            f"FRAGILE: fewer than {robust:.0%} of {draws} other weights, forms and floors of the threat index agree.",
            style="dim",
        )
    else:
        console.print("Not held against other readings of threat; --draws 20 does that.", style="dim")


def _print_elicitation(said: dict[str, Any]) -> None:
    """Say how what players wrote down compares; nothing if they wrote nothing."""
    assessed, predicted, reasons = said["assessments"], said["predictions"], said["reasons"]
    if not (assessed or predicted or reasons):
        return
    console.print("What players wrote down", style="bold")
    if assessed:
        console.print(
            f"  {assessed['n']} assessments: the index's top threat was rated highest in {assessed['top_threat_named']:.0%}, "
            f"the strongest state in {assessed['strongest_named']:.0%}, the nearest in {assessed['nearest_named']:.0%} "
            f"(chance {assessed['chance']:.0%})."
        )
    if predicted:
        console.print(
            f"  {predicted['n']} predictions of others: {predicted['came_true']:.0%} came true at a mean confidence of "
            f"{predicted['confidence']:.0%}. Brier {_number(predicted['brier'])}; balance of threat "
            f"{_number(predicted['theory_brier'])}, base rates {_number(predicted['base_rate_brier'])} on the same."
        )
    if reasons:
        given = ", ".join(f"{reason} {count}" for reason, count in reasons["given"].items())
        console.print(f"  {reasons['n']} reasons given: {given}.")
    console.print()


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
            f"{row['name']} (baseline)" if row["standing"] == "baseline" else row["name"],
            str(row["n"]), _number(row["log_score"]), _number(row["brier"]), _number(row["skill"]),
            _interval(row["ci"]),
        )  # fmt: skip
    return table


def _print_injects(timeline: dict[str, Any] | None) -> None:
    """List what came from outside play, if anything did; the first ones, where it was much."""
    injects = [] if timeline is None else timeline["injects"]
    if not injects:
        return
    console.print("What came from outside", style="bold")
    for inject in injects[:INJECTS_SHOWN]:
        console.print(f"  {inject['date']}  {inject['title']} ({inject['by']})", markup=False)
    if len(injects) > INJECTS_SHOWN:
        console.print(f"  and {len(injects) - INJECTS_SHOWN} more: --json and --html have them all")
    console.print()


def _print_propositions(rows: list[dict[str, Any]]) -> None:
    """Print what there is to say of each proposition; those without enough data have one line for all of them."""
    told = [row for row in rows if row["verdict"] != UNTOLD]
    untold = [row["id"] for row in rows if row["verdict"] == UNTOLD]
    if told:
        console.print(_propositions(told))
    if untold:
        lead = f"{len(untold)} other propositions" if told else f"No verdict on any of {len(untold)} propositions"
        console.print(f"{lead}: not enough data ({', '.join(untold)}).")


def _propositions(rows: list[dict[str, Any]]) -> Table:
    table = Table(title="What play says of each proposition", title_justify="left", header_style="bold")
    for heading in ("id", "claim", "n", "estimate", "95 % interval", "verdict"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("id", "verdict"))
    for row in rows:
        table.add_row(
            row["id"], row["claim"], str(row["n"]), _number(row["estimate"]), _interval(row["ci"]), _verdict(row)
        )
    return table


def _verdict(row: dict[str, Any]) -> str:
    return f"{row['verdict']} FRAGILE" if row["fragile"] else str(row["verdict"])
