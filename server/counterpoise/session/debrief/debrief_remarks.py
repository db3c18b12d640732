"""What else a debrief says about its sessions: injects that failed, and players who saw the evidence during play."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from counterpoise.session.debrief.debrief_document import FailedInject
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.world import Incident


def failed_injects(header: Mapping[str, Any], incidents: Iterable[Incident], scenario: Scenario) -> list[FailedInject]:
    """Return the scenario's injects that play had made impossible when their time came."""
    calendar = Calendar(scenario.start, scenario.window_months)
    withheld = header.get("withheld", ())
    places = [place for place in range(len(scenario.injects)) if place not in withheld]  # the game counts without these
    return [
        FailedInject(
            date=calendar.iso(incident.tick),
            inject=str(incident.detail["inject"]),
            which=_which_inject(scenario, places[incident.detail["index"]]),
            expected=str(incident.detail["expected"]),
            got=str(incident.detail["got"]),
        )
        for incident in incidents
        if incident.kind == "inject_void"
    ]


def _which_inject(scenario: Scenario, place: int) -> str:
    """Return the place of an inject in the file, its id and its states, such as ``injects[3] loan: USA, PAK``."""
    spec = scenario.injects[place]
    states = ", ".join(spec.states([actor.id for actor in scenario.actors]))
    return f"injects[{place}]" + (f" {spec.id}" if spec.id else "") + (f": {states}" if states else "")


def treatments_not_given(failed: Iterable[FailedInject], *, where: str = "") -> list[str]:
    """Return a sentence on what failed injects mean for the verdicts, if there are any."""
    listed = "; ".join(f"{inject.inject} on {inject.date} ({inject.which})" for inject in failed)
    return [f"Injects that failed{where} because play had made them impossible: {listed}."] if listed else []


def evidence_shown(shown: Sequence[tuple[int, bool]], scenario: Scenario, *, where: str = "") -> list[str]:
    """Return a sentence on when players were shown how the evidence stood, if they were."""
    calendar = Calendar(scenario.start, scenario.window_months)
    spans = []
    for tick, begins in shown:
        date = calendar.iso(tick)
        if begins:
            spans.append(f"from {date}")
        elif spans:
            spans[-1] += f" to {date}"
    if not spans:
        return []
    when = " and ".join(spans)
    return [f"The evidence was shown to players{where} {when}: what they did since may be an answer to it."]
