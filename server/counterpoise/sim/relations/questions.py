"""Questions that are asked of seats for the debrief. Nothing in the world depends on them or on their answers."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoise.sim.types import ActorId, QuestionKind


@dataclass(slots=True)
class Question:
    """An open question to one seat. Only the seat sees it, the clock does not wait for it, and it may be skipped."""

    id: int
    seat: ActorId
    ask: QuestionKind
    about: ActorId | None
    """The state whose choice is to be predicted; ``None`` for all other questions."""
    words: str
    """The asker's own words; empty for none."""
    opened: int
    closes: int
    """The tick from which it can no longer be answered."""
