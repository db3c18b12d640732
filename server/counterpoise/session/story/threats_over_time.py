"""Who feared whom on several days of a session: as the states saw it when they decided, and as it truly was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counterpoise.session.date_watch import DateWatch
from counterpoise.session.running_session import Session
from counterpoise.session.story.story_document import ThreatsOn, ThreatsOverTime
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.threat import Matrix, true

DAYS_MAX = 24
"""Days whose threats are told: of a longer session so many, evenly spread, the first and the last among them."""


def days_told(records: Sequence[DecisionRecord]) -> list[int]:
    """Return the ticks whose threats are told: the first days of windows."""
    opened = sorted(dict.fromkeys(record.point.opened for record in records))
    if len(opened) <= DAYS_MAX:
        return opened
    last = len(opened) - 1
    return [opened[round(place * last / (DAYS_MAX - 1))] for place in range(DAYS_MAX)]


def watch_for_truth(records: Sequence[DecisionRecord], found: dict[int, Matrix]) -> DateWatch:
    """Return a watch that puts the true threats of the days told into a dictionary while a journal is played again."""

    def look(session: Session) -> None:
        found[session.now] = true(session.simulation.world)

    return DateWatch(days_told(records), look)


def threats_over_time(
    records: Sequence[DecisionRecord], states: Sequence[str], truths: Mapping[int, Matrix]
) -> ThreatsOverTime:
    """Return the threats of the days told.

    Args:
        records: the decisions of one session.
        states: the states, in the order of rows and columns.
        truths: the true threats by tick, of none, some or all of these days.
    """
    by_day: dict[int, dict[str, DecisionRecord]] = {}
    for record in records:
        by_day.setdefault(record.point.opened, {})[str(record.point.actor)] = record
    days = []
    for tick in days_told(records):
        decided = by_day[tick]
        seen = {
            state: {str(other.id): other.threat for other in record.point.others} for state, record in decided.items()
        }
        known = truths.get(tick)
        truth = None if known is None else {
            str(state): {str(other): one.threat for other, one in row.items()} for state, row in known.items()
        }  # fmt: skip
        date = next(iter(decided.values())).point.date
        days.append(ThreatsOn(tick, date, _percents(seen, states), None if truth is None else _percents(truth, states)))
    return ThreatsOverTime(list(states), days)


def _percents(values: Mapping[str, Mapping[str, float]], states: Sequence[str]) -> list[list[int | None]]:
    return [
        [None if (value := values.get(observer, {}).get(other)) is None else round(100.0 * value) for other in states]
        for observer in states
    ]
