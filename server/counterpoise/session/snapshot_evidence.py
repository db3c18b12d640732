"""What a journal tells about the state in a snapshot, and the check of the one against the other.

A snapshot stands outside the hash chain, so whoever can write the file can forge it. Only a replay proves a snapshot as a whole.
This check costs no replay and compares what the entries before the snapshot show by themselves: the clock and the world's
digest, the number of orders and commands, the latest of them with their acks, the seats' players, the pace, the open forecasts,
the last outcomes, the last incidents, and the last receipt of each stream.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

import msgspec

from counterpoise.errors import SnapshotError
from counterpoise.session.commands import SERVER, Pace
from counterpoise.session.journal.entries import DIGESTED, INPUTS, Entry, canonical
from counterpoise.session.orders.talk import Talk
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import SessionState
from counterpoise.session.stored_snapshots import require_world
from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.record import DecisionRecord, encode_outcome, encode_records
from counterpoise.wire.messages import Ack, ForecastNews, IncidentNews, WindowNews

LATEST = 500
"""How many orders and commands are compared one by one."""
_PHASES = {"start": "running", "resume": "running", "pause": "paused", "end": "ended"}
"""The phase after a command."""
_message = msgspec.msgpack.Decoder(Ack | IncidentNews | WindowNews | ForecastNews)
_record = msgspec.msgpack.Decoder(DecisionRecord)


class SnapshotEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The entries before a snapshot that show what must be in it. ``None`` stands for a kind that the journal has not yet."""

    last: Entry
    """The last entry before the snapshot."""
    inputs: int
    """How many orders and commands there are before it."""
    latest: Sequence[Entry]
    """The latest of them, ``LATEST`` at most: to compare all of a long journal would take as long as to restore it."""
    commands: Sequence[Entry]
    """All commands before it."""
    digest: Entry | None
    """The last digest of the world or end of the game."""
    forecast: Entry | None
    """The last forecasts."""
    outcome: Entry | None
    """The last outcomes."""
    chronicle: Entry | None
    """The last incidents."""


def evidence_in(entries: Sequence[Entry]) -> SnapshotEvidence:
    """Return the evidence in the entries before a snapshot; at least one."""

    def latest(*kinds: str) -> Entry | None:
        return next((entry for entry in reversed(entries) if entry.kind in kinds), None)

    inputs = [entry for entry in entries if entry.kind in INPUTS]
    return SnapshotEvidence(
        last=entries[-1],
        inputs=len(inputs),
        latest=inputs[-LATEST:],
        commands=[entry for entry in inputs if entry.kind == "command"],
        digest=latest(*DIGESTED),
        forecast=latest("forecast"),
        outcome=latest("outcome"),
        chronicle=latest("chronicle"),
    )


def require_evidence(session: Session, state: SessionState, evidence: SnapshotEvidence) -> None:
    """Check a session that was just restored from a stored snapshot against the journal before the snapshot.

    Args:
        session: as restored.
        state: the whole state in the snapshot.
        evidence: from the entries before the snapshot.

    Raises:
        SnapshotError: something in the snapshot is not what the journal shows; the error says what.
    """
    require_world(session, evidence.digest)
    has_ended = evidence.digest is not None and evidence.digest.kind == "end"
    _require(state.last_tick == evidence.last.tick == session.now, "the clock")
    _require(not any(state.pending.values()), "the list of orders that wait")
    _require(not (state.talk.written or state.talk.listed or state.talk.unheard), "the talk of the open window")
    asked = () if has_ended else tuple(actor.id for actor in session.simulation.world.active())
    _require(state.called == asked, "the list of seats that are asked")
    _require(has_ended or state.occasion == "window", "the occasion")
    _require_acks(state, evidence)
    _require_commands(state, evidence, has_ended=has_ended)
    _require_ledger(session, state, evidence, has_ended=has_ended)
    _require_incidents(state, evidence.chronicle)
    _require_streams(session, state)


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise SnapshotError(f"{what} in it is not what the journal shows")


def _require_acks(state: SessionState, evidence: SnapshotEvidence) -> None:
    """Compare the number of acks and the latest of them with the journal's orders and commands."""
    acks = state.growth.acks
    _require(len(acks) == evidence.inputs, "the number of acks")
    _require(Counter(state.order_counts).total() == evidence.inputs - len(evidence.commands), "the count of orders")
    branched = max((entry.sequence for entry in evidence.commands if _is_branch(entry)), default=0)
    latest = islice(acks.items(), len(acks) - len(evidence.latest), None)
    for entry, (order_id, given) in zip(evidence.latest, latest, strict=True):
        if entry.is_redacted:
            continue  # what was erased cannot be compared
        content = entry.content()
        if entry.kind == "order":
            seat, window, request = content["seat"], content["window"], content["move"]
            address = content["seat"]
        else:
            seat = content["who"] if content["who"] in state.order_counts else None
            window, request = None, content["command"]
            address = "" if content["who"] == SERVER else seat or MODERATOR
        if entry.sequence <= branched:
            address = ""  # the streams began anew after this ack
        _require(
            (order_id, given.ack.id, given.seat, given.window, given.replaces)
            == (content["id"], content["id"], seat, window, content.get("replaces", ""))
            and msgspec.json.decode(given.request) == request,
            f"the ack of entry {entry.sequence}",
        )
        _require(_has_receipt(state, address, given.ack), f"the receipt of entry {entry.sequence}")


def _require_commands(state: SessionState, evidence: SnapshotEvidence, *, has_ended: bool) -> None:
    """Compare what the commands have decided: the players, the pace, the phase and whether the evidence is shown."""
    if any(entry.is_redacted for entry in evidence.commands):
        return  # what was erased cannot be compared
    players: dict[str, str] = {}
    talk = Talk()
    phase, pace, shown = "lobby", Pace(), False
    for entry in evidence.commands:
        command = entry.content()["command"]
        phase = _PHASES.get(command["kind"], phase)
        if command["kind"] == "seated":
            players[command["seat"]] = command["player"]
        elif command["kind"] == "pace":
            pace = msgspec.convert(command, Pace)
        elif command["kind"] == "show_evidence":
            shown = command["shown"]
        elif command["kind"] == "read":
            talk.mark_read(ActorId(entry.content()["who"]), command["thread"], command["number"])
    _require(state.players == players, "the list of players")
    _require(state.pace == pace, "the pace")
    _require(state.evidence_shown == shown, "whether the evidence is shown")
    _require(state.talk.read == talk.state().read, "the list of messages that were read")
    _require(state.phase == ("ended" if has_ended else phase), "the phase")


def _is_branch(entry: Entry) -> bool:
    return not entry.is_redacted and bool(entry.content()["command"]["kind"] == "branch")


def _has_receipt(state: SessionState, address: str, ack: Ack) -> bool:
    """Tell whether the number and receipt of an ack are those of the stream of its address; 0 and none without a stream."""
    stream = state.growth.streams.get(address)
    if stream is None:
        return (ack.vseq, ack.receipt) == (0, "")
    return 0 < ack.vseq < len(stream.receipts) and stream.receipts[ack.vseq] == ack.receipt


def _require_ledger(session: Session, state: SessionState, evidence: SnapshotEvidence, *, has_ended: bool) -> None:
    """Compare the open decisions with the last forecasts, and the latest decisions made with the last outcomes."""
    if has_ended:
        _require(not state.open_decisions, "the list of open decisions")
    elif evidence.forecast is not None and not evidence.forecast.is_redacted:
        decisions = encode_records(state.open_decisions)
        shown = canonical({"window": session.window, "decisions": decisions})
        _require(shown == evidence.forecast.body, "the list of open decisions")
    outcomes = [] if evidence.outcome is None else evidence.outcome.content()["outcomes"]
    try:
        made = [_record.decode(packed) for packed in state.growth.decisions[-len(outcomes) :] if outcomes]
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"a decision in it cannot be read: {error}") from None
    _require(
        canonical([None if record.outcome is None else encode_outcome(record.outcome) for record in made])
        == canonical(outcomes)
        and all(record.session == session.id for record in made),
        "the list of decisions",
    )


def _require_incidents(state: SessionState, chronicle: Entry | None) -> None:
    """Compare the latest incidents with the last that the chronicle has."""
    shown = [] if chronicle is None else chronicle.content()["incidents"]
    latest = state.growth.incidents[state.chronicled - len(shown) : state.chronicled]
    _require(
        len(latest) == len(shown) and canonical([msgspec.to_builtins(one) for one in latest]) == canonical(shown),
        "the list of incidents",
    )


def _require_streams(session: Session, state: SessionState) -> None:
    """Compare the last receipt of each stream with its chain and with its last message."""
    for address, stream in state.growth.streams.items():
        last = len(stream.receipts) - 1
        if last < 1 or address not in session.messages.streams:
            continue
        receipt = stream.chain[:16]
        try:
            message = _message.decode(stream.recent[-1]) if stream.recent else None
        except msgspec.MsgspecError as error:
            raise SnapshotError(f"a message in it cannot be read: {error}") from None
        _require(
            stream.receipts[last] == receipt
            and message is not None
            and (message.vseq, message.receipt) == (last, receipt),
            f"the last message to {address}",
        )
