"""Join records with the people who sat in the seats, and write them as a table for grading."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from counterpoise.session.csv_cells import csv_cell
from counterpoise.session.student_records.record_document import Agreement, SeatRecord, Sheet, Sheets, StateTimes

_COLUMNS = (
    "name", "number", "world", "session", "seat", "state", "score", "decisions", "predictions", "came_true", "brier",
    "brier_class", "brier_theory", "brier_base_rate", "reasons", "reasons_in_words", "promises_made", "promises_kept",
    "promises_broken", "pacts_left", "feared_most", "index_first", "attacked_by", "agreement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who sits in a seat."""

    session: str
    seat: str
    name: str
    number: str = ""
    world: str = ""


def sheets_of(
    records: Iterable[SeatRecord],
    sitters: Sequence[Sitter],
    agreements: Mapping[tuple[str, str], Agreement],
    *,
    everyone: bool = False,
) -> Sheets:
    """Return a sheet for each person, and one without a name for each seat in which nobody is known.

    Args:
        records: of the seats.
        sitters: the people; several may share a seat, and each gets the seat's record.
        agreements: what the people of a seat have answered, by session and seat; a seat that is missing was played by no person.
        everyone: whether seats that no person played have a sheet too.
    """
    made = []
    for record in records:
        place = (record.session, record.seat)
        people = [one for one in sitters if (one.session, one.seat) == place]
        if not people and not everyone and place not in agreements:
            continue
        agreement = agreements.get(place, "not_answered" if people else "no_person")
        for one in people or [Sitter(*place, name="")]:
            made.append(Sheet(one.name, one.number, one.world, agreement, record))
    return Sheets(sheets=sorted(made, key=lambda one: (one.world, one.record.session, one.record.seat, one.name)))


def sheets_csv(sheets: Sheets) -> str:
    """Return a table with a line for each person. A text that a spreadsheet would run as a formula begins with an apostrophe."""
    text = StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(_COLUMNS)
    for one in sheets.sheets:
        sheet.writerow(["" if value is None else csv_cell(value) for value in _row(one)])
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
    )  # fmt: skip


def _listed(states: Sequence[StateTimes]) -> str:
    return " ".join(f"{one.state}:{one.times}" for one in states)
