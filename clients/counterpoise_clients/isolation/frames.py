"""What a game and a bot's process say to each other: one JSON object on each line, in UTF-8, on standard input and output.

::

    game                                                     bot
    {"t":"start","protocol":1,"seed":"7/ARD",...}
                                                             {"t":"ready","hears":false,"new_game":false}
    {"t":"decide","view":{...},"seconds":10,"bank":30,...}
                                                             {"t":"moves","moves":[{"kind":"message",...}]}
    {"t":"hear","message":{...},"view":{...},...}            only to a bot that said "hears"
                                                             {"t":"moves","moves":[]}
    (end of input)                                           the game is over; the process is ended

``view`` and the moves have the forms of the network protocol: ``view`` of ``observe``, and ``move`` of ``order``. A bot writes
nothing else to standard output; what it writes to standard error is kept for its author. A bot that answers ``"new_game":true``
may get a ``start`` for another game in place of the end of input, and must then forget the game before.

The game and the process in which this project runs a Python bot belong together, so there the game writes MessagePack, each
message after its length, and views in parts (``view_parts.py``). The answers are the same lines.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from counterpoise.sim.views.view import View
from counterpoise_clients.isolation.view_parts import ViewParts

PROTOCOL = 1
ANSWER_BYTES_MAX = 1024 * 1024
"""Longest line that a bot may write to standard output."""
LENGTH_BYTES, READ_BYTES = 4, 64 * 1024
"""How long the length of a message to a Python bot is, and how much is read at once, which is what a pipe holds."""
Seconds = Annotated[
    float, Meta(description="seconds of processor time for this, before the bank is drawn on; 0 without a limit")
]
Bank = Annotated[float, Meta(description="seconds left in the bank of this game")]


class Start(Struct, tag_field="t", tag="start", frozen=True, kw_only=True):
    """A game begins. The bot answers with ``ready`` once it can decide."""

    protocol: int = PROTOCOL
    seed: Annotated[str, Meta(description="where the bot should draw all its chance from")]
    seconds: Seconds
    bank: Bank


class Decide(Struct, tag_field="t", tag="decide", frozen=True, kw_only=True):
    """The seat is called. The bot answers with ``moves``; an empty list passes."""

    view: View
    threats: Annotated[
        dict[str, dict[str, float]],
        Meta(description="as in `observe`; empty for Python, where `threats_from_view(view)` gives it"),
    ]
    seconds: Seconds
    bank: Bank


class Hear(Struct, tag_field="t", tag="hear", frozen=True, kw_only=True):
    """A message has come. The bot answers with ``moves``."""

    view: View
    message: dict[str, Any]
    threats: dict[str, dict[str, float]]
    seconds: Seconds
    bank: Bank


class Asked(Struct, tag_field="t", tag="asked", frozen=True):
    """A Python bot's seat is called, or has a ``message`` to answer. The bot answers with ``moves``."""

    view: ViewParts
    message: dict[str, Any] | None = None


class Imported(Struct, tag_field="t", tag="imported", frozen=True, kw_only=True):
    """The bot's file is imported; the time of its constructor begins. Only Python bots send it, by themselves."""


class Ready(Struct, tag_field="t", tag="ready", frozen=True, kw_only=True):
    """The bot can decide."""

    hears: Annotated[bool, Meta(description="it wants to answer messages when they arrive")] = False
    new_game: Annotated[bool, Meta(description="it takes `start` for another game after this one")] = False


class Moves(Struct, tag_field="t", tag="moves", frozen=True, kw_only=True):
    """What the bot decided."""

    moves: list[dict[str, Any]]


class Failed(Struct, tag_field="t", tag="failed", frozen=True, kw_only=True):
    """The bot could not do what it was asked."""

    status: Annotated[
        Literal["ERROR", "INVALID"], Meta(description="it raised an error, or gave something other than moves")
    ]
    problem: str


ToBot = Start | Decide | Hear
FromBot = Imported | Ready | Moves | Failed
ToPython = Start | Asked
_encoder = msgspec.json.Encoder()
_to_python_encoder = msgspec.msgpack.Encoder()
_to_python: msgspec.msgpack.Decoder[ToPython] = msgspec.msgpack.Decoder(ToPython)
_from_bot: msgspec.json.Decoder[FromBot] = msgspec.json.Decoder(FromBot)


def encode(message: ToBot | FromBot) -> bytes:
    """Return a message as one line, with its end."""
    return _encoder.encode(message) + b"\n"


def encode_for_python(message: ToPython) -> bytes:
    """Return a message to the process of a Python bot, after its length in four bytes."""
    encoded = _to_python_encoder.encode(message)
    return len(encoded).to_bytes(LENGTH_BYTES, "little") + encoded


def read_for_python(requests: int) -> Iterator[ToPython]:
    """Yield what the game says to the process of a Python bot, until the file descriptor ends."""
    read = bytearray()
    while part := os.read(requests, READ_BYTES):
        read += part
        while len(read) >= (end := LENGTH_BYTES + int.from_bytes(read[:LENGTH_BYTES], "little")) > LENGTH_BYTES:
            message = _to_python.decode(read[LENGTH_BYTES:end])
            del read[:end]
            yield message


def decode_from_bot(line: bytes) -> FromBot:
    """Read what a bot says; raise ``msgspec.MsgspecError`` for anything else."""
    return _from_bot.decode(line)
