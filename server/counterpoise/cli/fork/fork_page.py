"""The comparison of a fork as one self-contained page, with the browser client's figures and their tables."""

from __future__ import annotations

from counterpoise.cli.fork.arms_text import arms_cautions
from counterpoise.cli.fork.fork_text import cautions
from counterpoise.cli.standalone_page import standalone_page
from counterpoise.session.forks.arms_document import ArmsReport
from counterpoise.session.forks.fork_document import ForkReport


def fork_page(report: ForkReport) -> str:
    """Return the page of a fork with one change."""
    return _page(report, cautions(report))


def arms_page(report: ArmsReport) -> str:
    """Return the page of several forks."""
    return _page(report, arms_cautions(report))


def _page(report: ForkReport | ArmsReport, sentences: list[str]) -> str:
    return standalone_page(
        f"{report.title}, forked on {report.forked.on} - counterpoise",
        "standalone_fork.mjs",
        ("app.css", "fork.css"),
        {"report": report, "cautions": sentences},
    )
