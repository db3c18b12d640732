"""The strength of the bundled bots: mean scores in the same seats, seeds and company, on the two scenarios for a class."""

from __future__ import annotations

from functools import partial

from measurement import BARS, Report, figure
from paired_games import mean_scores, processes

from counterpoise_clients.roster import bot_names

PROCESSES = 2
GAMES = 100
SCENARIOS = ("checkerboard", "weak-and-alone")


def measure(*, tiny: bool) -> Report:
    """Let every bot play the same games; tiny plays one game with two bots."""
    names = ("balancer", "random") if tiny else bot_names()
    games = 1 if tiny else GAMES
    figures, notes = [], []
    with processes(PROCESSES) as pool:
        for scenario in SCENARIOS[:1] if tiny else SCENARIOS:
            task = BARS.add_task(scenario, total=games)
            means = mean_scores(pool, names, scenario, games=games, each=partial(BARS.advance, task))
            BARS.remove_task(task)
            ranked = sorted(means, key=lambda name: -means[name].mean)
            notes.append(f"{scenario}, the best first: {', '.join(ranked)}.")
            for name in ranked:
                found = means[name]
                values = (found.mean,) if tiny else (found.low, found.mean, found.high)
                figures.append(figure(f"{name} on {scenario}, {found.games} games", "%", *values))
    return Report("Scores of bots, in per cent of the most there is", tuple(figures), tuple(notes))
