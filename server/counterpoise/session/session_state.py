"""What a session's state consists of, as its snapshots hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.session.session_snapshot import Growth, GrowthCounts, SessionState

if TYPE_CHECKING:
    from counterpoise.session.running_session import Session


def growth_of(session: Session, since: GrowthCounts) -> Growth:
    """Return what is new, since an earlier count, in the parts of a session that only grow."""
    return Growth(
        acks=session.acknowledgements.since(since.acks),
        decisions=session.ledger.made_since(since.decisions),
        structures=session.ledger.structures[since.structures :],
        incidents=session.simulation.world.incidents[since.incidents :],
        streams=session.messages.since(since.receipts),
    )


def state_of(session: Session, simulation: bytes, since: GrowthCounts, growth: Growth) -> SessionState:
    """Return the state of a session.

    Args:
        session: the session.
        simulation: its simulation, as bytes.
        since: how much an earlier snapshot has of the parts that only grow.
        growth: what is new in them.

    Raises:
        ValueError: entries wait to be taken.
    """
    if session.has_entries:
        raise ValueError("take the entries before a snapshot")
    return SessionState(
        entries=session.journal.length,
        chain=session.journal.chain.head,
        simulation=simulation,
        phase=session.phase,
        pace=session.pace,
        occasion=session.occasion,
        called=session.called,
        players=session.players,
        evidence_shown=session.evidence_shown,
        pause_reason=session.pause_reason,
        pause_seconds=session.pause_seconds,
        injects=session.injects.waiting(),
        last_tick=session.journal.last_tick,
        chronicled=session.chronicled,
        pending=session.orders.waiting(),
        order_counts=session.orders.counts,
        talk=session.talk.state(),
        teams=session.teams.by_seat,
        open_decisions=session.ledger.open_decisions,
        checkpoint=session.checkpoint,
        counts=since.plus(growth.counts()),
        growth=growth,
    )
