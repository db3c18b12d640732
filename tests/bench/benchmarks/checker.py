"""Whether the checker can fail: how often it sees what is not there, and how often what is.

The decisions are those that games of random players froze; the choices, and whatever else a claim is about, are made anew,
by chance or by a planted hypothesis. The table has a row for every proposition.
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

from blindness import blind, null_of, rules
from measuring import REPOSITORY, Figure, Report, figure, tracked
from planting import Game, Rule, by_partner, game_of, obeying, redrawn, sample_of
from recovery import WEIGHED, recovered
from scipy.stats import beta

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.evidence.scoring import score
from counterpoise.theory.forecasts import HYPOTHESES

T = TypeVar("T")
NOMINAL = 0.05
Kind = tuple[str, str, int, int | None]
"""A bot, a scenario, how many games of it are played, and for how many windows if not to the end."""
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
    "balance_of_threat": ("equals", ("W3.1", "W3.2", "WX.1")),
    "bandwagoning": ("equals", ("W2.1",)),
    "ideology": ("equals", ("W4.1",)),
    "aid": ("recipients", ("W5.1",)),
    "penetration": ("penetrated", ("W6.1",)),
}
"""Walt's five hypotheses, and the propositions that should find out when players obey one, in games that give them cause to."""
USUAL = 12
"""Games in a set."""


class Pool:
    """The games, and how each kind of chance chooses in them. Every process holds one."""

    games: dict[str, list[Game]] = {}  # noqa: RUF012
    rules: dict[str, Rule] = {}  # noqa: RUF012

    @classmethod
    def fill(cls, games: dict[str, list[Game]]) -> None:
        """Take the games in."""
        cls.games, cls.rules = games, rules()

    @classmethod
    def drawn(cls, size: int, dice: Random, pool: str = "chance") -> list[Game]:
        """Return a set of games."""
        return dice.sample(cls.games[pool], min(size, len(cls.games[pool])))


def measure(*, tiny: bool) -> Report:
    """Play the games, then choose again and again."""
    sets, sizes = (2, (2,)) if tiny else (100, (3, 6, USUAL, 24))
    context = get_context("forkserver")
    plan = [
        (pool, bot, name, seed, windows)
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
                f"sets in which players who obey {name} put it first",
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
        skills = each(_skills, sets, "skill by chance")
        weights = each(_weights, sets, "planted weights")
        false, silent = _false_positives(each, sets)
    chance = games["chance"]
    decisions = sum(len(game.records) for game in chance)
    held = sum(1 for row in false if min(row.values) <= 100 * NOMINAL <= max(row.values))
    return Report(
        "Whether the checker can fail",
        (
            *first,
            figure("propositions whose interval holds 5 %", f"of {len(PROPOSITIONS)}", held),
            *power,
            *(_recovery(name, [row[name] for row in weights if name in row]) for name in WEIGHED),
            *(_skill(name, [row[name] for row in skills]) for name in HYPOTHESES),
            *false,
        ),
        (
            f"{len(chance)} games of random players in {len(POOLS['chance'])} scenarios, {decisions} decisions;",
            f"sets of {USUAL} games, {sets} of each kind. False positives: p < {NOMINAL}, two-sided, with a Clopper-Pearson",
            "interval, where a proposition has the data it asks for (in all games at once if sets have not); in brackets what",
            "chance decides: whether states align and against whom, with whom, or a forecast no better than its rival.",
            f"Without data in these games: {', '.join(silent) or 'none'}.",
        ),
    )


def _played(pool: str, bot: str, name: str, seed: int, windows: int | None) -> Game:
    text = (REPOSITORY / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")
    return game_of(bot, text, f"{pool} {name} {seed}", windows)


def _first(planted: str, number: int) -> bool:
    """Tell whether the planted hypothesis has the best mean log score of all in a set."""
    dice = Random(f"first/{planted}/{number}")
    records = redrawn((r for game in Pool.drawn(USUAL, dice) for r in game.records), obeying(planted), dice)
    scores = {
        name: fsum(log(r.forecasts[name][r.point.options.index(r.outcome.choice)]) for r in records if r.outcome)
        for name in HYPOTHESES
    }
    return max(scores, key=lambda name: scores[name]) == planted


def _supported(planted: str, pool: str, name: str, size: int, number: int) -> bool:
    """Tell whether a proposition is supported in a set in which players obey a hypothesis."""
    dice = Random(f"power/{planted}/{name}/{size}/{number}")
    sample = sample_of(Pool.drawn(size, dice, pool), obeying(planted), dice)
    proposition = PROPOSITIONS[name]
    return proposition.verdict(proposition.test(sample), sample) == "SUPPORT"


def _skills(number: int) -> dict[str, float]:
    """Return the mean percentile of the partner by each hypothesis, partners being drawn blindly."""
    dice = Random(f"skill/{number}")
    records = redrawn((r for game in Pool.drawn(USUAL, dice) for r in game.records), by_partner, dice)
    found: dict[str, float] = {}
    for name in HYPOTHESES:
        places = [place for record in records if (place := score(record, name).percentile) is not None]
        found[name] = fsum(places) / len(places)
    return found


def _weights(number: int) -> dict[str, bool]:
    """Tell which planted weights lie inside the intervals that a set gives for them."""
    dice = Random(f"recovery/{number}")
    return recovered(Pool.drawn(USUAL, dice), dice)


def _tried(ids: Sequence[str], size: int, number: int) -> dict[str, tuple[bool, bool]]:
    """Tell which propositions are found where chance alone rules, and whether they had the data they ask for."""
    dice, found = Random(f"blind/{size}/{number}"), {}
    games = Pool.drawn(size, dice)
    for null, rule in Pool.rules.items():
        own = [name for name in ids if null_of(name) == null]
        sample = blind(games, null, rule, dice) if own else None
        for name in own:
            assert sample is not None
            finding = PROPOSITIONS[name].test(sample)
            if finding.p is not None:
                found[name] = finding.p < NOMINAL, PROPOSITIONS[name].has_enough(finding, sample)
    return found


def _false_positives(
    each: Callable[..., list[dict[str, tuple[bool, bool]]]], sets: int
) -> tuple[list[Figure], list[str]]:
    """Return, for each proposition, how often chance makes it significant, and those that were never estimated.

    Sets count in which a proposition has the data it asks for. Where that is less than half of them it is tried on all games at
    once, and if these do not do either, on what there is: it would say that there is not enough, but its p can be tried.
    """
    usual = each(partial(_tried, list(PROPOSITIONS), USUAL), sets, "found by chance")
    enough = {name: [row[name][0] for row in usual if name in row and row[name][1]] for name in PROPOSITIONS}
    few = [name for name, hits in enough.items() if len(hits) < sets / 2]
    whole = each(partial(_tried, few, 10**6), sets, "found by chance in all games")
    rows, silent = [], []
    for name in PROPOSITIONS:
        hits, remark = enough[name], null_of(name).partition(" ")[0]
        if name in few:
            tried = [row[name] for row in whole if name in row]
            hits = [hit for hit, _ in tried]
            remark += "" if all(had for _, had in tried) else ", few data"
        if hits:
            rows.append(_interval(f"{name} found by chance ({remark})", hits))
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
        f"percentile by {name} of partners drawn blindly",
        "%",
        *(100.0 * x for x in (ends[0], fsum(places) / len(places), ends[1])),
    )
