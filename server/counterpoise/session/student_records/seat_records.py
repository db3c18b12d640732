"""Make the records of the seats of one or several sessions of a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import fsum

from counterpoise.session.journal.journal_contents import JournalContents
from counterpoise.session.story.steps import state_stories
from counterpoise.session.student_records.record_document import (
    BrierScores,
    Fears,
    PredictionMade,
    PromiseRow,
    SeatRecord,
    StateTimes,
)
from counterpoise.session.timeline import DEPARTURES
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.world import Incident
from counterpoise.theory.evidence.chronicle import ATTACKS
from counterpoise.theory.evidence.elicitation import Predicted, predicted, rated
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.quantising import DIGITS

ANSWERS = {"promise_honoured": "kept", "promise_broken": "broken"}


def seat_records(sessions: Sequence[JournalContents]) -> list[SeatRecord]:
    """Return the record of each seat that decided, session by session, in the order of the scenario's states.

    Of a session that goes on from another one's journal, the records tell only what came after the moment at which it goes on:
    the players had no part in what came before.

    Args:
        sessions: of one class: predictions are compared with those of everybody else in them.
    """
    samples = [Sample(one.records, one.structures, {one.session: one.incidents}) for one in sessions]
    made = [list(predicted(sample)) for sample in samples]
    everybody = [_miss(one) for found in made for one in found]
    return [
        record
        for contents, found in zip(sessions, made, strict=True)
        for record in _records_of(contents, found, everybody)
    ]


def _records_of(contents: JournalContents, made: Sequence[Predicted], everybody: Sequence[float]) -> list[SeatRecord]:
    """Return the records of one session."""
    begun = _begun(contents)
    records = [record for record in contents.records if record.point.opened >= begun]
    since = replace(contents, incidents=tuple(one for one in contents.incidents if one.tick >= begun))
    sample = Sample(records, since.structures, {since.session: since.incidents})
    return [
        _seat_record(since, sample, begun, made, everybody, str(actor.id), actor.name)
        for actor in since.scenario.actors
        if (since.session, actor.id) in sample.trails
    ]


def _begun(contents: JournalContents) -> int:
    """Return the tick from which people could decide: later than 0 in a session that goes on live from another one."""
    forked = contents.header.get("forked", {})
    scenario = contents.scenario
    calendar = Calendar(scenario.start, scenario.window_months)
    return calendar.tick_of(date.fromisoformat(forked["on"])) if forked.get("arm") == "live" else 0


def _seat_record(
    contents: JournalContents,
    sample: Sample,
    begun: int,
    made: Sequence[Predicted],
    everybody: Sequence[float],
    seat: str,
    name: str,
) -> SeatRecord:
    scenario = contents.scenario
    calendar = Calendar(scenario.start, scenario.window_months)
    own = sorted(
        (one for one in made if one.own.point.actor == seat),
        key=lambda one: (one.own.point.opened, one.other.point.actor),
    )
    story = state_stories(sample, contents.incidents, [seat], (seat,))[0]
    return SeatRecord(
        session=contents.session,
        title=scenario.title,
        begins=calendar.iso(begun),
        ends=calendar.iso(contents.end_tick),
        seat=seat,
        state=name,
        names={str(actor.id): actor.name for actor in scenario.actors},
        score=contents.scores.get(seat),
        decisions=len(story.steps) + story.quiet,
        predictions=[_prediction(one) for one in own],
        brier=_brier(own, everybody),
        steps=story.steps,
        promises=list(_promises(contents.incidents, seat, calendar)),
        fears=_fears(sample, contents, seat),
    )


def _miss(one: Predicted) -> float:
    return (one.confidence - one.came) ** 2


def _prediction(one: Predicted) -> PredictionMade:
    point = one.other.point
    return PredictionMade(
        tick=point.opened,
        date=point.date,
        of=str(point.actor),
        choice=one.choice,
        confidence=one.confidence,
        did=one.other.did,
        came=one.came,
        brier=_rounded(_miss(one)),
        theory=None if one.theory is None else _rounded((one.theory - one.came) ** 2),
        base=None if one.base is None else _rounded((one.base - one.came) ** 2),
    )


def _brier(own: Sequence[Predicted], everybody: Sequence[float]) -> BrierScores:
    misses = [_miss(one) for one in own]
    theory = [(one.theory - one.came) ** 2 for one in own if one.theory is not None]
    base = [(one.base - one.came) ** 2 for one in own if one.base is not None]
    others_n = len(everybody) - len(misses)
    others = (fsum(everybody) - fsum(misses)) / others_n if others_n else None
    return BrierScores(
        n=len(misses),
        own=_mean(misses),
        theory=_mean(theory),
        base=_mean(base),
        others_n=others_n,
        others=None if others is None else _rounded(max(0.0, others)),
    )


def _mean(values: Sequence[float]) -> float | None:
    return _rounded(fsum(values) / len(values)) if values else None


def _rounded(value: float) -> float:
    return round(min(1.0, value), DIGITS)


def _promises(incidents: Sequence[Incident], seat: str, calendar: Calendar) -> Iterator[PromiseRow]:
    for incident in incidents:
        actors, day = [str(actor) for actor in incident.actors], calendar.iso(incident.tick)
        others = [state for state in actors if state != seat]
        if incident.kind == "alliance_formed" and seat in actors:
            yield PromiseRow(incident.tick, day, "made", others, str(incident.detail.get("commitment", "")))
        elif incident.kind in ANSWERS and actors[0] == seat:
            kind = "kept" if ANSWERS[incident.kind] == "kept" else "broken"
            yield PromiseRow(incident.tick, day, kind, actors[1:2], "")  # type: ignore[arg-type]
        elif incident.kind in DEPARTURES and actors[0] == seat:
            yield PromiseRow(incident.tick, day, "left", others, str(incident.detail.get("commitment", "")))


def _fears(sample: Sample, contents: JournalContents, seat: str) -> Fears:
    first: Counter[str] = Counter()
    for case, ratings in rated(sample):
        if case.point.actor == seat and ratings:
            highest = max(ratings.values())
            first.update(str(state) for state, rating in ratings.items() if rating == highest)
    index = Counter(str(case.point.top_threat) for case in sample.trails[contents.session, seat])
    attacks = Counter(
        str(incident.actors[0])
        for incident in contents.incidents
        if incident.kind in ATTACKS and len(incident.actors) > 1 and incident.actors[1] == seat
    )
    return Fears(_ranked(first), _ranked(index), _ranked(attacks))


def _ranked(counts: Counter[str]) -> list[StateTimes]:
    return [StateTimes(state, times) for state, times in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
