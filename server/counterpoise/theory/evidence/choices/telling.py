"""When there are choices enough to say which hypothesis forecasts better, and what to say before."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.theory.evidence.sentences import Sentence
from counterpoise.theory.evidence.verdict import CLUSTERS_MIN
from counterpoise.theory.statistics import Cluster

CHOICES_LEAST = 11
"""Fewest choices for a word on a hypothesis: as many as a share needs against one half (theory 1.0)."""

ENOUGH = f"{CHOICES_LEAST} by at least {CLUSTERS_MIN} states would be enough."
"""What would be enough, in words."""


def is_telling(choosers: Sequence[Cluster]) -> bool:
    """Tell whether there are choices and choosers enough to tell hypotheses apart at all; ``choosers`` has one a choice."""
    return len(choosers) >= CHOICES_LEAST and len(dict.fromkeys(choosers)) >= CLUSTERS_MIN


def too_few(choosers: Sequence[Cluster], one: str, several: str, *, what: str = "forecasts better") -> Sentence:
    """Return the sentence that stands for a finding below these numbers.

    Args:
        choosers: one a choice.
        one: what a choice is called, such as ``new tie``.
        several: the same in the plural.
        what: what cannot be told of a hypothesis.
    """
    made, states = len(choosers), len(dict.fromkeys(choosers))
    counted = (
        f"{made} {one if made == 1 else several} by {states} state{'' if states == 1 else 's'}" if made else f"no {one}"
    )
    values = {"made": made, "states": states, "least": CHOICES_LEAST, "least_states": CLUSTERS_MIN}
    text = f"Too few choices to tell which hypothesis {what}: {counted} so far; {ENOUGH}"
    return Sentence(text, "too_few", {**values, "choice": one.replace(" ", "_")})
