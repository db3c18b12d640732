"""Degenerate policies: what a policy scores that does one thing to everybody, less what the balancer scores in its seat.

A tournament, a grade and a trained policy follow the score, so none of these policies may win by it. Each pair of games has the
same seed, seat and company of default bots; long scenarios are cut to eight years.
"""

from __future__ import annotations

from measurement import REPOSITORY, Report, figure, tracked
from paired_games import YEARS_MAX, differences, processes

from counterpoise_clients.roster import opponent_names

PROCESSES = 2
GAMES_MAX = 480


def measure(*, tiny: bool) -> Report:
    """Play pairs of games in every bundled scenario; tiny plays two pairs in one of them."""
    found = sorted(path.stem for path in (REPOSITORY / "scenarios").glob("*.toml") if ".history" not in path.name)
    names = ["weak-and-alone"] if tiny else found
    figures, below = [], []
    with processes(PROCESSES) as pool:
        for name in tracked(names, "scenarios", len(names)):
            for policy, difference in differences(
                pool, opponent_names(), name, games_max=2 if tiny else GAMES_MAX
            ).items():
                values = (difference.mean,) if tiny else (difference.low, difference.mean, difference.high)
                figures.append(figure(f"{policy} in {name}, {difference.games} pairs", "points", *values))
                below.append(difference.high < 0)
    return Report(
        "Score of degenerate policies, less the balancer's",
        (figure("policies that do worse, by the whole interval", "%", 100 * sum(below) / len(below)), *figures),
        (
            f"Games end after {YEARS_MAX:g} years at the latest. The range is the 95 % interval of the mean of the pairs.",
            "A policy whose upper bound is below 0 does worse than the balancer.",
        ),
    )
