"""The injects of a moderator that wait for the clock to move, and can be taken back until then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.cancel_event import CancelEvent

WAITING_MAX = 50
"""The injects that may wait at one stop of the clock."""


class WaitingInject(msgspec.Struct, frozen=True, array_like=True):
    """An inject that waits: the id of its command, the inject as plain values, and what the command says about it."""

    id: str
    inject: dict[str, Any]
    reason: str = ""
    """Why, or a reference to the text that says so."""
    instead_of: int = -1
    """The place of the scenario's inject that will not happen, from 0; -1 for none."""


class WaitingInjects:
    """The injects that wait, in the order in which they were given."""

    def __init__(self, waiting: Sequence[WaitingInject] = ()) -> None:
        self._waiting = {one.id: one for one in waiting}

    def waiting(self) -> list[WaitingInject]:
        """Return those that wait."""
        return list(self._waiting.values())

    def require_place(self) -> None:
        """Raise ``OrderError`` if as many wait as may."""
        if len(self._waiting) >= WAITING_MAX:
            got = f"{WAITING_MAX} injects wait already, the most allowed. Take one back, or let the clock move."
            raise OrderError("too_many", "$", "", got, "too_many_injects", {"most": WAITING_MAX})

    def require_waiting(self, command_id: str) -> None:
        """Raise ``OrderError`` unless an inject waits and can be taken back."""
        if command_id not in self._waiting:
            got = "an inject that has happened, was taken back, or was never given"
            needed = "the id of an inject that waits for the clock to move"
            raise OrderError("not_waiting", "$.command.order", needed, got, "inject_gone")

    def add(self, inject: WaitingInject) -> None:
        """Let an inject wait."""
        self._waiting[inject.id] = inject

    def take_back(self, command_id: str) -> None:
        """Forget an inject that waits."""
        del self._waiting[command_id]

    def carry_out(self, simulation: Simulation) -> None:
        """Let the injects that wait happen now, and forget them. One that has become impossible is recorded as void."""
        waiting, self._waiting = self._waiting, {}
        for one in waiting.values():
            try:
                happen(simulation, one)
            except OrderError as error:
                simulation.record(
                    "waiting_inject_void",
                    audience=(),
                    inject=one.inject["kind"],
                    expected=error.expected,
                    got=error.got,
                )


def happen(simulation: Simulation, wanted: WaitingInject) -> None:
    """Let an inject happen now, and cancel the one of the scenario that it stands in for.

    Raises:
        OrderError: the inject is not possible in the present world, or the other one is not to come any more.
    """
    inject = decode_inject(wanted.inject, simulation.world.calendar)
    inject.check(simulation.world)
    if wanted.instead_of >= 0:
        simulation.inject(CancelEvent(wanted.instead_of))
    simulation.inject(inject, wanted.reason)
