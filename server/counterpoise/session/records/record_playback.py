"""Playing a record: what states did in fact enters a session as orders of the seats and injects of the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from counterpoise.errors import HistoryError, OrderError
from counterpoise.session.commands import SERVER, Inject, Start, local_id
from counterpoise.session.date_watch import DateWatch
from counterpoise.session.running_session import Session
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.history import AlignmentReference, History, RecordedAct, Reference
from counterpoise.sim.moves.ask_to_join_pact import AskToJoinPact
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.evidence.choices.players import THE_RECORD


def play_record(
    session: Session,
    history: History,
    *,
    until: int | None = None,
    after_stop: Callable[[Session], None] | None = None,
    watch: DateWatch | None = None,
) -> None:
    """Play a session that follows a record, to its end or to tick ``until``.

    Args:
        session: made with ``recorded``, in its lobby.
        history: the record of its scenario.
        until: where to stop; the session stays running.
        after_stop: called after each advance, to commit what the session wrote and to show progress.
        watch: dates on which to look at the session, before the acts of the day; none after ``until``.

    Raises:
        HistoryError: an act is illegal on its date, or names an object that does not exist then.
    """
    for seat in session.seats:
        session.note_player(seat, THE_RECORD)
    session.command(SERVER, local_id(session.id, SERVER, 0), Start())
    target = session.end if until is None else min(until, session.end)
    done: list[RecordedAct] = []
    for tick, acts in groupby(enumerate(history.acts), key=lambda pair: pair[1].tick):
        if tick >= target:
            break
        _advance(session, tick, after_stop, watch)
        _require_no_void_act(session, history, done)
        done = []
        for number, act in acts:
            _order(session, history, act, number)
            done.append(act)
    _advance(session, target, after_stop, watch)
    _require_no_void_act(session, history, done)


def _advance(session: Session, to: int, after_stop: Callable[[Session], None] | None, watch: DateWatch | None) -> None:
    if watch is not None:
        watch.look_if_due(session)
    while session.phase == "running" and session.now < to:
        session.advance(to if watch is None else watch.next_stop(to))
        if after_stop is not None:
            after_stop(session)
        if watch is not None:
            watch.look_if_due(session)


def _require_no_void_act(session: Session, history: History, done: list[RecordedAct]) -> None:
    """Raise ``HistoryError`` for an act that was legal when ordered, and void after the other acts of its day."""
    world = session.simulation.world
    for incident in reversed(world.incidents):
        if not done or incident.tick < done[0].tick:
            return
        if incident.tick == done[0].tick and incident.kind == "order_void":
            void = (incident.actors[0], incident.detail["move"])
            act = next(one for one in done if (one.actor, one.kind) == void)
            field, detail = str(incident.detail["path"]).rpartition(".")[2], incident.detail
            expected = (
                f"an act that is still legal after the other acts of {world.calendar.iso(incident.tick)}; {field}: "
            )
            got = _named_by_states(act, field, str(detail["got"]))
            raise HistoryError(history.source, act.path, f"{expected}{detail['expected']}", got)


def _order(session: Session, history: History, act: RecordedAct, number: int) -> None:
    world = session.simulation.world
    try:
        if act.actor is None:
            command = Inject({"kind": act.kind, **act.fields})
            session.command(SERVER, local_id(session.id, "record", number), command)
            return
        for numbers in _resolved(world, act, act.actor):
            move = decode_move({"kind": act.kind, **act.fields, **numbers})
            order_id = local_id(session.id, act.actor, session.orders_of(act.actor))
            session.submit(act.actor, order_id, session.window, move)
    except OrderError as error:
        date = world.calendar.iso(session.now)
        field = error.path.rpartition(".")[2]
        raise HistoryError(
            history.source,
            act.path,
            f"an act that is legal on {date}; {field}: {error.expected}",
            _named_by_states(act, field, error.got),
        ) from error


def _resolved(world: World, act: RecordedAct, actor: ActorId) -> Iterator[dict[str, Any]]:
    """Yield the numbers that the references of an act stand for. An act about several alignments is done to each of them."""
    several: list[dict[str, Any]] = [{}]
    for name, reference in act.references.items():
        numbers = list(_numbers(world, act, actor, reference, name))
        if not numbers:
            raise OrderError("illegal", f"$.move.{name}", "an object that exists then", _missing(reference))
        several = [{**fields, name: number} for fields in several for number in numbers]
    yield from several


def _numbers(world: World, act: RecordedAct, actor: ActorId, reference: Reference, name: str) -> Iterator[int]:
    if isinstance(reference, AlignmentReference):
        for alignment in world.alignments.values():
            if not alignment.ended and _is_meant(
                alignment, reference, actor, asks_to_join=act.kind == AskToJoinPact.kind
            ):
                yield alignment.id
    elif isinstance(reference, tuple):
        for condition in world.conditions.values():
            if name == "condition" and condition.donor in reference and condition.recipient in reference:
                yield condition.id
        for crisis in world.crises.values():
            if name == "crisis" and (crisis.initiator in reference and crisis.target in reference):
                yield crisis.id
        for war in world.wars.values():
            if name == "war" and all(state in war.parties for state in reference):
                yield war.id
    elif name == "vote":
        for vote in world.membership_votes.values():
            if vote.state == reference and world.open_call(actor, "membership", vote.id) is not None:
                yield vote.id
    else:
        for proposal in world.proposals.values():
            if proposal.proposer == reference and proposal.to == actor:
                yield proposal.id


def _is_meant(alignment: Alignment, reference: AlignmentReference, actor: ActorId, *, asks_to_join: bool) -> bool:
    """Tell whether a reference of a state means an alignment in force."""
    named = reference.partners if asks_to_join else (actor, *reference.partners)
    if (actor in alignment.members) == asks_to_join or reference.commitment not in (None, alignment.commitment):
        return False
    is_exact = not reference.exact or len(alignment.members) == len(named)
    return is_exact and all(state in alignment.members for state in named)


def _named_by_states(act: RecordedAct, field: str, got: str) -> str:
    """Return what an act has in a field: the states by which the record names an object, instead of its number in play."""
    reference = act.references.get(field)
    if reference is None or not got.isdecimal():
        return got
    if isinstance(reference, AlignmentReference):
        return f"the {reference.commitment or 'alignment'} with {', '.join(reference.partners)}"
    if isinstance(reference, tuple):
        return f"the {field} between {' and '.join(reference)}"
    return f"the {field} of {reference}" if field == "proposal" else f"the {field} on {reference}"


def _missing(reference: Reference) -> str:
    """Return what a reference did not find, in words."""
    if isinstance(reference, AlignmentReference):
        kind = f"{reference.commitment} " if reference.commitment else "alignment "
        return f"no {kind}with {', '.join(reference.partners)}"
    if isinstance(reference, tuple):
        return f"nothing between {' and '.join(reference)}"
    return f"nothing open by or about {reference}"
