"""The check of a game: its journal is replayed, and must give the same entries, world and scores."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.errors import CounterpoiseError
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.digest import digest
from counterpoise.tournament.result_document import VERIFIED


def verification(session: Session, entries: Sequence[Entry]) -> str:
    """Replay a game that has been played.

    Args:
        session: the game, at its end.
        entries: its whole journal.

    Returns:
        ``verified``, or what did not fit: something other than moves has changed the game, such as a bot that reached into it.
    """
    try:
        again = replay(entries, session.id, until=session.now)
    except CounterpoiseError as error:
        return f"a replay of the journal failed: {error}"
    if again.now != session.now or again.phase != session.phase:
        return f"a replay of the journal ended at tick {again.now}, the game at tick {session.now}"
    if digest(again.simulation.world) != digest(session.simulation.world):
        return "a replay of the journal ended in another world"
    return VERIFIED
