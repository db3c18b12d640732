"""How calls are closed that nobody answered."""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.types import ActorId, CallReason
from counterpoise.sim.world import Call


def close_with_default(stage: Stage, actor: ActorId, reason: CallReason, subject: int, default: str) -> None:
    """Close an open call whose deadline has passed, and tell its actor which default answer was given."""
    call = stage.world.open_call(actor, reason, subject)
    if call is not None:
        record_default_answer(stage, call, default)
        stage.close_call(actor, reason, subject)


def record_default_answer(stage: Stage, call: Call, default: str) -> None:
    """Log the default answer to a call; only its actor sees it."""
    stage.record(
        "call_lapsed", call.actor, audience=(call.actor,), reason=call.reason, subject=call.subject, default=default
    )


def close_calls_about(stage: Stage, subject: int, reasons: tuple[CallReason, ...]) -> None:
    """Close every open call with one of the reasons about a subject that has ended."""
    for call in [c for c in stage.world.calls.values() if c.subject == subject and c.reason in reasons]:
        stage.close_call(call.actor, call.reason, subject)
