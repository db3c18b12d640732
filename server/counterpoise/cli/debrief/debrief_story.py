"""The story of a journal that a user named: with the words of those who agreed, and without anybody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from counterpoise.cli.journals import last_tick, names_in, play_rows
from counterpoise.cli.terminal import session_bar
from counterpoise.session.debrief.debrief_document import Debrief, SessionDebrief
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.journal.pseudonyms import Pseudonyms, with_pseudonyms
from counterpoise.session.story.agreement import seats_that_agreed
from counterpoise.session.story.story import told_story, true_threats


def with_story(report: Debrief, contents: JournalContents, entries: Sequence[Entry], journal: Path) -> Debrief:
    """Return the debrief of one session with its story; that of several sessions as it is.

    Args:
        report: the debrief.
        contents: what the journal holds, with the forecasts that the debrief is about.
        entries: the whole journal.
        journal: the file, beside which the names of its people stand.
    """
    if not isinstance(report, SessionDebrief):
        return report
    names = [held.name for held in names_in(journal)]
    # Without names there is nothing to replace, and the texts need not be read again.
    named = journal_contents(with_pseudonyms(entries, Pseudonyms(names)), str(journal)) if names else contents
    with session_bar(f"Replaying {journal.name}", last_tick(entries)) as show:
        truths = true_threats(entries, contents, show)
    agreed = seats_that_agreed(play_rows(journal), contents.records)
    return told_story(replace(contents, incidents=named.incidents), report, agreed, truths)
