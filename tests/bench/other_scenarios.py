"""The historical scenarios: published rates of disputes, wars, wars of great powers and coups of the same states and years."""

from __future__ import annotations

from dataclasses import dataclass

from game_statistics import SCENARIO
from intervals import poisson
from published_figures import Row


@dataclass(frozen=True, slots=True)
class RareEvents:
    """Wars of great powers (CoW Inter-State Wars v4.0 with Major Powers v2016) and coups in some years of a scenario.

    ``coups`` are those of history that the scenario does not date itself: games add theirs to the dated ones.
    """

    scenario: str
    years: str
    over: float
    great_power_wars: int
    coups: int
    source: str
    """Where the coups are told."""

    def rows(self) -> tuple[Row, Row]:
        """Return the lines of the table."""
        return (
            Row(
                f"great-power wars a year, {self.scenario}",
                "a year",
                f"CoW, same states, {self.years}: {self.great_power_wars}",
                poisson(self.great_power_wars, self.over),
                lambda game: [sum(war.is_between_great_powers for war in game.wars) / game.years],
            ),
            Row(
                f"coups a year, {self.scenario}",
                "a year",
                f"{self.source}: {self.coups}",
                poisson(self.coups, self.over),
                lambda game: [game.coups / game.years],
            ),
        )


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
    rare: RareEvents

    def rows(self) -> tuple[Row, ...]:
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
            *self.rare.rows(),
        )


# Beside the coups that the files date: Abdulaziz deposed in May 1876, Goudi in 1909, the Porte in 1913; Greece in October 1935,
# Romania in September 1940; Greece in November 1973, South Korea in December 1979; Syria in March 1962, Iraq on 30 July 1968.
# Wars of great powers: Russia and Japan 1904; Changkufeng 1938, Nomonhan 1939, the world war; Korea.
OTHER_SCENARIOS = (
    OtherScenario(
        "europe-1870", "1871-1913", 43.0, disputes=56, wars=5,
        rare=RareEvents("europe-1870", "1871-1913", 43.0, 1, 3, "Jelavich 1983"),
    ),
    OtherScenario(
        "europe-1933", "1933-40", 8.0, disputes=40, wars=2,
        rare=RareEvents("europe-1933", "1933-40", 8.0, 3, 2, "Rothschild 1974, Clogg 1992"),
    ),
    OtherScenario(
        "cold-war-1947", "1947-90", 44.0, disputes=132, wars=8,
        rare=RareEvents("cold-war-1947", "1947-90", 44.0, 1, 2, "Powell & Thyne 2011"),
    ),
)  # fmt: skip
MIDDLE_EAST = RareEvents(SCENARIO, "1955-79", 25.0, 0, 2, "Powell & Thyne 2011")
