"""Whose written words may be shown in a debrief: those of seats in which every person has agreed, and of programs."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.session.play.log import PlayRow
from counterpoise.session.play.tables import PROGRAMS, consents, events_of
from counterpoise.theory.decisions.record import Decision
from counterpoise.theory.evidence.choices.players import kind_of_player

_SEATED = ("player", "team")


def seats_that_agreed(rows: Sequence[PlayRow], records: Sequence[Decision]) -> tuple[str, ...]:
    """Return the seats whose words may be shown, in the order of their codes.

    A seat may be shown if everybody who ever played it has said yes and has not taken it back. One in which the journal names
    a person may be shown only if the play log knows who it was: without a play log nobody has agreed.

    Args:
        rows: the play log.
        records: the decisions, which name the kind of player of each.
    """
    events = events_of(rows)
    given = consents(events)
    agreed: dict[str, bool] = {}
    for _, event in events:
        if event.seat and event.participant and event.role in _SEATED and event.client not in PROGRAMS:
            agreed[event.seat] = agreed.get(event.seat, True) and given.get(event.participant, False)
    unknown = any(row.is_purged for row in rows)
    for record in records:
        seat = str(record.frozen.actor)
        if kind_of_player(record.player) in ("people", "unknown"):
            agreed[seat] = agreed.get(seat, False) and not unknown
        else:
            agreed.setdefault(seat, True)
    return tuple(sorted(seat for seat, may in agreed.items() if may))
