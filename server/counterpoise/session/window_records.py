"""What a session writes when a window closes and the next one opens, for the check and for replays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from counterpoise.session.forecast_ledger import ForecastLedger
from counterpoise.session.journal.writer import JournalWriter
from counterpoise.sim.digest import digest
from counterpoise.sim.world import World


class WindowRecords:
    """Writes chronicle, outcomes, structure, digest and forecasts into a journal.

    Args:
        journal: where to write.
        ledger: makes the forecasts and their outcomes.
        chronicled: how many of the world's incidents the chronicle holds already.
    """

    def __init__(self, journal: JournalWriter, ledger: ForecastLedger, chronicled: int = 0) -> None:
        self._journal, self._ledger = journal, ledger
        self.chronicled = chronicled

    def close(self, world: World, window: int, players: Mapping[str, str]) -> list[dict[str, Any]] | None:
        """Write what happened in a window that closes, and return the outcomes; ``None`` if no window was open.

        Args:
            world: as the window closes.
            window: the number of the window.
            players: who decided for each seat.
        """
        self._write_chronicle(world)
        outcomes = self._ledger.close(world, players)
        if outcomes is not None:
            self._journal.write(world.tick, "outcome", {"window": window, "outcomes": outcomes, "players": players})
        return outcomes

    def open(self, world: World, window: int) -> list[dict[str, Any]]:
        """Write the forecasts of a window that opens, and what a replay compares, and return the forecasts."""
        if self._ledger.is_structure_due(world):
            self._journal.write(world.tick, "structure", self._ledger.take_structure(world))
        self._journal.write(world.tick, "digest", {"digest": digest(world)})
        forecasts = self._ledger.open(world)
        self._journal.write(world.tick, "forecast", {"window": window, "decisions": forecasts})
        return forecasts

    def finish(self, world: World) -> None:
        """Write how the game ended."""
        self._journal.write(world.tick, "structure", self._ledger.take_structure(world))
        scores = {actor: round(score, 6) for actor, score in world.scores.items()}
        self._journal.write(world.tick, "end", {"digest": digest(world), "scores": scores})

    def _write_chronicle(self, world: World) -> None:
        """Write every incident since the last window, private ones too: the checker reads them, the players do not."""
        incidents = world.incidents[self.chronicled :]
        if incidents:
            self.chronicled += len(incidents)
            content = {"incidents": [msgspec.to_builtins(incident) for incident in incidents]}
            self._journal.write(world.tick, "chronicle", content)
