"""The comparison of a fork as text."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from counterpoise.cli.terminal import console

PAIRS_TOLD = 12
"""Pairs of states in a table; the rest is in the JSON document."""
LEVELS = {"power": "Share of all power at the end", "feared": "How great a threat others saw in it at the end, 0 to 1"}
"""What is compared state by state, and what to call it."""
STATES_TOLD = 6
ARMS = {"original": "the journal", "baseline": "baseline", "changed": "changed"}


def print_fork(document: dict[str, Any]) -> None:
    """Print what was changed, what became of it, and how the check sees each side."""
    _print_head(document)
    console.print(_counts(document))
    console.print("Each cell: mean, and where four in five games lie.", style="dim")
    for name, title in (("allied", "Who was allied at the end"), ("fought", "Who fought since the fork")):
        console.print()
        console.print(_pairs(document, name, title))
    for name, title in LEVELS.items():
        console.print()
        console.print(_levels(document, name, title))
    console.print()
    console.print(_hypotheses(document))
    console.print()
    _print_verdicts(document)
    for sentence in cautions(document):
        console.print(f"  - {sentence}", style="dim", markup=False)


def cautions(document: dict[str, Any]) -> list[str]:
    """Return what is to be borne in mind when a fork is read."""
    games, tables = document["forked"]["seeds"], len(document["allied"]) + len(document["fought"])
    return [
        f"{games} games on each side: a difference without an interval was the same in every pair, as it soon is in few games.",
        f"The pairs that differ most are shown first, out of {tables} looked at: one in twenty intervals misses by chance.",
        "That two verdicts differ is no evidence that the change made the difference; compare the estimates in --json.",
    ]


def told_void(more: int) -> str:
    """Return how many more orders came to nothing than without the changes, as a sentence."""
    orders = "One more order" if more == 1 else f"{more} more orders"
    return f"{orders} came to nothing on {'its' if more == 1 else 'their'} day than without the change."


def told_share(row: dict[str, Any], arm: str) -> str:
    """Return in what share of an arm's games something was so."""
    if arm == "original":
        return "yes" if row[arm] else "no"
    return "-" if row[arm] is None else f"{row[arm]:.0%}"


def told_difference(difference: dict[str, Any] | None, *, share: bool) -> str:
    """Return a difference with its interval."""
    if difference is None:
        return "-"
    form = "+.0%" if share else "+.1f"
    middle = format(difference["mean"], form)
    if difference["ci"] is None:
        return middle
    return f"{middle} ({format(difference['ci'][0], form)} to {format(difference['ci'][1], form)})"


def differing(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the propositions on which the forked games come to different verdicts, and W3.1 in any case."""
    rows = []
    for row in document["propositions"]:
        said = [row[arm]["verdict"] for arm in ("baseline", "changed") if arm in row]
        if len(dict.fromkeys(said)) > 1 or row["id"] == "W3.1":
            rows.append(row)
    return rows


def arms(document: dict[str, Any]) -> list[str]:
    """Return the sides of the comparison that there are."""
    return [arm for arm in ARMS if arm in document["classes"]]


def balancing(classes: dict[str, int]) -> str:
    """Return how many of those who took sides balanced."""
    taken = classes["BAL"] + classes["BW"]
    return f"{classes['BAL'] / taken:.0%} of {taken}" if taken else "none took sides"


def _print_head(document: dict[str, Any]) -> None:
    forked = document["forked"]
    console.print(f"{document['title']}: {document['journal']} forked on {forked['on']}", style="bold", markup=False)
    games = f"{forked['seeds']} games" if forked["seeds"] > 1 else "1 game"
    sides = "each side" if "changed" in document["classes"] else "the baseline, nothing being changed"
    console.print(
        f"Compared up to {forked['until']}, {games} on {sides}, bots in every seat from the fork on.", markup=False
    )
    for title, lines in (("Taken out", forked["without"]), ("Put in", forked["with"])):
        for line in lines:
            console.print(f"{title}: {line}", markup=False)
    for line in document["impossible"]:
        console.print(f"Left out, for it had become impossible: {line}", markup=False)
    if document["void"]:
        console.print(told_void(document["void"]))
    for line in document["limits"]:
        console.print(f"Limited: {line}.", markup=False)
    if document["original_to"] < forked["until"]:
        console.print(f"The journal itself ends on {document['original_to']}.")
    console.print()


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    return table


def _counts(document: dict[str, Any]) -> Table:
    table = _table("What happened", "", "the journal", "baseline", "changed", "difference (95 %)")
    for row in document["counts"]:
        table.add_row(
            row["title"], str(row["original"]), _spread(row["baseline"]), _spread(row["changed"]),
            told_difference(row["difference"], share=False),
        )  # fmt: skip
    return table


def _spread(spread: dict[str, Any] | None) -> str:
    if spread is None:
        return "-"
    return f"{spread['mean']:.1f} ({spread['quantiles']['0.1']} to {spread['quantiles']['0.9']})"


def _pairs(document: dict[str, Any], name: str, title: str) -> Table:
    rows = document[name]
    more = f"; the {PAIRS_TOLD} that differ most of {len(rows)}" if len(rows) > PAIRS_TOLD else ""
    table = _table(title + more, "", "the journal", "baseline", "changed", "difference (95 %)")
    for row in rows[:PAIRS_TOLD]:
        table.add_row(
            " and ".join(row["states"]), *(told_share(row, arm) for arm in ARMS),
            told_difference(row["difference"], share=True),
        )  # fmt: skip
    return table


def level_rows(document: dict[str, Any], name: str) -> list[tuple[str, ...]]:
    """Return the rows of a comparison state by state: those that differ most."""
    form = ".1%" if name == "power" else ".2f"
    rows = []
    for row in document[name][:STATES_TOLD]:
        cells = ("-" if row[arm] is None else format(row[arm], form) for arm in ARMS)
        rows.append((document["actors"].get(row["state"], row["state"]), *cells, _told_gap(row["difference"], form)))
    return rows


def _told_gap(difference: dict[str, Any] | None, form: str) -> str:
    if difference is None:
        return "-"
    places = 3 if form.endswith("%") else 2
    known = (difference["mean"], *(difference["ci"] or ()))
    numbers = [format(round(number, places) + 0.0, f"+{form}") for number in known]  # + 0.0, or there would be -0.0
    return f"{numbers[0]} ({numbers[1]} to {numbers[2]})" if len(numbers) > 1 else numbers[0]


def _levels(document: dict[str, Any], name: str, title: str) -> Table:
    told, among = min(STATES_TOLD, len(document[name])), len(document[name])
    more = f"; the {told} that differ most of {among}" if told < among else ""
    table = _table(title + more, "", *ARMS.values(), "difference (95 %)")
    for row in level_rows(document, name):
        table.add_row(*row)
    return table


def _hypotheses(document: dict[str, Any]) -> Table:
    sides = arms(document)
    table = _table("Skill of each hypothesis against the base rates", "hypothesis", *(ARMS[arm] for arm in sides))
    for row in document["hypotheses"]:
        cells = [None if row[arm] is None else row[arm]["skill"] for arm in sides]
        table.add_row(row["name"], *("-" if cell is None else f"{cell:.3f}" for cell in cells))
    return table


def _print_verdicts(document: dict[str, Any]) -> None:
    sides = arms(document)
    for arm in sides:
        console.print(
            f"{ARMS[arm]}: of those who took sides under threat, balanced: {balancing(document['classes'][arm])}"
        )
    table = _table("Verdicts that differ, and W3.1", "id", *(ARMS[arm] for arm in sides), "claim")
    for row in differing(document):
        table.add_row(row["id"], *(row[arm]["verdict"] for arm in sides), row["claim"])
    console.print(table)
