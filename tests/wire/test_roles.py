"""The table of who may say what, written a second time, so that a change to it is a decision and not a slip."""

import itertools
from typing import get_args

import pytest

from counterpoise.wire.messages import AskDebrief, ClientMessage, Command, Hello, Look, Order, Ping, Ready
from counterpoise.wire.roles import ALLOWED, PHASES, ROLES, VERBS, allowed, verb_of, why_not

SEATED, STAFF = ("player", "team"), ("moderator", "admin")


def expected(verb: str, role: str, phase: str) -> bool:
    if verb in ("order", "ready"):
        return role in SEATED and phase in ("running", "paused")
    if verb == "command":
        return role in STAFF and phase != "ended"
    if verb == "look_elsewhere":
        return role in STAFF or (role == "observer" and phase == "ended")
    if verb == "ask_debrief":
        return role in STAFF or phase == "ended"
    return verb in ("look", "ping")


@pytest.mark.parametrize(("verb", "role", "phase"), list(itertools.product(VERBS, ROLES, PHASES)))
def test_every_verb_by_every_role_in_every_phase(verb: str, role: str, phase: str) -> None:
    assert allowed(verb, role, phase) is expected(verb, role, phase)  # type: ignore[arg-type]


def test_what_is_not_in_the_table_is_refused() -> None:
    assert not allowed("resign", "admin", "running")  # type: ignore[arg-type]
    assert not allowed("order", "king", "running")  # type: ignore[arg-type]
    assert not allowed("ping", "admin", "asleep")  # type: ignore[arg-type]
    assert set(ALLOWED) == set(VERBS)


def test_every_message_has_a_verb_but_hello() -> None:
    messages: dict[type[ClientMessage], tuple[ClientMessage, str]] = {
        Order: (Order("a" * 32, 0, {}), "order"),
        Ready: (Ready(0), "ready"),
        Command: (Command("a" * 32, {}), "command"),
        Look: (Look(), "look"),
        AskDebrief: (AskDebrief(), "ask_debrief"),
        Ping: (Ping(), "ping"),
    }
    assert {*messages, Hello} == set(get_args(ClientMessage))
    for message, verb in messages.values():
        assert verb_of(message, "EGY") == verb
    with pytest.raises(ValueError, match="hello"):
        verb_of(Hello(1, "x" * 8), "")


def test_looking_at_ones_own_seat_by_name_is_looking_and_at_another_is_not() -> None:
    assert verb_of(Look("EGY"), "EGY") == "look"
    assert verb_of(Look("ISR"), "EGY") == "look_elsewhere"
    assert verb_of(Look("ISR"), "") == "look_elsewhere"


def test_a_refusal_tells_a_wrong_role_from_a_wrong_moment() -> None:
    assert why_not("order", "observer", "running")[0] == "not_allowed"
    assert why_not("order", "player", "lobby") == (
        "wrong_phase",
        "a session that is running or paused",
        "one that is lobby",
    )
