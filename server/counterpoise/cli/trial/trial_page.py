"""The report of a trial as one self-contained page, with the browser client's figures and their tables."""

from __future__ import annotations

from counterpoise.cli.standalone_page import standalone_page
from counterpoise.trial.trial_document import TrialReport


def trial_page(report: TrialReport) -> str:
    """Return the page of a trial."""
    return standalone_page(
        f"{report.title}, {report.games} games - counterpoise trial",
        "standalone_trial.mjs",
        ("app.css", "trial.css"),
        {"report": report},
    )
