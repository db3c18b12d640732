"""A session that people join and that goes on from a moment of another session's journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterpoise.session.commands import SERVER, Pause, local_id
from counterpoise.session.forking import Listeners, past_at_fork, script_of, session_at_fork
from counterpoise.session.forks.shared_past import SharedPast
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session


@dataclass(frozen=True, slots=True)
class JournalMoment:
    """A moment of a journal."""

    entries: Sequence[Entry]
    """The whole journal."""
    source: str
    """Name of the journal, for errors."""
    tick: int
    date: str
    """The date of the tick."""
    past: SharedPast | None = None
    """What a snapshot of the journal holds, taken before the first input of that day; ``None`` to play from the start."""


def continued_session(
    moment: JournalMoment, session_id: str, seed: str, listeners: Listeners, *, paused: bool
) -> Session:
    """Return a session with the past of a journal up to a moment.

    People hear of the latest incidents when they join; messages are numbered from the moment on.

    The day itself is open: what was ordered on it in the journal is left out, and the players of the new session decide. Chance
    is drawn anew from there. The journal of the session is whole and is verified like every other; its header names the journal
    that it goes on from and the date.

    Args:
        moment: where the session goes on.
        session_id: name of the new session.
        seed: decides every chance from the moment on.
        listeners: for the people who join.
        paused: whether the clock waits until a moderator resumes it.

    Raises:
        ConfigurationError: the session of the journal had stopped or ended before the moment.
        JournalError: this release cannot replay the journal.
    """
    whole = script_of(moment.entries, moment.source, moment.tick)
    script = replace(whole, steps=tuple(step for step in whole.steps if step.tick < moment.tick))
    forked = {
        "session": whole.header["session"],
        "head": moment.entries[-1].chain,
        "on": moment.date,
        "without": [],
        "with": [],
        "seed": seed,
        "arm": "live",
    }
    past = past_at_fork(script, moment.past)
    session = session_at_fork(script, session_id, seed, forked, past=past, listeners=listeners)
    if paused:
        session.command(SERVER, local_id(session_id, "continued", 0), Pause())
    return session
