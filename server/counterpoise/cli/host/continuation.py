"""The moment of a journal that ``host JOURNAL --at`` goes on from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counterpoise.cli.journals import has_database, read_journal
from counterpoise.cli.options.dates import A_DATE, tick_on
from counterpoise.errors import ConfigurationError
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.session.forks.moments import moment_at
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile


def is_journal(source: str) -> bool:
    """Tell whether a source is the path of a journal, and not a scenario. The file may be missing."""
    return Path(source).suffix in (".db", ".jsonl")


def moment_of(path: Path, at: str) -> tuple[JournalMoment, Session]:
    """Return the moment of a journal that an option names, and the opening of its session.

    Args:
        path: the journal.
        at: a date, or the number of a window.

    Raises:
        JournalError: the file is no journal that this release can replay.
        ConfigurationError: the journal does not reach the moment.
    """
    entries = read_journal(path)
    opening = replay(entries[:1], str(path))
    calendar, reached = opening.simulation.world.calendar, max(entry.tick for entry in entries)
    if re.fullmatch(r"[0-9]{1,6}", at):
        tick: int = calendar.opening_of(int(at))
        last = calendar.window_of(min(reached, opening.end - 1))
        if tick > reached or tick >= opening.end:
            raise ConfigurationError(
                f"--at {at}: expected a window from 0 to {last}. The journal's last window, {last}, opens on "
                f"{calendar.iso(calendar.opening_of(last))}."
            )
    else:
        tick = tick_on(opening, at, "--at", reached, f"{A_DATE}, or the number of a window such as 12")
    if tick >= opening.end:
        raise ConfigurationError(f"--at {at}: the scenario ends on that date. Give an earlier one.")
    if not has_database(path):
        return moment_at(entries, str(path), tick, calendar, None), opening
    with JournalFile.read_only(path, check=False) as journal:
        return moment_at(entries, str(path), tick, calendar, journal.snapshots), opening


def require_same_past(moment: JournalMoment, header: Mapping[str, Any], name: str) -> None:
    """Refuse to resume a session for a moment that it does not go on from.

    Args:
        moment: what the options ask for.
        header: the header of the session's own journal.
        name: name of the session.

    Raises:
        ConfigurationError: the session goes on from another date or another journal, or from none.
    """
    forked = header.get("forked") or {}
    chains = {entry.chain for entry in moment.entries}
    if forked.get("head") in chains and forked["on"] == moment.date:
        return
    if not forked:
        past = "goes on from no journal"
    elif forked["head"] in chains:
        past = f"goes on from {forked['on']}"
    else:
        past = f"goes on from another journal, that of the session {forked['session']}, on {forked['on']}"
    raise ConfigurationError(
        f"session {name} exists and {past}: expected one that goes on from {moment.source} on {moment.date}. "
        "Give another --session NAME for a new session."
    )
