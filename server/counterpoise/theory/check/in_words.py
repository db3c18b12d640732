"""The answer to the question of a class, in sentences made from the decisions.

Who was feared, who aligned with whom and why, what the theory expected, and where it was wrong. Statistics follow elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2

from counterpoise.theory import statistics
from counterpoise.theory.check.debrief_document import InWords
from counterpoise.theory.decisions.decision_point import option_of
from counterpoise.theory.evidence.choices.scoring import places_of_partners
from counterpoise.theory.evidence.choices.telling import is_telling, too_few
from counterpoise.theory.evidence.choices.three_questions import proposals
from counterpoise.theory.evidence.elicitation import THREAT
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.ties.offers import Pact
from counterpoise.theory.evidence.ties.roles import fears, threat_of

FEARED_LISTED, OBSERVERS_LISTED, TIES_LISTED, SURPRISES_LISTED = 3, 4, 6, 2
"""How many feared states, states that fear one, ties, and surprises of either kind are spelled out."""
SURPRISE_BITS = 0.5
"""Distance from chance from which a tie counts as a surprise, or as foretold (chosen): about 1.4 times chance, or 0.7 times."""
COMMITMENTS = {
    "arms": "a supply of arms",
    "consultation": "a pact of consultation",
    "defence": "a defence pact",
    "guarantee": "a guarantee",
    "neutrality": "a pact of neutrality",
    "nonaggression": "a nonaggression pact",
    "offence": "a pact of attack",
    "union": "a union",
}


@dataclass(frozen=True, slots=True)
class _Proposal:
    """One tie that was proposed, and how likely balance of threat held the partner, given a tie."""

    case: Case
    partner: str
    share: float

    @property
    def chance(self) -> float:
        return 1.0 / self.case.point.alignments

    @property
    def bits(self) -> float:
        return log2(self.share / self.chance)


def in_words(sample: Sample, tested: Sample, names: Mapping[str, str]) -> InWords:
    """Return the answer in sentences.

    Args:
        sample: the decisions of all players.
        tested: those that the theory is tested on, which are never of bots and others together.
        names: the name of each state, by its code.
    """
    return InWords(_feared(sample, names), _aligned(sample, names), _expected(tested, names))


def _feared(sample: Sample, names: Mapping[str, str]) -> list[str]:
    threatened = [case for case in sample.made if case.point.threatened]
    if not threatened:
        return ["Nobody was feared: no threat reached the floor."] if sample.made else []
    observers: dict[str, Counter[str]] = {}
    for case in threatened:
        observers.setdefault(case.point.top_threat, Counter())[case.point.actor] += 1
    ranked = sorted(observers.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    found = []
    for place, (threat, by) in enumerate(ranked[:FEARED_LISTED]):
        whom = _listed([names.get(state, state) for state, _ in by.most_common()], OBSERVERS_LISTED)
        often = f"{by.total()} of {len(threatened)} decisions under threat"
        name = names.get(threat, threat)
        lead = f"{name} was feared most: it was the gravest threat" if place == 0 else f"{name} was the gravest threat"
        found.append(f"{lead} in {often}, for {whom}.")
    return found


def _listed(names: Sequence[str], most: int) -> str:
    """Return names as a list in words; of many names the first and how many others there are."""
    shown = list(names) if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def _aligned(sample: Sample, names: Mapping[str, str]) -> list[str]:
    told = [
        (reason, sentence)
        for session, known in sample.diplomacies.items()
        for pact in known.pacts
        for case in [sample.point_at(session, pact.proposer, pact.chosen)]
        if case is not None
        for reason, sentence in [_tie(sample, case, pact, names)]
    ]
    if not told:
        return ["No state made a new tie."] if sample.made else []
    reasons = Counter(reason for reason, _ in told)
    parts = [f"{reasons[reason]} {words}" for reason, words in _REASONS.items() if reasons[reason]]
    summary = f"{len(told)} new tie{' was' if len(told) == 1 else 's were'} made: {'; '.join(parts)}."
    rest = len(told) - TIES_LISTED
    more = [f"{rest} more {'is' if rest == 1 else 'are'} in the tables below."] if rest > 0 else []
    return [summary, *(sentence for _, sentence in told[:TIES_LISTED]), *more]


_REASONS = {
    "both": "between states that feared the same threat",
    "joined": "with the state that the proposer feared most",
    "one": "against a threat that only the proposer feared",
    "none": "that no threat explains",
}


def _tie(sample: Sample, case: Case, pact: Pact, names: Mapping[str, str]) -> tuple[str, str]:
    """Return why a tie was made, by the threats alone, and the sentence that says so."""
    point, partner = case.point, pact.partners[0]
    who, other = (
        names.get(point.actor, point.actor),
        _listed([names.get(k, k) for k in pact.partners], OBSERVERS_LISTED),
    )
    threat = threat_of(pact.against, point)
    theirs = sample.point_at(case.record.session, partner, pact.tick)
    named = "" if pact.against is None else f" against {names.get(pact.against, pact.against)}"
    what = COMMITMENTS.get(pact.commitment, f"a pact ({pact.commitment})")
    made = f"{who} {'proposed' if pact.is_offered else 'agreed on'} {what}{named} "
    made += f"to {other}, which accepted" if pact.is_offered and len(pact.partners) == 1 else f"with {other}"
    start = f"In the window from {point.date} {made}"
    if point.threatened and point.top_threat in pact.partners:
        return "joined", f"{start}: {who} joined the state that it feared most."
    if threat is None or threat in pact.partners:
        return "none", f"{start}: no threat explains it."
    feared = names.get(threat, threat)
    if theirs is not None and fears(theirs.point, threat):
        return "both", f"{start}: both feared {feared}."
    return "one", f"{start}: {who} feared {feared}, and its partner did not."


def _expected(tested: Sample, names: Mapping[str, str]) -> list[str]:
    cases = [case for case in tested.made if case.point.threatened and THREAT in case.record.forecasts]
    if not cases:
        return []
    against, towards = (_expected_of(cases, did) for did in ("BAL", "BW"))
    done = Counter(case.did for case in cases)
    proposed = [_proposal(case, partner) for case, partner in proposals(tested)[0] if THREAT in case.record.forecasts]
    choosers = [one.case.cluster for one in proposed]
    telling = is_telling(choosers)
    balance = (
        f"Of {len(cases)} decisions under threat, balance of threat expected {against:.1f} to align against the gravest "
        f"threat and {towards:.1f} with it. {done['BAL']} aligned against it and {done['BW']} with it."
    )
    return [
        balance,
        _partners_named(proposed) if telling else too_few(choosers, "tie proposed", "ties proposed"),
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


def _proposal(case: Case, partner: str) -> _Proposal:
    given = case.record.forecasts[THREAT][: case.point.alignments]
    return _Proposal(case, partner, given[places_of_partners(case.point)[partner]] / fsum(given))


def _partners_named(proposed: Sequence[_Proposal]) -> str:
    fit = statistics.clustered_interval([one.bits for one in proposed], [one.case.cluster for one in proposed])
    assert fit is not None
    span = f"{fit.estimate:+.2f} bits for each of {len(proposed)} ties, {fit.low:+.2f} to {fit.high:+.2f}"
    if fit.low > 0.0:
        return f"It named partners better than chance would ({span})."
    if fit.high < 0.0:
        return f"It named partners worse than chance would ({span})."
    return f"It is not shown to name partners better than chance would ({span})."


def _most_misjudged(cases: Sequence[Case], names: Mapping[str, str]) -> list[str]:
    """Return a sentence on the state whose number of ties was furthest from what the theory expected, if by one or more."""
    gaps: dict[tuple[str, str], tuple[float, int]] = {}
    for case in cases:
        expected, made = gaps.get(case.cluster, (0.0, 0))
        tied = fsum(case.record.forecasts[THREAT][: case.point.alignments])
        gaps[case.cluster] = (expected + tied, made + bool(case.outcome.partners))
    (_, actor), (expected, made) = max(gaps.items(), key=lambda pair: (abs(pair[1][0] - pair[1][1]), pair[0]))
    if abs(expected - made) < 1.0:
        return []
    sentence = (
        f"It was furthest from {names.get(actor, actor)}: it expected new ties in {expected:.1f} of its windows, "
        f"and there were new ties in {made}."
    )
    return [sentence]


def _surprise_sentences(tested: Sample, proposed: Sequence[_Proposal], names: Mapping[str, str]) -> list[str]:
    """Return sentences on the ties that the theory missed by most, then on those that it foretold best, against chance."""
    ordered = sorted(proposed, key=lambda one: one.bits)
    missed = [one for one in ordered if one.bits <= -SURPRISE_BITS][:SURPRISES_LISTED]
    foretold = [one for one in reversed(ordered) if one.bits >= SURPRISE_BITS][:SURPRISES_LISTED]
    if proposed and not missed and not foretold:
        return ["It held each tie that was proposed about as likely as chance would."]
    return [_surprise(tested, one, names) for one in (*missed, *foretold)]


def _surprise(tested: Sample, one: _Proposal, names: Mapping[str, str]) -> str:
    point = one.case.point
    who, partner = names.get(point.actor, point.actor), names.get(one.partner, one.partner)
    odds = f"balance of threat gave that {_percent(one.share)} of the ties open to it, chance {_percent(one.chance)}"
    verdict = "It was wrong" if one.bits < 0.0 else "It was right"
    if not point.threatened:
        return f"{verdict}: {who} signed with {partner} ({point.date}) and feared nobody much; {odds}."
    if one.partner == point.top_threat:
        return f"{verdict}: {who} signed with {partner} ({point.date}), the state that it feared most; {odds}."
    threat = names.get(point.top_threat, point.top_threat)
    trail = tested.trails[one.case.cluster]
    before = [case.point for case in trail if case.point.window < point.window]
    since = 0
    for earlier in reversed(before):
        if earlier.top_threat != point.top_threat:
            break
        since += 1
    if since == len(before):
        return f"{verdict}: {who}, which feared {threat} most from the start, signed with {partner} ({point.date}); {odds}."
    when = {0: "in the window in which", 1: "one window after"}.get(since, f"{since} windows after")
    return f"{verdict}: {who} signed with {partner} ({point.date}) {when} it came to fear {threat} most; {odds}."


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
