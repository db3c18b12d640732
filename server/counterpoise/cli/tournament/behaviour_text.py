"""What the entrants of a tournament do beside winning, in words."""

from __future__ import annotations

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.tournament.result_document import BestForecast, EntrantBehaviour, MeasureEstimate, TournamentResult

DEEDS = {
    "balances": "balancing",
    "bandwagons": "bandwagoning",
    "hides": "hiding",
    "keeps promises": "promises_kept",
    "wars a year": "wars_begun",
}
WORDS = {
    "belies friendly words": "friendly_words_belied",
    "acts on hostile words": "hostile_words_acted_on",
    "keeps offers": "offers_kept",
}
"""The headings, and the measure below each."""


def print_behaviour(result: TournamentResult) -> None:
    """Print two tables of what the entrants do, beside random players: two, because one is too wide for a terminal."""
    deeds = Table(title="What they do beside winning", title_justify="left", header_style="bold")
    words = Table(title="Words against deeds, and who foresees them", title_justify="left", header_style="bold")
    for table, headings in ((deeds, (*DEEDS,)), (words, (*WORDS, "forecast best by"))):
        for heading in ("entrant", *headings):
            table.add_column(heading)
    for row in sorted(result.behaviour, key=lambda row: _place(row, result)):
        cells = {one.measure: _cell(one) for one in row.measures}
        deeds.add_row(row.entrant, *(cells.get(name, "-") for name in DEEDS.values()))
        words.add_row(row.entrant, *(cells.get(name, "-") for name in WORDS.values()), _forecast(row.best_forecast))
    console.print(deeds)
    console.print(words)
    console.print(
        "In brackets: less what random players do among themselves in the same scenarios, in points of a per cent, and for "
        "wars a year in wars a year; * where the 95 % interval is without 0. Forecast best by: the hypothesis with the most "
        "skill, its skill (above 0 it is better than the base rates), and in how many tables of worlds drawn anew it is the "
        "best (- for a single world).",
        markup=False,
        soft_wrap=True,
    )


def _place(row: EntrantBehaviour, result: TournamentResult) -> int:
    return [standing.entrant for standing in result.standings].index(row.entrant)


def _cell(measure: MeasureEstimate) -> str:
    is_rate = measure.measure == "wars_begun"
    value = f"{measure.value.mean:.3f}" if is_rate else f"{measure.value.mean:.0%}"
    if measure.above is None:
        return value
    mean, low, high = measure.above.mean, measure.above.low, measure.above.high
    clear = "*" if low is not None and high is not None and (low > 0 or high < 0) else ""
    return f"{value} ({mean:+.3f}{clear})" if is_rate else f"{value} ({100 * mean:+.0f}{clear})"


def _forecast(best: BestForecast | None) -> str:
    if best is None:
        return "-"
    share = "-" if best.share is None else f"{best.share:.0%}"
    return f"{HYPOTHESES[best.hypothesis].title} {best.skill.mean:+.2f} ({share})"
