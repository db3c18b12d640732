"""Forecasts of the open window: frozen before its first order, completed with the outcomes when it closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from counterpoise.sim.world import World
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.decisions.outcome import observe
from counterpoise.theory.decisions.record import DecisionRecord, encode_outcome, encode_records
from counterpoise.theory.decisions.structure import Structure, snapshot
from counterpoise.theory.decisions.structure import encode as encode_structure
from counterpoise.theory.forecasts import forecast

_PACKER = msgspec.msgpack.Encoder()
_UNPACKER = msgspec.msgpack.Decoder(DecisionRecord)


class ForecastLedger:
    """Freezes the decisions of each window with their forecasts, and later adds their outcomes.

    Args:
        session: name of the session that the records belong to.
        made: every decision that has been made, packed, for a session that is restored.
        structures: its snapshots of the network.
        open_decisions: the decisions of its open window, without outcomes.
    """

    def __init__(
        self,
        session: str,
        made: Sequence[bytes] = (),
        structures: Sequence[Structure] = (),
        open_decisions: Sequence[DecisionRecord] = (),
    ) -> None:
        self._session = session
        self._made = list(made)
        self.structures = list(structures)
        self._open = list(open_decisions)

    @property
    def open_decisions(self) -> list[DecisionRecord]:
        """The decisions of the open window, without outcomes."""
        return self._open

    @property
    def forecasts(self) -> list[dict[str, Any]]:
        """The forecasts of the open window, as plain values."""
        return encode_records(self._open)

    def made_since(self, count: int) -> list[bytes]:
        """Return the decisions after the first ``count``, packed, for a snapshot."""
        return self._made[count:]

    @property
    def records(self) -> list[DecisionRecord]:
        """Every decision that has been made, with its forecasts and its outcome.

        They are kept packed, because as objects they take four times the memory and nobody asks before the end.
        """
        return [_UNPACKER.decode(packed) for packed in self._made]

    def open(self, world: World) -> list[dict[str, Any]]:
        """Freeze the decisions of the window that opens now and return them with their forecasts as plain values."""
        points = freeze(world)
        self._open = [DecisionRecord(*both) for both in zip(points, forecast(points), strict=True)]
        return self.forecasts

    def close(self, world: World, players: Mapping[str, str]) -> list[dict[str, Any]] | None:
        """Record what the actors of the open window did, as plain values; ``None`` if no window was open.

        Args:
            world: as the window closes.
            players: who decided for each seat.
        """
        if not self._open:
            return None
        made = [
            record.completed(
                observe(record.point, world), session=self._session, player=players.get(record.point.actor, "")
            )
            for record in self._open
        ]
        self._open = []
        self._made.extend(_PACKER.encode(record) for record in made)
        return [encode_outcome(record.outcome) for record in made if record.outcome is not None]

    def is_structure_due(self, world: World) -> bool:
        """Tell whether a snapshot of the network is due: at the start and with the first window of each year."""
        return world.tick == 0 or world.calendar.date_of(world.tick).month == 1

    def take_structure(self, world: World) -> dict[str, Any]:
        """Take a snapshot of the network of alignments and enmities and return it as plain values."""
        taken = snapshot(world)
        self.structures.append(taken)
        plain: dict[str, Any] = encode_structure(taken)
        return plain
