"""The steps that process modules list, by ``PROCESS.STEP``."""

from __future__ import annotations

from functools import cache
from typing import Any

from counterpoise.registry import modules_of
from counterpoise.sim import processes
from counterpoise.sim.clock.agenda import WakeTick


@cache
def watches() -> dict[str, WakeTick]:
    """Return the watching steps of all processes, by ``PROCESS.STEP`` (``agenda.Watches``)."""
    return entries_by_step("WATCHES")


def entries_by_step(table: str) -> dict[str, Any]:
    """Return the entries of a table that process modules have, such as ``STEPS``, by ``PROCESS.STEP``."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": entry
        for module in modules_of(processes)
        for name, entry in getattr(module, table, {}).items()
    }
