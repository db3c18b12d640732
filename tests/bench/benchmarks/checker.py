"""Whether the checker can fail: how often it sees what is not there, and how often what is.

The decisions are those that games of random players froze; the choices are made anew, blindly or by a planted hypothesis.
"""

from __future__ import annotations

from math import fsum, log
from random import Random

from measuring import REPOSITORY, Figure, Report, figure
from planting import Game, random_game, redrawn, sample_of
from scipy.stats import beta

from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.registry import PROPOSITIONS

NOMINAL = 0.05
SCENARIOS: dict[str, tuple[int, int | None]] = {
    "checkerboard": (20, None),
    "rising-hegemon": (8, None),
    "weak-and-alone": (8, None),
    "middle-east-1955": (12, 24),
}
"""How many games of each scenario are played, and for how many windows if not to the end."""
PLANTED = {
    "balance_of_threat": ("W1.1", "W3.1", "WX.1"),
    "bandwagoning": ("W2.1",),
    "ideology": ("W4.1",),
    "aid": ("W5.1",),
    "penetration": (),
}
"""Walt's five hypotheses, and the propositions that should find out when players obey one."""


def measure(*, tiny: bool) -> Report:
    """Play the games, then choose again and again."""
    sets, blind, sizes = (2, 2, (2,)) if tiny else (100, 100, (3, 6, 12, 24))
    games = [
        random_game((REPOSITORY / "scenarios" / f"{name}.toml").read_text(encoding="utf-8"), f"{name} {seed}", windows)
        for name, (count, windows) in SCENARIOS.items()
        for seed in range(1 if tiny else count)
    ]
    played = len(games)
    usual = min(played, 12)
    found = [
        figure(f"sets in which players who obey {name} put it first", "%", 100 * _first(games, name, sets, usual))
        for name in PLANTED
    ]
    for name, ids in PLANTED.items():
        for proposition in ids:
            for size in sizes:
                power = _power(games, name, proposition, size, max(2, sets // 5))
                found.append(figure(f"{proposition} supported by {name} in {size} games", "%", 100 * power))
    false, silent = _false_positives(games, blind, usual)
    held = sum(1 for row in false if min(row.values) <= 100 * NOMINAL <= max(row.values))
    found.append(figure("propositions whose interval holds 5 %", f"of {len(false)}", held))
    decisions = sum(len(game.records) for game in games) // played
    return Report(
        "Whether the checker can fail",
        (*found, *false),
        (
            f"{played} games of {len(SCENARIOS)} scenarios by random players, {decisions} decisions each; sets of {usual} games,",
            f"{sets} for each planted hypothesis, {blind} of blind choices. p < {NOMINAL} two-sided, with a Clopper-Pearson",
            "interval.",
            "Blind choices are no null of WX.1, WX.3 and WX.5, which compare two forecasts that both miss them.",
            f"Without data in these games: {', '.join(silent) or 'none'}.",
        ),
    )


def _drawn(games: list[Game], size: int, dice: Random) -> list[Game]:
    return dice.sample(games, min(size, len(games)))


def _first(games: list[Game], planted: str, sets: int, size: int) -> float:
    """Return in what share of sets the planted hypothesis has the best mean log score of all."""
    first = 0
    for number in range(sets):
        dice = Random(f"first/{planted}/{number}")
        records = [record for game in _drawn(games, size, dice) for record in redrawn(game, planted, dice)]
        scores = {
            name: fsum(log(r.forecasts[name][r.point.options.index(r.outcome.choice)]) for r in records if r.outcome)
            for name in HYPOTHESES
        }
        first += max(scores, key=lambda name: scores[name]) == planted
    return first / sets


def _power(games: list[Game], planted: str, name: str, size: int, sets: int) -> float:
    """Return in what share of sets a proposition is supported when players obey a hypothesis."""
    proposition, supported = PROPOSITIONS[name], 0
    for number in range(sets):
        dice = Random(f"power/{planted}/{name}/{size}/{number}")
        sample = sample_of(_drawn(games, size, dice), planted, dice)
        supported += proposition.verdict(proposition.test(sample), sample) == "SUPPORT"
    return supported / sets


def _false_positives(games: list[Game], sets: int, size: int) -> tuple[list[Figure], list[str]]:
    """Return, for each proposition, how often blind choices make it significant, and those never estimated."""
    tried, hits = dict.fromkeys(PROPOSITIONS, 0), dict.fromkeys(PROPOSITIONS, 0)
    for number in range(sets):
        dice = Random(f"blind/{number}")
        sample = sample_of(_drawn(games, size, dice), "blind", dice)
        for name, proposition in PROPOSITIONS.items():
            p = proposition.test(sample).p
            if p is not None:
                tried[name] += 1
                hits[name] += p < NOMINAL
    rows = []
    for name, count in tried.items():
        if count:
            k = hits[name]
            low = float(beta.ppf(0.025, k, count - k + 1)) if k else 0.0
            high = float(beta.ppf(0.975, k + 1, count - k)) if k < count else 1.0
            rows.append(figure(f"{name} found in blind choices", "%", 100 * low, 100 * k / count, 100 * high))
    return rows, [name for name, count in tried.items() if not count]
