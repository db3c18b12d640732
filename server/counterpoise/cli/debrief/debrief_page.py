"""The debrief as one self-contained page, with the browser client's own figures."""

from __future__ import annotations

from counterpoise.cli.standalone_page import standalone_page
from counterpoise.session.debrief.debrief_document import Debrief


def debrief_page(report: Debrief) -> str:
    """Return the page of a debrief."""
    return standalone_page(f"{report.title} - counterpoise debrief", "standalone.mjs", ("app.css",), {"report": report})
