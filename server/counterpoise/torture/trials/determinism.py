"""The trial ``determinism``."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

from counterpoise.errors import InputError
from counterpoise.scenario_files import bundled_scenarios, scenario_text
from counterpoise.torture.game_hash import game_hash, other_pythons
from counterpoise.torture.trial import Trial, TrialRun


class Determinism(Trial):
    """Plays the same game in different processes."""

    name = "determinism"
    does = "Plays the same seed under other hash seeds, without the processor's extensions, and on other Pythons."
    passes = "Every process writes the same journal, byte for byte."
    seconds_max = (4800.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Play every chosen scenario in every way."""
        features = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
        ways: list[tuple[str, str, Mapping[str, str]]] = [
            ("hash seed 0", sys.executable, {"PYTHONHASHSEED": "0"}),
            ("another hash seed", sys.executable, {"PYTHONHASHSEED": "1"}),
            ("a random hash seed", sys.executable, {"PYTHONHASHSEED": "random"}),
            ("no processor extension", sys.executable, {"NPY_DISABLE_CPU_FEATURES": " ".join(features)}),
            *((f"{python} ", python, {"PYTHONHASHSEED": "random"}) for python in other_pythons()),
        ]
        scenarios = ["checkerboard"] if run.quick else bundled_scenarios()
        games = differing = unable = 0
        for number, scenario in enumerate(scenarios):
            text, _ = scenario_text(scenario)
            days, expected = run.size(1500, 120), ""
            for place, (way, python, variables) in enumerate(ways):
                try:
                    found = await game_hash(text, days, seed=run.seed, python=python, variables=variables)
                except InputError as error:
                    if python == sys.executable:
                        raise
                    unable += 1
                    if number == 0:
                        run.notes.append(f"left out: {error}")
                    continue
                expected = expected or found
                games += 1
                if found != expected:
                    differing += 1
                    run.problems.append(f"{scenario}: with {way.strip()} the journal has other bytes")
                run.show((number + (place + 1) / len(ways)) / len(scenarios))
        run.figure("scenarios", len(scenarios))
        run.figure("games", games)
        run.figure("Pythons", 1 + len(other_pythons()) - unable // len(scenarios))
        run.figure("games with other bytes", differing)
