"""The SimPy event of a row of the agenda."""

from __future__ import annotations

from collections.abc import Callable

import simpy

from counterpoise.sim.clock.agenda import Due


class Timer(simpy.Event):
    """The SimPy event of a row. Its callbacks are a list that all timers of a simulation share."""

    _ok = True
    _value = None

    def __init__(self, clock: simpy.Environment, row: Due, callbacks: list[Callable[[simpy.Event], None]]) -> None:
        # Event.__init__ would make a list of callbacks for each event.
        self.env = clock
        self.callbacks = callbacks
        self.row = row
