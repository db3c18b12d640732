"""What each person at each seat has answered to the question whether what was written may be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from counterpoise.session.play.log import PlayRow
from counterpoise.session.play.tables import PROGRAMS, consents, events_of
from counterpoise.session.student_records.record_document import Agreement


def agreements_of(rows: Sequence[PlayRow]) -> dict[str, dict[str, Agreement]]:
    """Return the answer of each participant, by seat and pseudonym, for those who played.

    A program that joined over the network has ``no_person``. Whoever only answers after the end has not played.
    """
    events = events_of(rows)
    given = consents(events)
    answers: dict[str, dict[str, Agreement]] = {}
    for _, event in events:
        if event.seat and event.participant and event.role in ("player", "team") and event.kind != "consent":
            answer = _answer(given.get(event.participant))
            is_program = event.client in PROGRAMS
            answers.setdefault(event.seat, {})[event.participant] = "no_person" if is_program else answer
    return answers


def together(answers: Iterable[Agreement]) -> Agreement:
    """Return the answer of a seat: given by all its people, refused by one, or not answered by one; programs do not count."""
    people = [answer for answer in answers if answer != "no_person"]
    if not people:
        return "no_person"
    if "refused" in people:
        return "refused"
    return "not_answered" if "not_answered" in people else "given"


def _answer(given: bool | None) -> Agreement:
    if given is None:
        return "not_answered"
    return "given" if given else "refused"
