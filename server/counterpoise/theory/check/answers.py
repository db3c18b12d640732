"""What answers the questions of a class and of the book: who allied with whom, what explains it, when, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import UNSET, structs

from counterpoise.sim.world import Incident
from counterpoise.theory.check.debrief_document import InWords
from counterpoise.theory.check.in_words import in_words
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.alliances_explained import alliances_explained
from counterpoise.theory.evidence.answers_document import AlliancesExplained, Conditions, Consequences
from counterpoise.theory.evidence.choices.choices_document import PlayerChoices
from counterpoise.theory.evidence.choices.player_choices import player_choices
from counterpoise.theory.evidence.choices.players import bystanders, decisions_under_test
from counterpoise.theory.evidence.conditions import conditions
from counterpoise.theory.evidence.consequences import consequences
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasting.hypothesis import Hypothesis


class Answers(NamedTuple):
    """The answer in words and the tables; ``None`` where no session can be asked."""

    in_words: InWords | None = None
    choices: list[PlayerChoices] | None = None
    alliances_explained: AlliancesExplained | None = None
    conditions: Conditions | None = None
    consequences: Consequences | None = None

    def without_lists(self) -> Answers:
        """Return the answers without the lists of ties and alliances, which would be too long for many sessions."""
        words, explained = self.in_words, self.alliances_explained
        return self._replace(
            in_words=None
            if words is None
            else structs.replace(words, ties=[], as_data=structs.replace(words.as_data, ties=[])),
            alliances_explained=None if explained is None else structs.replace(explained, alliances=UNSET),
        )


def answers(
    records: Sequence[DecisionRecord],
    structures: Sequence[Structure],
    incidents_by_session: Mapping[str, Sequence[Incident]],
    hypotheses: Mapping[str, Hypothesis],
    names: Mapping[str, str],
) -> Answers:
    """Return the answer in words, the choices of each kind of player, and the three tables of the decisions that are tested.

    Args:
        records: decisions with their forecasts; those without an outcome are passed over.
        structures: yearly snapshots, session after session in the order of ``incidents_by_session``.
        incidents_by_session: what happened in each session, oldest first.
        hypotheses: those whose forecasts are compared, by name.
        names: the name of each state, by its code.
    """
    sample = Sample(records, structures, incidents_by_session)
    made = [record for record in records if record.outcome is not None]
    others = bystanders(made)
    told = Sample(decisions_under_test(made), structures, incidents_by_session, others) if others else sample
    return Answers(
        in_words(sample, told, names),
        player_choices(sample, hypotheses),
        alliances_explained(told, hypotheses),
        conditions(told, hypotheses),
        consequences(told),
    )
