"""A historical record as data. ``reading/history_text.py`` reads it; ``session/records/record_playback.py`` plays it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterpoise.sim.types import ActorId, Commitment


@dataclass(frozen=True, slots=True)
class AlignmentReference:
    """A reference to the alignments that a state shares with the named partners, of one commitment if that is given.

    For a state that asks to join, it refers to the alignments that the named states share without it.
    """

    partners: tuple[ActorId, ...]
    commitment: Commitment | None = None
    exact: bool = False
    """Whether the alignments have no other members."""


Reference = ActorId | tuple[ActorId, ActorId] | AlignmentReference
"""How a record refers to a thing whose id only play assigns.

A proposal is named by its proposer, a membership vote by the state that it is about, a crisis or a war by two sides, alignments
by an ``AlignmentReference``.
"""


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """One act of a record: a state's order, or an inject if ``actor`` is ``None``."""

    tick: int
    actor: ActorId | None
    kind: str
    """The kind of the move or inject."""
    fields: dict[str, Any]
    """The fields of the move or inject, without those in ``references``."""
    references: dict[str, Reference]
    path: str
    """Where the act is in its file: the TOML path and the line."""
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A record: acts in the order of their dates; on one day injects before orders, each in the order of the file."""

    source: str
    """The name of the file, for errors."""
    scenario: str
    acts: tuple[RecordedAct, ...]
    sources: tuple[str, ...] = ()
