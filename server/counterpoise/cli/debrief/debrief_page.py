"""The debrief as one self-contained page, with the browser client's own figures."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counterpoise.cli.standalone_page import standalone_page
from counterpoise.scenario_files import scenario_map
from counterpoise.session.debrief.debrief_document import Debrief, SessionDebrief
from counterpoise.session.debrief.merged_options import with_merged_options
from counterpoise.sim.scenario import Scenario


def debrief_page(report: Debrief, scenarios: Sequence[Scenario]) -> str:
    """Return the page of a debrief.

    Args:
        report: the debrief.
        scenarios: those of its sessions; the page of a single session has a map.
    """
    actors = {actor.id: actor for scenario in scenarios for actor in scenario.actors}
    outlines = scenario_map(scenarios[0].id, list(actors)) if len(scenarios) == 1 else None
    ground = {
        "actors": [actor.plain() for actor in actors.values()],
        "outlines": None if outlines is None else msgspec.Raw(outlines),
    }
    shown = with_merged_options(report) if isinstance(report, SessionDebrief) else report
    return standalone_page(
        f"{report.title} - counterpoise debrief",
        "standalone.mjs",
        ("app.css", "map.css"),
        {"report": shown, "ground": ground},
    )
