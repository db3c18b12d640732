"""``counterpoise records``: write a record of each student, to print and to grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from counterpoise.cli.journals import fact_in, names_in, play_rows, read_journal
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import filling
from counterpoise.cli.standalone_page import standalone_page
from counterpoise.cli.terminal import console, print_json, progress_bar
from counterpoise.errors import ConfigurationError, JournalError
from counterpoise.session.journal.entries import check_chain
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.play.participants import PEOPLE
from counterpoise.session.student_records.agreements import agreements_of
from counterpoise.session.student_records.record_document import Agreement, sheets_schema
from counterpoise.session.student_records.seat_records import seat_records
from counterpoise.session.student_records.sheets import Sitter, participant_of_link, sheets_csv, sheets_of
from counterpoise.store.class_book import ClassBook

FILES = ("records.csv", "records.json", "records.html")


def records(
    journals: Annotated[list[Path], typer.Argument(help="The journals of a class: sessions' databases or exports.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the records; created if it does not exist.")
    ],
    every_seat: Annotated[
        bool, typer.Option("--every-seat", help="Write a record of the seats that bots played too.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace older records in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the records as one JSON document too.")] = False,
    schema: Annotated[bool, schema_option(sheets_schema)] = False,
) -> None:
    """Write a record of each student, to print and to grade.

    A record has the student's predictions and their Brier score beside the class's and the theory's, what they did and why in
    their own words, promises made, kept and broken, whom they feared and whom they had reason to fear, and four questions for
    after the game. records.html prints one record on each sheet, records.csv has a line for each student, records.json all of it.

    Names come from the links that people used and from classes.sqlite beside the journals. They are in no journal, and the folder
    is for the instructor alone.
    """
    sessions = _read_all(journals)
    agreements: dict[tuple[str, str], Mapping[str, Agreement]] = {}
    for path, contents in zip(journals, sessions, strict=True):
        agreements |= {(contents.session, seat): answers for seat, answers in agreements_of(play_rows(path)).items()}
    sitters = list(_sitters(journals, sessions))
    made = sheets_of(seat_records(sessions), sitters, agreements, everyone=every_seat)
    if not made.sheets:
        raise ConfigurationError(
            "nobody has played these sessions: bots held every seat. Give --every-seat for theirs."
        )
    title = " - ".join(dict.fromkeys([*(contents.scenario.title for contents in sessions), "records"]))
    pages = {
        "records.csv": sheets_csv(made),
        "records.json": msgspec.json.format(msgspec.json.encode(made)).decode() + "\n",
        "records.html": standalone_page(
            title, "ui/records/sheets_page.mjs", ("app.css", "records.css"), {"records": made}
        ),
    }
    with filling(output, list(FILES), force=force) as folder:
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
    if json:
        print_json(made)
        return
    console.print(f"wrote {output}: {', '.join(FILES)}, with {len(made.sheets)} records", markup=False)


def _read_all(journals: Sequence[Path]) -> list[JournalContents]:
    read: list[JournalContents] = []
    with progress_bar("Reading journals", len(journals)) as show:
        for number, path in enumerate(journals, start=1):
            read.append(journal_contents(list(check_chain(read_journal(path), str(path))), str(path)))
            same = next((one for one in read[:-1] if one.session == read[-1].session), None)
            if same is not None:
                raise JournalError(
                    str(path), f"session {same.session} too, as in {same.source}. Give each session once."
                )
            show(number)
    return read


def _sitters(journals: Sequence[Path], sessions: Sequence[JournalContents]) -> Iterator[Sitter]:
    """Yield the people in the seats: those of the class that the session belongs to, or else those who gave a name at a link."""
    for path, contents in zip(journals, sessions, strict=True):
        people = list(_of_class(path, contents.session))
        if not people:
            held = [one for one in names_in(path) if one.role in ("player", "team") and one.seat]
            people = [Sitter(contents.session, one.seat, one.name) for one in dict.fromkeys(held)]
        yield from people


def _of_class(path: Path, session: str) -> Iterator[Sitter]:
    book = ClassBook(path.resolve().parent)
    if not book.exists:
        return
    try:
        rooms = book.load()
    finally:
        book.close()
    known = fact_in(path, PEOPLE)
    for room in rooms:
        letters = [letter for letter, world in room.worlds.items() if world.session == session]
        for person in room.people.values():
            if person.world in letters and person.seat:
                who = participant_of_link(known, person.grant)
                yield Sitter(session, person.seat, person.name, person.number, person.world, who)
