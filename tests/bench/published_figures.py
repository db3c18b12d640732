"""The published figures of disputes, wars and alliances, and the count of a game that each is compared with.

MID is Gibler, Miller & Little 2016 (version 2.2.1, 2174 disputes of 1816-2010), ICB Brecher & Wilkenfeld 2000 (version 14, 482
crises of 1918-2017), CoW Sarkees & Wayman 2010 with the capabilities of Singer 1987, ATOP Leeds et al. 2002 (5.1). *Region* means
the ten core states in 1955-79, counted in the same data; where the world and the region differ, the world's figure is the one
compared, and what the region explains of a deviation is a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from game_statistics import Dispute, Game, disputes_among
from intervals import Reduce, Sample, binomial, contest_exponent, mean, order_statistic, poisson, quantile, share

from counterpoise.sim.types import LEVEL_DISPLAY, LEVEL_FORCE, LEVEL_THREAT, LEVEL_WAR

DISPUTES, REGION, YEARS = 2174, 69, 25.0
"""Disputes of the world and onsets of the region, and the years in which these fell."""
AGAIN_IN_ONE, AGAIN_IN_FIVE = binomial(29, 72), binomial(47, 64)
"""Of the region's dyadic onsets between originators (MID), those followed by another in the pair within so many years."""
REGIONS_PACTS = binomial(35, 349)
"""State-years of the region's 15 states in which one made a pact of defence or offence with another of the scenario's (ATOP)."""
REGIONS_USE = 132.0
"""Median days of the region's 59 dyadic onsets between originators that topped at the use of force (MID)."""
AGAIN = (
    "The states of the region are neighbours and rivals: of their own disputes of 1955-79 {} % were followed by another within "
    "{} (MID). The games lie between the world and the region."
)
FORCE_MATTERS = (
    "By choice the contest has m = 1 on the forces at the front, where wars since 1816 fit 0.44 on whole capabilities: players "
    "should see that force matters. A side that is outmatched is also the first to be worn out."
)
TERMS = (
    "Every level of a crisis gives the seats a term to answer, with ICB's median of five days, so few are over within days, as a "
    "quarter of MID's disputes are."
)
WARS, DECISIVE = 95, 75
"""Inter-state wars, and those among them that somebody won and whose sides' capabilities are known."""
MANY_SIDED = share(40.0, WARS)
"""Wars with more than one state on a side (CoW)."""
Interval = tuple[float, float, float]
Observations = Callable[[Game], list[float] | list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is counted in a game, what was published, and why the two may differ.

    ``reason`` explains a deviation only as far as ``least`` to ``most``: beyond, it is no explanation.
    """

    name: str
    unit: str
    source: str
    published: Interval
    observe: Observations
    reduce: Reduce = mean
    reason: str = ""
    least: float = 0.0
    most: float = 0.0

    def sample(self, game: Game) -> Sample:
        """Return what one game adds to the row."""
        return np.asarray(self.observe(game), dtype=float)


def per_cent(flags: Iterator[bool] | list[bool]) -> list[float]:
    """Return yes and no as 100 and 0, so that their mean is in per cent."""
    return [100.0 * flag for flag in flags]


def disputes(game: Game) -> list[Dispute]:
    """Return the disputes that are over; those cut off tell neither their level nor their length."""
    return [d for d in game.disputes if d.closed is not None]


def _days(game: Game, level: int) -> list[float]:
    return [float(d.closed - d.opened) for d in game.disputes if d.closed is not None and d.level == level]


def _crisis_days(game: Game) -> list[float]:
    return [float(d.closed - d.opened) for d in game.disputes if d.closed is not None and d.reciprocated]


def _war_days(game: Game) -> list[float]:
    return [float(w.ended - w.dispute.opened) for w in game.wars if w.ended is not None]


def _recurring(years: float) -> Observations:
    """Return what tells for each dispute whether its pair has another within so many years, where the game lasts as long."""
    within = years * 365.25

    def observe(game: Game) -> list[float]:
        found = []
        for d in disputes(game):
            if d.opened + within <= game.years * 365.25:
                later = [e for e in game.disputes if e.pair == d.pair and d.opened < e.opened <= d.opened + within]
                found.append(100.0 * bool(later))
        return found

    return observe


def _region_share(level: int) -> Observations:
    return lambda game: per_cent([d.level == level for d in disputes_among(disputes(game))])


def _contests(game: Game) -> list[tuple[float, float]]:
    return [(w.advantage, float(w.won)) for w in game.wars if w.won is not None and w.advantage != 0.0]


def _stronger_won(game: Game) -> list[float]:
    return per_cent([(advantage > 0.0) == bool(won) for advantage, won in _contests(game)])


def _yielded(*, target: bool) -> Observations:
    """Return what tells for each dispute whether this side gave in, or lost the war it became (MID's victories and yields)."""

    def observe(game: Game) -> list[float]:
        lost = [w.dispute for w in game.wars if w.won is target]
        return per_cent(
            [
                d.yielder == (d.target if target else d.initiator) or any(d is war for war in lost)
                for d in disputes(game)
            ]
        )

    return observe


DISPLAY = {0.25: 1.0, 0.50: 22.0, 0.75: 71.0, 0.90: 181.0}
FORCE = {0.25: 2.0, 0.50: 42.0, 0.75: 183.0, 0.90: 377.0}
CRISIS = {0.25: 28.0, 0.50: 76.0, 0.75: 202.0, 0.90: 350.0}
WAR = {0.25: 326.0, 0.50: 627.0, 0.75: 1143.0, 0.90: 2211.0}

QUARRELS = (
    Row(
        "disputes a year, ten core states",
        "a year",
        f"MID, region: {REGION}",
        poisson(REGION, YEARS),
        lambda game: [len(disputes_among(game.disputes)) / game.years],
    ),
    Row(
        "wars a year, ten core states",
        "a year",
        "MID, region: 6",
        poisson(6, YEARS),
        lambda game: [len(disputes_among(w.dispute for w in game.wars)) / game.years],
    ),
    Row(
        "P(war | dispute), ten core states",
        "%",
        "MID, region",
        share(8.7, REGION),
        _region_share(LEVEL_WAR),
    ),
    Row(
        "highest level a threat, the same",
        "%",
        "MID, region",
        share(4.0, REGION),
        _region_share(LEVEL_THREAT),
    ),
    Row(
        "highest level a display of force",
        "%",
        "MID, region",
        share(10.0, REGION),
        _region_share(LEVEL_DISPLAY),
    ),
    Row(
        "highest level the use of force",
        "%",
        "MID, region",
        share(77.0, REGION),
        _region_share(LEVEL_FORCE),
    ),
    Row(
        "the pair quarrels again within a year",
        "%",
        "MID",
        share(23.0, DISPUTES),
        _recurring(1.0),
        mean,
        AGAIN.format(round(AGAIN_IN_ONE[0]), "a year"),
        share(23.0, DISPUTES)[2],
        AGAIN_IN_ONE[2],
    ),
    Row(
        "... within five years",
        "%",
        "MID",
        share(49.0, DISPUTES),
        _recurring(5.0),
        mean,
        AGAIN.format(round(AGAIN_IN_FIVE[0]), "five years"),
        share(49.0, DISPUTES)[2],
        AGAIN_IN_FIVE[2],
    ),
    Row(
        "disputes answered in kind",
        "%",
        "MID",
        share(51.5, DISPUTES),
        lambda game: per_cent([d.reciprocated for d in disputes(game)]),
    ),
    Row("the target yields or is beaten", "%", "MID", share(13.1, DISPUTES), _yielded(target=True)),
    Row("the initiator yields or is beaten", "%", "MID", share(6.6, DISPUTES), _yielded(target=False)),
    Row(
        "disputes that others join",
        "%",
        "MID",
        share(10.2, DISPUTES),
        lambda game: per_cent([d.joined for d in disputes(game)]),
    ),
)

LENGTHS = (
    Row(
        "length of disputes at display, median",
        "days",
        "MID, n = 542",
        order_statistic(0.50, 542, DISPLAY),
        lambda game: _days(game, LEVEL_DISPLAY),
        quantile(0.50),
        TERMS,
        DISPLAY[0.50],
        1.5 * DISPLAY[0.50],
    ),
    Row(
        "length of disputes at use, median",
        "days",
        "MID, n = 1474",
        order_statistic(0.50, 1474, FORCE),
        lambda game: _days(game, LEVEL_FORCE),
        quantile(0.50),
        f"{TERMS} The region's own median is {REGIONS_USE:.0f} days (MID).",
        FORCE[0.50],
        REGIONS_USE,
    ),
    *(
        Row(
            f"length of crises, {at:.0%}".replace("50%", "median").replace("%", " %"),
            "days",
            "ICB, n = 482",
            order_statistic(at, 482, CRISIS),
            _crisis_days,
            quantile(at),
        )
        for at in (0.50, 0.75, 0.90)
    ),
    Row(
        "length of wars with their disputes, median",
        "days",
        "MID, CoW since 1945, n = 40",
        order_statistic(0.50, 40, WAR),
        _war_days,
        quantile(0.50),
    ),
)

CONTESTS = (
    Row(
        "wars that somebody wins",
        "%",
        f"CoW, n = {WARS}",
        share(79.0, WARS),
        lambda game: per_cent([w.won is not None for w in game.wars if w.ended is not None]),
    ),
    Row(
        "of these, won by the stronger side",
        "%",
        f"CoW, n = {DECISIVE}",
        share(65.0, DECISIVE),
        _stronger_won,
        mean,
        FORCE_MATTERS,
        65.0,
        85.0,
    ),
    Row(
        "of these, won by the initiator",
        "%",
        f"CoW, n = {DECISIVE}",
        share(67.0, DECISIVE),
        lambda game: per_cent([bool(w.won) for w in game.wars if w.won is not None]),
    ),
    Row(
        "exponent of the contest function",
        "m",
        f"CoW, n = {DECISIVE}, s.e. 0.14",
        (0.44, 0.44 - 1.96 * 0.14, 0.44 + 1.96 * 0.14),
        _contests,
        contest_exponent,
        FORCE_MATTERS,
        0.44,
        1.5,
    ),
    Row(
        "wars that others join",
        "%",
        f"MID, n = {WARS}",
        share(52.6, WARS),
        lambda game: per_cent([w.dispute.joined for w in game.wars]),
        mean,
        f"MID counts who joined the dispute; by CoW {MANY_SIDED[0]:.0f} % of wars had several states on a side.",
        MANY_SIDED[1],
        52.6,
    ),
)

# Promises: 22 % of all kinds in 1945-2003, 41 % of those to defend (Berkemeier & Fuhrmann 2018). Pacts: with the pacts of many
# states, and without. Alliances: formal and informal ones of the region, in whole years, of which a third lasted one or less.
# Balancing is a result: the claim is only that it is the more common, and nothing in the games is set so that it should be.
ALLIANCES = (
    Row(
        "promises to fight that are kept",
        "%",
        "Berkemeier 2018",
        (31.5, 22.0, 41.0),
        lambda game: [100.0] * game.honoured + [0.0] * game.reneged,
    ),
    Row(
        "states with a new pact to fight",
        "% a year",
        "ATOP 1945-2010",
        (7.2, 6.0, 8.4),
        lambda game: [100.0 * game.new_ties / game.state_years],
        mean,
        f"The region made pacts more often than the world: {REGIONS_PACTS[0]:.0f} % of its states a year (ATOP, 35 of 349).",
        7.2,
        REGIONS_PACTS[2],
    ),
    Row(
        "length of alliances, median",
        "years",
        "region, within a year",
        (3.0, 2.0, 4.0),
        lambda game: [float(years) for years in game.alliances],
        quantile(0.50),
    ),
    Row(
        "balancing, of balancing and bandwagoning",
        "%",
        "Walt 1987: over half",
        (75.0, 50.0, 100.0),
        lambda game: [100.0] * game.balancing + [0.0] * game.bandwagoning,
    ),
)

ROWS = (*QUARRELS, *LENGTHS, *CONTESTS, *ALLIANCES)
