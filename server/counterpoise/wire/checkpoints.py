"""Checkpoints: what a server signs about a journal at each window, so that nobody can put another journal in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from counterpoise.errors import InputError
from counterpoise.validation_errors import JSON

Phase = Literal["lobby", "running", "paused", "ended"]

_CONTEXT = b"counterpoise checkpoint 1\n"
_encoder = msgspec.json.Encoder(order="deterministic")


class Checkpoint(Struct, tag_field="t", tag="checkpoint", frozen=True):
    """The server has signed how the journal stands: at the start, at each window and at the end. Keep every one.

    It tells nothing of the entries: ``journal`` is a salted hash, and the salt is in the journal. Whoever gets the journal
    later can check with ``counterpoise verify --receipt`` that it is the one that was played.
    """

    session: Annotated[str, Meta(description="the session's name, as in the URL")]
    phase: Phase
    tick: Annotated[int, Meta(description="the day of the simulation, counted from the scenario's start")]
    date: Annotated[str, Meta(description="that day as a date, `1967-06-05`")]
    scenario_hash: Annotated[str, Meta(description="SHA-256 of the scenario's text, in hex")]
    seed_commitment: Annotated[str, Meta(description="as in `welcome`")]
    journal: Annotated[
        str,
        Meta(description="salted SHA-256 over the number of entries, the chain and the heads of all addresses, in hex"),
    ]
    key: Annotated[str, Meta(description="the server's public Ed25519 key, 64 hex digits")]
    signature: Annotated[
        str, Meta(description="Ed25519 over all fields but `t`, `key` and `signature`, 128 hex digits")
    ]

    def statement(self) -> bytes:
        """Return the bytes that the signature covers: a line that names their purpose, then JSON with sorted keys."""
        fields = msgspec.structs.asdict(self)
        del fields["key"], fields["signature"]
        return _CONTEXT + _encoder.encode(fields)


def parse_receipts(data: bytes, source: str) -> list[Checkpoint]:
    """Read receipts: one JSON map on each line, as clients keep them. Empty lines are skipped.

    Raises:
        InputError: a line is no checkpoint; the error names the line and the field.
    """
    receipts: list[Checkpoint] = []
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        raw: object = None
        try:
            raw = msgspec.json.decode(line)
            receipts.append(msgspec.convert(raw, Checkpoint))
        except msgspec.ValidationError as error:
            path, expected, got = JSON.problem(error, raw, Checkpoint)
            raise InputError(source, f"line {number}, {path}", expected, got) from None
        except (msgspec.DecodeError, RecursionError):
            shown = JSON.shown(line.decode(errors="replace"))
            raise InputError(source, f"line {number}", "a receipt, one JSON map on the line", shown) from None
    if not receipts:
        raise InputError(source, "", "receipts, one JSON map on each line", "none")
    return receipts


def receipt_lines(receipts: Sequence[Checkpoint]) -> bytes:
    """Return receipts as ``parse_receipts`` reads them."""
    return b"".join(msgspec.json.encode(receipt) + b"\n" for receipt in receipts)
