"""Whether games that are stored and restored at random ticks go on to the same bytes, and what a snapshot costs.

Every scenario is played with random legal orders, twice with one seed: once without a break, once restored from a snapshot at
random stops. The last snapshots of the two must be equal, byte for byte.
"""

from __future__ import annotations

import zlib
from functools import partial

from measurement import Report, cpu_seconds, figure, scenario, tracked
from snapshot_games import play

from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario

SCENARIOS = (
    *("checkerboard", "rising-hegemon", "weak-and-alone"),
    *("middle-east-1955", "europe-1870", "europe-1933", "cold-war-1947"),
)


def measure(*, tiny: bool) -> Report:
    """Play all scenarios, and store and restore the last game of each."""
    seeds, years, snapshots = (1, 1, 5) if tiny else (6, 4, 50)
    restored, different = 0, 0
    saving, loading, sizes, packed = [], [], [], []
    games = [(name, str(seed)) for name in SCENARIOS for seed in range(seeds)]
    for name, seed in tracked(games, "games", len(games)):
        parsed = parse_scenario(scenario(name), name)
        whole, broken, count = play(parsed, seed, years, 20, snapshots)
        restored += count
        seconds, snapshot = cpu_seconds(whole.snapshot)
        different += snapshot != broken.snapshot()
        saving.append(1000 * seconds)
        seconds, _ = cpu_seconds(partial(Simulation.restore, parsed, snapshot))
        loading.append(1000 * seconds)
        sizes.append(len(snapshot) / 1024)
        packed.append(len(zlib.compress(snapshot, 1)) / 1024)
    return Report(
        "Snapshots",
        (
            figure("games that differ after being restored", "%", 100 * different / len(games)),
            figure("snapshots restored", "snapshots", float(restored)),
            figure("making a snapshot", "ms", *saving),
            figure("restoring it", "ms", *loading),
            figure("size", "KiB", *sizes),
            figure("size, compressed", "KiB", *packed),
        ),
        (f"{len(games)} games of {years} years, random legal orders, up to {snapshots} snapshots each.",),
    )
