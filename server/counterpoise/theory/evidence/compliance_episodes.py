"""Compliance: what a donor of aid asked of a recipient, and whether it was done.

Two kinds of asking count: a condition attached to aid, and a demand made of a state that receives the asker's aid. What
stood between the two is taken from the recipient's frozen decision, as Walt (1987, ch. 7) judges leverage by what each could
do to the other beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.types import ActorId
from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.evidence.proposition import finding_from_fit
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.statistics import Cluster

CONDITION_MET = ("condition_met",)
CONDITION_ANSWERED = (*CONDITION_MET, "condition_refused")
"""Incidents that tell what became of a condition on aid: the donor first among the actors, then the recipient."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One demand and its answer."""

    cluster: Cluster
    """The recipient, whose answer it is."""
    donor: Candidate
    """The donor as the recipient saw it when the decision in force was frozen."""
    total: float
    """Aid received from the donor so far, in yearly budgets."""
    power: float
    """The recipient's share of all capabilities."""
    complied: bool


def episodes(sample: Sample) -> list[Episode]:
    """Return the episodes of every session, oldest first."""
    made = []
    for session, chronicle in sample.chronicles.items():
        answers = {i.detail.get("crisis"): i for i in chronicle.of("crisis_ended")}
        for incident in chronicle.of("crisis_opened"):
            end = answers.get(incident.detail.get("crisis"))
            if end is None:
                continue
            by, of = incident.actors[:2]
            episode = _episode(sample, session, by, of, incident.tick, complied=end.detail.get("yielder") == of)
            if episode is not None:
                made.append(episode)
        for incident in chronicle.of(*CONDITION_ANSWERED):
            donor, recipient = incident.actors[:2]
            complied = incident.kind in CONDITION_MET
            episode = _episode(sample, session, donor, recipient, incident.tick, complied=complied)
            if episode is not None:
                made.append(episode)
    return made


def _episode(
    sample: Sample, session: str, donor: ActorId, recipient: ActorId, tick: int, *, complied: bool
) -> Episode | None:
    """Return an episode between a donor and its recipient; ``None`` if no aid stood between them."""
    case = sample.point_at(session, recipient, tick)
    seen = case.point.candidate(donor) if case is not None else None
    if case is None or seen is None or seen.aid <= 0.0:
        return None
    total = _received(sample, session, case, donor)
    return Episode((session, recipient), seen, total, case.point.power, complied)


def _received(sample: Sample, session: str, case: Case, donor: ActorId) -> float:
    """Return what a donor has given up to a decision, in yearly budgets of the recipient."""
    trail = sample.trails[session, case.point.actor]
    return fsum(
        sample.aid.get((session, earlier.point.actor, earlier.point.window), {}).get(donor, 0.0)
        * (earlier.point.closes - earlier.point.opened)
        / DAYS_PER_YEAR
        for earlier in trail
        if earlier.point.opened <= case.point.opened
    )


def compliance(sample: Sample, columns: Sequence[Callable[[Episode], float]]) -> Finding:
    """Return the slope of compliance on the first column; the others are controls."""
    rows = episodes(sample)
    values = [[column(row) for row in rows] for column in columns]
    fit = None
    if rows:
        fit = statistics.logit([row.complied for row in rows], values, [row.cluster for row in rows])
    note = f"{sum(1 for row in rows if row.complied)} of {len(rows)} demands on recipients of aid were met"
    if not rows:
        note = "no donor asked anything of a recipient of its aid"
    return finding_from_fit(fit, len(rows), note=note, spread=statistics.standard_deviation(values[0]))
