"""Choose the findings with which a debrief opens: three to six, or fewer where less happened.

A finding says what happened and puts the forecast beside it. Single cases are called single cases, counts are counts, and an
estimate is given only where the table that it comes from has enough cases for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from counterpoise.session.debrief.debrief_document import SessionDebrief
from counterpoise.session.story.story_document import TRUTH, Finding, FindingCode, Moment, ThreatsOverTime
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.world import Incident
from counterpoise.theory.check.in_words import SURPRISE_BITS, Proposal, proposed_ties, windows_of_fear
from counterpoise.theory.evidence.sample import Sample

FINDINGS_MAX = 6
PREDICTIONS_MIN = 10
"""Predictions from which their mean score is worth a finding (chosen)."""
MISJUDGED_MIN = 15
"""Distance of a threat as it was seen from the true one, in percent, from which it is worth a finding (chosen)."""
GRAVE = 50
"""Percent from which one of the two counts as grave (chosen)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What findings are chosen from, of one session."""

    everyone: Sample
    tested: Sample
    """The decisions that the theory is tested on."""
    incidents: Sequence[Incident]
    report: SessionDebrief
    threats: ThreatsOverTime
    calendar: Calendar


def findings(told: Told) -> list[Finding]:
    """Return the findings, in the order in which to tell them; none without decisions that are over."""
    if not told.everyone.made:
        return []
    chosen: list[Finding] = []
    for choose in _CHOOSERS:
        chosen.extend(choose(told, chosen))
    return chosen[:FINDINGS_MAX]


def _proposed(code: FindingCode, told: Told, one: Proposal) -> Finding:
    point = one.case.point
    fear = windows_of_fear(told.tested, one.case) if point.threatened else None
    numbers = {"share": round(one.share, 4), "chance": round(one.chance, 4), "level": point.threat}
    if fear is not None:
        numbers["since"] = float(fear)
    numbers["threatened"] = float(point.threatened)
    states = [str(point.actor), one.partner, str(point.top_threat)]
    return Finding(code, states, point.date, numbers, "one_case", "d-explained", Moment(point.opened, str(point.actor)))


def _is_told(one: Proposal, chosen: Sequence[Finding]) -> bool:
    """Tell whether a finding is about this tie already."""
    return any(
        found.moment.tick == one.case.point.opened and found.states[:2] == [str(one.case.point.actor), one.partner]
        for found in chosen
    )


def _ties(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the tie of the most threatened state that joined somebody else, and that of one that joined its threat."""
    threatened = [one for one in proposed_ties(told.tested) if one.case.point.threatened]
    against = [one for one in threatened if one.partner != one.case.point.top_threat]
    joining = [one for one in threatened if one.partner == one.case.point.top_threat]
    kinds: tuple[tuple[FindingCode, list[Proposal]], ...] = (("aligned", against), ("joined_threat", joining))
    for code, found in kinds:
        if found:
            yield _proposed(code, told, max(found, key=lambda one: (one.case.point.threat, -one.case.point.opened)))


def _surprises(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the worst and the best forecast of a tie, if they lie far enough from chance."""
    open_ties = [one for one in proposed_ties(told.tested) if not _is_told(one, chosen)]
    worst = min(open_ties, key=lambda one: one.bits, default=None)
    best = max(open_ties, key=lambda one: one.bits, default=None)
    if worst is not None and worst.bits <= -SURPRISE_BITS:
        yield _proposed("missed", told, worst)
    if best is not None and best.bits >= SURPRISE_BITS:
        yield _proposed("foretold", told, best)


def _promises(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    broken = [incident for incident in told.incidents if incident.kind == "promise_broken"]
    if not broken:
        return
    kept = sum(1 for incident in told.incidents if incident.kind == "promise_honoured")
    first = broken[0]
    date = told.calendar.iso(first.tick)
    numbers = {"kept": float(kept), "broken": float(len(broken))}
    states = [str(state) for state in first.actors[:2]]
    yield Finding("promise_broken", states, date, numbers, "one_case", "d-timeline", Moment(first.tick, states[1]))


def _feared(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    threatened = [case for case in told.everyone.made if case.point.threatened]
    decisions = float(len(told.everyone.made))
    if not threatened:
        point = told.everyone.made[-1].point
        numbers = {"decisions": decisions}
        yield Finding("nobody_feared", [], point.date, numbers, "count", "d-matrix", Moment(point.opened, TRUTH))
        return
    counts = Counter(str(case.point.top_threat) for case in threatened)
    most = min(counts, key=lambda state: (-counts[state], state))  # of equals the first code, as in_words has it
    fearing = [case for case in threatened if case.point.top_threat == most]
    observers = list(dict.fromkeys(str(case.point.actor) for case in fearing))
    gravest = max(fearing, key=lambda case: (case.point.threat, -case.point.opened)).point
    yield Finding(
        "feared",
        [most, str(gravest.actor)],
        gravest.date,
        {
            "times": float(len(fearing)),
            "decisions": float(len(threatened)),
            "observers": float(len(observers)),
            "level": gravest.threat,
        },
        "count",
        "d-matrix",
        Moment(gravest.opened, str(gravest.actor)),
    )


def _sides(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what followed balancing and bandwagoning, or only how often either was chosen where there are too few to compare."""
    consequences, classes = told.report.consequences, told.report.classes
    took = [case for case in told.tested.made if case.point.threatened and case.did in ("BAL", "BW")]
    if not took:
        return
    point = took[-1].point
    moment = Moment(point.opened, str(point.actor))
    row = None if consequences is None else consequences.rows[0]
    if consequences is None or row is None or row.difference is None or row.ci is None:
        numbers = {
            "balanced": float(classes.balanced),
            "joined": float(classes.bandwagoned),
            "decisions": float(classes.threatened),
        }
        yield Finding("sides", [], point.date, numbers, "too_few", "d-consequences", moment)
        return
    assert row.balanced.mean is not None, "there is a difference from it"
    assert row.bandwagoned.mean is not None, "there is a difference from it"
    numbers = {
        "balanced": float(row.balanced.n), "balanced_share": row.balanced.mean, "joined": float(row.bandwagoned.n),
        "joined_share": row.bandwagoned.mean, "low": row.ci[0], "high": row.ci[1], "days": float(consequences.days),
    }  # fmt: skip
    yield Finding("followed", [], point.date, numbers, "interval", "d-consequences", moment)


def _misjudged(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the threat that was furthest from the true one when it was seen, if either is grave."""
    states, best = told.threats.states, None
    for day in told.threats.days:
        for i, observer in enumerate(states):
            for j, other in enumerate(states):
                seen, true = day.seen[i][j], None if day.true is None else day.true[i][j]
                if seen is None or true is None or max(seen, true) < GRAVE or abs(seen - true) < MISJUDGED_MIN:
                    continue
                if best is None or abs(seen - true) > best[0]:
                    best = (abs(seen - true), day, observer, other, seen, true)
    if best is not None:
        _, day, observer, other, seen, true = best
        numbers = {"seen": seen / 100, "true": true / 100}
        yield Finding(
            "misjudged", [observer, other], day.date, numbers, "one_case", "d-misjudged", Moment(day.tick, observer)
        )


def _predictions(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    found = told.report.elicitation.predictions
    if found is None or found.n < PREDICTIONS_MIN or found.theory_brier is None:
        return
    point = told.everyone.made[-1].point
    numbers = {"n": float(found.n), "own": found.brier, "theory": found.theory_brier, "came": found.came_true}
    yield Finding("predictions", [], point.date, numbers, "count", "d-said", Moment(point.opened, TRUTH))


def _how_many(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    """Yield how many ties were made; it is told where little else is."""
    made = [case for case in told.everyone.made if case.outcome.partners]
    point = (made or told.everyone.made)[0].point
    numbers = {"ties": float(len(made)), "decisions": float(len(told.everyone.made))}
    yield Finding(
        "ties" if made else "no_ties", [], point.date, numbers, "count", "d-lanes", Moment(point.opened, TRUTH)
    )


def _what_was_done(told: Told, chosen: Sequence[Finding]) -> Iterator[Finding]:
    """Yield how often either side was taken, where little else is told; that nobody took one is no finding."""
    classes, point = told.report.classes, told.everyone.made[-1].point
    if len(chosen) >= 3 or not classes.balanced + classes.bandwagoned:
        return
    numbers = {"balanced": float(classes.balanced), "joined": float(classes.bandwagoned)}
    numbers["decisions"] = float(classes.threatened)
    yield Finding("sides", [], point.date, numbers, "too_few", "d-lanes", Moment(point.opened, TRUTH))


_CHOOSERS: tuple[Callable[[Told, Sequence[Finding]], Iterator[Finding]], ...] = (
    _ties, _surprises, _promises, _feared, _misjudged, _sides, _predictions, _how_many, _what_was_done,
)  # fmt: skip
