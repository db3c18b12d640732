"""What the people of each seat have answered to the question whether what they wrote may be used."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.session.play.log import PlayRow
from counterpoise.session.play.tables import PROGRAMS, consents, events_of
from counterpoise.session.student_records.record_document import Agreement


def agreements_of(rows: Sequence[PlayRow]) -> dict[str, Agreement]:
    """Return the answer of each seat that people played: given by all, refused by one, or not answered by one of them."""
    events = events_of(rows)
    given = consents(events)
    people: dict[str, dict[str, bool | None]] = {}
    for _, event in events:
        if event.seat and event.participant and event.role in ("player", "team") and event.client not in PROGRAMS:
            people.setdefault(event.seat, {})[event.participant] = given.get(event.participant)
    return {seat: _together(list(answers.values())) for seat, answers in people.items()}


def _together(answers: Sequence[bool | None]) -> Agreement:
    if any(answer is False for answer in answers):
        return "refused"
    return "given" if all(answers) else "not_answered"
