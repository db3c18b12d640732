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
from counterpoise.theory.check.debrief_document import InWords, InWordsData
from counterpoise.theory.check.player_scores import enough_choices
from counterpoise.theory.check.ties_in_words import REASONS, tie_in_words
from counterpoise.theory.decisions.decision_point import option_of
from counterpoise.theory.evidence.accrual_words import label_of_player
from counterpoise.theory.evidence.choices.scoring import places_of_partners
from counterpoise.theory.evidence.choices.telling import is_telling, too_few
from counterpoise.theory.evidence.choices.three_questions import proposals
from counterpoise.theory.evidence.elicitation import THREAT
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.sentences import Sentence, listed_states

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
    feared = _feared(sample, names, parted=parted)
    aligned, ties = _aligned(sample, names, parted=parted)
    expected = _expected(tested, names, tested.made[0].record.player if parted and tested.made else None)
    return InWords(
        feared=[sentence.text for sentence in feared],
        aligned=[sentence.text for sentence in aligned],
        ties=[sentence.text for sentence in ties],
        expected=[sentence.text for sentence in expected],
        as_data=InWordsData(
            feared=[sentence.data for sentence in feared],
            aligned=[sentence.data for sentence in aligned],
            ties=[sentence.data for sentence in ties],
            expected=[sentence.data for sentence in expected],
        ),
    )


def _feared(sample: Sample, names: Mapping[str, str], *, parted: bool) -> list[Sentence]:
    threatened = [case for case in sample.made if case.point.threatened]
    if not threatened:
        nobody = Sentence("Nobody was feared: no threat reached the floor.", "nobody_feared", {})
        return [nobody] if sample.made else []
    observers: dict[str, Counter[str]] = {}
    for case in threatened:
        observers.setdefault(case.point.top_threat, Counter())[case.point.actor] += 1
    ranked = sorted(observers.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    found = []
    for place, (threat, by) in enumerate(ranked[:FEARED_LISTED]):
        whom = listed_states([names.get(state, state) for state, _ in by.most_common()])
        often = f"{by.total()} of {len(threatened)} decisions{' of all players' if parted else ''} under threat"
        name = names.get(threat, threat)
        lead = f"{name} was feared most: it was the gravest threat" if place == 0 else f"{name} was the gravest threat"
        values = {"name": name, "by": by.total(), "of": len(threatened), "whom": whom.values, "all_players": parted}
        kind = "feared_most" if place == 0 else "feared_too"
        found.append(Sentence(f"{lead} in {often}, for {whom}.", kind, values))
    return found


def _aligned(sample: Sample, names: Mapping[str, str], *, parted: bool) -> tuple[list[Sentence], list[Sentence]]:
    """Return how many ties were made for which reason, and a sentence on each."""
    told = [
        (case, pact, *tie_in_words(sample, case, pact, names))
        for session, known in sample.diplomacies.items()
        for pact in known.pacts
        for case in [sample.point_at(session, pact.proposer, pact.chosen)]
        if case is not None
    ]
    if not told:
        return ([Sentence("No state made a new tie.", "no_tie", {})] if sample.made else []), []
    reasons = Counter(reason for _, _, reason, _ in told)
    parts = [f"{reasons[reason]} {words}" for reason, words in REASONS.items() if reasons[reason]]
    entries = sum(1 for _, pact, *_ in told if not pact.is_new)
    formed = len(told) - entries
    kinds = (
        f" ({_counted(formed, 'new alliance')} and {_counted(entries, 'entry', 'entries')} into one)" if entries else ""
    )
    were = "was" if len(told) == 1 else "were"
    by = " by all players" if parted else ""
    summary = f"{_counted(len(told), 'new tie')} {were} made{by}{kinds}: {'; '.join(parts)}."
    counts = [[reason, reasons[reason]] for reason in REASONS if reasons[reason]]
    values = {"ties": len(told), "formed": formed, "entries": entries, "reasons": counts, "all_players": parted}
    meaning = _meaning_of_fear([case for case, *_ in told])
    return [Sentence(summary, "ties_made", values), *meaning], [sentence for *_, sentence in told]


def _counted(n: int, one: str, several: str = "") -> str:
    return f"{n} {one if n == 1 else several or one + 's'}"


def _meaning_of_fear(cases: Sequence[Case]) -> list[Sentence]:
    """Return the two measures of fear, if they differ: a shared fear may be less than one that puts a state under threat."""
    shared, floors = [case.point.shared_floor for case in cases], [case.point.floor for case in cases]
    if shared == floors:
        return []
    text = (
        f"Here a state counts as fearing another if it sees a threat of {_span(shared)} or more, on a scale of 0 to 1; it is "
        f"under threat, and can fear one state most, if its gravest threat reaches the floor, {_span(floors)}."
    )
    values = {"shared": _ends(shared), "floors": _ends(floors)}
    return [Sentence(text, "meaning_of_fear", values)]


def _ends(values: Collection[float]) -> list[float]:
    """Return the least and the greatest value, as they are shown."""
    return [float(f"{end(values):.3g}") for end in (min, max)]


def _span(values: Collection[float]) -> str:
    low, high = f"{min(values):.3g}", f"{max(values):.3g}"
    return low if low == high else f"between {low} and {high}"


def _expected(tested: Sample, names: Mapping[str, str], player: str | None) -> list[Sentence]:
    cases = [case for case in tested.made if case.point.threatened and THREAT in case.record.forecasts]
    if not cases:
        return []
    against, towards = (_expected_of(cases, did) for did in ("BAL", "BW"))
    done = Counter(case.did for case in cases)
    proposed = proposed_ties(tested)
    whose = "" if player is None else f" of {label_of_player(player)}"
    text = (
        f"Of {len(cases)} decisions{whose} under threat, balance of threat expected {against:.1f} to align against the gravest "
        f"threat and {towards:.1f} with it. {done['BAL']} aligned against it and {done['BW']} with it: a tie counts for each "
        "member that chose it, and so does giving in without a tie."
    )
    values = {
        "decisions": len(cases),
        "against": _shown(against, 1),
        "towards": _shown(towards, 1),
        "did_against": done["BAL"],
        "did_towards": done["BW"],
        "player": player,
    }
    return [
        Sentence(text, "balance", values),
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


def _partners_named(tested: Sample, proposed: Sequence[Proposal]) -> Sentence:
    """Return whether the theory named partners, or that there are too few choices to tell."""
    enough, choosers = enough_choices(tested.made), [one.case.cluster for one in proposed]
    if enough.as_data is not None:
        return Sentence(enough.sentence, enough.as_data.kind, enough.as_data.values)
    if not is_telling(choosers):
        return too_few(choosers, "tie proposed", "ties proposed")
    fit = statistics.clustered_interval([one.bits for one in proposed], choosers)
    assert fit is not None
    span = f"{fit.estimate:+.2f} bits for each of {len(proposed)} ties that they proposed, {fit.low:+.2f} to {fit.high:+.2f}"
    bits = {"bits": _shown(fit.estimate, 2), "low": _shown(fit.low, 2), "high": _shown(fit.high, 2)}
    values = {**bits, "ties": len(proposed)}
    if fit.low > 0.0:
        return Sentence(f"It named partners better than chance would ({span}).", "partners_better", values)
    if fit.high < 0.0:
        return Sentence(f"It named partners worse than chance would ({span}).", "partners_worse", values)
    text = f"It is not shown to name partners better than chance would ({span})."
    return Sentence(text, "partners_not_shown", values)


def _most_misjudged(cases: Sequence[Case], names: Mapping[str, str]) -> list[Sentence]:
    """Return a sentence on the state whose ties under threat were furthest from what the theory expected, if by one or more."""
    gaps: dict[tuple[str, str], tuple[float, int, int]] = {}
    for case in cases:
        expected, made, windows = gaps.get(case.cluster, (0.0, 0, 0))
        tied = fsum(case.record.forecasts[THREAT][: case.point.alignments])
        gaps[case.cluster] = (expected + tied, made + bool(case.outcome.partners), windows + 1)
    (_, actor), (expected, made, windows) = max(gaps.items(), key=lambda pair: (abs(pair[1][0] - pair[1][1]), pair[0]))
    if abs(expected - made) < 1.0:
        return []
    text = (
        f"It was furthest from {names.get(actor, actor)}: it expected new ties in {expected:.1f} of its {windows} windows "
        f"under threat, and there were new ties in {made}."
    )
    values = {"name": names.get(actor, actor), "expected": _shown(expected, 1), "windows": windows, "made": made}
    return [Sentence(text, "misjudged_most", values)]


def _surprise_sentences(tested: Sample, proposed: Sequence[Proposal], names: Mapping[str, str]) -> list[Sentence]:
    """Return sentences on the ties that the theory missed by most, then on those that it foretold best, against chance."""
    ordered = sorted(proposed, key=lambda one: one.bits)
    missed = [one for one in ordered if one.bits <= -SURPRISE_BITS][:SURPRISES_LISTED]
    foretold = [one for one in reversed(ordered) if one.bits >= SURPRISE_BITS][:SURPRISES_LISTED]
    if proposed and not missed and not foretold:
        return [Sentence("It held each tie that was proposed about as likely as chance would.", "as_chance", {})]
    return [_surprise(tested, one, names) for one in (*missed, *foretold)]


def _surprise(tested: Sample, one: Proposal, names: Mapping[str, str]) -> Sentence:
    """Return the sentence on a tie that the theory missed or foretold."""
    point = one.case.point
    who, partner = names.get(point.actor, point.actor), names.get(one.partner, one.partner)
    odds = f"balance of threat gave that {_percent(one.share)} of the ties open to it, chance {_percent(one.chance)}"
    verdict = "It was wrong" if one.bits < 0.0 else "It was right"
    signed = f"{verdict}: {who} signed with {partner} ({point.date})"
    threat = names.get(point.top_threat, point.top_threat)
    since = windows_of_fear(tested, one.case)
    values = {
        "is_right": one.bits >= 0.0,
        "who": who,
        "partner": partner,
        "date": point.date,
        "threat": threat,
        "windows": since,
        "share": _shown(100.0 * one.share, 0),
        "chance": _shown(100.0 * one.chance, 0),
    }
    if not point.threatened:
        return Sentence(f"{signed} and feared nobody much; {odds}.", "surprise_calm", values)
    if one.partner == point.top_threat:
        return Sentence(f"{signed}, the state that it feared most; {odds}.", "surprise_threat", values)
    if since is None:
        text = f"{verdict}: {who}, which feared {threat} most from the start, signed with {partner} ({point.date}); {odds}."
        return Sentence(text, "surprise_start", values)
    when = {0: "in the window in which", 1: "one window after"}.get(since, f"{since} windows after")
    return Sentence(f"{signed} {when} it came to fear {threat} most; {odds}.", "surprise_since", values)


def windows_of_fear(sample: Sample, case: Case) -> int | None:
    """Return for how many windows a state had feared its top threat most before a decision; ``None`` if from the start."""
    before = [one.point for one in sample.trails[case.cluster] if one.point.window < case.point.window]
    for since, earlier in enumerate(reversed(before)):
        if earlier.top_threat != case.point.top_threat:
            return since
    return None


def _shown(value: float, decimals: int) -> float:
    """Return a value as it is shown, so that every language shows the same digits."""
    return float(f"{value:.{decimals}f}")


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
