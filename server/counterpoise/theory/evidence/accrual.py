"""The evidence for and against hypotheses, as it accrues while states under threat take sides.

Only acts that take a side are compared, each on its own menu (``acts.kinds``). A hypothesis that expects more alliances than
another says nothing by that about their direction, and over all decisions the one that expects fewer would win in every quiet
quarter. What is compared is therefore conditional on who acts in a window, by which kind of act, and on which menu.

The ratios of a window are merged by a mean that gives each act a weight: how much its menu was to tell if the one hypothesis
were true, squared. Both forecasts and the menu are known before the choice, so that any such weights leave the mean an e-value.
With equal weights the many acts on which two hypotheses agree would drown the few on which they differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby
from math import exp, fsum, log

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.types import AlignmentClass
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual_document import (
    AccruingEvidence,
    ActKindRow,
    EvidenceGroup,
    EvidencePair,
    EvidenceStep,
    GroupKind,
)
from counterpoise.theory.evidence.accrual_words import Hurdle, carried, label_of_player, label_of_sort, sentence
from counterpoise.theory.evidence.acts.kinds import ACT_KINDS
from counterpoise.theory.evidence.acts.reading import ActReader
from counterpoise.theory.evidence.acts.side_taken import SideTaken
from counterpoise.theory.evidence.choices.players import PlayerKind, kind_of_player, sort_under_test
from counterpoise.theory.parameters import CHANCE, PAIRS, SHARPENED
from counterpoise.theory.statistics import ScoreComparisons, betting_process, merged, mixed

COMPARED = (*PAIRS, *((name, CHANCE) for name in dict.fromkeys(name for pair in PAIRS for name in pair)))
"""What is compared: the registered pairs, then each of their hypotheses with chance."""
NAMES = tuple(dict.fromkeys(name for pair in COMPARED for name in pair))
"""The hypotheses that are compared, chance among them."""
CLAIMS = len(NAMES) - 1
"""The claims that can be false together: if one hypothesis is true, that its rivals or chance beat it; if none is, that they beat
chance."""
HURDLE = Hurdle(10.0 * CLAIMS, 20.0 * CLAIMS)
"""The odds of one claim, times the claims, so that any of them ever passes falsely with a chance of at most 1 in 10, or 20."""
ACT_ROWS = [ActKindRow(kind.name, kind.words, kind.menu, kind.null) for kind in ACT_KINDS.values()]


def sides_taken(
    records: Sequence[DecisionRecord], incidents_by_session: Mapping[str, Sequence[Incident]]
) -> list[SideTaken]:
    """Return the acts that took a side, session after session, each in the order of time.

    Args:
        records: decisions with their forecasts, session after session, each in the order of time.
        incidents_by_session: what happened in each session, oldest first.
    """
    found: list[SideTaken] = []
    for session, own in groupby(records, key=lambda record: record.session):
        reader = ActReader(NAMES)
        reader.hear(incidents_by_session.get(session, ()))
        for _, window in groupby(own, key=lambda record: record.frozen.window):
            found.extend(reader.read(list(window)))
    return found


class Decided:
    """How decisions came out, by sort of player: who is under test, and whether they aligned against the threat or with it."""

    def __init__(self) -> None:
        self._classes: dict[PlayerKind, Counter[AlignmentClass]] = {}
        self._sessions: dict[str, None] = {}

    def add(self, records: Sequence[DecisionRecord]) -> None:
        """Add decisions."""
        for record in records:
            self._sessions[record.session] = None
            made = record.outcome
            self.count(record.player, {made.alignment_class: 1} if made is not None else {})

    def count(self, player: str, classes: Mapping[AlignmentClass, int]) -> None:
        """Add how many decisions of a player came out in which way."""
        self._classes.setdefault(kind_of_player(player), Counter()).update(classes)

    @property
    def tested(self) -> PlayerKind:
        """The sort of player that verdicts are about."""
        return sort_under_test(self._classes)

    @property
    def of_several(self) -> bool:
        """Whether the decisions are of several sessions."""
        return len(self._sessions) > 1

    @property
    def is_mixed(self) -> bool:
        """Whether several sorts of player decide."""
        return len(self._classes) > 1

    @property
    def alignments(self) -> tuple[int, int]:
        """How often the sort under test aligned against its gravest threat, and with it."""
        classes = self._classes.get(self.tested, Counter())
        return classes["BAL"], classes["BW"]


def accruing_evidence(
    records: Sequence[DecisionRecord],
    incidents_by_session: Mapping[str, Sequence[Incident]],
    names: Mapping[str, str],
) -> AccruingEvidence:
    """Return the evidence from the acts of the players under test, from those of each kind of player, and from each chooser's.

    Under test are people if there are any, and bots only where nobody else decides; the two are never pooled. Choosers of
    different sessions are different players, so that they are listed in a debrief of one session only.

    Args:
        records: decisions with their forecasts, session after session, each in the order of time.
        incidents_by_session: what happened in each session, oldest first.
        names: the name of each state, by its code.
    """
    decided = Decided()
    decided.add(records)
    return evidence_of(sides_taken(records, incidents_by_session), names, decided)


def evidence_of(
    taken: Sequence[SideTaken], names: Mapping[str, str], decided: Decided, known: Sequence[EvidenceGroup] = ()
) -> AccruingEvidence:
    """Return the evidence from acts that took a side; ``accruing_evidence`` says how they are grouped.

    Args:
        taken: the acts, session after session, each in the order of time.
        names: the name of each state, by its code.
        decided: how the decisions of the same windows came out.
        known: groups of this evidence when fewer of these acts had been made. Those without a new act are taken over.
    """
    several = decided.of_several
    held = {(group.kind, group.name, group.choices): group for group in known}

    def group(kind: GroupKind, name: str, label: str, own: Sequence[SideTaken]) -> EvidenceGroup:
        return held.get((kind, name, len(own))) or _group(kind, name, label, own, several)

    tested = [side for side in taken if kind_of_player(side.player) == decided.tested]
    label = label_of_sort(decided.tested) if decided.is_mixed else "everyone"
    groups = [_group("tested", "", label, tested, several, decided)]
    for player in sorted(dict.fromkeys(side.player for side in taken)):
        own = [side for side in taken if side.player == player]
        if own != tested:
            groups.append(group("player", player, label_of_player(player), own))
    for actor in [] if several else sorted(dict.fromkeys(side.actor for side in taken)):
        own = [side for side in taken if side.actor == actor]
        groups.append(group("chooser", actor, names.get(actor, actor), own))
    return AccruingEvidence(
        CHANCE, CLAIMS, HURDLE.some, HURDLE.strong, ACT_ROWS, [one for one in groups if one.choices]
    )


def _group(
    kind: GroupKind,
    name: str,
    label: str,
    taken: Sequence[SideTaken],
    several: bool,
    decided: Decided | None = None,
) -> EvidenceGroup:
    """Return the evidence of a group; only that of the players under test, with how they decided, gets words of strength."""
    windows: dict[tuple[str, int], list[SideTaken]] = {}
    for side in taken:
        windows.setdefault((side.session, side.window), []).append(side)
    bets = Bets(list(windows.values()))
    scores = ScoreComparisons([bets.differences(*pair) for pair in COMPARED])
    pairs = {pair: _compared(bets, pair, scores, several) for pair in COMPARED}
    sentences, carriers = [], ""
    if taken:
        sessions = len(dict.fromkeys(side.session for side in taken))
        after = f"the window from {taken[-1].date}"
        if several:
            after = f"{sessions} sessions" if sessions > 1 else "1 session"
        hurdle = HURDLE if decided else None
        sentences = [
            sentence(after, label, pair, pairs[pair][-1], {name: pairs[name, CHANCE][-1] for name in pair}, hurdle)
            for pair in PAIRS
        ]
        if decided:
            carriers = carried(PAIRS[0], pairs[PAIRS[0]][-1], bets.gains, decided.alignments)
    listed = [EvidencePair(one, other, steps) for (one, other), steps in pairs.items()]
    counted = Counter(side.kind for side in taken)
    acts = {known: counted[known] for known in ACT_KINDS if known in counted}
    return EvidenceGroup(kind, name, label, len(taken), acts, listed, sentences, carriers)


class Bets:
    """The e-processes of one group, each computed once."""

    def __init__(self, windows: Sequence[Sequence[SideTaken]]) -> None:
        self.windows = windows
        self._known: dict[tuple[str, str], list[float]] = {}

    def process(self, one: str, other: str) -> list[float]:
        """Return the logarithm of the e-process for the one against the other, after each window.

        Against chance it is the mean of those of the forecast at several degrees of sharpness.
        """
        if (one, other) not in self._known:
            self._known[one, other] = (
                mixed([self._at(one, other, times) for times in SHARPENED]) if other == CHANCE else self._at(one, other)
            )
        return self._known[one, other]

    def _at(self, one: str, other: str, times: float = 1.0) -> list[float]:
        bets = [[side.bet(one, other, times) for side in window] for window in self.windows]
        return betting_process(
            [[bet.log_ratio for bet in window] for window in bets], [[bet.weight for bet in window] for window in bets]
        )

    def clear(self, one: str, other: str) -> list[float]:
        """Return the e-process for the one against the other, divided by the opposite one where that has gained too.

        Each bet may win in other windows. The quotient is never more than the e-process itself, so it errs no more often.
        """
        back = self.process(other, one)
        return [gained - max(lost, 0.0) for gained, lost in zip(self.process(one, other), back, strict=True)]

    def evidence(self, one: str, other: str) -> list[float]:
        """Return the smaller of the clear gains of the one over the other and over chance; of chance that over the other."""
        if CHANCE in (one, other):
            return self.clear(one, other)
        return [min(pair) for pair in zip(self.clear(one, other), self.clear(one, CHANCE), strict=True)]

    def differences(self, one: str, other: str) -> list[float]:
        """Return the mean difference in log scores of each window's acts, each divided by the largest possible."""
        return [fsum([side.bet(one, other).scaled for side in window]) / len(window) for window in self.windows]

    def gains(self, one: str, other: str) -> dict[str, float]:
        """Return how much the acts of each kind added to the logarithm of the e-process; the parts make up the whole."""
        found: dict[str, float] = {}
        for window in self.windows:
            bets = [side.bet(one, other) for side in window]
            ratios, weights = [bet.log_ratio for bet in bets], [bet.weight for bet in bets]
            whole = fsum(weights)
            gained = merged(ratios, weights)
            scale = gained / (exp(gained) - 1.0) if gained else 1.0
            for side, ratio, weight in zip(window, ratios, weights, strict=True):
                share = weight / whole if whole > 0.0 else 1.0 / len(window)
                found[side.kind] = found.get(side.kind, 0.0) + scale * share * (exp(ratio) - 1.0)
        return found


def _compared(bets: Bets, pair: tuple[str, str], scores: ScoreComparisons, several: bool) -> list[EvidenceStep]:
    """Return the evidence on a pair after each window; of several sessions, after the last window of each."""
    windows, (one, other), row = bets.windows, pair, COMPARED.index(pair)
    forward, back = bets.process(one, other), bets.process(other, one)
    both, both_back = bets.evidence(one, other), bets.evidence(other, one)
    products = list(accumulate(fsum([side.bet(one, other).log_ratio for side in window]) for window in windows))
    counts = list(accumulate(len(window) for window in windows))
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
                log_evidence=_tens(both[place]),
                log_evidence_reverse=_tens(both_back[place]),
                score_difference=(quantised(scores.low[row][place]), quantised(scores.high[row][place])),
                log_e_score=_tens(scores.log_better[row][place]),
                log_e_score_reverse=_tens(scores.log_worse[row][place]),
            )
        )
        before = products[place]
    return steps


def _tens(natural: float) -> float:
    """Return a natural logarithm as one to the base 10, with the digits of a document."""
    return quantised(natural / log(10.0)) + 0.0
