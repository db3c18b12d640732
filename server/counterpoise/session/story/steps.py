"""What each state was expected to do, what it did, and why its player said that it did so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import fsum

from counterpoise.session.journal.free_text import REDACTED
from counterpoise.session.story.story_document import StatedReason, StateStory, Step
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import option_of
from counterpoise.theory.evidence.elicitation import THREAT
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.quantising import DIGITS

QUIET = ("NEU", "HIDE")
"""Classes of decisions in which a state does nothing."""


def state_stories(
    sample: Sample, incidents: Sequence[Incident], states: Sequence[str], agreed: Collection[str]
) -> list[StateStory]:
    """Return the story of each state that decided.

    Args:
        sample: the decisions of one session, of all players.
        incidents: what happened in it, with the texts that players wrote.
        states: the states, in the order in which to tell them.
        agreed: the seats whose words may be shown.
    """
    given: dict[str, list[Incident]] = {}
    for incident in incidents:
        if incident.kind == "reason":
            given.setdefault(str(incident.actors[0]), []).append(incident)
    trails = {str(actor): trail for (_, actor), trail in sample.trails.items()}
    return [
        _story(state, trails[state], given.get(state, []), may_show=state in agreed)
        for state in states
        if state in trails
    ]


def _story(state: str, trail: Sequence[Case], given: Sequence[Incident], *, may_show: bool) -> StateStory:
    steps, withheld = [], 0
    for case in trail:
        inside = [one for one in given if case.point.opened <= one.tick < case.outcome.closed]
        reasons = [stated_reason(one.detail, may_show=may_show) for one in inside]
        withheld += sum(1 for one in inside if words_in(one.detail)) if not may_show else 0
        if reasons or did_something(case):
            steps.append(step_of(case, reasons))
    return StateStory(state, steps, len(trail) - len(steps), withheld)


def did_something(case: Case) -> bool:
    """Tell whether a state made or left a tie, or gave in, in a decision."""
    return bool(case.outcome.partners or case.outcome.dropped or case.outcome.conceded or case.did not in QUIET)


def stated_reason(detail: Mapping[str, object], *, may_show: bool) -> StatedReason:
    """Return a reason as it may be shown, from the detail of its incident."""
    return StatedReason(str(detail.get("reason", "")), words_in(detail) if may_show else "")


def words_in(detail: Mapping[str, object]) -> str:
    """Return the words of a reason; empty without any, and where they were erased."""
    words = str(detail.get("note") or "")
    return "" if words == REDACTED else words


def step_of(case: Case, reasons: Sequence[StatedReason]) -> Step:
    """Return a decision as a step."""
    shares = shares_by_class(case)
    likely = max(shares, key=lambda name: shares[name], default="")
    return Step(
        tick=case.point.opened,
        date=case.point.date,
        window=case.point.window,
        threat=case.point.top_threat,
        level=case.point.threat,
        threatened=case.point.threatened,
        expected=likely,
        expected_share=shares.get(likely),
        did=case.did,
        share=shares.get(case.did, 0.0) if shares else None,
        partners=list(case.outcome.partners),
        left=len(case.outcome.dropped),
        conceded=case.outcome.conceded,
        reasons=list(reasons),
    )


def shares_by_class(case: Case, hypothesis: str = THREAT) -> dict[str, float]:
    """Return what a hypothesis gave to each class of options, in the order of the options; nothing without its forecast."""
    parts: dict[str, list[float]] = {}
    for option, share in zip(case.point.options, case.record.forecasts.get(hypothesis, ()), strict=False):
        parts.setdefault(option_of(option)[0], []).append(share)
    return {name: round(min(1.0, fsum(found)), DIGITS) for name, found in parts.items()}
