"""An exchange from a seat's first frame to the end of its turn, for the protocol page: the messages themselves, shortened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from msgspec import json, structs, to_builtins

from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import (
    PROTOCOL_VERSION,
    Ack,
    ClientMessage,
    Hello,
    Noted,
    Observe,
    Order,
    Ping,
    Pong,
    Ready,
    ServerMessage,
    Welcome,
)
from message_examples import examples
from seat_examples import ORDER

CLIENT, SERVER = "→", "←"
REST = "…"


class Step(NamedTuple):
    """A message of the exchange, and the fields of it that the page shows, with a dot for fields of a field."""

    arrow: str
    message: ClientMessage | ServerMessage
    shown: tuple[str, ...]


def exchange() -> tuple[Step, ...]:
    """Return the exchange: a seat arrives when the first window opens, sends one order and ends its turn."""
    given: dict[type[Any], Any] = {type(example.message): example.message for example in examples()}
    hello, welcome, seen, ack = given[Hello], given[Welcome], given[Observe], given[Ack]
    view = replace(seen.view, tick=0, date=welcome.scenario["start"], window=0, crises=(), calls=())
    order = Order(ORDER, 0, {"kind": Message.kind, "to": [ActorId("SYR")], "text": "Shall we talk?"})
    return (
        Step(
            CLIENT, Hello(PROTOCOL_VERSION, hello.token, name="mine", bot="mine"), ("protocol", "token", "name", "bot")
        ),
        Step(
            SERVER,
            structs.replace(welcome, resume="fresh"),
            ("resume", "vseq", "receipt", "next_token", "role", "seat", "session"),
        ),
        Step(CLIENT, Ping(1), ("n",)),
        Step(SERVER, Pong(1), ("n",)),
        Step(
            SERVER,
            structs.replace(seen, called=True, view=view),
            ("called", "view.tick", "view.date", "view.window", "view.occasion", "view.calls"),
        ),
        Step(CLIENT, order, ("id", "window", "move")),
        Step(SERVER, structs.replace(ack, id=ORDER), ("id", "vseq", "receipt")),
        Step(CLIENT, Ready(0), ("tick",)),
        Step(SERVER, Noted(0, []), ("tick", "open")),
    )


def exchange_text() -> str:
    """Return the exchange as a block of the page."""
    lines = [f"{step.arrow} {_shown(step)}" for step in exchange()]
    return "\n".join(["```text", *lines, "```"])


def _shown(step: Step) -> str:
    whole: dict[str, Any] = to_builtins(step.message)
    parts = [f'"t":{_text(whole["t"])}']
    for name in dict.fromkeys(path.partition(".")[0] for path in step.shown):
        inner = [path.partition(".")[2] for path in step.shown if path.startswith(f"{name}.")]
        fields = [f"{_text(key)}:{_text(whole[name][key])}" for key in inner]
        parts.append(f"{_text(name)}:" + (f"{{{','.join(fields)},{REST}}}" if inner else _text(whole[name])))
    if step.arrow == SERVER and len(whole) > len(parts):
        parts.append(REST)
    return f"{{{','.join(parts)}}}"


def _text(value: object) -> str:
    return json.encode(value).decode()
