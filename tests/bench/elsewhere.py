"""The other historical scenarios: how often their states quarrel and fight, beside the same states in the same years."""

from __future__ import annotations

from dataclasses import dataclass

from estimating import poisson
from published import Row


@dataclass(frozen=True, slots=True)
class Place:
    """A scenario, and what MID 2.2.1 (Gibler, Miller & Little 2016) counts among its states.

    ``disputes`` are those whose originators are two of the states, ``wars`` those of them that became one. The great wars that
    begin in a scenario's last year are left out with that year.
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


PLACES = (
    Place("europe-1870", "1871-1913", 43.0, disputes=56, wars=5),
    Place("europe-1933", "1933-40", 8.0, disputes=40, wars=2),
    Place("cold-war-1947", "1947-90", 44.0, disputes=132, wars=8),
)
