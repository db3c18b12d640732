"""What came before and what came after: jumps of intent, attacks, aid around alliances, exposures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from counterpoise.sim.types import ActorId
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.statistics import Cluster

AFTERMATH_DAYS = 730
"""The time after a decision in which what happens counts as following it: 24 months."""
WINDOWS = 4
"""Windows on either side of an event: twelve months of quarters."""
EXPOSED = ("penetration_exposed", "subversion_exposed")
"""Incidents that tell of one state's hand in another's politics; the first actor's hand, the second's politics."""


@dataclass(frozen=True, slots=True)
class Around:
    """How often something happened before and after an event, out of how many windows it could have."""

    cluster: Cluster
    before: float
    time_before: int
    after: float
    time_after: int


def jumps(sample: Sample, least: float = 0.2, held: float = 0.15) -> list[Around]:
    """Return the balancing around each jump of the intent that a chooser sees in its top threat.

    Only windows count in which the same state is the top threat: otherwise the jump, by making it so, would make the
    alignments against it out of any others. The window in which the jump happened counts on neither side.

    Args:
        sample: where to look.
        least: rise of perceived intent from one freeze to the next.
        held: most that power, proximity or offence may change with it.
    """
    found = []
    for cluster, trail in sample.trails.items():
        for place in range(1, len(trail)):
            before, after = trail[place - 1], trail[place]
            threat = after.point.source
            was = before.point.candidate(threat.id)
            if was is None or not after.point.threatened or threat.intentions - was.intentions < least:
                continue
            moved = (
                threat.relative_power - was.relative_power, threat.proximity - was.proximity, threat.offense - was.offense
            )  # fmt: skip
            if any(abs(change) > held for change in moved):
                continue
            early = _against(trail[max(0, place - 1 - WINDOWS) : place - 1], threat.id)
            late = _against(trail[place : place + WINDOWS], threat.id)
            if early and late:
                found.append(Around(cluster, _balanced(early), len(early), _balanced(late), len(late)))
    return found


def _against(trail: Sequence[Case], threat: ActorId) -> list[Case]:
    return [case for case in trail if case.point.threatened and case.point.top_threat == threat]


def _balanced(cases: Sequence[Case]) -> int:
    return sum(1 for case in cases if case.did == "BAL")


def is_cut_off(sample: Sample, case: Case, days: int) -> bool:
    """Tell whether the record ends before the days after a decision are over, or does not tell what happened at all."""
    session = case.record.session
    return session not in sample.chronicles or sample.ends[session] < case.outcome.closed + days


def attacked(sample: Sample, case: Case, days: int, *, by_anyone: bool = False) -> bool | None:
    """Tell whether a decision's top threat, or anyone, attacked in the days after it.

    ``None`` if the record does not reach so far, or if such an attack fell in the window of the decision itself: to
    give in then is an answer to that attack.
    """
    if is_cut_off(sample, case, days):
        return None
    opened, closed = case.frozen.opened, case.outcome.closed
    attacks = sample.chronicles[case.record.session].attacks
    attackers = [by for by, target in attacks if target == case.frozen.actor] if by_anyone else [case.point.top_threat]
    ticks = [tick for by in attackers for tick in attacks.get((by, case.frozen.actor), ())]
    if any(opened <= tick < closed for tick in ticks):
        return None
    return any(closed <= tick < closed + days for tick in ticks)


def separate_windows(cases: Sequence[Case], days: int) -> int:
    """Count how many decisions have outcome windows of these days that do not overlap, chooser by chooser, oldest first.

    One attack is the outcome of every decision of its chooser whose window it falls in. Each such decision is a row, but they
    tell of one event.
    """
    free: dict[Cluster, int] = {}
    count = 0
    for case in sorted(cases, key=lambda case: case.outcome.closed):
        if case.outcome.closed >= free.get(case.cluster, case.outcome.closed):
            free[case.cluster] = case.outcome.closed + days
            count += 1
    return count


def aid_around_alliances(sample: Sample) -> list[tuple[Cluster, float, float]]:
    """Return how aid from a new ally changed over the year after the alliance, and from those passed over.

    Only states that were no allies yet are compared, the one joined with the others on the menu. Aid is that at the freezes
    of the four windows up to the alliance and of the four after it.
    """
    found = []
    for cluster, trail in sample.trails.items():
        session, actor = cluster[0], ActorId(cluster[1])
        flows = [sample.aid.get((session, actor, case.frozen.window), {}) for case in trail]
        for place, case in enumerate(trail):
            early, late = flows[max(0, place - WINDOWS + 1) : place + 1], flows[place + 1 : place + 1 + WINDOWS]
            if not late or not case.outcome.partners:
                continue
            strangers = [k.id for k in (*case.point.candidates, case.point.source) if not k.prior]
            fresh = [name for name in strangers if name in case.outcome.partners]
            passed = [name for name in dict.fromkeys(strangers) if name not in fresh]
            if not fresh or not passed:
                continue
            donors = dict.fromkeys(donor for given in (*early, *late) for donor in given)
            change = {donor: _mean_aid(late, donor) - _mean_aid(early, donor) for donor in donors}
            rest = fsum(change.get(name, 0.0) for name in passed) / len(passed)
            found += [(cluster, change.get(name, 0.0), rest) for name in dict.fromkeys(fresh)]
    return found


def _mean_aid(flows: Sequence[Mapping[ActorId, float]], donor: ActorId) -> float:
    return fsum(given.get(donor, 0.0) for given in flows) / len(flows)


def exposures(sample: Sample) -> list[Around]:
    """Return how often a state was aligned with one whose hand in its politics came to light, before and after that."""
    found = []
    for session, chronicle in sample.chronicles.items():
        for incident in chronicle.of(*EXPOSED):
            by, target = incident.actors[:2]
            trail = sample.trails.get((session, target), [])
            early = [case for case in trail if case.frozen.opened <= incident.tick][-WINDOWS:]
            late = [case for case in trail if case.frozen.opened > incident.tick][:WINDOWS]
            sides = [
                [k.prior for case in side if (k := case.point.candidate(by)) is not None] for side in (early, late)
            ]
            if sides[0] and sides[1]:
                counts = [float(sum(1 for aligned in side if aligned)) for side in sides]
                found.append(Around((session, target), counts[0], len(sides[0]), counts[1], len(sides[1])))
    return found
