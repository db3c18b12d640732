"""How often states make new ties without any theory: the null of the question whether a tie is made in a window."""

from __future__ import annotations

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.choices.players import PlayerKind
from counterpoise.theory.parameters import DEFAULT

NEW_TIES_A_YEAR = 0.084
"""Share of state-years with a new defence or offence pact, 1945-2010 (ATOP: Leeds, Ritter, Mitchell & Long 2002)."""
QUARTER = 0.25
"""The window of most training games, in years."""


def tie_rate(point: DecisionPoint, kind: PlayerKind) -> float:
    """Return the chance that a state makes a new tie in the window of a decision, in (0, 1).

    People and the record are held against states, bots against bots: theirs is the share of decisions that sign anything in
    training games, nearly all of them of a quarter. The rate of a year or a quarter becomes one of the window's length, as if
    a tie were as likely on one day as on another.
    """
    years = (point.closes - point.opened) / DAYS_PER_YEAR
    spans, share = (years / QUARTER, DEFAULT.change) if kind == "bots" else (years, NEW_TIES_A_YEAR)
    rate: float = 1.0 - (1.0 - share) ** spans
    return rate
