"""The strength of the bundled bots: mean scores in the same seats, seeds and company, on the two scenarios for a class.

Scores of different seats lie tens of points apart and bots a few, so every bot plays the same seats with the same seeds and the
same company of default bots, and the range is the 95 % interval of what it scores above or below the others there
(``blocked_scores``). Every seat comes as often. The planner thinks long, so it plays in the first blocks only.
"""

from __future__ import annotations

from functools import partial

from measurement import BARS, Figure, Report, figure
from paired_games import blocked_scores, groups, processes

from counterpoise_clients.roster import bot_names

PROCESSES = 2
BLOCKS, SLOW_BLOCKS = 400, 104
"""Multiples of the eight seats. With 400 blocks an interval is about half a point wide to each side."""
SLOW = ("planner",)
SCENARIOS = ("checkerboard", "weak-and-alone")


def measure(*, tiny: bool) -> Report:
    """Let every bot play the same games; tiny plays two blocks with two bots."""
    slow = () if tiny else SLOW
    quick = ("balancer", "random") if tiny else tuple(name for name in bot_names() if name not in SLOW)
    blocks = 2 if tiny else BLOCKS
    figures: list[Figure] = []
    notes: list[str] = []
    with processes(PROCESSES) as pool:
        for scenario in SCENARIOS[:1] if tiny else SCENARIOS:
            task = BARS.add_task(scenario, total=blocks)
            level, found = blocked_scores(
                pool, quick, slow, scenario, blocks=blocks, slow_blocks=SLOW_BLOCKS, each=partial(BARS.advance, task)
            )
            BARS.remove_task(task)
            for name in sorted(found, key=lambda name: -found[name].mean):
                bot = found[name]
                values = [level + value for value in (bot.low, bot.mean, bot.high)]
                figures.append(figure(f"{name} on {scenario}, {bot.games} games", "%", *values))
            apart = " | ".join(", ".join(group) for group in groups(found))
            notes.append(f"{scenario}, the best first, with a bar where intervals do not overlap: {apart}.")
    return Report("Scores of bots, in per cent of the most there is", tuple(figures), tuple(notes))
