"""An account of how a session was played: who was ready when, who was waited for, which offers were open, pauses and changes.

The journal says what was open and ordered, the play log says when. Both are needed: the calls at a stop come from a replay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.inputs import inputs_of
from counterpoise.session.play.log import PlayEvent, PlayRow
from counterpoise.session.play.tables import events_of
from counterpoise.session.proofs.checkpoints import counts_messages
from counterpoise.session.replay import Progress, replay
from counterpoise.session.running_session import Session
from counterpoise.sim.world import Call, World


class OpenOffer(msgspec.Struct, frozen=True):
    """A question that was open when the clock stopped."""

    seat: str
    """Who had to answer."""
    reason: str
    asker: str
    """The state that waited for the answer; empty if it is no state's question."""
    until: str
    """The last date for the answer."""
    terms: dict[str, Any]
    """Of a proposal: what it promised, against whom, for how long, and whether in secret."""


class Moment(msgspec.Struct, frozen=True):
    """One thing that happened at a stop."""

    seconds: float
    """Since the clock stopped."""
    kind: str
    seat: str
    participant: str
    client: str
    detail: dict[str, Any]
    """Particulars: of an order its kind, of a pause its reason, of a change who decided before and after."""


class PlayedStop(msgspec.Struct, frozen=True):
    """A stop of the clock and what happened until the next."""

    date: str
    occasion: str
    """Why the clock stopped: ``window`` or ``call``; empty for what came before the first stop."""
    at: float
    """Seconds since 1970 in UTC."""
    called: list[str]
    """The seats that were asked."""
    ready: dict[str, float]
    """The seats that were ready, each with the seconds since the stop."""
    offers: list[OpenOffer]
    moments: list[Moment]


class PlayAccount(msgspec.Struct, frozen=True):
    """How a session was played."""

    session: str
    scenario: str
    rows: int
    purged: int
    """Rows that were erased: what they told is not here."""
    stops: list[PlayedStop]


def account_of(
    rows: Sequence[PlayRow], entries: Sequence[Entry], source: str, progress: Progress | None = None
) -> PlayAccount:
    """Return how a session was played.

    Args:
        rows: its play log.
        entries: its journal, whole.
        source: the name of the journal, for errors.
        progress: called after each entry of the replay.

    Raises:
        JournalError: the journal cannot be replayed, see ``replay``.
    """
    offers: dict[int, list[OpenOffer]] = {}
    place = 0

    def look(session: Session) -> None:
        nonlocal place
        if entries[place].kind == "play":
            world = session.simulation.world
            offers.setdefault(session.now, [_offer(world, call) for call in world.calls.values()])
        place += 1
        if progress is not None:
            progress(session)

    session = replay(entries, source, streaming=counts_messages(entries), progress=look)
    acts = {one.sequence: one.content for one in inputs_of(entries)}
    iso = session.simulation.world.calendar.iso
    stops: list[PlayedStop] = []
    for _, event in events_of(rows):
        if event.kind == "stop" or not stops:
            detail = event.detail if event.kind == "stop" else {}
            opened = offers.get(event.tick, []) if detail else []
            stops.append(
                PlayedStop(
                    iso(event.tick), detail.get("occasion", ""), event.at, detail.get("called", []), {}, opened, []
                )
            )
        if event.kind != "stop":
            _add(stops[-1], event, acts)
    purged = sum(1 for row in rows if row.is_purged)
    return PlayAccount(session.id, session.scenario.id, len(rows), purged, stops)


def _add(stop: PlayedStop, event: PlayEvent, acts: dict[int, dict[str, Any]]) -> None:
    seconds = round(event.at - stop.at, 1)
    if event.kind == "ready":
        stop.ready.setdefault(event.seat, seconds)
    detail = dict(event.detail)
    content = acts.get(event.entry)
    if content is not None:
        act = content.get("move") or content.get("command") or {}
        detail["kind"] = act.get("kind", "")
        if act.get("reason"):
            detail["reason"] = act["reason"]
    stop.moments.append(Moment(seconds, event.kind, event.seat, event.participant, event.client, detail))


def _offer(world: World, call: Call) -> OpenOffer:
    proposal = world.proposals.get(call.subject) if call.reason == "proposal" else None
    terms: dict[str, Any] = {}
    if proposal is not None:
        terms = {"commitment": proposal.commitment, "against": proposal.against or "", "secret": proposal.secret}
        if proposal.years is not None:
            terms["years"] = proposal.years
    return OpenOffer(call.actor, call.reason, call.asker or "", world.calendar.iso(call.deadline), terms)
