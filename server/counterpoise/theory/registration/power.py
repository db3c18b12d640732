"""The power of a prediction by simulation, before any data.

The situations are those of games of bots: every decision as it was frozen, with what the chooser knew. The choices are drawn by
the hypothesis that the prediction assumes, so that what the bots did counts for nothing. Many samples of so many sessions are
drawn, and each is judged as the sessions will be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.registration.judging import finding_of, outcome_of
from counterpoise.theory.registration.prediction import Prediction
from counterpoise.theory.registration.redrawn_choices import redrawn_decisions

ENOUGH = 0.8
"""The power that a plan should have."""
SESSIONS_MAX = 64
"""The largest number of sessions that is tried."""
STEPS = 13
"""Most numbers of sessions that are tried for a prediction: the planned one, doubled ones from 1, and those of a bisection."""
Game = Sequence[DecisionRecord]


@dataclass(frozen=True, slots=True)
class Power:
    """How often a prediction passes in simulations."""

    planned: float | None
    """Share of the samples of the planned size that pass; ``None`` if the claim cannot be simulated."""
    needed: int | None
    """The fewest sessions with a power of ``ENOUGH``; ``None`` if no number that was tried has it."""


def simulated_power(
    prediction: Prediction, games: Sequence[Game], sessions: int, draws: int, progress: Callable[[], object]
) -> Power:
    """Return the power of a prediction.

    A claim whose test reads more than choices, such as the lives of alliances, cannot be simulated: choices that are drawn change
    nothing of that.

    Args:
        prediction: what is predicted, and what its players are assumed to follow.
        games: the decisions of some games, with the forecasts of the hypothesis assumed.
        sessions: how many are planned.
        draws: samples for each number of sessions.
        progress: called after each number of sessions that was tried, at most ``STEPS`` times.
    """
    tried: dict[int, float | None] = {}

    def share(count: int) -> float | None:
        if count not in tried:
            tried[count] = _share_passed(prediction, games, count, draws)
            progress()
        return tried[count]

    def is_enough(count: int) -> bool:
        found = share(count)
        return found is not None and found >= ENOUGH

    planned = share(sessions)
    if planned is None:
        return Power(None, None)
    low, high = 0, 1  # the power of ``low`` is too small; that of ``high`` is not known yet
    while not is_enough(high):
        if high == SESSIONS_MAX:
            return Power(planned, None)
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return Power(planned, high)


def _share_passed(prediction: Prediction, games: Sequence[Game], count: int, draws: int) -> float | None:
    """Return how many of the samples of so many sessions pass, as a share; ``None`` if none of them has an estimate."""
    passed = estimated = 0
    for number in range(draws):
        dice = Random(f"power/{prediction.title}/{count}/{number}")
        records: list[DecisionRecord] = []
        for session in range(count):
            game = games[dice.randrange(len(games))]
            records += redrawn_decisions(
                game, lambda record: record.forecasts[prediction.assuming], dice, session=f"s{session}"
            )
        sample = Sample(records)
        finding = finding_of(prediction, sample)
        estimated += finding.estimate is not None
        passed += outcome_of(prediction, finding, sample) == "passed"
    return passed / draws if estimated else None
