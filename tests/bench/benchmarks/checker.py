"""Test the checker: how often it finds effects that are absent, and how often effects that are present.

The decisions are frozen in games of random players. The choices, and everything else that a claim is about, are redrawn at
random or by a planted hypothesis. The table has a row for every proposition.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import fsum, log
from multiprocessing import get_context
from random import Random
from typing import TypeVar

import numpy as np
from measurement import REPOSITORY, Figure, Report, figure, tracked
from null_worlds import null_sample, null_world_of, rules
from planted_choices import (
    Game,
    game_of,
    random_partner,
    rule_of_forecasts,
    rule_of_hypothesis,
    sample_of,
)
from scipy.stats import beta
from weight_recovery import WEIGHT_NAMES, recovered

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.verdicts import judged
from counterpoise.theory.evidence.forecast_scores import ScoredMenus
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.registration.redrawn_choices import Rule, redrawn_decisions

T = TypeVar("T")
NOMINAL = 0.05
Kind = tuple[str, str, int, int | None]
"""A bot, a scenario, the number of games, and the number of windows if they do not run to the end."""
POOLS: dict[str, tuple[Kind, ...]] = {
    "chance": (
        ("random", "checkerboard", 20, None),
        ("random", "rising-hegemon", 8, None),
        ("random", "weak-and-alone", 8, None),
        ("random", "middle-east-1955", 12, 36),
    ),
    "equals": (("random", "checkerboard", 24, None),),
    "recipients": (("random", "middle-east-1955", 24, 24),),
    "penetrated": (("penetrator", "checkerboard", 24, None),),
}
PLANTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "balance_of_threat": ("equals", ("W3.2", "WX.1")),
    "bandwagoning": ("equals", ("W2.1",)),
    "ideology": ("equals", ("W4.1",)),
    "aid": ("recipients", ("W5.1",)),
    "penetration": ("penetrated", ("W6.1",)),
}
"""Walt's five hypotheses, each with games in which it can be followed and the propositions that should then be supported."""
USUAL = 12
"""Games in a set."""
TINY_WINDOWS = 12
"""The windows of the long scenario's games when the benchmark only shows that it works."""


class Pool:
    """The games and the rules of each null. Every process holds one pool."""

    games: dict[str, list[Game]] = {}  # noqa: RUF012
    rules: dict[str, Rule] = {}  # noqa: RUF012

    @classmethod
    def fill(cls, games: dict[str, list[Game]]) -> None:
        """Store the games and make the rules."""
        cls.games, cls.rules = games, rules()

    @classmethod
    def drawn(cls, size: int, dice: Random, pool: str = "chance") -> list[Game]:
        """Return a random set of games."""
        return dice.sample(cls.games[pool], min(size, len(cls.games[pool])))


def measure(*, tiny: bool) -> Report:
    """Play the games, then redraw the choices many times."""
    sets, sizes = (2, (2,)) if tiny else (100, (3, 6, USUAL, 24))
    context = get_context("forkserver")
    plan = [
        (pool, bot, name, seed, windows and min(windows, TINY_WINDOWS) if tiny else windows)
        for pool, kinds in POOLS.items()
        for bot, name, count, windows in kinds
        for seed in range(1 if tiny else count)
    ]
    games: dict[str, list[Game]] = {pool: [] for pool in POOLS}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as processes:
        found = tracked(processes.map(_played, *zip(*plan, strict=True)), "games", len(plan))
        for (pool, *_), game in zip(plan, found, strict=True):
            games[pool].append(game)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, initializer=Pool.fill, initargs=(games,)) as processes:

        def each(work: Callable[[int], T], count: int, what: str) -> list[T]:
            return list(tracked(processes.map(work, range(count)), what, count))

        def share(test: Callable[[int], bool], count: int, what: str) -> float:
            return 100.0 * sum(each(test, count, what)) / count

        first = [
            figure(
                f"sets in which {name} scores best after it was planted",
                "%",
                share(partial(_first, name), sets, f"{name} planted"),
            )
            for name in PLANTED
        ]
        power = [
            figure(
                f"{proposition} supported by {name} in {size} games",
                "%",
                share(
                    partial(_supported, name, pool, proposition, size),
                    max(2, sets // 4),
                    f"{proposition} in {size} games",
                ),
            )
            for name, (pool, ids) in PLANTED.items()
            for proposition in ids
            for size in sizes
        ]
        skills = each(_skills, sets, "skill on random partners")
        weights = each(_weights, sets, "planted weights")
        false, silent = _false_positives(each, sets)
    chance = games["chance"]
    decisions = sum(len(game.records) for game in chance)
    held = sum(1 for row in false if min(row.values) <= 100 * NOMINAL <= max(row.values))
    return Report(
        "Test of the checker",
        (
            *first,
            figure("propositions whose interval includes 5 %", f"of {len(PROPOSITIONS)}", held),
            *power,
            *(_recovery(name, [row[name] for row in weights if name in row]) for name in WEIGHT_NAMES),
            *(_skill(name, [row[name] for row in skills]) for name in HYPOTHESES),
            *false,
        ),
        (
            f"{len(chance)} games of random players in {len(POOLS['chance'])} scenarios, {decisions} decisions;",
            f"sets of {USUAL} games, {sets} of each kind. False positives: p < {NOMINAL}, two-sided, with a Clopper-Pearson",
            "interval, in sets with enough data for the proposition (in all games at once if the sets have too few). Brackets",
            "name the random part: the class of the choice, the partner, or forecasts with equal expected scores.",
            f"Without data in these games: {', '.join(silent) or 'none'}.",
        ),
    )


def _played(pool: str, bot: str, name: str, seed: int, windows: int | None) -> Game:
    text = (REPOSITORY / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")
    return game_of(bot, text, f"{pool} {name} {seed}", windows)


def _first(planted: str, number: int) -> bool:
    """Tell whether the hypothesis whose forecasts are planted has the best mean log score of all in a set."""
    dice = Random(f"first/{planted}/{number}")
    records = redrawn_decisions(
        (r for game in Pool.drawn(USUAL, dice) for r in game.records), rule_of_forecasts(planted), dice
    )
    scores = {
        name: fsum(log(r.forecasts[name][r.point.options.index(r.outcome.choice)]) for r in records if r.outcome)
        for name in HYPOTHESES
    }
    return max(scores, key=lambda name: scores[name]) == planted


def _supported(planted: str, pool: str, name: str, size: int, number: int) -> bool:
    """Tell whether a proposition is supported in a set in which players follow a hypothesis."""
    dice = Random(f"power/{planted}/{name}/{size}/{number}")
    sample = sample_of(Pool.drawn(size, dice, pool), rule_of_hypothesis(planted), dice)
    family = {each: claim for each, claim in PROPOSITIONS.items() if claim.family == PROPOSITIONS[name].family}
    return judged(family, sample)[name].verdict == "SUPPORT"


def _skills(number: int) -> dict[str, float]:
    """Return the mean percentile of random partners under each hypothesis."""
    dice = Random(f"skill/{number}")
    records = redrawn_decisions((r for game in Pool.drawn(USUAL, dice) for r in game.records), random_partner, dice)
    menus, found = ScoredMenus(records), dict[str, float]()
    for name in HYPOTHESES:
        places = menus.scores(name).percentile
        places = places[~np.isnan(places)]
        found[name] = fsum(places) / len(places)
    return found


def _weights(number: int) -> dict[str, bool]:
    """Tell which planted weights lie inside their intervals from a set."""
    dice = Random(f"recovery/{number}")
    return recovered(Pool.drawn(USUAL, dice), dice)


def _tried(ids: Sequence[str], size: int, number: int) -> dict[str, tuple[bool, bool]]:
    """Return, for each proposition, whether random data made it significant, and whether it had enough data."""
    dice, found = Random(f"blind/{size}/{number}"), {}
    games = Pool.drawn(size, dice)
    for null, rule in Pool.rules.items():
        own = [name for name in ids if null_world_of(name) == null]
        sample = null_sample(games, null, rule, dice) if own else None
        for name in own:
            assert sample is not None
            finding = PROPOSITIONS[name].test(sample)
            if finding.p is not None:
                found[name] = finding.p < NOMINAL, PROPOSITIONS[name].has_enough(finding, sample)
    return found


def _false_positives(
    each: Callable[..., list[dict[str, tuple[bool, bool]]]], sets: int
) -> tuple[list[Figure], list[str]]:
    """Return how often random data make each proposition significant, and the propositions without an estimate.

    A set counts if the proposition has enough data in it. If fewer than half of the sets have, the proposition is tested on all
    games at once; if those have too few data as well, its verdict would be NOT_ENOUGH_DATA, but its p is still tested.
    """
    usual = each(partial(_tried, list(PROPOSITIONS), USUAL), sets, "significant by chance")
    enough = {name: [row[name][0] for row in usual if name in row and row[name][1]] for name in PROPOSITIONS}
    few = [name for name, hits in enough.items() if len(hits) < sets / 2]
    whole = each(partial(_tried, few, 10**6), sets, "significant by chance in all games")
    rows, silent = [], []
    for name in PROPOSITIONS:
        hits, remark = enough[name], null_world_of(name).partition(" ")[0]
        if name in few:
            tried = [row[name] for row in whole if name in row]
            hits = [hit for hit, _ in tried]
            remark += "" if all(had for _, had in tried) else ", few data"
        if hits:
            rows.append(_interval(f"{name} significant by chance ({remark})", hits))
        else:
            silent.append(name)
    return rows, silent


def _interval(name: str, hits: Sequence[bool]) -> Figure:
    """Return a share in percent between the ends of its Clopper-Pearson interval."""
    k, n = sum(hits), len(hits)
    low = float(beta.ppf(0.025, k, n - k + 1)) if k else 0.0
    high = float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0
    return figure(name, "%", 100.0 * low, 100.0 * k / n, 100.0 * high)


def _recovery(name: str, inside: Sequence[bool]) -> Figure:
    return _interval(f"planted weight of {name} inside its 95 % interval", inside)


def _skill(name: str, places: Sequence[float]) -> Figure:
    ordered = sorted(places)
    ends = ordered[round(0.025 * (len(ordered) - 1))], ordered[round(0.975 * (len(ordered) - 1))]
    return figure(
        f"percentile of random partners under {name}",
        "%",
        *(100.0 * x for x in (ends[0], fsum(places) / len(places), ends[1])),
    )
