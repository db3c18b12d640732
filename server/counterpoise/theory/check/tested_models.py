"""The models behind the estimates of the propositions, with the rows that each was fitted to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counterpoise.sim.world import Incident
from counterpoise.theory import statistics
from counterpoise.theory.check.debrief import proposition_table
from counterpoise.theory.check.debrief_document import PropositionRow
from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.choices.players import bystanders, decisions_under_test
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.statistics import ModelRows


@dataclass(frozen=True, slots=True)
class TestedModels:
    """The decisions of some sessions as the debrief codes them, and what it tests on those of one sort of player."""

    cases: tuple[Case, ...]
    """Every decision that is over, of all players, in the order of the records."""
    tested: tuple[DecisionRecord, ...]
    """The decisions under test."""
    propositions: tuple[PropositionRow, ...]
    """Every proposition with its estimate and verdict, as in the debrief without other threat indices."""
    models: Mapping[str, ModelRows]
    """By proposition, the model that gives its estimate; a proposition without an estimate has none."""


def tested_models(
    records: Sequence[DecisionRecord],
    structures: Sequence[Structure],
    incidents_by_session: Mapping[str, Sequence[Incident]],
    noise: ExpectedNoise | None,
) -> TestedModels:
    """Test every proposition and keep the rows of the models.

    Args:
        records: decisions with their forecasts, in order; those without an outcome are passed over.
        structures: yearly snapshots of the alignment structure.
        incidents_by_session: what happened in each session, oldest first.
        noise: what players without a theory would give in these sessions, if it is known.
    """
    done = [record for record in records if record.outcome is not None]
    own, others = decisions_under_test(done), bystanders(done)
    everyone = Sample(done, structures, incidents_by_session)
    sample = Sample(own, structures, incidents_by_session, others) if others else everyone
    models = {}
    for name, proposition in PROPOSITIONS.items():
        with statistics.kept_models() as kept:
            finding = proposition.test(sample)
        giving = (model for model in kept if model.fit is not None and model.fit.estimate == finding.estimate)
        found = None if finding.estimate is None else next(giving, None)
        if found is not None:
            models[name] = found
    coded = {(*case.cluster, case.point.window): case for case in everyone.made}
    cases = tuple(coded[one.session, one.point.actor, one.point.window] for one in done)
    return TestedModels(cases, tuple(own), tuple(proposition_table(sample, noise)), models)
