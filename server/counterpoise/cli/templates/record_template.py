"""The record that ``counterpoise new record`` writes: the template's rows, with the states and dates of a scenario."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations

from counterpoise.errors import ConfigurationError
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

FIRST, LAST = date(1900, 1, 1), date(1902, 12, 31)
"""The dates between which the template's rows lie; they are stretched to those of the scenario."""
PROPOSED_DAYS = 2
"""Days before the first row, in which a treaty is proposed."""
DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
DAYS_MIN = 60
"""The shortest scenario in which the template's rows keep their order."""


def record_text(template: str, scenario: Scenario, file: str, runs: str) -> str:
    """Return a record of a scenario that plays.

    Args:
        template: the text of the template.
        scenario: the record's scenario.
        file: the name of the record's file, without its ending.
        runs: the arguments of ``counterpoise run`` that play the record.

    Raises:
        ConfigurationError: the scenario is shorter than 60 days, or all its states are bound to one another from the start.
    """
    days = (scenario.end - scenario.start).days
    if days < DAYS_MIN:
        raise ConfigurationError(f"{scenario.id} lasts {days} days. A record's template needs at least {DAYS_MIN}.")
    a, b = _two_states(scenario)

    def moved(found: re.Match[str]) -> str:
        share = (date.fromisoformat(found[0]) - FIRST) / (LAST - FIRST)
        day = scenario.start + timedelta(days=max(PROPOSED_DAYS, round(share * days)))
        return day.isoformat()

    text = DATE.sub(moved, template).replace('"NOR"', f'"{a}"').replace('"SUD"', f'"{b}"')
    return text.replace("run RUNS", f"run {runs}").replace("FILE", file).replace("my-scenario", scenario.id)


def _two_states(scenario: Scenario) -> tuple[ActorId, ActorId]:
    """Return two states that exist from the start to the end and that no alignment of the opening binds."""
    lasting = [actor.id for actor in scenario.actors if actor.enters <= 0 and actor.leaves is None]
    bound = [set(alignment.members) for alignment in scenario.alignments]
    free = (pair for pair in combinations(lasting, 2) if not any(set(pair) <= members for members in bound))
    found = next(free, None)
    if found is None:
        raise ConfigurationError(
            f"{scenario.id} has no two lasting states without an alignment at the start. Write the record by hand."
        )
    return found
