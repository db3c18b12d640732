"""The calls that a seat leaves open, with what is answered for it by default."""

from __future__ import annotations

from counterpoise.session.running_session import Session
from counterpoise.sim.types import CALL_DEFAULTS, ActorId
from counterpoise.wire.messages import OpenCall


def open_calls(session: Session, seat: ActorId) -> list[OpenCall]:
    """Return the calls of a seat that none of its waiting orders answers. They are in its view, so nothing is told anew."""
    answered = [move.answers() for move in session.orders.moves_of(seat)]
    return [
        OpenCall(call.id, call.reason, call.subject, call.deadline, CALL_DEFAULTS[call.reason])
        for call in session.simulation.world.calls.values()
        if call.actor == seat and (call.reason, call.subject) not in answered
    ]
