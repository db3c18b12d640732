"""How often the evidence of one class game passes 10 and 20 to 1, the right way and the wrong way.

Games of eight seats and eight windows on the checkerboard. Planted players decide anew, as a hypothesis says or at random, in the
frozen decisions of games of random bots; bots play their own games. The evidence is that of the debrief: the e-process for
balance of threat against bandwagoning, merged within windows, and the same with chance to be beaten as well.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import exp, log
from multiprocessing import get_context
from random import Random

from measurement import Figure, Report, figure, scenario, tracked
from planted_choices import Game, game_of, random_partner, rule_of_hypothesis
from scipy.stats import beta

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual import SideTaken, sides_taken
from counterpoise.theory.parameters import CHANCE, PAIRS
from counterpoise.theory.registration.redrawn_choices import Rule, redrawn_decisions
from counterpoise.theory.statistics import betting_process

GAMES = 20
SCENARIO = "checkerboard"
BALANCING, BANDWAGONING = PAIRS[0]
ODDS = (10.0, 20.0)
PLANTED: dict[str, tuple[Rule, str | None]] = {
    "planted balancers": (rule_of_hypothesis(BALANCING), BALANCING),
    "planted bandwagoners": (rule_of_hypothesis(BANDWAGONING), BANDWAGONING),
    "planted random players": (random_partner, None),
}
"""Rules of choice, each with the hypothesis that the evidence should favour; none for players without one."""
BOTS: dict[str, str | None] = {"balancer": BALANCING, "bandwagoner": BANDWAGONING, "random": None}
"""Bots in all seats, with the same."""


def measure(*, tiny: bool, games: int = GAMES) -> Report:
    """Play the games and weigh the evidence of each."""
    count = 2 if tiny else games
    played: dict[str, list[Game]] = {}
    with ProcessPoolExecutor(min(count, os.cpu_count() or 1), mp_context=get_context("forkserver")) as processes:
        for bot in BOTS:
            found = processes.map(partial(_played, bot), range(count))
            played[bot] = list(tracked(found, f"games of {bot} bots", count))
    figures: list[Figure] = []
    for name, (rule, truth) in PLANTED.items():
        dice = Random(f"evidence/{name}")
        figures += _rows(name, [redrawn_decisions(game.records, rule, dice) for game in played["random"]], truth)
    for bot, truth in BOTS.items():
        figures += _rows(f"{bot} bots", [game.records for game in played[bot]], truth)
    return Report(
        f"Evidence in {count} class games on {SCENARIO}",
        tuple(figures),
        (
            f"Shares of games in which the evidence between {BALANCING} and {BANDWAGONING} ever passes the odds, with a",
            "Clopper-Pearson interval. Right: towards what the players follow. Wrong: away from it; for random players any way.",
            "'And chance': the favoured hypothesis passes the odds against chance at the same window too, as the debrief asks.",
        ),
    )


def _played(bot: str, number: int) -> Game:
    return game_of(bot, scenario(SCENARIO), f"evidence {number}")


def _rows(name: str, games: Sequence[Sequence[DecisionRecord]], truth: str | None) -> list[Figure]:
    """Return the figures of one kind of player."""
    windows = [_windows(records) for records in games]
    rows = []
    for wanted, way in ((True, "right"), (False, "wrong")):
        sides = [side for side in (BALANCING, BANDWAGONING) if (side == truth) == wanted]
        if not sides:
            continue
        for odds in ODDS:
            for beats_chance, words in ((False, ""), (True, " and chance")):
                hits = [
                    any(_passes(game, side, log(odds), beats_chance=beats_chance) for side in sides) for game in windows
                ]
                rows.append(_share(f"{name}: {odds:.0f} to 1 the {way} way{words}", hits))
    ends = [_process(game, BALANCING, BANDWAGONING)[-1] if game else 0.0 for game in windows]
    rows.append(figure(f"{name}: odds for balancing at the end", "to 1", *(exp(end) for end in ends)))
    choices = sum(len(window) for game in windows for window in game)
    rows.append(figure(f"{name}: choices of a side", "in all games", choices))
    return rows


def _windows(records: Sequence[DecisionRecord]) -> list[list[SideTaken]]:
    windows: dict[int, list[SideTaken]] = {}
    for side in sides_taken(records):
        windows.setdefault(side.window, []).append(side)
    return list(windows.values())


def _process(windows: Sequence[Sequence[SideTaken]], one: str, other: str) -> list[float]:
    return betting_process([[side.log_ratio(one, other) for side in window] for window in windows])


def _passes(windows: Sequence[Sequence[SideTaken]], side: str, target: float, *, beats_chance: bool) -> bool:
    """Tell whether the evidence for a hypothesis ever reaches the target."""
    rival = BANDWAGONING if side == BALANCING else BALANCING
    process = _process(windows, side, rival)
    chance = _process(windows, side, CHANCE) if beats_chance else process
    return any(min(pair) >= target for pair in zip(process, chance, strict=True))


def _share(name: str, hits: Sequence[bool]) -> Figure:
    """Return a share in percent between the ends of its Clopper-Pearson interval."""
    k, n = sum(hits), len(hits)
    low = float(beta.ppf(0.025, k, n - k + 1)) if k else 0.0
    high = float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0
    return figure(name, "%", 100.0 * low, 100.0 * k / n, 100.0 * high)
