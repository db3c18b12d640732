"""What states did, as data. ``reading/history_text.py`` reads it from TOML; ``session/record_playback.py`` plays it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterpoise.sim.types import ActorId, Commitment


@dataclass(frozen=True, slots=True)
class AlignmentReference:
    """Those of a state's alignments that it shares with the partners named and, if that is said, of one commitment."""

    partners: tuple[ActorId, ...]
    commitment: Commitment | None = None


Reference = ActorId | tuple[ActorId, ActorId] | AlignmentReference
"""What stands for a number that only play gives: a proposal's maker, the two sides of a crisis or war, or alignments."""


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """One thing that was done: a state's order, or an inject if ``actor`` is ``None``."""

    tick: int
    actor: ActorId | None
    kind: str
    """Kind of the move or inject."""
    fields: dict[str, Any]
    """Its plain fields, without those that are references."""
    references: dict[str, Reference]
    path: str
    """Where it stands in its file, with the line."""
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A record: acts by date; on one day injects before orders, each in the order of the file."""

    source: str
    """Name of the file, for errors."""
    scenario: str
    acts: tuple[RecordedAct, ...]
    sources: tuple[str, ...] = ()
