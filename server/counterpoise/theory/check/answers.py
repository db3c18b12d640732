"""The tables that answer the questions of the book: what explains alliances, when, and what follows a choice of a side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import UNSET, structs

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.alliances_explained import alliances_explained
from counterpoise.theory.evidence.answers_document import AlliancesExplained, Conditions, Consequences
from counterpoise.theory.evidence.conditions import conditions
from counterpoise.theory.evidence.consequences import consequences
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasting.hypothesis import Hypothesis


class Answers(NamedTuple):
    """The three tables; ``None`` where no session can be asked."""

    alliances_explained: AlliancesExplained | None = None
    conditions: Conditions | None = None
    consequences: Consequences | None = None

    def without_list(self) -> Answers:
        """Return the tables without the list of alliances, which would be too long for many sessions."""
        if self.alliances_explained is None:
            return self
        return self._replace(alliances_explained=structs.replace(self.alliances_explained, alliances=UNSET))


def answers(
    records: Sequence[DecisionRecord],
    structures: Sequence[Structure],
    incidents_by_session: Mapping[str, Sequence[Incident]],
    hypotheses: Mapping[str, Hypothesis],
) -> Answers:
    """Return the three tables.

    Args:
        records: decisions with their forecasts; those without an outcome are passed over.
        structures: yearly snapshots, session after session in the order of ``incidents_by_session``.
        incidents_by_session: what happened in each session, oldest first.
        hypotheses: those whose forecasts are compared, by name.
    """
    sample = Sample(records, structures, incidents_by_session)
    return Answers(alliances_explained(sample, hypotheses), conditions(sample, hypotheses), consequences(sample))
