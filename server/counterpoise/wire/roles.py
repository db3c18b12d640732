"""The permissions: which role may use which verb in which phase. Everything else is refused."""

from __future__ import annotations

from typing import Literal, get_args

from counterpoise.wire.consent import Consent
from counterpoise.wire.ending.messages import Leave
from counterpoise.wire.messages import (
    AskDebrief,
    ClientMessage,
    Command,
    Hello,
    Look,
    Order,
    Phase,
    Ping,
    Read,
    Ready,
    SeatRole,
    ToModerator,
    Withdraw,
)
from counterpoise.wire.moments import AskWhatIf, GoOn, StopWhatIf
from counterpoise.wire.move_questions import AskMoves
from counterpoise.wire.seat_messages import AskDevice, Drop, PassOn, Propose

Verb = Literal[
    "order",
    "withdraw",
    "read",
    "to_moderator",
    "propose",
    "drop",
    "pass_on",
    "ask_device",
    "ready",
    "consent",
    "command",
    "look",
    "look_elsewhere",
    "ask_moves",
    "ask_debrief",
    "ask_what_if",
    "go_on",
    "ping",
    "leave",
]
VERBS: tuple[Verb, ...] = get_args(Verb)
ROLES: tuple[SeatRole, ...] = get_args(SeatRole)
PHASES: tuple[Phase, ...] = get_args(Phase)

_ALWAYS = PHASES
_PLAY: tuple[Phase, ...] = ("running", "paused")
_UNTIL_THE_END: tuple[Phase, ...] = ("lobby", "running", "paused")
_AFTER: tuple[Phase, ...] = ("ended",)

_TRUTH: dict[SeatRole, tuple[Phase, ...]] = {
    "player": _AFTER,
    "team": _AFTER,
    "observer": _AFTER,
    "moderator": _ALWAYS,
    "admin": _ALWAYS,
}

# The members of a seat may all do the same by their role; who of them decides is not a matter of roles. Orders are accepted in
# a pause, because a pause stops the clock so that people can talk and decide; the orders act only when the clock goes on.
ALLOWED: dict[Verb, dict[SeatRole, tuple[Phase, ...]]] = {
    "order": {"player": _PLAY, "team": _PLAY},
    "withdraw": {"player": _PLAY, "team": _PLAY},
    "read": {"player": _PLAY, "team": _PLAY},
    "propose": {"player": _PLAY, "team": _PLAY},
    "drop": {"player": _PLAY, "team": _PLAY},
    "pass_on": {"player": _PLAY, "team": _PLAY},
    "ask_device": {"player": _ALWAYS, "team": _ALWAYS},
    "to_moderator": {"player": _UNTIL_THE_END, "team": _UNTIL_THE_END},
    "ready": {"player": _PLAY, "team": _PLAY},
    "consent": {"player": _ALWAYS, "team": _ALWAYS},
    "command": {"moderator": _UNTIL_THE_END, "admin": _UNTIL_THE_END},
    "look": {"player": _ALWAYS, "team": _ALWAYS, "observer": _ALWAYS, "moderator": _ALWAYS, "admin": _ALWAYS},
    # While the game runs, observers see no seat's view: the whole class may see an observer's page.
    "look_elsewhere": {"observer": _AFTER, "moderator": _ALWAYS, "admin": _ALWAYS},
    "ask_moves": {"player": _UNTIL_THE_END, "team": _UNTIL_THE_END},
    "ask_debrief": _TRUTH,
    # The games of a what-if show the truth about all states, as the debrief does. To stop one's own needs the same.
    "ask_what_if": _TRUTH,
    "go_on": {"moderator": _AFTER, "admin": _AFTER},
    "ping": {"player": _ALWAYS, "team": _ALWAYS, "observer": _ALWAYS, "moderator": _ALWAYS, "admin": _ALWAYS},
    "leave": {"player": _ALWAYS, "team": _ALWAYS, "observer": _ALWAYS, "moderator": _ALWAYS, "admin": _ALWAYS},
}


def is_allowed(verb: Verb, role: SeatRole, phase: Phase) -> bool:
    """Return whether ``role`` may use ``verb`` in ``phase``."""
    return phase in ALLOWED.get(verb, {}).get(role, ())


def verb_of(message: ClientMessage, seat: str) -> Verb:
    """Return the verb of a message from ``seat``. A ``hello`` has none, because it concerns the connection, not the game."""
    match message:
        case Order():
            return "order"
        case Withdraw():
            return "withdraw"
        case Read():
            return "read"
        case Propose():
            return "propose"
        case Drop():
            return "drop"
        case PassOn():
            return "pass_on"
        case AskDevice():
            return "ask_device"
        case ToModerator():
            return "to_moderator"
        case Ready():
            return "ready"
        case Consent():
            return "consent"
        case Command():
            return "command"
        case Look(seat=other):
            return "look_elsewhere" if other and other != seat else "look"
        case AskMoves():
            return "ask_moves"
        case AskDebrief():
            return "ask_debrief"
        case AskWhatIf() | StopWhatIf():
            return "ask_what_if"
        case GoOn():
            return "go_on"
        case Ping():
            return "ping"
        case Leave():
            return "leave"
        case Hello():
            raise ValueError("hello has no verb")


def refusal_of(verb: Verb, role: SeatRole, phase: Phase) -> tuple[str, str, str]:
    """Return the code, the expectation and the value of the error for a verb that is not allowed."""
    phases = ALLOWED.get(verb, {}).get(role, ())
    if not phases:
        roles = ", ".join(ALLOWED.get(verb, {}))
        return "not_allowed", f"the role {roles.replace(', ', ' or ')}", f"the role {role}"
    return "wrong_phase", f"the session phase {' or '.join(phases)}", f"the phase {phase}"
