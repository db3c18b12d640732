"""The answer in words, and what each kind of player chose question by question, as text."""

from __future__ import annotations

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.document_schema import Interval
from counterpoise.theory.check.debrief_document import InWords, PlayerScores
from counterpoise.theory.evidence.choices.choices_document import Gain, PlayerChoices, QuestionScores, Slope
from counterpoise.theory.evidence.choices.telling import ENOUGH

TIES_LISTED = 6
"""How many ties are told in a sentence each."""
COLUMNS = (("whether", "rate"), ("direction", "menu"), ("whom", "uniform"), ("whom", "nearest"))
"""The columns of the table of scores: each question with one of its nulls."""


def print_in_words(found: InWords | None) -> None:
    """Print who was feared, who aligned with whom and why, and what the theory expected."""
    if found is None:
        return
    for heading, sentences in (
        ("Who was feared", found.feared),
        ("Who aligned with whom, and why", [*found.aligned, *_first_ties(found.ties)]),
        ("What balance of threat expected, and where it was right and wrong", found.expected),
    ):
        if sentences:
            console.print(heading, style="bold")
            for sentence in sentences:
                console.print(f"  {sentence}", markup=False, highlight=False)
    console.print()


def _first_ties(ties: list[str]) -> list[str]:
    """Return the sentences on the first ties, and how many others there are and where they are told."""
    rest = len(ties) - TIES_LISTED
    return [*ties[:TIES_LISTED], *([f"{rest} more: --json and --html tell every tie."] if rest > 0 else [])]


def print_scores_by_player(rows: list[PlayerScores]) -> None:
    """Print for each kind of player which hypotheses do better than the base rates, if it has choices enough."""
    told = [row for row in rows if row.enough.telling]
    for row in told:
        better = [one.title for one in row.hypotheses if one.ci is not None and one.ci[0] > 0.0]
        found = ", ".join(better) if better else "no forecast"
        console.print(f"{_named(row)} alone: better than the base rate: {found}.", markup=False, highlight=False)
    if told:
        console.print()


def print_choices(choices: list[PlayerChoices] | None) -> None:
    """Print the three questions and the answers to offers, kind of player by kind of player."""
    if not choices:
        return
    console.print("Whether a tie is made, which way it goes, and who accepts", style="bold")
    console.print(_counts(choices))
    console.print(
        "In brackets what the usual rate of ties and the menus alone give. Partner fears the threat, is the threat, neither: "
        "ties that these players proposed under threat. The classes count decisions instead: a tie counts there for each member "
        "that chose it, and a pact that names the gravest threat is against it whoever the partner is. Who accepts an offer "
        "answers a question of its own. A quiet state that has an ally against its gravest threat already need not balance anew.",
        style="dim",
    )
    few: list[PlayerChoices] = []
    for row in choices:
        told = [scores for scores in _scores(row).values() if scores.telling]
        if not told:
            few.append(row)
            continue
        console.print(f"{_named(row)}:", markup=False, highlight=False)
        for question, scores in _scores(row).items():
            console.print(f"  {question}: {scores.sentence}", markup=False, highlight=False)
        console.print(_gains(row))
        for about, slopes in (("a proposer chooses", row.partner.slopes), ("accepts", row.acceptances.slopes)):
            if slopes:
                console.print(f"  Who {about}: {_slopes(slopes)}.", markup=False, highlight=False)
    if few:
        console.print(
            f"Too few choices to tell which hypothesis forecasts better: {', '.join(row.label for row in few)}. {ENOUGH}",
            markup=False,
            highlight=False,
        )
        limited = [f"{row.label} ({row.states})" for row in few if row.limited]
        if limited:
            console.print(
                f"However many choices they make, these play too few states for that: {', '.join(limited)}. Only several "
                "sessions pooled can have enough.",
                markup=False,
                highlight=False,
            )
    console.print()


def _named(row: PlayerScores | PlayerChoices) -> str:
    return f"{row.label} (recovery test)" if row.recovery_test else row.label


def _scores(row: PlayerChoices) -> dict[str, QuestionScores]:
    return {"whether": row.whether.scores, "direction": row.direction.scores, "whom": row.partner.scores}


def _counts(choices: list[PlayerChoices]) -> Table:
    table = Table(header_style="bold")
    table.add_column("players")
    for heading in (
        "windows",
        "with a new tie",
        "partner fears threat",
        "is the threat",
        "neither",
        "offers accepted",
        "quiet, allied",
    ):
        table.add_column(heading, justify="right")
    for row in choices:
        chosen, menu = row.direction.chosen, row.direction.expected
        quiet = sum(part.quiet for part in row.standing)
        allied = sum(part.quiet for part in row.standing if part.aligned_against)
        table.add_row(
            row.label,
            str(row.whether.scores.n),
            f"{row.whether.made} ({row.whether.expected:.1f})",
            f"{chosen.against:.0f} ({menu.against:.1f})",
            f"{chosen.towards:.0f} ({menu.towards:.1f})",
            f"{chosen.neither:.0f} ({menu.neither:.1f})",
            f"{row.acceptances.accepted} of {row.acceptances.received}",
            f"{allied} of {quiet}",
        )
    return table


def _gains(row: PlayerChoices) -> Table:
    table = Table(header_style="bold", title="bits above the null for each choice", title_justify="left")
    table.add_column("hypothesis")
    for heading in ("whether: rate", "which way: menu", "whom: by lot", "whom: nearest"):
        table.add_column(heading, justify="right")
    gains = {
        question: {one.name: one.gains for one in scores.hypotheses if scores.telling}
        for question, scores in _scores(row).items()
    }
    for name in dict.fromkeys(name for found in gains.values() for name in found):
        table.add_row(name, *(_gain(gains[question].get(name, {}).get(null)) for question, null in COLUMNS))
    return table


def _gain(gain: Gain | None) -> str:
    return "-" if gain is None else f"{gain.bits:.2f}{_interval(gain.ci)}"


def _interval(ci: Interval | None) -> str:
    return "" if ci is None else f" ({ci[0]:.2f} to {ci[1]:.2f})"


def _slopes(slopes: list[Slope]) -> str:
    told = ("-" if one.estimate is None else f"{one.estimate:+.2f}{_interval(one.ci)}" for one in slopes)
    return "; ".join(f"{one.label} {words}" for one, words in zip(slopes, told, strict=True))
