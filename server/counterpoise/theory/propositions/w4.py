"""Family W4: ideology in the choice of partner (Walt 1987, ch. 2, pp. 33-40; tested on the region in ch. 6)."""

from __future__ import annotations

from math import fsum
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.evidence.elicitation import MOTIVES, motives
from counterpoise.theory.evidence.proposition import (
    CHOICES_MIN,
    SHARE_SESOI,
    Case,
    Proposition,
    Sample,
    control_columns,
    finding_from_fit,
    partner_interaction_slope,
    partner_slope,
)
from counterpoise.theory.evidence.verdict import SPREAD_MIN, Finding
from counterpoise.theory.statistics import ChoiceSet


def similarity(_: Case, k: Candidate) -> float:
    """Return the similarity of the two regimes."""
    return k.similarity


class LikenessMakesAlliance(Proposition):
    """Walt (1987), pp. 33-35 and 40; for treaties since 1816 Simon & Gartzke (1996), Lai & Reiter (2000)."""

    id: ClassVar[str] = "W4.1"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = "The more alike two states' domestic ideology, the likelier they ally."
    statistic: ClassVar[str] = "log-odds of being chosen per s.d. of similarity; shared threat, distance and power held"
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of the choice on similarity."""
        return partner_slope(sample, similarity)


class SecurityMakesIdeology(Proposition):
    """Walt (1987), pp. 37-38 and 40: only secure states can afford ideology; Wolfers (1962) on security first."""

    id: ClassVar[str] = "W4.3"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = "The more secure a state, the more ideology weighs in its choice of partners."
    statistic: ClassVar[str] = "log-odds of being chosen per s.d. of similarity x (1 - top threat), similarity held"
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = 400

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of similarity with security."""
        return partner_interaction_slope(sample, similarity, lambda case, _: 1.0 - case.point.threat)


class StructureMakesIdeology(Proposition):
    """Walt (1987), pp. 37-38: two poles or an advantage of defence allow for ideology; Waltz (1979).

    Each session is an arm. Its polarity is the share of power of the two strongest states, times the ratio of the second to
    the first. Its defence dominance is one less the mean offensive capability. Sessions are the clusters, since an arm is a
    session.
    """

    id: ClassVar[str] = "W4.3b"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = "Ideology weighs more where there are two poles and defence has the advantage."
    statistic: ClassVar[str] = "log-odds of being chosen per s.d. of similarity x (bipolarity + defence) of the session"
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of similarity with the session's structure."""
        arms = _arms(sample)
        values = list(arms.values())
        centre = fsum(values) / len(values) if values else 0.0

        def covariates(case: Case, k: Candidate) -> tuple[float, ...]:
            arm = arms[case.record.session] - centre
            return (k.similarity * arm, k.similarity, *control_columns(case, k))

        sets = [
            ChoiceSet(choice.rows, choice.chosen, (choice.cluster[0], "")) for choice in sample.choice_sets(covariates)
        ]
        note = f"{len(sets)} choices in {len(arms)} arms"
        spread = statistics.standard_deviation(values)
        if spread < SPREAD_MIN:
            note = f"{note}; they hardly differ in polarity or offence, so there is nothing to compare"
            return Finding(n=len(sets), note=note, spread=spread)
        return finding_from_fit(statistics.conditional_logit(sets), len(sets), note=note, spread=spread)


def _arms(sample: Sample) -> dict[str, float]:
    """Return, for each session, the mean of bipolarity and defence dominance over its decisions, in [0, 1]."""
    seen: dict[str, list[float]] = {}
    for case in sample.cases:
        point = case.point
        others = [*sample.menu(case), *point.barred]
        first, second = sorted((point.power, *(k.power for k in others)), reverse=True)[:2]
        poles = (first + second) * (second / first if first > 0.0 else 0.0)
        defence = 1.0 - fsum(k.offense for k in others) / len(others)
        seen.setdefault(case.record.session, []).append((min(1.0, poles) + defence) / 2.0)
    return {session: fsum(values) / len(values) for session, values in seen.items()}


class WeakRegimesSeekTheirLike(Proposition):
    """Walt (1987), pp. 34-35 and 40: weak regimes borrow legitimacy; on regimes that balance domestic threats David (1991)."""

    id: ClassVar[str] = "W4.4"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = "Regimes of weak legitimacy seek allies of their own kind more."
    statistic: ClassVar[str] = "log-odds of being chosen per s.d. of similarity x (1 - own legitimacy), similarity held"
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of similarity with low legitimacy."""
        return partner_interaction_slope(sample, similarity, lambda case, _: 1.0 - case.point.legitimacy)


class IdeologyIsOverstated(Proposition):
    """Walt (1987), pp. 38-40: statesmen name ideology more often than it decides; Nisbett & Wilson (1977) on stated motives.

    The stated motive is the reason that a player gave in the window of a choice, before its result. The estimated motive is
    the Shapley share of ideology in the log-odds of the chosen partner, in a model of threat, ideology, aid and penetration
    fitted to all choices.
    """

    id: ClassVar[str] = "W4.5"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = "Players name ideology as their motive more often than it accounts for their choices."
    statistic: ClassVar[str] = "share of stated reasons that name ideology less its Shapley share in the fitted choice"
    unit: ClassVar[str] = "choice of a partner with a stated reason"
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 30

    def test(self, sample: Sample) -> Finding:
        """Return the mean excess of stated over estimated ideology."""
        stated = motives(sample)
        if not stated:
            return Finding(n=0, note="no player gave a reason in the window of a choice of partner")
        place = MOTIVES.index("ideology")
        named = [float(reason == "ideology") for _, reason, _ in stated]
        estimated = [shares[place] for _, _, shares in stated]
        gaps = [name - share for name, share in zip(named, estimated, strict=True)]
        fit = statistics.clustered_mean(gaps, [case.cluster for case, _, _ in stated])
        mean_stated, mean_estimated = fsum(named) / len(named), fsum(estimated) / len(estimated)
        return finding_from_fit(fit, len(gaps), note=f"stated {mean_stated:.2f}, estimated {mean_estimated:.2f}")


class SecurityOutweighsIdeology(Proposition):
    """Walt (1987), pp. 37-38, and ch. 6: when the two conflict, security wins, as between Stalin and Churchill."""

    id: ClassVar[str] = "W4.6"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = (
        "When one state offers the most security and another is the most similar, states choose security."
    )
    statistic: ClassVar[str] = (
        "share choosing the state that shares the threat most, among choices of it or of the most similar state"
    )
    unit: ClassVar[str] = "choice between security and similarity"
    null: ClassVar[float] = 0.5
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 11

    def test(self, sample: Sample) -> Finding:
        """Return the share of security, with the p of the permutation of whole choosers and an interval over choosers."""
        chosen: list[tuple[bool, Case]] = []
        conflicts = 0
        for case in sample.joined:
            shield, kin = _best(case, "shared"), _best(case, "similarity")
            if shield is None or kin is None or shield.id == kin.id:
                continue
            conflicts += 1
            partner = sample.partner(case)
            if partner is not None and partner.id in (shield.id, kin.id):
                chosen.append((partner.id == shield.id, case))
        shields = [float(secure) for secure, _ in chosen]
        fit = statistics.clustered_mean(shields, [case.cluster for _, case in chosen], null=0.5)
        note = f"{conflicts} conflicts, decided {shields.count(1.0)} for security and {shields.count(0.0)} for ideology"
        return finding_from_fit(fit, len(chosen), note=note)


def _best(case: Case, trait: str) -> Candidate | None:
    """Return the candidate with the highest value of a trait; ``None`` if several share the first place."""
    ranked = sorted(case.point.candidates, key=lambda k: -float(getattr(k, trait)))
    if len(ranked) < 2 or getattr(ranked[0], trait) == getattr(ranked[1], trait):
        return None
    return ranked[0]
