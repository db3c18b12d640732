"""Simulations of the whole server: how many seeds a minute, and how many seeds it takes to find each planted bug."""

from __future__ import annotations

import time

from measurement import Report, figure, tracked
from simulated.planted_server_bugs import BUGS, first_seed_that_finds

from counterpoise.simulation.campaign import run_seeds

SEEDS, TINY_SEEDS = 200, 2
SEARCHED_MAX = 1000


def measure(*, tiny: bool) -> Report:
    """Simulate seeds of the server as it is, then search for each planted bug from seed 1 on."""
    began = time.process_time()
    campaign = run_seeds(tracked(range(TINY_SEEDS if tiny else SEEDS), "seeds", TINY_SEEDS if tiny else SEEDS))
    minutes = (time.process_time() - began) / 60
    figures = [
        figure("seeds that break a promise", "%", 100 * len(campaign.failed) / campaign.seeds),
        figure("seeds", "in a minute of one processor", campaign.seeds / minutes),
        figure("faults", "in a seed", campaign.faults / campaign.seeds),
        figure("processes of the server", "in a seed", campaign.processes / campaign.seeds),
        figure("acknowledged orders and commands", "in a seed", campaign.acks / campaign.seeds),
    ]
    for name, bug in list(BUGS.items())[: 1 if tiny else None]:
        found = first_seed_that_finds(bug, range(1, SEARCHED_MAX))
        figures.append(figure(f"{name}: found", "seeds", SEARCHED_MAX if found is None else found.seeds))
    return Report(
        "Simulations of the whole server",
        tuple(figures),
        (
            "Each seed plays 24 seconds of virtual time with three people, an observer and bots; faults come from the seed.",
            f"A bug that {SEARCHED_MAX - 1} seeds do not find counts as {SEARCHED_MAX}.",
        ),
    )
