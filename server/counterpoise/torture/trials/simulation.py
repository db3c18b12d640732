"""The trial ``simulation``."""

from __future__ import annotations

import asyncio
import time

from counterpoise.simulation.campaign import Campaign, run_seeds
from counterpoise.torture.trial import Trial, TrialRun

FIRST_SEED_MAX = 10**9
FAILED_MAX = 3
"""After so many failed seeds the trial ends: each is simulated again many times until it is small."""


class Simulation(Trial):
    """Simulates the whole server in virtual time."""

    name = "simulation"
    does = (
        "Plays seeds of a simulated server: kills, power cuts, lying disks, lost leases, broken and slow connections."
    )
    passes = "No seed breaks a promise; one that does is printed with the fewest faults that it needs."
    seconds_max = (3600.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Simulate one seed after another, in a thread of its own, because a simulation is an event loop."""
        first, seeds = run.random("simulation").randrange(FIRST_SEED_MAX), run.size(2000, 20)
        found, began = Campaign(), time.monotonic()
        for number in range(seeds):
            found += await asyncio.to_thread(run_seeds, [first + number])
            run.show((number + 1) / seeds)
            if len(found.failed) >= FAILED_MAX:
                break
        run.figure("seeds", found.seeds)
        run.figure("seeds in a minute", 60 * found.seeds / (time.monotonic() - began))
        run.figure("faults", found.faults)
        run.figure("processes of the server", found.processes)
        run.figure("orders and commands acknowledged", found.acks)
        run.figure("seeds that break a promise", len(found.failed))
        for failure in found.failed:
            run.problems.append(failure.text())
