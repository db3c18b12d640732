"""Read the journals of an export: what their tables hold, and the lines that still verify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counterpoise.cli.journals import names_in, play_rows, read_journal
from counterpoise.cli.operations.redact import FORMAT_WITHOUT_TEXT_ENTRIES
from counterpoise.cli.terminal import notes, session_bar
from counterpoise.errors import JournalError, RulesVersionError
from counterpoise.session.debrief.debrief_data import sessions_by_label
from counterpoise.session.export.tables import ExportedSession
from counterpoise.session.export.watched_world import WatchedWorld
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.journal.pseudonyms import Pseudonyms, erased, with_pseudonyms, without_named_texts
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.store.tokens import HolderName

JOURNAL = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class ReadJournals:
    """The journals of an export."""

    sessions: tuple[ExportedSession, ...]
    """By label."""
    lines: dict[str, list[Entry]]
    """By the name of the file: the entries that are passed on, with the texts erased that name people."""
    names: tuple[HolderName, ...]
    """The names that people gave."""
    pseudonyms: Pseudonyms

    @property
    def erased_texts(self) -> int:
        """How many texts are erased in the lines."""
        return sum(entry.kind == "text" and entry.is_redacted for lines in self.lines.values() for entry in lines)


def read_for_export(files: Sequence[Path], *, identified: bool = False, without_texts: bool = False) -> ReadJournals:
    """Read and replay journals.

    Args:
        files: the journals, each once.
        identified: whether names of people stay; otherwise pseudonyms stand for them, in texts too.
        without_texts: whether all that people typed is left out.

    Raises:
        JournalError: a file is not a journal, is damaged, or is given twice.
    """
    journals = {file: read_journal(file) for file in files}
    names = {file: names_in(file) for file in files}
    everyone = tuple(held for held_here in names.values() for held in held_here)
    pseudonyms = Pseudonyms(() if identified else (held.name for held in everyone))
    entries: dict[str, list[Entry]] = {}
    contents: list[JournalContents] = []
    watched: dict[str, WatchedWorld] = {}
    for file in files:
        own, source = journals[file], str(file)
        if names[file] and not identified:
            _require_text_entries(own, source)
        watched[source] = _watched(own, source)
        if without_texts:
            own = [erased(entry) if entry.kind == "text" else entry for entry in own]
        entries[source] = own
        contents.append(journal_contents(list(with_pseudonyms(own, pseudonyms)), source))
    labelled = sessions_by_label(contents)
    files_by_source = {str(file): file for file in files}
    places = [JOURNAL] if len(files) == 1 else [f"journal-{place}.jsonl" for place in range(1, len(files) + 1)]
    sessions: list[ExportedSession] = []
    lines: dict[str, list[Entry]] = {}
    for (label, one), journal in zip(labelled.items(), places, strict=True):
        own, file = entries[one.source], files_by_source[one.source]
        lines[journal] = list(without_named_texts(own, pseudonyms))
        people = [(held.name if identified else pseudonyms.of(held.name), held.role, held.seat) for held in names[file]]
        shown = list(with_pseudonyms(own, pseudonyms))
        sessions.append(ExportedSession(label, one, shown, watched[one.source], journal, play_rows(file), people))
    return ReadJournals(tuple(sessions), lines, everyone, pseudonyms)


def _require_text_entries(entries: Sequence[Entry], source: str) -> None:
    """Raise ``JournalError`` for a journal whose texts cannot be told from its orders."""
    if entries[0].content().get("format") == FORMAT_WITHOUT_TEXT_ENTRIES:
        raise JournalError(
            source, "journal format 1, in which names in texts cannot be replaced. Export it with --identified."
        )


def _watched(entries: list[Entry], source: str) -> WatchedWorld:
    """Replay a journal and return what it showed; nothing, and a warning, where it was written under other rules."""
    watched = WatchedWorld()
    try:
        with session_bar(f"Replaying {Path(source).name}", max((entry.tick for entry in entries), default=0)) as show:

            def look(session: Session) -> None:
                watched.see(session)
                show(session)

            watched.see(replay(entries, source, progress=look))
            return watched
    except RulesVersionError as error:
        limits = "Without a replay the tables hold no alignments, and incidents up to the last window only."
        notes.print(f"{error} {limits}", markup=False)
        return WatchedWorld()
