"""The other historical scenarios: published rates of disputes and wars of the same states in the same years."""

from __future__ import annotations

from dataclasses import dataclass

from intervals import poisson
from published_figures import Row


@dataclass(frozen=True, slots=True)
class OtherScenario:
    """A scenario, and the counts of MID 2.2.1 (Gibler, Miller & Little 2016) among its states.

    ``disputes`` are disputes between two of the states as originators, ``wars`` those disputes that became a war. The last
    year of a scenario is left out, and with it the great wars that begin in it.
    """

    scenario: str
    years: str
    over: float
    disputes: int
    wars: int

    def rows(self) -> tuple[Row, Row]:
        """Return the lines of the table."""
        source = f"MID, same states, {self.years}"
        return (
            Row(
                f"disputes a year, {self.scenario}",
                "a year",
                f"{source}: {self.disputes}",
                poisson(self.disputes, self.over),
                lambda game: [len(game.disputes) / game.years],
            ),
            Row(
                f"wars a year, {self.scenario}",
                "a year",
                f"{source}: {self.wars}",
                poisson(self.wars, self.over),
                lambda game: [len(game.wars) / game.years],
            ),
        )


OTHER_SCENARIOS = (
    OtherScenario("europe-1870", "1871-1913", 43.0, disputes=56, wars=5),
    OtherScenario("europe-1933", "1933-40", 8.0, disputes=40, wars=2),
    OtherScenario("cold-war-1947", "1947-90", 44.0, disputes=132, wars=8),
)
