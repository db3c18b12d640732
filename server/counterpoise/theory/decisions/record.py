"""The record of a decision: its point, every forecast of it and, once the window has closed, its outcome.

In the journal, probabilities are whole millionths and candidates are arrays, which keeps a journal of 25 years small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Protocol

import msgspec
import numpy as np

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome

UNIT = 1e6
"""A probability of one in the millionths of the journal."""


class Decision(Protocol):
    """What the check reads of a decision: of a record, or of one under another coding of threat."""

    @property
    def session(self) -> str:
        """The session it belongs to."""

    @property
    def player(self) -> str:
        """The player of the seat; empty if unknown."""

    @property
    def frozen(self) -> DecisionPoint:
        """The point as it was frozen. No coding changes its actor, its times and the actor's own traits."""

    @property
    def point(self) -> DecisionPoint:
        """The point under the coding."""

    @property
    def is_threatened(self) -> bool:
        """Whether the top threat of ``point`` reaches the floor."""

    @property
    def forecasts(self) -> dict[str, tuple[float, ...]]:
        """By hypothesis, one probability for each option of ``point``."""

    @property
    def outcome(self) -> Outcome | None:
        """What the actor did, under the coding; ``None`` while the window is open."""


class DecisionRecord(msgspec.Struct, frozen=True):
    """One decision. ``forecasts`` holds, by hypothesis, one probability for each of the point's options."""

    point: DecisionPoint
    forecasts: dict[str, tuple[float, ...]]
    outcome: Outcome | None = None
    session: str = ""
    player: str = ""
    """The player of the seat: the name of a bot, or ``human``; empty if unknown."""

    @property
    def frozen(self) -> DecisionPoint:
        """The point, as in ``Decision``."""
        return self.point

    @property
    def is_threatened(self) -> bool:
        """Whether the top threat reaches the floor."""
        return self.point.threatened

    def completed(self, outcome: Outcome, *, session: str = "", player: str = "") -> DecisionRecord:
        """Return the record with its outcome, and with the session and player if they are given."""
        return DecisionRecord(self.point, self.forecasts, outcome, session or self.session, player or self.player)


def encode_records(records: Sequence[DecisionRecord]) -> list[dict[str, Any]]:
    """Return records as plain values for the journal.

    Every field of the point is written, whatever its value: bytes must not depend on whether a value is a default. The outcome,
    session and player are left out while they are unknown.
    """
    made = []
    for record, forecasts in zip(records, _millionths(records), strict=True):
        plain: dict[str, Any] = {"point": msgspec.to_builtins(record.point), "forecasts": forecasts}
        if record.outcome is not None:
            plain["outcome"] = encode_outcome(record.outcome)
        if record.session:
            plain["session"] = record.session
        if record.player:
            plain["player"] = record.player
        made.append(plain)
    return made


def _millionths(records: Sequence[DecisionRecord]) -> Iterator[dict[str, list[int]]]:
    """Yield the probabilities of each record in whole millionths, all rounded at once."""
    rows = [shares for record in records for shares in record.forecasts.values()]
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.float64)
    millionths: list[int] = np.rint(flat * UNIT).astype(np.int64).tolist()
    first = 0
    for record in records:
        found = {}
        for name, shares in record.forecasts.items():
            found[name] = millionths[first : first + len(shares)]
            first += len(shares)
        yield found


def decode_record(raw: Any) -> DecisionRecord:
    """Return the record that ``encode_records`` made plain; raises ``msgspec.ValidationError`` if the values are no record."""
    record = msgspec.convert(raw, DecisionRecord)
    forecasts = {name: tuple(millionths / UNIT for millionths in shares) for name, shares in record.forecasts.items()}
    return DecisionRecord(record.point, forecasts, record.outcome, record.session, record.player)


def encode_outcome(outcome: Outcome) -> Any:
    """Return an outcome as plain values for the journal."""
    return msgspec.to_builtins(outcome)


def decode_outcome(raw: Any) -> Outcome:
    """Return the outcome that ``encode_outcome`` made plain; raises ``msgspec.ValidationError`` if the values are no outcome."""
    return msgspec.convert(raw, Outcome)
