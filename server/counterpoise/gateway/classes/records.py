"""The records of the students of a class, made beside the server: names are joined to seats here and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterpoise.errors import ClassError, JournalError
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.store.addresses import file_name_of, read_journal

if TYPE_CHECKING:  # these import numpy; a server must not start slower for it
    from counterpoise.session.journal.journal_contents import JournalContents
    from counterpoise.session.student_records.record_document import Agreement, Sheets
    from counterpoise.session.student_records.sheets import Sitter


async def records_of(live: LiveClass) -> tuple[Sheets, str]:
    """Return the records of everybody who sits in a world of a class, and the same as a table in CSV.

    Raises:
        ClassError: a world cannot be opened, or its journal cannot be read.
        StorageError: a world is not served now.
    """
    from counterpoise.session.student_records.sheets import Sitter

    rooms = {letter: await live.room_of(letter) for letter in live.room.worlds}
    sitters = [
        Sitter(rooms[person.world].session.id, person.seat, person.name, person.number, person.world)
        for person in live.room.people.values()
        if person.seat and person.world in rooms
    ]
    addresses = [room.writer.address for room in rooms.values()]
    try:
        return await asyncio.to_thread(_made, addresses, sitters)
    except JournalError as error:
        raise ClassError("no_records", "$", "", f"there are no records yet: {error}") from None


def _made(addresses: Sequence[str], sitters: Sequence[Sitter]) -> tuple[Sheets, str]:
    from counterpoise.session.journal.journal_contents import journal_contents
    from counterpoise.session.student_records.agreements import agreements_of
    from counterpoise.session.student_records.seat_records import seat_records
    from counterpoise.session.student_records.sheets import sheets_csv, sheets_of

    sessions: list[JournalContents] = []
    agreements: dict[tuple[str, str], Agreement] = {}
    for address in addresses:
        with read_journal(address) as opened:
            entries, rows = list(opened.entries()), list(opened.play_log.rows())
        contents = journal_contents(entries, file_name_of(address))
        sessions.append(contents)
        agreements |= {(contents.session, seat): answer for seat, answer in agreements_of(rows).items()}
    sheets = sheets_of(seat_records(sessions), sitters, agreements)
    return sheets, sheets_csv(sheets)
