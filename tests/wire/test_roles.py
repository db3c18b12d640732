"""The permissions, written a second time, so that nobody changes them by accident."""

import itertools
from typing import get_args

import pytest

from counterpoise.wire.consent import Consent
from counterpoise.wire.ending.messages import Leave
from counterpoise.wire.messages import (
    AskDebrief,
    ClientMessage,
    Command,
    Hello,
    Look,
    Order,
    Ping,
    Read,
    Ready,
    ToModerator,
    Withdraw,
)
from counterpoise.wire.moments import AskWhatIf, GoOn, StopWhatIf
from counterpoise.wire.move_questions import AskMoves
from counterpoise.wire.roles import ALLOWED, PHASES, ROLES, VERBS, is_allowed, refusal_of, verb_of
from counterpoise.wire.seat_messages import AskDevice, Drop, PassOn, Propose

SEATED, STAFF = ("player", "team"), ("moderator", "admin")


def expected(verb: str, role: str, phase: str) -> bool:
    if verb in ("order", "withdraw", "read", "propose", "drop", "pass_on", "ready"):
        return role in SEATED and phase in ("running", "paused")
    if verb in ("ask_device", "consent"):
        return role in SEATED
    if verb in ("ask_moves", "to_moderator"):
        return role in SEATED and phase != "ended"
    if verb == "command":
        return role in STAFF and phase != "ended"
    if verb == "look_elsewhere":
        return role in STAFF or (role == "observer" and phase == "ended")
    if verb == "go_on":
        return role in STAFF and phase == "ended"
    if verb in ("ask_debrief", "ask_what_if"):
        return role in STAFF or phase == "ended"
    return verb in ("look", "ping", "leave")


@pytest.mark.parametrize(("verb", "role", "phase"), list(itertools.product(VERBS, ROLES, PHASES)))
def test_each_role_may_use_exactly_its_verbs_in_each_phase(verb: str, role: str, phase: str) -> None:
    assert is_allowed(verb, role, phase) is expected(verb, role, phase)  # type: ignore[arg-type]


def test_everything_outside_the_table_is_refused() -> None:
    assert not is_allowed("resign", "admin", "running")  # type: ignore[arg-type]
    assert not is_allowed("order", "king", "running")  # type: ignore[arg-type]
    assert not is_allowed("ping", "admin", "asleep")  # type: ignore[arg-type]
    assert set(ALLOWED) == set(VERBS)


def test_every_message_except_hello_has_a_verb() -> None:
    messages: dict[type[ClientMessage], tuple[ClientMessage, str]] = {
        Order: (Order("a" * 32, 0, {}), "order"),
        Withdraw: (Withdraw("a" * 32, "b" * 32), "withdraw"),
        Read: (Read("a" * 32, "everyone", 1), "read"),
        Propose: (Propose("a" * 32, 0, {}), "propose"),
        Drop: (Drop("a" * 32, "b" * 32), "drop"),
        PassOn: (PassOn("a" * 32, "m2"), "pass_on"),
        AskDevice: (AskDevice(), "ask_device"),
        Ready: (Ready(0), "ready"),
        Consent: (Consent(given=True), "consent"),
        Command: (Command("a" * 32, {}), "command"),
        Look: (Look(), "look"),
        AskMoves: (AskMoves("a" * 32), "ask_moves"),
        ToModerator: (ToModerator("a" * 32, "May I ask?"), "to_moderator"),
        AskDebrief: (AskDebrief(), "ask_debrief"),
        AskWhatIf: (AskWhatIf("1958-02-01", {}), "ask_what_if"),
        StopWhatIf: (StopWhatIf(), "ask_what_if"),
        GoOn: (GoOn("1958-02-01"), "go_on"),
        Ping: (Ping(), "ping"),
        Leave: (Leave(), "leave"),
    }
    assert {*messages, Hello} == set(get_args(ClientMessage))
    for message, verb in messages.values():
        assert verb_of(message, "EGY") == verb
    with pytest.raises(ValueError, match="hello"):
        verb_of(Hello(1, "x" * 8), "")


def test_asking_for_another_seats_view_needs_a_permission_of_its_own() -> None:
    assert verb_of(Look("EGY"), "EGY") == "look"
    assert verb_of(Look("ISR"), "EGY") == "look_elsewhere"
    assert verb_of(Look("ISR"), "") == "look_elsewhere"


def test_a_refusal_distinguishes_a_wrong_role_from_a_wrong_phase() -> None:
    assert refusal_of("order", "observer", "running")[0] == "not_allowed"
    assert refusal_of("order", "player", "lobby") == (
        "wrong_phase",
        "the session phase running or paused",
        "the phase lobby",
    )
