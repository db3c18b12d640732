"""What happens to a call that nobody answered."""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.rules.legality import open_call
from counterpoise.sim.types import ActorId, CallReason
from counterpoise.sim.world import Call


def lapse(stage: Stage, actor: ActorId, reason: CallReason, subject: int, default: str) -> None:
    """Close a call whose deadline passed, if it is open, and tell its actor what was done in its name."""
    call = open_call(stage.world, actor, reason, subject)
    if call is not None:
        note_default(stage, call, default)
        stage.answered(actor, reason, subject)


def note_default(stage: Stage, call: Call, default: str) -> None:
    """Tell an actor, and nobody else, what was answered in its name."""
    stage.record(
        "call_lapsed", call.actor, audience=(call.actor,), reason=call.reason, subject=call.subject, default=default
    )


def close_all(stage: Stage, subject: int, reasons: tuple[CallReason, ...]) -> None:
    """Close every call about a thing that is over; nobody is to be asked about it any more."""
    for call in [c for c in stage.world.calls.values() if c.subject == subject and c.reason in reasons]:
        stage.answered(call.actor, call.reason, subject)
