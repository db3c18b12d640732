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
from planting import Game, Rule, by_partner, obeying, random_game, redrawn, sample_of
from recovery import WEIGHED, recovered
from scipy.stats import beta

from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.registry import PROPOSITIONS
from counterpoise.theory.scoring import score

T = TypeVar("T")
NOMINAL = 0.05
SCENARIOS: dict[str, tuple[int, int | None]] = {
    "checkerboard": (20, None),
    "rising-hegemon": (8, None),
    "weak-and-alone": (8, None),
    "middle-east-1955": (12, 36),
}
"""How many games of each scenario are played, and for how many windows if not to the end."""
PLANTED = {
    "balance_of_threat": ("W1.1", "W3.1", "WX.1"),
    "bandwagoning": ("W2.1",),
    "ideology": ("W4.1",),
    "aid": ("W5.1",),
    "penetration": ("W6.1",),
}
"""Walt's five hypotheses, and the propositions that should find out when players obey one."""
USUAL = 12
"""Games in a set."""


class Pool:
    """The games, and how each kind of chance chooses in them. Every process holds one."""

    games: tuple[Game, ...] = ()
    rules: dict[str, Rule] = {}  # noqa: RUF012

    @classmethod
    def fill(cls, games: Sequence[Game]) -> None:
        """Take the games in."""
        cls.games, cls.rules = tuple(games), rules()

    @classmethod
    def drawn(cls, size: int, dice: Random) -> list[Game]:
        """Return a set of games."""
        return dice.sample(cls.games, min(size, len(cls.games)))


def measure(*, tiny: bool) -> Report:
    """Play the games, then choose again and again."""
    sets, sizes = (2, (2,)) if tiny else (100, (3, 6, USUAL, 24, 48))
    kinds = [
        (name, seed, windows) for name, (count, windows) in SCENARIOS.items() for seed in range(1 if tiny else count)
    ]
    context = get_context("forkserver")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        games = list(tracked(pool.map(_played, *zip(*kinds, strict=True)), "games", len(kinds)))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, initializer=Pool.fill, initargs=(games,)) as pool:

        def each(work: Callable[[int], T], count: int, what: str) -> list[T]:
            return list(tracked(pool.map(work, range(count)), what, count))

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
                    partial(_supported, name, proposition, size), max(2, sets // 4), f"{proposition} in {size} games"
                ),
            )
            for name, ids in PLANTED.items()
            for proposition in ids
            for size in sizes
        ]
        skills = each(_skills, sets, "skill by chance")
        weights = each(_weights, sets, "planted weights")
        false, silent = _false_positives(each, sets)
    decisions = sum(len(game.records) for game in games)
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
            f"{len(games)} games of random players in {len(SCENARIOS)} scenarios, {decisions} decisions;",
            f"sets of {USUAL} games, {sets} of each kind. False positives: p < {NOMINAL}, two-sided, with a Clopper-Pearson",
            "interval, where a proposition has the data it asks for (in all games at once if sets have not); in brackets what",
            "chance decides: whether states align and against whom, with whom, or a forecast no better than its rival.",
            f"Without data in these games: {', '.join(silent) or 'none'}.",
        ),
    )


def _played(name: str, seed: int, windows: int | None) -> Game:
    text = (REPOSITORY / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")
    return random_game(text, f"{name} {seed}", windows)


def _first(planted: str, number: int) -> bool:
    """Tell whether the planted hypothesis has the best mean log score of all in a set."""
    dice = Random(f"first/{planted}/{number}")
    records = redrawn((r for game in Pool.drawn(USUAL, dice) for r in game.records), obeying(planted), dice)
    scores = {
        name: fsum(log(r.forecasts[name][r.point.options.index(r.outcome.choice)]) for r in records if r.outcome)
        for name in HYPOTHESES
    }
    return max(scores, key=lambda name: scores[name]) == planted


def _supported(planted: str, name: str, size: int, number: int) -> bool:
    """Tell whether a proposition is supported in a set in which players obey a hypothesis."""
    dice = Random(f"power/{planted}/{name}/{size}/{number}")
    sample = sample_of(Pool.drawn(size, dice), obeying(planted), dice)
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


def _tried(ids: Sequence[str], size: int, number: int) -> dict[str, bool]:
    """Tell which propositions are found where chance alone rules; those without the data they ask for are left out."""
    dice, found = Random(f"blind/{size}/{number}"), {}
    games = Pool.drawn(size, dice)
    for null, rule in Pool.rules.items():
        own = [name for name in ids if null_of(name) == null]
        sample = blind(games, null, rule, dice) if own else None
        for name in own:
            assert sample is not None
            finding = PROPOSITIONS[name].test(sample)
            if finding.p is not None and PROPOSITIONS[name].has_enough(finding, sample):
                found[name] = finding.p < NOMINAL
    return found


def _false_positives(each: Callable[..., list[dict[str, bool]]], sets: int) -> tuple[list[Figure], list[str]]:
    """Return, for each proposition, how often chance makes it significant, and those that never had the data."""
    usual = each(partial(_tried, list(PROPOSITIONS), USUAL), sets, "found by chance")
    few = [name for name in PROPOSITIONS if sum(name in row for row in usual) < sets / 2]
    whole = each(partial(_tried, few, 10**6), sets, "found by chance in all games")
    rows, silent = [], []
    for name in PROPOSITIONS:
        hits = [row[name] for row in (whole if name in few else usual) if name in row]
        if hits:
            rows.append(_interval(f"{name} found by chance ({null_of(name).partition(' ')[0]})", hits))
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
