"""How often the evidence of a class game passes 10, 20 and 120 to 1, the right way and the wrong way, and after how many windows.

Games of eight seats and eight windows on the checkerboard. Bots play their own games. Planted players make every act of games
of hedger bots anew, on the act's own menu: as a hypothesis says, as sharp as the theory itself, or at random. The evidence is
that of the debrief: the e-process for balance of threat against bandwagoning, merged within windows, and the same with chance
to be beaten as well, divided by the opposite bet where that gains too. The debrief's words of strength begin at 120 to 1.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import groupby
from math import exp, log
from multiprocessing import get_context
from random import Random

import numpy as np
from measurement import Figure, Report, figure, scenario, tracked
from msgspec import structs
from planted_choices import Game, game_of
from scipy.stats import beta

from counterpoise.theory.evidence.accrual import HURDLE, Bets, sides_taken
from counterpoise.theory.evidence.acts.reading import ActReader
from counterpoise.theory.evidence.acts.side_taken import SideTaken
from counterpoise.theory.forecasts import sharp_forecast
from counterpoise.theory.parameters import CHANCE, PAIRS

GAMES = 20
SCENARIO = "checkerboard"
BALANCING, BANDWAGONING = PAIRS[0]
ODDS = (10.0, 20.0, HURDLE.strong)
BOTS: dict[str, str | None] = {"balancer": BALANCING, "bandwagoner": BANDWAGONING, "random": None}
"""Bots in all seats, with the hypothesis that the evidence should favour; none for players without one."""
REMADE = "hedger"
"""The bots whose acts planted players make anew: they act much, and towards every kind of state."""
PLANTED: dict[str, tuple[str, str | None]] = {
    "planted balancers": (BALANCING, BALANCING),
    "planted bandwagoners": (BANDWAGONING, BANDWAGONING),
    "planted random players": (CHANCE, None),
}
"""The hypothesis by which planted players choose, and the one that the evidence should favour."""
RULE = "rule"
"""The name that the rule of planted players has among the forecasts."""
Windows = Sequence[Sequence[SideTaken]]


def measure(*, tiny: bool, games: int = GAMES) -> Report:
    """Play the games and weigh the evidence of each."""
    count = 2 if tiny else games
    jobs: dict[str, tuple[Callable[[int], dict[str, Windows]], str]] = {
        bot: (partial(_played, bot), bot) for bot in BOTS
    }
    jobs[REMADE] = (_remade, f"{REMADE} bots, remade")
    found: dict[str, list[dict[str, Windows]]] = {}
    with ProcessPoolExecutor(min(count, os.cpu_count() or 1), mp_context=get_context("forkserver")) as processes:
        for bot, (job, label) in jobs.items():
            found[bot] = list(tracked(processes.map(job, range(count)), f"games of {label}", count))
    figures: list[Figure] = []
    for name, (_, truth) in PLANTED.items():
        figures += _rows(name, [game[name] for game in found[REMADE]], truth)
    for bot, truth in BOTS.items():
        figures += _rows(f"{bot} bots", [game[bot] for game in found[bot]], truth)
    return Report(
        f"Evidence in {count} class games on {SCENARIO}",
        tuple(figures),
        (
            f"Shares of games in which the evidence between {BALANCING} and {BANDWAGONING} ever passes the odds, with a",
            "Clopper-Pearson interval. Right: towards what the players follow. Wrong: away from it; for random players any way.",
            "'And chance': the favoured hypothesis passes the odds against chance at the same window too, as the debrief asks.",
            "Windows: quartiles of the number of windows until the evidence first passes, over the games in which it does.",
        ),
    )


def _played(bot: str, number: int) -> dict[str, Windows]:
    """Return the acts of one game of bots, window after window."""
    game = _game(bot, number)
    return {bot: _in_windows(sides_taken(game.records, {game.name: game.incidents}))}


def _remade(number: int) -> dict[str, Windows]:
    """Return the acts of one game, made anew by each kind of planted players."""
    game = _game(REMADE, number)
    sharp = sharp_forecast([record.point for record in game.records])
    found: dict[str, Windows] = {}
    for name, (rule, _) in PLANTED.items():
        dice, reader = Random(f"evidence/{name}/{number}"), ActReader((BALANCING, BANDWAGONING, CHANCE, RULE))
        reader.hear(game.incidents)
        records = [
            structs.replace(record, forecasts=record.forecasts | {RULE: shares[rule]})
            for record, shares in zip(game.records, sharp, strict=True)
        ]
        windows = [reader.read(list(window)) for _, window in groupby(records, key=lambda record: record.point.window)]
        found[name] = [[remade(side, dice) for side in window] for window in windows if window]
    return found


def remade(side: SideTaken, dice: Random) -> SideTaken:
    """Return an act with another choice from its menu, drawn by the rule of planted players."""
    places = range(len(side.menu))
    (chosen,) = dice.choices(places, [exp(share) for share in side.log_shares[RULE]])
    return SideTaken(
        side.session, side.window, side.date, side.actor, side.player, side.kind, side.menu, side.log_shares, chosen
    )


def _game(bot: str, number: int) -> Game:
    return game_of(bot, scenario(SCENARIO), f"evidence {number}")


def _in_windows(taken: Sequence[SideTaken]) -> Windows:
    return [list(window) for _, window in groupby(taken, key=lambda side: side.window)]


def _rows(name: str, games: Sequence[Windows], truth: str | None) -> list[Figure]:
    """Return the figures of one kind of player."""
    rows = []
    for wanted, way in ((True, "right"), (False, "wrong")):
        sides = [side for side in (BALANCING, BANDWAGONING) if (side == truth) == wanted]
        if not sides:
            continue
        for odds in ODDS:
            for beats_chance, words in ((False, ""), (True, " and chance")):
                firsts = [
                    min(_first_pass(game, side, log(odds), beats_chance=beats_chance) for side in sides)
                    for game in games
                ]
                label = f"{name}: {odds:.0f} to 1 the {way} way{words}"
                rows.append(_share(label, [first < np.inf for first in firsts]))
                passed = [first for first in firsts if first < np.inf]
                if wanted and passed:
                    rows.append(figure(f"{label}: after", "windows", *np.quantile(passed, (0.25, 0.5, 0.75)).tolist()))
    ends = [Bets(game).process(BALANCING, BANDWAGONING)[-1] if game else 0.0 for game in games]
    rows.append(figure(f"{name}: odds for balancing at the end", "to 1", *(exp(end) for end in ends)))
    acts = sum(len(window) for game in games for window in game)
    rows.append(figure(f"{name}: acts that take a side", "in a game", acts / len(games)))
    return rows


def _first_pass(windows: Windows, side: str, target: float, *, beats_chance: bool) -> float:
    """Return after how many windows the evidence for a hypothesis first reaches the target; infinity if it never does."""
    rival = BANDWAGONING if side == BALANCING else BALANCING
    bets = Bets(windows)
    process = bets.evidence(side, rival) if beats_chance else bets.process(side, rival)
    passed = [n for n, gained in enumerate(process) if gained >= target]
    return windows[passed[0]][0].window + 1 if passed else np.inf


def _share(name: str, hits: Sequence[bool]) -> Figure:
    """Return a share in percent between the ends of its Clopper-Pearson interval."""
    k, n = sum(hits), len(hits)
    low = float(beta.ppf(0.025, k, n - k + 1)) if k else 0.0
    high = float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0
    return figure(name, "%", 100.0 * low, 100.0 * k / n, 100.0 * high)
