"""The evidence for and against hypotheses, as it accrues while states under threat take sides.

Only acts that take a side are compared, each on its own menu: which state a threatened state aligns with, the threat included.
A hypothesis that expects more alliances than another says nothing by that about their direction, and over all decisions the one
that expects fewer would win in every quiet quarter. What is compared is therefore conditional on who takes a side in a window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum, log

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual_document import (
    AccruingEvidence,
    EvidenceGroup,
    EvidencePair,
    EvidenceStep,
    GroupKind,
)
from counterpoise.theory.evidence.accrual_words import SOME, STRONG, label_of_player, sentence
from counterpoise.theory.evidence.forecast_scores import usable
from counterpoise.theory.parameters import CHANCE, PAIRS
from counterpoise.theory.quantising import quantised
from counterpoise.theory.statistics import ScoreComparison, betting_process

COMPARED = (*PAIRS, *((name, CHANCE) for name in dict.fromkeys(name for pair in PAIRS for name in pair)))
"""What is compared: the registered pairs, then each of their hypotheses with chance."""


@dataclass(frozen=True, slots=True)
class SideTaken:
    """One act that took a side."""

    session: str
    window: int
    date: str
    actor: str
    player: str
    log_shares: Mapping[str, Sequence[float]]
    """By hypothesis, the logarithm of the probability of each side on the menu, given that a side is taken."""
    chosen: int
    """The place of the side that was chosen."""

    def log_ratio(self, one: str, other: str) -> float:
        """Return the natural logarithm of the likelihood ratio of the choice."""
        return self.log_shares[one][self.chosen] - self.log_shares[other][self.chosen]

    def scaled_difference(self, one: str, other: str) -> float:
        """Return the difference in log scores, divided by the largest that the menu allows; 0 if the forecasts are equal."""
        pairs = zip(self.log_shares[one], self.log_shares[other], strict=True)
        largest = max(abs(mine - theirs) for mine, theirs in pairs)
        return self.log_ratio(one, other) / largest if largest > 0.0 else 0.0


def sides_taken(records: Sequence[DecisionRecord]) -> list[SideTaken]:
    """Return the choices of a side in decisions under threat, in the order of the records; a menu of one side is no choice."""
    names = [*dict.fromkeys(name for pair in COMPARED for name in pair)]
    found = []
    for record in records:
        point, outcome = record.point, record.outcome
        if outcome is None or not usable(record) or not point.threatened or point.alignments < 2:
            continue
        chosen = point.options.index(outcome.choice)
        if chosen >= point.alignments or any(name not in record.forecasts for name in names):
            continue
        sides = {name: record.forecasts[name][: point.alignments] for name in names}
        logs = {name: [log(share / fsum(shares)) for share in shares] for name, shares in sides.items()}
        found.append(SideTaken(record.session, point.window, point.date, point.actor, record.player, logs, chosen))
    return found


def accruing_evidence(records: Sequence[DecisionRecord], names: Mapping[str, str]) -> AccruingEvidence:
    """Return the evidence from everyone's choices, from those of each kind of player, and from each chooser's.

    Kinds of players are never pooled, but for everyone together. Choosers of different sessions are different players, so that
    they are listed in a debrief of one session only.

    Args:
        records: decisions with their forecasts, session after session, each in the order of time.
        names: the name of each state, by its code.
    """
    return evidence_of(sides_taken(records), names)


def evidence_of(
    taken: Sequence[SideTaken], names: Mapping[str, str], known: Sequence[EvidenceGroup] = ()
) -> AccruingEvidence:
    """Return the evidence from choices of a side; ``accruing_evidence`` says how they are grouped.

    Args:
        taken: the choices, session after session, each in the order of time.
        names: the name of each state, by its code.
        known: groups of this evidence when fewer of these choices had been made. Those without a new choice are taken over.
    """
    several = len(dict.fromkeys(side.session for side in taken)) > 1
    held = {(group.kind, group.name, group.choices): group for group in known}

    def group(kind: GroupKind, name: str, label: str, own: Sequence[SideTaken]) -> EvidenceGroup:
        return held.get((kind, name, len(own))) or _group(kind, name, label, own)

    groups = [group("everyone", "", "everyone", taken)]
    for player in sorted(dict.fromkeys(side.player for side in taken)):
        own = [side for side in taken if side.player == player]
        groups.append(group("player", player, label_of_player(player), own))
    for actor in [] if several else sorted(dict.fromkeys(side.actor for side in taken)):
        own = [side for side in taken if side.actor == actor]
        groups.append(group("chooser", actor, names.get(actor, actor), own))
    return AccruingEvidence(CHANCE, SOME, STRONG, [one for one in groups if one.choices])


def _group(kind: GroupKind, name: str, label: str, taken: Sequence[SideTaken]) -> EvidenceGroup:
    windows: dict[tuple[str, int], list[SideTaken]] = {}
    for side in taken:
        windows.setdefault((side.session, side.window), []).append(side)
    pairs = {pair: _compared(list(windows.values()), *pair) for pair in COMPARED}
    sentences = []
    if taken:
        sessions = len(dict.fromkeys(side.session for side in taken))
        after = f"{sessions} sessions" if sessions > 1 else f"window {taken[-1].window + 1}"
        sentences = [
            sentence(after, label, pair, pairs[pair][-1], {name: pairs[name, CHANCE][-1] for name in pair})
            for pair in PAIRS
        ]
    listed = [EvidencePair(one, other, steps) for (one, other), steps in pairs.items()]
    return EvidenceGroup(kind, name, label, len(taken), listed, sentences)


def _compared(windows: Sequence[Sequence[SideTaken]], one: str, other: str) -> list[EvidenceStep]:
    """Return the evidence after each window; of several sessions, after the last window of each."""
    ratios = [[side.log_ratio(one, other) for side in window] for window in windows]
    differences = [fsum(side.scaled_difference(one, other) for side in window) / len(window) for window in windows]
    scores = ScoreComparison(differences)
    forward = betting_process(ratios)
    back = betting_process([[-ratio for ratio in window] for window in ratios])
    products = list(accumulate(fsum(window) for window in ratios))
    counts = list(accumulate(len(window) for window in windows))
    several = len(dict.fromkeys(window[0].session for window in windows)) > 1
    steps, before = [], 0.0
    for place, window in enumerate(windows):
        last = place + 1 == len(windows) or windows[place + 1][0].session != window[0].session
        if several and not last:
            continue
        steps.append(
            EvidenceStep(
                session=window[0].session,
                window=window[0].window,
                date=window[0].date,
                choices=counts[place],
                log_ratio=_tens(products[place] - before),
                log_product=_tens(products[place]),
                log_e=_tens(forward[place]),
                log_e_reverse=_tens(back[place]),
                score_difference=(quantised(scores.low[place]), quantised(scores.high[place])),
                log_e_score=_tens(scores.log_better[place]),
                log_e_score_reverse=_tens(scores.log_worse[place]),
            )
        )
        before = products[place]
    return steps


def _tens(natural: float) -> float:
    """Return a natural logarithm as one to the base 10, with the digits of a document."""
    return quantised(natural / log(10.0)) + 0.0
