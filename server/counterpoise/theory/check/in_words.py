"""The answer to the question of a class, in sentences made from the decisions.

Who was feared, who aligned with whom and why, what the theory expected, and where it was right and wrong. Statistics follow
elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2

from counterpoise.theory import statistics
from counterpoise.theory.check.debrief_document import InWords
from counterpoise.theory.check.player_scores import enough_choices
from counterpoise.theory.check.ties_in_words import REASONS, listed_states, tie_in_words
from counterpoise.theory.decisions.decision_point import option_of
from counterpoise.theory.evidence.accrual_words import label_of_player
from counterpoise.theory.evidence.choices.scoring import places_of_partners
from counterpoise.theory.evidence.choices.telling import is_telling, too_few
from counterpoise.theory.evidence.choices.three_questions import proposals
from counterpoise.theory.evidence.elicitation import THREAT
from counterpoise.theory.evidence.sample import Case, Sample

FEARED_LISTED, SURPRISES_LISTED = 3, 2
"""How many feared states, and surprises of either kind, are spelled out."""
SURPRISE_BITS = 0.5
"""Distance from chance from which a tie counts as a surprise, or as foretold (chosen): about 1.4 times chance, or 0.7 times."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One tie that was proposed, and how likely balance of threat held the partner, given a tie."""

    case: Case
    partner: str
    share: float

    @property
    def chance(self) -> float:
        """The share of each alignment on the menu by chance."""
        return 1.0 / self.case.point.alignments

    @property
    def bits(self) -> float:
        """How much likelier than chance the theory held the partner, in bits."""
        return log2(self.share / self.chance)


def in_words(sample: Sample, tested: Sample, names: Mapping[str, str]) -> InWords:
    """Return the answer in sentences.

    Args:
        sample: the decisions of all players.
        tested: those that the theory is tested on, which are never of bots and others together.
        names: the name of each state, by its code.
    """
    parted = len(tested.made) < len(sample.made)
    whose = f" of {label_of_player(tested.made[0].record.player)}" if parted and tested.made else ""
    aligned, ties = _aligned(sample, names, " by all players" if parted else "")
    return InWords(
        feared=_feared(sample, names, " of all players" if parted else ""),
        aligned=aligned,
        ties=ties,
        expected=_expected(tested, names, whose),
    )


def _feared(sample: Sample, names: Mapping[str, str], whose: str) -> list[str]:
    threatened = [case for case in sample.made if case.point.threatened]
    if not threatened:
        return ["Nobody was feared: no threat reached the floor."] if sample.made else []
    observers: dict[str, Counter[str]] = {}
    for case in threatened:
        observers.setdefault(case.point.top_threat, Counter())[case.point.actor] += 1
    ranked = sorted(observers.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    found = []
    for place, (threat, by) in enumerate(ranked[:FEARED_LISTED]):
        whom = listed_states([names.get(state, state) for state, _ in by.most_common()])
        often = f"{by.total()} of {len(threatened)} decisions{whose} under threat"
        name = names.get(threat, threat)
        lead = f"{name} was feared most: it was the gravest threat" if place == 0 else f"{name} was the gravest threat"
        found.append(f"{lead} in {often}, for {whom}.")
    return found


def _aligned(sample: Sample, names: Mapping[str, str], whose: str) -> tuple[list[str], list[str]]:
    """Return how many ties were made for which reason, and a sentence on each."""
    told = [
        (case, pact, *tie_in_words(sample, case, pact, names))
        for session, known in sample.diplomacies.items()
        for pact in known.pacts
        for case in [sample.point_at(session, pact.proposer, pact.chosen)]
        if case is not None
    ]
    if not told:
        return (["No state made a new tie."] if sample.made else []), []
    reasons = Counter(reason for _, _, reason, _ in told)
    parts = [f"{reasons[reason]} {words}" for reason, words in REASONS.items() if reasons[reason]]
    entries = sum(1 for _, pact, *_ in told if not pact.is_new)
    formed = len(told) - entries
    kinds = (
        f" ({_counted(formed, 'new alliance')} and {_counted(entries, 'entry', 'entries')} into one)" if entries else ""
    )
    were = "was" if len(told) == 1 else "were"
    summary = f"{_counted(len(told), 'new tie')} {were} made{whose}{kinds}: {'; '.join(parts)}."
    return [summary, *_meaning_of_fear([case for case, *_ in told])], [sentence for *_, sentence in told]


def _counted(n: int, one: str, several: str = "") -> str:
    return f"{n} {one if n == 1 else several or one + 's'}"


def _meaning_of_fear(cases: Sequence[Case]) -> list[str]:
    """Return the two measures of fear, if they differ: a shared fear may be less than one that puts a state under threat."""
    shared, floors = [case.point.shared_floor for case in cases], [case.point.floor for case in cases]
    if shared == floors:
        return []
    meaning = (
        f"Here a state counts as fearing another if it sees a threat of {_span(shared)} or more, on a scale of 0 to 1; it is "
        f"under threat, and can fear one state most, if its gravest threat reaches the floor, {_span(floors)}."
    )
    return [meaning]


def _span(values: Collection[float]) -> str:
    low, high = f"{min(values):.3g}", f"{max(values):.3g}"
    return low if low == high else f"between {low} and {high}"


def _expected(tested: Sample, names: Mapping[str, str], whose: str) -> list[str]:
    cases = [case for case in tested.made if case.point.threatened and THREAT in case.record.forecasts]
    if not cases:
        return []
    against, towards = (_expected_of(cases, did) for did in ("BAL", "BW"))
    done = Counter(case.did for case in cases)
    proposed = proposed_ties(tested)
    balance = (
        f"Of {len(cases)} decisions{whose} under threat, balance of threat expected {against:.1f} to align against the gravest "
        f"threat and {towards:.1f} with it. {done['BAL']} aligned against it and {done['BW']} with it: a tie counts for each "
        "member that chose it, and so does giving in without a tie."
    )
    return [
        balance,
        _partners_named(tested, proposed),
        *_most_misjudged(cases, names),
        *_surprise_sentences(tested, proposed, names),
    ]


def _expected_of(cases: Sequence[Case], did: str) -> float:
    """Return in how many decisions balance of threat expected a class."""
    return fsum(
        share
        for case in cases
        for option, share in zip(case.point.options, case.record.forecasts[THREAT], strict=True)
        if option_of(option)[0] == did
    )


def proposed_ties(tested: Sample) -> list[Proposal]:
    """Return the ties that the players under test proposed, with what balance of threat held of each."""
    return [_proposal(case, partner) for case, partner in proposals(tested)[0] if THREAT in case.record.forecasts]


def _proposal(case: Case, partner: str) -> Proposal:
    given = case.record.forecasts[THREAT][: case.point.alignments]
    return Proposal(case, partner, given[places_of_partners(case.point)[partner]] / fsum(given))


def _partners_named(tested: Sample, proposed: Sequence[Proposal]) -> str:
    """Return whether the theory named partners, or that there are too few choices to tell."""
    enough, choosers = enough_choices(tested.made), [one.case.cluster for one in proposed]
    if not enough.telling:
        return enough.sentence
    if not is_telling(choosers):
        return too_few(choosers, "tie proposed", "ties proposed")
    fit = statistics.clustered_interval([one.bits for one in proposed], choosers)
    assert fit is not None
    span = f"{fit.estimate:+.2f} bits for each of {len(proposed)} ties that they proposed, {fit.low:+.2f} to {fit.high:+.2f}"
    if fit.low > 0.0:
        return f"It named partners better than chance would ({span})."
    if fit.high < 0.0:
        return f"It named partners worse than chance would ({span})."
    return f"It is not shown to name partners better than chance would ({span})."


def _most_misjudged(cases: Sequence[Case], names: Mapping[str, str]) -> list[str]:
    """Return a sentence on the state whose ties under threat were furthest from what the theory expected, if by one or more."""
    gaps: dict[tuple[str, str], tuple[float, int, int]] = {}
    for case in cases:
        expected, made, windows = gaps.get(case.cluster, (0.0, 0, 0))
        tied = fsum(case.record.forecasts[THREAT][: case.point.alignments])
        gaps[case.cluster] = (expected + tied, made + bool(case.outcome.partners), windows + 1)
    (_, actor), (expected, made, windows) = max(gaps.items(), key=lambda pair: (abs(pair[1][0] - pair[1][1]), pair[0]))
    if abs(expected - made) < 1.0:
        return []
    sentence = (
        f"It was furthest from {names.get(actor, actor)}: it expected new ties in {expected:.1f} of its {windows} windows "
        f"under threat, and there were new ties in {made}."
    )
    return [sentence]


def _surprise_sentences(tested: Sample, proposed: Sequence[Proposal], names: Mapping[str, str]) -> list[str]:
    """Return sentences on the ties that the theory missed by most, then on those that it foretold best, against chance."""
    ordered = sorted(proposed, key=lambda one: one.bits)
    missed = [one for one in ordered if one.bits <= -SURPRISE_BITS][:SURPRISES_LISTED]
    foretold = [one for one in reversed(ordered) if one.bits >= SURPRISE_BITS][:SURPRISES_LISTED]
    if proposed and not missed and not foretold:
        return ["It held each tie that was proposed about as likely as chance would."]
    return [_surprise(tested, one, names) for one in (*missed, *foretold)]


def _surprise(tested: Sample, one: Proposal, names: Mapping[str, str]) -> str:
    point = one.case.point
    who, partner = names.get(point.actor, point.actor), names.get(one.partner, one.partner)
    odds = f"balance of threat gave that {_percent(one.share)} of the ties open to it, chance {_percent(one.chance)}"
    verdict = "It was wrong" if one.bits < 0.0 else "It was right"
    if not point.threatened:
        return f"{verdict}: {who} signed with {partner} ({point.date}) and feared nobody much; {odds}."
    if one.partner == point.top_threat:
        return f"{verdict}: {who} signed with {partner} ({point.date}), the state that it feared most; {odds}."
    threat = names.get(point.top_threat, point.top_threat)
    since = windows_of_fear(tested, one.case)
    if since is None:
        return f"{verdict}: {who}, which feared {threat} most from the start, signed with {partner} ({point.date}); {odds}."
    when = {0: "in the window in which", 1: "one window after"}.get(since, f"{since} windows after")
    return f"{verdict}: {who} signed with {partner} ({point.date}) {when} it came to fear {threat} most; {odds}."


def windows_of_fear(sample: Sample, case: Case) -> int | None:
    """Return for how many windows a state had feared its top threat most before a decision; ``None`` if from the start."""
    before = [one.point for one in sample.trails[case.cluster] if one.point.window < case.point.window]
    for since, earlier in enumerate(reversed(before)):
        if earlier.top_threat != case.point.top_threat:
            return since
    return None


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
