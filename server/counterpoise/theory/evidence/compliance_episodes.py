"""Compliance: what a donor of aid asked of a recipient, and whether it was done.

Two kinds of asking count: a demand tied to aid, and a demand in a crisis with a state that receives the asker's aid. What
stood between the two is taken from before the answer, as Walt (1987, ch. 7) judges leverage by what each could do to the other
beforehand: for a demand tied to aid from the incident that holds the donor's leverage when it made the demand
(``sim/rules/aid_leverage.py``), for a crisis from the recipient's frozen decision. The aid may have begun with the demand, so a
frozen decision need not know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory import statistics
from counterpoise.theory.evidence.proposition import finding_from_fit
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.statistics import Cluster

CONDITION_MET, CONDITION_REFUSED = "compliance_given", "compliance_refused"
"""Incidents that tell what became of a demand tied to aid: the donor first among the actors, then the recipient."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One demand and its answer. The donor's leverage is as it was before the answer."""

    cluster: Cluster
    """The recipient, whose answer it is."""
    aid: float
    """Yearly aid, as a share of the recipient's budget."""
    monopoly: float
    """The donor's share of all aid of that kind that the recipient gets."""
    asymmetry: float
    """How much weaker the recipient is, in [0, 1]."""
    motivation: float
    """How much more the donor cares than the recipient, in [-1, 1]."""
    constraint: float
    """The donor's domestic constraint."""
    total: float
    """Aid received from the donor so far, in yearly budgets."""
    complied: bool


def episodes(sample: Sample) -> list[Episode]:
    """Return the episodes of every session: first those of crises, then those of demands tied to aid, each oldest first."""
    made = []
    for session, chronicle in sample.chronicles.items():
        answers = {i.detail.get("crisis"): i for i in chronicle.of("crisis_ended")}
        for incident in chronicle.of("crisis_opened"):
            end = answers.get(incident.detail.get("crisis"))
            if end is None:
                continue
            by, of = incident.actors[:2]
            episode = _crisis_episode(sample, session, by, of, incident.tick, complied=end.detail.get("yielder") == of)
            if episode is not None:
                made.append(episode)
        for incident in chronicle.of(CONDITION_MET, CONDITION_REFUSED):
            made.append(_aid_episode(session, incident))
    return made


def _aid_episode(session: str, incident: Incident) -> Episode:
    """Return the episode of a demand tied to aid, from the incident that closes it."""
    leverage = incident.detail
    return Episode(
        (session, incident.actors[1]),
        aid=leverage["amount"],
        monopoly=leverage["monopoly"],
        asymmetry=leverage["asymmetry"],
        motivation=leverage["motivation"],
        constraint=leverage["constraint"],
        total=leverage["cumulative"],
        complied=incident.kind == CONDITION_MET,
    )


def _crisis_episode(
    sample: Sample, session: str, donor: ActorId, recipient: ActorId, tick: int, *, complied: bool
) -> Episode | None:
    """Return the episode of a crisis between a donor and its recipient; ``None`` if no aid stood between them."""
    case = sample.point_at(session, recipient, tick)
    seen = case.point.candidate(donor) if case is not None else None
    if case is None or seen is None or seen.aid <= 0.0:
        return None
    return Episode(
        (session, recipient),
        aid=seen.aid,
        monopoly=seen.monopoly,
        asymmetry=seen.asymmetry,
        motivation=seen.motivation,
        constraint=seen.constraint,
        total=_received(sample, session, case, donor),
        complied=complied,
    )


def _received(sample: Sample, session: str, case: Case, donor: ActorId) -> float:
    """Return what a donor has given up to a decision, in yearly budgets of the recipient."""
    trail = sample.trails[session, case.frozen.actor]
    return fsum(
        sample.aid.get((session, earlier.frozen.actor, earlier.frozen.window), {}).get(donor, 0.0)
        * (earlier.frozen.closes - earlier.frozen.opened)
        / DAYS_PER_YEAR
        for earlier in trail
        if earlier.frozen.opened <= case.frozen.opened
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
