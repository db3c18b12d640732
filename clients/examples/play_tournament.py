"""Play a small tournament in this process and print its standings.

``counterpoise tournament FILE`` does the same from a file, on several processes and with stored results.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.scenario_files import scenario_text
from counterpoise.tournament.plan import parse
from counterpoise.tournament.runner import run
from counterpoise.tournament.standings import standings
from counterpoise_clients.roster import SeatLoader

PLAN = """
name = "Example cup"
seed = "7"
games = 4
years = 2
scenarios = ["checkerboard"]
entrants = ["balancer", "bandwagoner", "random"]
"""


def standing_lines() -> Iterator[str]:
    """Play the tournament; yield each entrant with its strength, mean score and games, the strongest first."""
    tournament = parse(PLAN, "Example cup")
    scenarios = {name: scenario_text(name)[0] for name in tournament.scenarios}
    for standing in standings(tournament, run(tournament, scenarios, SeatLoader())):
        strength, score = standing.strength.mean, standing.score.mean
        yield f"{standing.entrant}: strength {strength:.2f}, mean score {score:.1f} in {standing.games} games"


if __name__ == "__main__":
    for line in standing_lines():
        print(line)
