"""The leaderboard of a tournament as one self-contained page, with the browser client's figures and their tables."""

from __future__ import annotations

from counterpoise.cli.standalone_page import standalone_page
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.tournament.result_document import TournamentResult


def leaderboard_page(result: TournamentResult) -> str:
    """Return the page of a tournament."""
    return standalone_page(
        f"{result.tournament.name}, {len(result.games)} games - counterpoise tournament",
        "ui/reports/leaderboard_page.mjs",
        ("app.css",),
        {"result": result, "hypotheses": {name: found.title for name, found in HYPOTHESES.items()}},
    )
