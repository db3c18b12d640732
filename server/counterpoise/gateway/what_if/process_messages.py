"""What the server and the process that plays the games of a what-if tell each other. This module imports nothing heavy."""

from __future__ import annotations

import struct
from typing import Any

from msgspec import Struct, msgpack

LENGTH = struct.Struct(">I")
"""The length of a report, before it."""


BASELINE, CHANGED = "baseline", "changed"
"""The games of a what-if without the change and with it."""


class Question(Struct, frozen=True):
    """What is asked: plain data that crosses to the process."""

    on: str
    change: dict[str, Any]
    seeds: int
    windows: int


class Progress(Struct, tag="progress", frozen=True):
    """How much has been played, in [0, 1]."""

    share: float


class Result(Struct, tag="result", frozen=True):
    """The comparison, as plain values."""

    report: dict[str, Any]


class Refused(Struct, tag="refused", frozen=True):
    """Why the question cannot be answered."""

    problem: str


Report = Progress | Result | Refused
_DECODER: msgpack.Decoder[Report] = msgpack.Decoder(Report)
decode = _DECODER.decode
