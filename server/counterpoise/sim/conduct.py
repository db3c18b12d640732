"""How a bot behaved in a game."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["OK", "INVALID", "ERROR", "TIMEOUT", "FORFEIT"]
STATUSES: tuple[Status, ...] = ("OK", "INVALID", "ERROR", "TIMEOUT", "FORFEIT")
"""From the best to the gravest: it answered; with something other than moves; it raised an error or ended its process; it took
too long; it failed so often in a row that it was not asked any more."""
IN_PROCESS = "in process"


@dataclass(slots=True)
class Conduct:
    """How a bot behaved in a game. ``status`` is the gravest that happened, and ``reason`` that of the first such failure."""

    status: Status = "OK"
    reason: str = ""
    in_a_row: int = 0
    """Failed decisions since the last that was answered."""
    stderr: str = ""
    """The beginning of what the bot wrote, for its author."""
    isolation: str = IN_PROCESS
    """``isolated``, ``in process``, or ``not isolated`` and why."""
    milliseconds: list[float] = field(default_factory=list)
    """The wall time of each answer; it depends on the machine and its load."""

    def note(self, status: Status, reason: str) -> None:
        """Note a failure."""
        if STATUSES.index(status) > STATUSES.index(self.status):
            self.status, self.reason = status, reason
