"""Join records with the people who sat in the seats, and write them as a table for grading."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from counterpoise.session.csv_cells import csv_cell
from counterpoise.session.play.participants import people_in
from counterpoise.session.student_records.agreements import together
from counterpoise.session.student_records.record_document import (
    Absent,
    Agreement,
    SeatRecord,
    Sheet,
    Sheets,
    StateTimes,
)

_COLUMNS = (
    "name", "number", "world", "session", "seat", "state", "score", "decisions", "predictions", "came_true", "brier",
    "brier_class", "brier_theory", "brier_base_rate", "reasons", "reasons_in_words", "promises_made", "promises_kept",
    "promises_broken", "pacts_left", "feared_most", "index_first", "attacked_by", "agreement",
    "seat_agreement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who sits in a seat, or for whom the seat is kept.

    ``participant`` is the person's pseudonym in the play log: empty for somebody who has never taken the seat, and ``None`` where
    no pseudonym is known.
    """

    session: str
    seat: str
    name: str
    number: str = ""
    world: str = ""
    participant: str | None = None


def participant_of_link(people: str | None, link: int) -> str | None:
    """Return the pseudonym of a person of a class, for ``Sitter``.

    Args:
        people: the fact ``PEOPLE`` of the journal.
        link: number of the link by which the person took the seat last; 0 for somebody who never took it.
    """
    return people_in(people).get(link) if link else ""


def sheets_of(
    records: Iterable[SeatRecord],
    sitters: Sequence[Sitter],
    agreements: Mapping[tuple[str, str], Mapping[str, Agreement]],
    *,
    everyone: bool = False,
) -> Sheets:
    """Return a sheet for each person who played, and one without a name for each seat in which nobody is known.

    Args:
        records: of the seats.
        sitters: the people; several may share a seat, and each gets the seat's record.
        agreements: what those who played have answered, by session and seat, then by pseudonym: see ``agreements_of``.
        everyone: whether seats that no person played have a sheet too.
    """
    made: list[Sheet] = []
    names: dict[str, Mapping[str, str]] = {}
    for record in records:
        place = (record.session, record.seat)
        names[record.session] = record.names
        answers = agreements.get(place, {})
        here = [one for one in sitters if (one.session, one.seat) == place]
        people = [one for one in here if one.participant is None or one.participant in answers]
        seat = together(answers.values())
        if not people and not everyone and seat == "no_person":
            continue
        seat = "not_answered" if people and not answers else seat
        for one in people or [Sitter(*place, name="")]:
            own = seat if one.participant is None else answers[one.participant]
            made.append(Sheet(one.name, one.number, one.world, own, seat, record))
    absent = [
        Absent(
            one.name, one.number, one.world, one.session, one.seat, names.get(one.session, {}).get(one.seat, one.seat)
        )
        for one in sitters
        if one.participant is not None and one.participant not in agreements.get((one.session, one.seat), {})
    ]
    return Sheets(
        sheets=sorted(made, key=lambda one: (one.world, one.record.session, one.record.seat, one.name)),
        absent=sorted(absent, key=lambda one: (one.world, one.session, one.seat, one.name)),
    )


def sheets_csv(sheets: Sheets) -> str:
    """Return a table with a line for each person. A text that a spreadsheet would run as a formula begins with an apostrophe.

    The cells of a person who did not come are empty after the state, and ``agreement`` says ``did_not_come``.
    """
    text = StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(_COLUMNS)
    for row in (*map(_row, sheets.sheets), *map(_empty_row, sheets.absent)):
        sheet.writerow(["" if value is None else csv_cell(value) for value in row])
    return text.getvalue()


def _row(sheet: Sheet) -> tuple[object, ...]:
    record = sheet.record
    reasons = [reason for step in record.steps for reason in step.reasons]
    kinds = [promise.kind for promise in record.promises]
    return (
        sheet.name, sheet.number, sheet.world, record.session, record.seat, record.state, record.score, record.decisions,
        record.brier.n, sum(1 for one in record.predictions if one.came), record.brier.own, record.brier.others,
        record.brier.theory, record.brier.base, len(reasons), sum(1 for reason in reasons if reason.words),
        kinds.count("made"), kinds.count("kept"), kinds.count("broken"), kinds.count("left"), _listed(record.fears.rated),
        _listed(record.fears.index), _listed(record.fears.attacked_by), sheet.agreement,
        sheet.seat_agreement,
    )  # fmt: skip


def _empty_row(absent: Absent) -> tuple[object, ...]:
    known = (absent.name, absent.number, absent.world, absent.session, absent.seat, absent.state)
    return (*known, *[None] * (len(_COLUMNS) - len(known) - 2), "did_not_come", None)


def _listed(states: Sequence[StateTimes]) -> str:
    return " ".join(f"{one.state}:{one.times}" for one in states)
