"""Who may say what, and when: verb by role by phase. What is not in the table is refused."""

from __future__ import annotations

from typing import Literal, get_args

from counterpoise.wire.messages import (
    AskDebrief,
    ClientMessage,
    Command,
    Hello,
    Look,
    Order,
    Phase,
    Ping,
    Ready,
    SeatRole,
)

Verb = Literal["order", "ready", "command", "look", "look_elsewhere", "ask_debrief", "ping"]
VERBS: tuple[Verb, ...] = get_args(Verb)
ROLES: tuple[SeatRole, ...] = get_args(SeatRole)
PHASES: tuple[Phase, ...] = get_args(Phase)

_ALWAYS = PHASES
_PLAY: tuple[Phase, ...] = ("running", "paused")
_UNTIL_THE_END: tuple[Phase, ...] = ("lobby", "running", "paused")
_AFTER: tuple[Phase, ...] = ("ended",)

# A team member shares a seat and may do what its player may. Orders are taken in a pause: a pause stops the clock so that
# people can talk and decide, and they act only when it goes on.
ALLOWED: dict[Verb, dict[SeatRole, tuple[Phase, ...]]] = {
    "order": {"player": _PLAY, "team": _PLAY},
    "ready": {"player": _PLAY, "team": _PLAY},
    "command": {"moderator": _UNTIL_THE_END, "admin": _UNTIL_THE_END},
    "look": {"player": _ALWAYS, "team": _ALWAYS, "observer": _ALWAYS, "moderator": _ALWAYS, "admin": _ALWAYS},
    # While the game runs, what a seat sees is its own: an observer's link may be shown to the whole class.
    "look_elsewhere": {"observer": _AFTER, "moderator": _ALWAYS, "admin": _ALWAYS},
    "ask_debrief": {
        "player": _AFTER,
        "team": _AFTER,
        "observer": _AFTER,
        "moderator": _ALWAYS,
        "admin": _ALWAYS,
    },
    "ping": {"player": _ALWAYS, "team": _ALWAYS, "observer": _ALWAYS, "moderator": _ALWAYS, "admin": _ALWAYS},
}


def allowed(verb: Verb, role: SeatRole, phase: Phase) -> bool:
    """Return whether ``role`` may use ``verb`` in ``phase``."""
    return phase in ALLOWED.get(verb, {}).get(role, ())


def verb_of(message: ClientMessage, seat: str) -> Verb:
    """Return the verb of a message from ``seat``. A ``hello`` has none: it belongs to the connection, not to the game."""
    match message:
        case Order():
            return "order"
        case Ready():
            return "ready"
        case Command():
            return "command"
        case Look(seat=other):
            return "look_elsewhere" if other and other != seat else "look"
        case AskDebrief():
            return "ask_debrief"
        case Ping():
            return "ping"
        case Hello():
            raise ValueError("hello has no verb")


def why_not(verb: Verb, role: SeatRole, phase: Phase) -> tuple[str, str, str]:
    """Return code, what was expected and what came, for something the table refuses."""
    phases = ALLOWED.get(verb, {}).get(role, ())
    if not phases:
        roles = ", ".join(ALLOWED.get(verb, {}))
        return "not_allowed", f"a connection with the role {roles}", f"one with the role {role}"
    return "wrong_phase", f"a session that is {' or '.join(phases)}", f"one that is {phase}"
