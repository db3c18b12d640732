"""Rank which two states sign a new pact: the threat that they share, beside the threat between them and their distance.

Pairs that were allied in the year before are left out: last year's tie predicts this year's so well that presence proves
nothing about threat. So are pairs that signed with more than a few others (``alliance_decisions.new_ties``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from counterpoise.theory.dyadyear.alliance_decisions import new_ties
from counterpoise.theory.dyadyear.history_document import NewTieReport, NewTieRow
from counterpoise.theory.dyadyear.ranking_accuracy import bootstrapped_accuracy
from counterpoise.theory.dyadyear.worlds import WorldYear, shared_threat

RESAMPLES = 200
"""Fewer than for disputes, since there are five times as many pairs."""
READINGS: dict[str, str] = {
    "shared_threat": "the largest threat that both fear, S_ik",
    "threat_between": "the larger of their fears of each other",
    "nearness": "the distance between their capitals, the near first",
}
"""What each ranking goes by; none has a fitted number."""


def rank_new_ties(worlds: Sequence[WorldYear], focal: Callable[[int], bool]) -> NewTieReport:
    """Return how well each ranking finds the pairs of states that sign a new pact within the year.

    Args:
        worlds: the worlds of successive years.
        focal: tells whether the run is about a state; at least one of each pair is such a state.
    """
    columns: dict[str, list[Any]] = {name: [] for name in READINGS}
    events, pairs = [], []
    for world in worlds:
        states = np.array(world.states, dtype=int)
        chosen = np.array([focal(state) for state in world.states], dtype=bool)
        made = new_ties(world)
        a, b = np.nonzero(np.triu((chosen[:, None] | chosen[None, :]) & ~world.tied & (made | ~world.signed), 1))
        columns["shared_threat"].append(shared_threat(world.threat)[a, b])
        columns["threat_between"].append(np.maximum(world.threat, world.threat.T)[a, b])
        columns["nearness"].append(-world.km[a, b])
        events.append(made[a, b])
        pairs.append(states[a] * 10_000 + states[b])
    event = np.concatenate(events) if events else np.zeros(0, dtype=bool)
    report = NewTieReport(
        question="which two states, not allied in the year before, sign a pact within the year, each with few others",
        pair_years=len(event),
        events=int(event.sum()),
        intervals="95 %, bootstrap over pairs of states",
        rankings=[],
    )
    if not 0 < report.events < report.pair_years:
        return report
    cluster = np.unique(np.concatenate(pairs), return_inverse=True)[1]
    scores = {name: np.concatenate(parts) for name, parts in columns.items()}
    boot = bootstrapped_accuracy(scores, event, cluster, RESAMPLES)
    report.rankings.extend(
        NewTieRow(name=name, reading=reading, auc=boot.of(name, 0).rounded(), pr_auc=boot.of(name, 1).rounded())
        for name, reading in READINGS.items()
    )
    return report
