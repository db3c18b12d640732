"""``counterpoise noise``: play a scenario with players without a theory, and write what every estimate comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from counterpoise import __version__
from counterpoise.cli.noise.noise_games import Kind, NoisePool, games_in_pool, play_pools
from counterpoise.cli.options.journals import Json
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import replace_text, require_free
from counterpoise.cli.terminal import console, print_json, progress_bar
from counterpoise.cli.worker_processes import process_pool
from counterpoise.errors import ConfigurationError
from counterpoise.scenario_files import bundled_scenarios, scenario_text
from counterpoise.sim import RULES_VERSION
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.store.shipped_noise import ENDING
from counterpoise.theory import THEORY_VERSION
from counterpoise.theory.check.expected_noise import ESTIMATES_MIN
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark, NoiseDocument, WrittenBenchmark, noise_schema
from counterpoise.theory.check.noise_estimates import PoolEstimates, noise_of
from counterpoise.theory.evidence.behaviour import added

ESTIMATES = 24
"""Estimates of random players without ``--games``; those with shuffled threats are half as many."""


def noise(
    out: Annotated[
        Path, typer.Option("--out", help=f"Write the benchmark to this file, or to NAME{ENDING} in this folder.")
    ],
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            help="Bundled scenarios' names, or scenario files; without one all bundled scenarios.", metavar="SCENARIO"
        ),
    ] = None,
    games: Annotated[
        int | None,
        number_option(
            "--games",
            "Games of random players; half as many with shuffled threats are played besides, but enough for "
            f"{ESTIMATES_MIN} estimates. The default makes {ESTIMATES} estimates and the least number {ESTIMATES_MIN}; a long "
            "game makes one, of short ones several do: of checkerboard ten.",
            int,
            ESTIMATES_MIN,
            100_000,
        ),
    ] = None,
    seed: Annotated[str, typer.Option(help="The seeds of the games derive from it.")] = "1",
    jobs: Annotated[int, number_option("--jobs", "Games played at once, each in its own process.", int, 1, 256)] = 1,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    json: Json = False,
    schema: Annotated[bool, schema_option(noise_schema)] = False,
) -> None:
    """Measure what players without a theory give.

    Random players play a scenario many times, and the default bots half as often; their threats then change places among the
    states. With the default number of games a bundled scenario takes one to several minutes of one processor: a fifth of a second
    for each game of weak-and-alone, five seconds for one of middle-east-1955.

    The estimates of every proposition and the skills of every hypothesis in these games are the noise of the scenario: a verdict
    of `debrief` has to lie beyond it. The bundled scenarios have theirs; for your own give the file to `debrief --noise`.
    """
    names = scenarios or bundled_scenarios()
    if len(names) > 1 and not out.is_dir():
        raise ConfigurationError(f"--out {out}: there are {len(names)} scenarios. Give a folder that exists.")
    plans = [_Plan.of(*scenario_text(name), games) for name in names]
    paths = [out / f"{plan.name}{ENDING}" if out.is_dir() else out for plan in plans]
    for path in paths:
        require_free(path, force=force)
    written = []
    for plan, path in zip(plans, paths, strict=True):
        benchmark = _measured(plan, seed, jobs)
        replace_text(path, benchmark.text())
        written.append(WrittenBenchmark(str(path), benchmark))
        if not json:
            print_written(written[-1])
    if json:
        print_json(NoiseDocument(written))


def print_written(written: WrittenBenchmark) -> None:
    """Print where a benchmark was written, and how many games it rests on."""
    made = written.benchmark
    console.print(
        f"wrote {written.file}: {made.random.games} games of random players, {made.shuffled.games} with shuffled threats, "
        f"{made.pool} for each estimate",
        markup=False,
    )


class _Plan(NamedTuple):
    """What is to be measured of one scenario."""

    name: str
    text: str
    source: str
    pool: int
    """Games that make one estimate."""
    estimates: int
    """Estimates of random players."""

    @classmethod
    def of(cls, text: str, source: str, games: int | None) -> _Plan:
        """Return the plan for a scenario's text; ``games`` are those of random players, ``None`` for the default.

        Raises:
            ConfigurationError: the games make fewer estimates than a benchmark takes.
        """
        parsed = parse_scenario(text, source)
        pool = games_in_pool(parsed)
        estimates = ESTIMATES if games is None else games // pool
        if estimates < ESTIMATES_MIN:
            raise ConfigurationError(
                f"--games {games}: {pool} games of {parsed.id} make one estimate, and a benchmark takes {ESTIMATES_MIN}. Give at "
                f"least {pool * ESTIMATES_MIN}."
            )
        return cls(parsed.id, text, source, pool, estimates)


def _measured(plan: _Plan, seed: str, jobs: int) -> NoiseBenchmark:
    """Play the games of a plan, and return the benchmark that they make."""
    counts: dict[Kind, int] = {"random": plan.estimates, "shuffled": max(ESTIMATES_MIN, plan.estimates // 2)}
    pools = [
        NoisePool(kind, number, plan.pool, plan.text, plan.source, seed)
        for kind, count in counts.items()
        for number in range(count)
    ]
    found = _played(plan.name, pools, jobs)
    return NoiseBenchmark(
        scenario=plan.name,
        scenario_hash=hashlib.sha256(plan.text.encode()).hexdigest(),
        rules_version=RULES_VERSION,
        theory_version=THEORY_VERSION,
        counterpoise=__version__,
        seed=seed,
        pool=plan.pool,
        random=noise_of(found["random"], counts["random"] * plan.pool),
        shuffled=noise_of(found["shuffled"], counts["shuffled"] * plan.pool),
        behaviour=added(estimates.behaviour for estimates in found["random"]),
    )


def _played(title: str, pools: Sequence[NoisePool], jobs: int) -> dict[Kind, list[PoolEstimates]]:
    """Play all pools, and return their estimates in order, whatever the number of jobs."""
    found: dict[tuple[Kind, int], PoolEstimates] = {}
    with process_pool(jobs, runs_user_code=False) as executor, progress_bar(f"Noise of {title}", len(pools)) as show:
        for pool, estimates in play_pools(pools, executor):
            found[pool.kind, pool.number] = estimates
            show(len(found))
    kinds: tuple[Kind, ...] = ("random", "shuffled")
    return {kind: [found[pool.kind, pool.number] for pool in pools if pool.kind == kind] for kind in kinds}
