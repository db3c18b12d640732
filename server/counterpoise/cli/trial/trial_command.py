"""``counterpoise trial``: play a scenario many times and compare the games with what its author expects."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.options.bot_limits import BotMemory, Bots, BotSeconds, TrustBots, bot_limits
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.options.seats import bots_by_seat, require_bots
from counterpoise.cli.output_files import replace_text, require_page
from counterpoise.cli.terminal import console, notes, print_json, progress_bar
from counterpoise.cli.trial.trial_page import trial_page
from counterpoise.cli.trial.trial_text import print_trial
from counterpoise.cli.worker_processes import process_pool
from counterpoise.scenario_files import scenario_text
from counterpoise.sim.reading.odd_figures import odd_figures
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.trial.game_record import GameRecord
from counterpoise.trial.runner import TrialGame, play_trial
from counterpoise.trial.summary import trial_report
from counterpoise.trial.trial_document import trial_schema
from counterpoise_clients.isolation.bot_limits import MEMORY, SECONDS
from counterpoise_clients.roster import SeatLoader


def trial(
    scenario: Annotated[str, typer.Argument(help="A bundled scenario's name, or a scenario file.")],
    seeds: Annotated[int, number_option("--seeds", "How many games to play.", int, 1, 10_000)] = 20,
    seed: Annotated[str, typer.Option(help="The seeds of the games derive from it.")] = "1",
    years: Annotated[
        int, number_option("--years", "Play this many years of each game; 0 plays to the end.", int, 0, 200)
    ] = 0,
    jobs: Annotated[int, number_option("--jobs", "Games played at once, each in its own process.", int, 1, 256)] = 1,
    bots: Bots = None,
    bot_seconds: BotSeconds = SECONDS,
    bot_memory: BotMemory = MEMORY,
    trust_bots: TrustBots = False,
    html: Annotated[Path | None, typer.Option(help="Write the report as a self-contained page to this file.")] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document: the same for any number of jobs.")
    ] = False,
    schema: Annotated[bool, schema_option(trial_schema)] = False,
) -> None:
    """Play a scenario many times and judge its world.

    The report tells who was tied to whom, who fought, where coups happened, which injects never came, and what looks
    absurd. It compares the games with the scenario's own [[expect]] rows.
    """
    if html is not None:
        require_page(html)
    text, source = scenario_text(scenario)
    parsed = parse_scenario(text, source)
    chosen = tuple(bots or ())
    load = SeatLoader(bot_limits(bot_seconds, bot_memory, trusted=trust_bots, private=[html]))
    require_bots(parsed, chosen, seed, load)
    make = partial(bots_by_seat, load=load)
    games = [TrialGame(number, text, source, f"{seed}/{number}", years, chosen, make) for number in range(1, seeds + 1)]
    played: list[GameRecord] = []
    with process_pool(jobs) as executor, progress_bar(parsed.title, len(games)) as show:
        for record in play_trial(games, executor):
            played.append(record)
            show(len(played))
    for words in sorted({words for record in played for words in record.failures}):
        notes.print(f"a bot failed: {words}", markup=False)
    report = trial_report(parsed, played, seed, chosen, [str(figure) for figure in odd_figures(text)])
    if html is not None:
        replace_text(html, trial_page(report))
    if json:
        print_json(report)
        return
    print_trial(report)
    if html is not None:
        console.print(f"wrote {html}", markup=False)
