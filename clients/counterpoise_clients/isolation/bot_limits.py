"""What a bot in a process of its own may take: time, memory, and the right to more."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS, BANK_SECONDS, MEMORY = 10.0, 30.0, 1024
"""Defaults: seconds for each step, seconds of the bank, and mebibytes."""
FAILURES_MAX = 10
"""After so many failed decisions in a row a bot forfeits the rest of its game."""


@dataclass(frozen=True, slots=True)
class BotLimits:
    """The limits of a bot. Time is processor time and time asleep, so that a busy machine makes no bot too slow."""

    seconds: float = SECONDS
    """For the import, for the constructor, and for each decision; 0 for no limit."""
    bank: float = BANK_SECONDS
    """What a bot may take beyond that in a whole game."""
    memory: int = MEMORY
    """Mebibytes; 0 for no limit."""
    trusted: bool = False
    """Whether the bot keeps the network, the files and the right to start processes."""
    private: tuple[str, ...] = ()
    """Absolute paths of the files and folders of the game, which the bot may not read."""
