"""A journal becomes a film: it is replayed once, every entry is compared on the way, and what viewers saw is filmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayRow, compared
from counterpoise.session.proofs.checkpoints import counts_messages
from counterpoise.session.proofs.receipts import provenance_of
from counterpoise.session.replay import replay
from counterpoise.session.replays.document import Cast, Chunk, Overview, Verified
from counterpoise.session.replays.recorder import ReplayRecorder
from counterpoise.session.running_session import Session


def film(
    entries: Sequence[Entry],
    rows: Sequence[PlayRow],
    source: str,
    viewers: tuple[str, ...],
    *,
    on_cast: Callable[[Cast], None],
    on_chunk: Callable[[Chunk, Overview], None],
    on_progress: Callable[[int, str], None],
) -> Verified:
    """Film a journal, and return what was verified of it on the way, as ``counterpoise verify`` does.

    Args:
        entries: the whole journal.
        rows: the play log beside it.
        source: name of the journal, for errors.
        viewers: who is filmed, ``TRUTH`` and seats.
        on_cast: called once, before the first chunk.
        on_chunk: called with each chunk of each viewer, the earlier chunks of a viewer first.
        on_progress: called after each entry with the number of entries that were compared and the date of the clock.

    Raises:
        JournalError: as ``replay``; the chunks up to there stay good.
    """
    opening = replay(entries[:1], source)
    on_cast(_cast(opening, entries))
    recorder = ReplayRecorder(viewers, on_chunk)
    compared_entries = 0

    def after_entry(session: Session) -> None:
        nonlocal compared_entries
        compared_entries += 1
        recorder.after_entry(session)
        on_progress(compared_entries, session.simulation.world.calendar.iso(session.now))

    try:
        session = replay(entries, source, streaming=counts_messages(entries), progress=after_entry)
    finally:
        recorder.finish()
    provenance, log = provenance_of(entries, opening), compared(rows, entries)
    return Verified(
        entries=len(entries),
        head=entries[-1].chain,
        to=session.simulation.world.calendar.iso(session.now),
        provenance=provenance,
        problems=[*provenance.problems, *([log.problem] if log.problem else [])],
        erased_texts=sum(1 for entry in entries if entry.kind == "text" and entry.is_redacted),
    )


def _cast(opening: Session, entries: Sequence[Entry]) -> Cast:
    scenario = opening.scenario
    return Cast(
        session=opening.id,
        title=scenario.title,
        scenario=scenario.id,
        begins=scenario.start.isoformat(),
        ends=scenario.end.isoformat(),
        has_ended=any(entry.kind == "end" for entry in entries),
        window_months=scenario.window_months,
        actors=[
            {key: plain[key] for key in ("id", "name", "role", "latitude", "longitude")}
            for plain in (actor.plain() for actor in scenario.actors)
        ],
    )
