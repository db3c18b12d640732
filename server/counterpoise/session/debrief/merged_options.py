"""A debrief for a page of its own, with fewer numbers: the options of each decision that nobody chose are merged by class."""

from __future__ import annotations

from math import fsum

from msgspec import structs

from counterpoise.session.debrief.debrief_document import SessionDebrief
from counterpoise.theory.check.debrief_document import DecisionRow
from counterpoise.theory.decisions.decision_point import option_of

DIGITS = 4
"""Digits of a probability on a page, which shows whole percent."""


def with_merged_options(report: SessionDebrief) -> SessionDebrief:
    """Return a debrief whose decisions have the option chosen, and one option for each class of the others.

    The probability of each class and of the choice are those of the whole menu, to four digits: they are all that a page shows.
    """
    return structs.replace(report, decisions=[_merged(decision) for decision in report.decisions])


def _merged(decision: DecisionRow) -> DecisionRow:
    places: dict[str, list[int]] = {}
    for place, option in enumerate(decision.options):
        places.setdefault(option if option == decision.choice else option_of(option)[0], []).append(place)
    forecasts = {
        name: tuple(min(1.0, round(fsum(shares[place] for place in merged), DIGITS)) for merged in places.values())
        for name, shares in decision.forecasts.items()
    }
    return structs.replace(decision, options=tuple(places), forecasts=forecasts)
