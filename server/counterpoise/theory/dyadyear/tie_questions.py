"""The first two questions of an alliance on dyad-year data: whether a state signs in a year, and which way its ties go.

The third, with whom, is the choice of a partner (``partner_choice``). A treaty does not say who proposed it, so both sides of a
tie have a row, and intervals are clustered on pacts.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np

from counterpoise.theory.dyadyear.alliance_decisions import Choice, Decision
from counterpoise.theory.dyadyear.history_document import DirectionForecast, DirectionsOfTies, TieCounts, YearsWithTies
from counterpoise.theory.dyadyear.partner_choice import PartnerForecasts, rounded_fit
from counterpoise.theory.dyadyear.worlds import WorldYear
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import DEFAULT
from counterpoise.theory.quantising import DIGITS
from counterpoise.theory.statistics import clustered_interval

WORLD_RATE = 0.06
"""Share of state-years with a new defence or offence pact outside mass pacts, 1945-2010 (ATOP; theory 4.6).

It counts entries into pacts, also of states that are allied already and of the 1990s, when many signed. So it is higher than the
share of state-years with a new tie.
"""
AGAINST, TOWARDS, ELSEWHERE = range(3)


def years_with_ties(worlds: Sequence[WorldYear], made: Sequence[Decision]) -> YearsWithTies:
    """Return in how many state-years a state signed, beside the rate of the world."""
    signed = [float(bool(decision.partners)) for decision in made]
    share = clustered_interval(signed, [("", str(decision.state)) for decision in made])
    return YearsWithTies(
        state_years=len(made),
        made=sum(1 for decision in made if decision.partners),
        share=rounded_fit(share),
        with_many=sum(
            1 for decision in made if not decision.partners and worlds[decision.world].signed[decision.me].any()
        ),
        expected=round(WORLD_RATE * len(made), DIGITS),
    )


def directions_of_ties(
    worlds: Sequence[WorldYear], chosen: Sequence[Choice], forecasts: PartnerForecasts
) -> DirectionsOfTies:
    """Return how well each hypothesis foretold whether a tie goes against the top threat, to it, or elsewhere.

    The null is the menu's own: every possible partner as likely as any other. Shares have the sharpness of forecasts in play.

    Args:
        worlds: the worlds of the choices.
        chosen: choices of a partner; those of states without a threat and menus that lead one way only are left out.
        forecasts: of the same choices.
    """
    picked, expected = np.zeros(3), np.zeros(3)
    pacts: list[tuple[str, str]] = []
    nulls: list[float] = []
    logs: dict[str, list[float]] = {name: [] for name in forecasts.menus}
    for number, choice in enumerate(chosen):
        ways = _ways(worlds[choice.decision.world], choice)
        if not choice.decision.threatened or len(np.unique(ways)) < 2:
            continue
        alike = ways == ways[choice.chosen]
        picked[ways[choice.chosen]] += 1
        expected += np.bincount(ways, minlength=3) / len(ways)
        pacts.append(forecasts.pacts[number])
        nulls.append(log(float(alike.mean())))
        for name, menus in forecasts.menus.items():
            shares = np.exp(DEFAULT.sharpness(name) * menus[number])
            logs[name].append(log(float(shares[alike].sum() / shares.sum())))
    rows = [_row(name, values, nulls, pacts) for name, values in logs.items()] if nulls else []
    return DirectionsOfTies(
        n=len(nulls),
        chosen=TieCounts(*(float(count) for count in picked)),
        expected=TieCounts(*(round(float(count), DIGITS) for count in expected)),
        hypotheses=sorted(rows, key=lambda row: (-row.log_score, row.name)),
    )


def _ways(world: WorldYear, choice: Choice) -> Any:
    """Return the direction of a tie with each alternative of a choice."""
    top = choice.decision.top
    against = world.threat[choice.alternatives, top] >= DEFAULT.shared_floor
    ways = np.where(against, AGAINST, ELSEWHERE)
    return np.where(choice.alternatives == top, TOWARDS, ways)


def _row(
    name: str, values: Sequence[float], nulls: Sequence[float], pacts: Sequence[tuple[str, str]]
) -> DirectionForecast:
    gains = [(mine - null) / log(2.0) for mine, null in zip(values, nulls, strict=True)]
    fit = rounded_fit(clustered_interval(gains, pacts))
    assert fit.estimate is not None
    return DirectionForecast(
        name=name,
        title=HYPOTHESES[name].title,
        standing=HYPOTHESES[name].standing,
        log_score=round(float(np.mean(values)), DIGITS),
        bits=fit.estimate,
        ci=fit.ci,
    )
