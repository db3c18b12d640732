"""The records of the students of a class, made beside the server: names are joined to seats here and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from counterpoise.classes.classroom import Person
from counterpoise.errors import ClassError, JournalError
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.session.play.participants import PEOPLE
from counterpoise.store.addresses import file_name_of, read_journal

if TYPE_CHECKING:  # these import numpy; a server must not start slower for it
    from counterpoise.session.journal.journal_contents import JournalContents
    from counterpoise.session.student_records.record_document import Agreement, Sheets


async def records_of(live: LiveClass) -> tuple[Sheets, str]:
    """Return the records of everybody who sits in a world of a class, and the same as a table in CSV.

    Raises:
        ClassError: a world cannot be opened, or its journal cannot be read.
        StorageError: a world is not served now.
    """
    rooms = {letter: await live.room_of(letter) for letter in live.room.worlds}
    seated = {
        letter: [each for each in live.room.people.values() if each.seat and each.world == letter] for letter in rooms
    }
    worlds = [(room.writer.address, seated[letter]) for letter, room in rooms.items()]
    try:
        return await asyncio.to_thread(_made, worlds)
    except JournalError as error:
        raise ClassError("no_records", "$", "", f"there are no records yet: {error}") from None


def _made(worlds: Sequence[tuple[str, Sequence[Person]]]) -> tuple[Sheets, str]:
    """Return the records of worlds: the address of each one's journal, and who has a seat in it."""
    from counterpoise.session.journal.journal_contents import journal_contents
    from counterpoise.session.student_records.agreements import agreements_of
    from counterpoise.session.student_records.seat_records import seat_records
    from counterpoise.session.student_records.sheets import Sitter, participant_of_link, sheets_csv, sheets_of

    sessions: list[JournalContents] = []
    sitters: list[Sitter] = []
    agreements: dict[tuple[str, str], Mapping[str, Agreement]] = {}
    for address, people in worlds:
        with read_journal(address) as opened:
            entries, rows, known = list(opened.entries()), list(opened.play_log.rows()), opened.fact(PEOPLE)
        contents = journal_contents(entries, file_name_of(address))
        sessions.append(contents)
        agreements |= {(contents.session, seat): answers for seat, answers in agreements_of(rows).items()}
        for one in people:
            who = participant_of_link(known, one.grant)
            sitters.append(Sitter(contents.session, one.seat, one.name, one.number, one.world, who))
    sheets = sheets_of(seat_records(sessions), sitters, agreements)
    return sheets, sheets_csv(sheets)
