"""The estimates of one pool of games of players who follow no theory, and the noise of many pools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum

from counterpoise.sim.world import Incident
from counterpoise.theory.check.accuracy import hypothesis_table
from counterpoise.theory.check.noise_benchmark import DIGITS, Estimates, Noise, Skills
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.behaviour import Measures
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import has_varying_antecedent
from counterpoise.theory.forecasts import HYPOTHESES


@dataclass(frozen=True, slots=True)
class PoolEstimates:
    """What one pool of games gives."""

    propositions: dict[str, tuple[int, float | None]]
    """By id the observations and the estimate, ``None`` if there is none or its antecedent does not vary."""
    hypotheses: dict[str, tuple[int, int, float | None, float | None]]
    """By name the decisions scored, the partners among them, and the two skills."""
    behaviour: Measures = field(default_factory=dict)
    """What the players did beside winning; empty with shuffled threats."""


def pool_estimates(
    records: Sequence[DecisionRecord],
    structures: Sequence[Structure],
    incidents_by_session: Mapping[str, Sequence[Incident]],
) -> PoolEstimates:
    """Return every estimate of some games.

    An estimate counts if its antecedent varies, whatever the number of observations and choosers: an estimate from too few of
    them is noise all the same.
    """
    sample = Sample(records, structures, incidents_by_session)
    propositions = {}
    for name, proposition in PROPOSITIONS.items():
        finding = proposition.test(sample)
        propositions[name] = finding.n, finding.estimate if has_varying_antecedent(finding) else None
    rows = hypothesis_table(records)
    return PoolEstimates(propositions, {row.name: (row.n, row.partners, row.skill, row.partner_skill) for row in rows})


def noise_of(pools: Sequence[PoolEstimates], games: int) -> Noise:
    """Return the noise of some pools, of so many games in all."""
    propositions = {}
    for name in PROPOSITIONS:
        found = [pool.propositions[name] for pool in pools]
        n = _mean(count for count, value in found if value is not None)
        propositions[name] = Estimates(n, [_rounded(value) for _, value in found])
    hypotheses = {}
    for name in HYPOTHESES:
        scored = [pool.hypotheses[name] for pool in pools]
        hypotheses[name] = Skills(
            n=_mean(n for n, *_ in scored),
            partners=_mean(partners for _, partners, *_ in scored),
            skill=[_rounded(skill) for *_, skill, _ in scored],
            partner_skill=[_rounded(skill) for *_, skill in scored],
        )
    return Noise(games, propositions, hypotheses)


def _mean(counts: Iterable[int]) -> float:
    known = list(counts)
    return round(fsum(known) / len(known), 1) if known else 0.0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
