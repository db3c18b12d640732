"""Family WX: claims that distinguish Walt's theory from its rivals (Walt 1987, ch. 1 and ch. 8).

Forecasts are compared on the partner of new alliances: over all decisions, the model that expects fewer alliances would win
in every quiet quarter, whatever it knows about threats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum, log
from typing import ClassVar, NamedTuple

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import HIDE, NEUTRAL, Candidate, option_of
from counterpoise.theory.evidence.forecast_scores import ScoredMenus, mean
from counterpoise.theory.evidence.proposition import (
    SLOPE_SESOI,
    Case,
    Proposition,
    Sample,
    finding_beside_blind_choice,
    finding_from_fit,
    log_balancing_share,
    logit_slope_on_columns,
)
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.statistics import Cluster

THREAT = "balance_of_threat"
SCORE_SESOI = 0.05
"""Smallest difference of mean log scores of interest on the choice of a partner: 5 % more probability for the chosen one."""
REFIT_SESOI = 0.5 * 0.1 * 0.9 * SLOPE_SESOI**2
"""The same for whether to balance: the gain of a slope of 1.25 per s.d. at a base rate of one in ten, to second order."""
FOLDS = 10


class Contrast(NamedTuple):
    """The gain in log score of balance of threat over a rival on each new partner."""

    gains: list[float]
    blind: list[float]
    """For each decision the mean gain over everyone whom it could have joined: what blind choice would give.

    It is not zero, since of two forecasts that both miss, the bolder one loses more.
    """
    clusters: list[Cluster]
    note: str
    """The gain over all threatened decisions."""


def contrast(sample: Sample, rival: str) -> Contrast:
    """Return the gains of balance of threat over a rival on the partner, given that there is one."""
    cases = [case for case in sample.threatened if all(name in case.record.forecasts for name in (THREAT, rival))]
    menus = ScoredMenus([case.record for case in cases])
    whole = mean((menus.scores(THREAT).log_score - menus.scores(rival).log_score).tolist())
    note = "" if whole is None else f"over all {len(cases)} threatened decisions {whole:+.3f}"
    found = Contrast([], [], [], note)
    for case in cases:
        options = [place for place, option in enumerate(case.point.options) if option not in (NEUTRAL, HIDE)]
        chosen = case.point.options.index(case.outcome.choice)
        if chosen in options:
            gain, blind = _gain(case, rival, options, chosen)
            found.gains.append(gain)
            found.blind.append(blind)
            found.clusters.append(case.cluster)
    return found


def _gain(case: Case, rival: str, options: Sequence[int], chosen: int) -> tuple[float, float]:
    """Return the gain on the chosen option, among some options, and the mean gain over these options."""
    threat, other = (_logs(case.record.forecasts[name], options) for name in (THREAT, rival))
    gains = [one - two for one, two in zip(threat, other, strict=True)]
    return gains[options.index(chosen)], fsum(gains) / len(gains)


def _logs(shares: Sequence[float], options: Sequence[int]) -> list[float]:
    """Return the logs of the shares of some options among these options."""
    whole = log(fsum(shares[place] for place in options))
    return [log(shares[place]) - whole for place in options]


class ThreatBeatsPower(Proposition):
    """Walt (1987), ch. 8, against Waltz (1979): threat predicts who aligns with whom, power alone does not."""

    id: ClassVar[str] = "WX.1"
    family: ClassVar[str] = "WX"
    claim: ClassVar[str] = "Threat predicts alignment better than power alone."
    statistic: ClassVar[str] = (
        "mean log score of balance of threat less that of balance of power, on the partner of a new alliance"
    )
    unit: ClassVar[str] = "threatened decision that made an alliance"
    sesoi: ClassVar[float] = SCORE_SESOI
    n_min: ClassVar[int] = 30
    has_menu_null: ClassVar[bool] = True
    RIVAL: ClassVar[str] = "balance_of_power"
    compares: ClassVar[tuple[str, ...]] = (THREAT, RIVAL)

    def test(self, sample: Sample) -> Finding:
        """Return the mean difference in log score, with the p of the paired permutation of whole choosers."""
        found = contrast(sample, self.RIVAL)
        return finding_beside_blind_choice(found.gains, found.blind, found.clusters, note=found.note)


class EveryComponentAdds(Proposition):
    """Walt (1987), pp. 21-26: power, proximity, offence and intent each make a threat; none can replace the others.

    A model of whether a state balances is refitted without each component in turn and scored on held-out sessions. The claim
    is about all four, so the least useful one decides (Berger 1982): its mean gain, the lowest of the four lower bounds, the
    largest p. A useless component loses a little on held-out sessions, so that a bound below zero is no evidence against
    the claim.
    """

    id: ClassVar[str] = "WX.2"
    family: ClassVar[str] = "WX"
    claim: ClassVar[str] = "Each of the four components of threat adds to the forecast from the others."
    statistic: ClassVar[str] = "held-out log score of BAL with all components less that without the least useful one"
    unit: ClassVar[str] = "decision"
    sesoi: ClassVar[float] = REFIT_SESOI
    NAMES: ClassVar[tuple[str, ...]] = ("power", "proximity", "offence", "intent")

    def test(self, sample: Sample) -> Finding:
        """Return the smallest of the four gains."""
        cases = sample.cases
        done = [case.did == "BAL" for case in cases]
        columns = [
            [case.point.relative_power for case in cases],
            [case.point.source.proximity for case in cases],
            [case.point.source.offense for case in cases],
            [case.point.source.intentions for case in cases],
        ]
        if sum(1 for balanced in done if balanced) < 10 or all(done):
            return Finding(n=len(cases), note="too few balanced to refit anything")
        folds, chance = _folds(cases), [log_balancing_share(case.point) for case in cases]
        whole = statistics.heldout_logit_scores(done, [*columns, chance], folds)
        losses = []
        for place in range(len(columns)):
            rest = [column for other, column in enumerate(columns) if other != place]
            losses.append(whole - statistics.heldout_logit_scores(done, [*rest, chance], folds))
        choosers = [case.cluster for case in cases]
        least = statistics.smallest_gain(list(zip(*losses, strict=True)), choosers)
        gains = ", ".join(
            f"{name} {fsum(loss) / len(cases):+.4f}" for name, loss in zip(self.NAMES, losses, strict=True)
        )
        if least is None:
            return Finding(n=len(cases), note=f"loss without {gains}; too few choosers")
        fit, place = least
        p = max(fit.p, statistics.paired_permutation_p(losses[place], choosers)) if fit.estimate > 0.0 else 1.0
        finding = finding_from_fit(fit, len(cases), note=f"loss without {gains}; least useful {self.NAMES[place]}")
        return replace(finding, high=max(0.0, fit.high), high90=max(0.0, fit.high90), p=p)


def _folds(cases: Sequence[Case]) -> list[int]:
    """Return the fold of each case: by session, or by chooser with fewer than five sessions."""
    sessions: dict[object, int] = {}
    choosers: dict[object, int] = {}
    for case in cases:
        sessions.setdefault(case.record.session, len(sessions))
        choosers.setdefault(case.cluster, len(choosers))
    if len(sessions) >= 5:
        return [sessions[case.record.session] % FOLDS for case in cases]
    return [choosers[case.cluster] % FOLDS for case in cases]


class ThreatBeatsTheRest(Proposition):
    """Walt (1987), ch. 8: threat accounts for more alliances than ideology, aid or penetration.

    The claim is about all three, so the strongest rival decides (Berger 1982). The note gives the Shapley (1953)
    shares of the four in the likelihood of a joint model of the choice of partner.
    """

    id: ClassVar[str] = "WX.3"
    family: ClassVar[str] = "WX"
    claim: ClassVar[str] = "Threat predicts alignment better than ideology, aid or penetration do."
    statistic: ClassVar[str] = (
        "mean log score of balance of threat less that of the strongest of the three, on the partner"
    )
    unit: ClassVar[str] = "threatened decision that made an alliance"
    sesoi: ClassVar[float] = SCORE_SESOI
    n_min: ClassVar[int] = 30
    has_menu_null: ClassVar[bool] = True
    RIVALS: ClassVar[tuple[str, ...]] = ("ideology", "aid", "penetration")
    compares: ClassVar[tuple[str, ...]] = (THREAT, *RIVALS)

    def test(self, sample: Sample) -> Finding:
        """Return the smallest of the three contrasts."""
        contrasts = [contrast(sample, rival) for rival in self.RIVALS]
        gains, clusters = [found.gains for found in contrasts], contrasts[0].clusters
        count = len(clusters)
        least = statistics.smallest_gain(list(zip(*gains, strict=True)), clusters) if count else None
        if least is None:
            return Finding(n=count, note="too few choosers signed anything under threat")
        fit, place = least
        gains_note = ", ".join(f"{name} {fsum(row) / count:+.2f}" for name, row in zip(self.RIVALS, gains, strict=True))
        note = f"against {gains_note}; strongest rival {self.RIVALS[place]}; {_shapley(sample)}"
        # Like the intervals: if all are above zero, the least certain decides; if not, p is corrected for as many looks.
        permuted = [statistics.paired_permutation_p(row, clusters) for row in gains]
        p = max(permuted) if fit.estimate > 0.0 else min(1.0, len(permuted) * permuted[place])
        blind = contrasts[place].blind
        surplus = [gain - chance for gain, chance in zip(gains[place], blind, strict=True)]
        p = max(p, statistics.paired_permutation_p(surplus, clusters))
        return replace(finding_from_fit(fit, count, note=note), p=p, blind=fsum(blind) / count)


def _shapley(sample: Sample) -> str:
    """Return a note with the shares of threat, ideology, aid and penetration in the likelihood of the choice of partner."""

    def covariates(_: Case, k: Candidate) -> tuple[float, ...]:
        return (k.shared, k.threat, k.similarity, k.aid, k.penetration)

    shares = statistics.shapley_shares(sample.choice_sets(covariates), [[0, 1], [2], [3], [4]])
    if shares is None:
        return "no Shapley shares"
    names = ("threat", "ideology", "aid", "penetration")
    return "Shapley shares " + ", ".join(f"{name} {share:.2f}" for name, share in zip(names, shares, strict=True))


class RolesFearDifferently(Proposition):
    """Walt (1987), ch. 5, pp. 153-172: regional states fear near states, outside powers fear strong ones; Maoz & Joyce (2016).

    One coefficient: how much more power than proximity makes outside powers balance, compared with regional states.
    """

    id: ClassVar[str] = "WX.4"
    family: ClassVar[str] = "WX"
    claim: ClassVar[str] = "Regional states balance against the near, outside powers against the strong."
    statistic: ClassVar[str] = (
        "log-odds of BAL per s.d. of outside x (power - proximity); components and their sum x role held"
    )

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of role with the balance of power and proximity."""
        cases = sample.threatened
        outside = [float(case.point.role == "outside") for case in cases]
        power = _standard([case.point.relative_power for case in cases])
        near = _standard([case.point.source.proximity for case in cases])
        columns = [
            [o * (p - g) for o, p, g in zip(outside, power, near, strict=True)],
            [o * (p + g) for o, p, g in zip(outside, power, near, strict=True)],
            outside,
            power,
            near,
            [case.point.source.offense for case in cases],
            [case.point.source.intentions for case in cases],
            [log_balancing_share(case.point) for case in cases],
        ]
        finding = logit_slope_on_columns(cases, "BAL", columns)
        note = f"{finding.note}, {outside.count(1.0)} of them by outside powers"
        return replace(finding, note=note, spread=statistics.standard_deviation(outside))


def _standard(values: Sequence[float]) -> list[float]:
    size = statistics.standard_deviation(values) or 1.0
    centre = fsum(values) / len(values) if values else 0.0
    return [(value - centre) / size for value in values]


class ThreatBeatsInertia(Proposition):
    """Walt (1987), ch. 1 and ch. 8, against habit as the null; on the duration of alliances Leeds & Savun (2007).

    Only decisions that changed an alignment count. Given that there was a change, and since habit names no partner, the two
    are compared on the new partner: shares are of the options that would have changed an alignment. The note gives the
    contrast over the whole menu, which any forecaster of change wins.
    """

    id: ClassVar[str] = "WX.5"
    family: ClassVar[str] = "WX"
    claim: ClassVar[str] = "When alignments change, threat predicts the new partner; alignments do not merely drift."
    statistic: ClassVar[str] = (
        "mean log score of balance of threat less that of the status quo, among changes, on the new partner"
    )
    unit: ClassVar[str] = "decision that changed an alignment"
    sesoi: ClassVar[float] = SCORE_SESOI
    n_min: ClassVar[int] = 30
    has_menu_null: ClassVar[bool] = True
    RIVAL: ClassVar[str] = "status_quo"
    compares: ClassVar[tuple[str, ...]] = (THREAT, RIVAL)

    def test(self, sample: Sample) -> Finding:
        """Return the mean difference in log score on changes, with the p of the paired permutation of whole choosers."""
        rows: list[tuple[float, float, float, Cluster]] = []
        for case in sample.cases:
            if any(name not in case.record.forecasts for name in (THREAT, self.RIVAL)):
                continue
            options = _changes(case)
            chosen = case.point.options.index(case.outcome.choice)
            if case.outcome.kind not in ("formation", "realignment") or chosen not in options:
                continue
            threat, habit = case.record.forecasts[THREAT], case.record.forecasts[self.RIVAL]
            gain, blind = _gain(case, self.RIVAL, options, chosen)
            rows.append((gain, blind, log(threat[chosen] / habit[chosen]), case.cluster))
        whole = mean([gain for _, _, gain, _ in rows])
        return finding_beside_blind_choice(
            [gain for gain, *_ in rows],
            [blind for _, blind, *_ in rows],
            [cluster for *_, cluster in rows],
            note="" if whole is None else f"over the whole menu {whole:+.3f}",
        )


def _changes(case: Case) -> list[int]:
    """Return the positions of the options that would align the chooser with a state it is not aligned with."""
    allied = [k.id for k in case.point.candidates if k.prior]
    return [
        place
        for place, option in enumerate(case.point.options)
        if option not in (NEUTRAL, HIDE)
        and option_of(option)[1] not in allied
        and not (option == "BW" and case.point.source.prior)
    ]
