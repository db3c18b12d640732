"""Tests of the project's propositions on dyad-year data, judged by the same rule as play.

A decision is one state's year. Errors are clustered on the state, and for choices of a partner on the pact. Propositions
that such data cannot test are listed with the data they would need; they are never judged from something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import fsum, log
from typing import Any

import numpy as np

from counterpoise.theory import statistics
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.dyadyear.alliance_decisions import Choice, Decision
from counterpoise.theory.dyadyear.data_tables import DyadYearTables
from counterpoise.theory.dyadyear.history_document import HistoryProposition, MissingData
from counterpoise.theory.dyadyear.partner_choice import PartnerForecasts, choice_sets, threat_lift
from counterpoise.theory.dyadyear.worlds import WorldYear
from counterpoise.theory.evidence.proposition import EXPECTED_MIN, SIDE_MIN, finding_from_fit
from counterpoise.theory.evidence.verdict import Finding, holm_by_family, judge
from counterpoise.theory.parameters import DEFAULT
from counterpoise.theory.quantising import DIGITS, rounded
from counterpoise.theory.statistics import Cluster

Column = Callable[[Decision], float]
SILENT: dict[str, tuple[str, ...]] = {
    "events inside the year: changes of intent, defeats, attacks after a decision": (
        "W1.5b", "W1.6", "W2.6", "W2.7", "W2.8", "W3.5", "W3.6",
    ),
    "alignments short of a treaty, friendly and hostile, for the map of a whole region": ("W1.3b", "W2.3b"),
    "the ideology of each regime and its legitimacy": ("W4.2", "W4.2b", "W4.3b", "W4.4"),
    "the motives that decision-makers stated": ("W4.5",),
    "the demands made of recipients of aid and their answers": ("W5.3", "W5.4", "W5.5", "W5.6", "W5.7"),
    "the access of one state to the politics of another": ("W6.1", "W6.2", "W6.3", "W6.4", "W6.5"),
    "the aid of every donor, before and after each alliance": ("W5.1n",),
    "whether a year without a treaty was a choice: it can be habit or lack of occasion": ("WX.5",),
}  # fmt: skip
"""The data that are missing, and the propositions that need them."""
DEEDS_MIN = 5
"""Fewest state-years of the rarer outcome for each column of a logit (Vittinghoff & McCulloch 2007)."""
ALONE = 0.25
"""A state counts as alone if its likeliest ally would help with less than this chance."""


class DyadYearEvidence:
    """The decisions of a selection, with the estimates that several propositions need."""

    def __init__(
        self,
        worlds: Sequence[WorldYear],
        tables: DyadYearTables,
        made: Sequence[Decision],
        chosen: Sequence[Choice],
        partner_forecasts: PartnerForecasts,
    ) -> None:
        self.worlds, self.tables, self.made, self.chosen, self.partner_forecasts = (
            worlds,
            tables,
            made,
            chosen,
            partner_forecasts,
        )
        self.threatened = [decision for decision in made if decision.threatened]
        self.sided = [decision for decision in self.threatened if decision.did in ("BAL", "BW")]

    def power(self, decision: Decision) -> float:
        """Return the top threat's power in relation to the state's own."""
        return float(self.worlds[decision.world].power[decision.me, decision.top])

    def proximity(self, decision: Decision) -> float:
        """Return the proximity of the top threat."""
        return float(self.worlds[decision.world].proximity[decision.me, decision.top])

    def offense(self, decision: Decision) -> float:
        """Return the top threat's rank of militarisation."""
        return float(self.worlds[decision.world].offense[decision.top])

    def intentions(self, decision: Decision) -> float:
        """Return the perceived intent of the top threat."""
        return float(self.worlds[decision.world].intentions[decision.me, decision.top])

    def outside(self, decision: Decision) -> float:
        """Return 1 for a great power whose top threat lies in another region."""
        return float(self.worlds[decision.world].outside[decision.me, decision.top])

    def has_third_of_power(self, decision: Decision) -> float:
        """Return 1 if the top threat holds a third or more of all capabilities."""
        world = self.worlds[decision.world]
        return float(world.cinc[decision.top] >= world.cinc.sum() / 3.0)

    def balancing_and_free(self, decision: Decision) -> tuple[int, int]:
        """Count the states with which an alliance would be balancing, and all states without an alliance with the chooser."""
        world = self.worlds[decision.world]
        free = ~world.tied[decision.me]
        free[decision.me] = False
        balancing = free & (world.threat[:, decision.top] >= DEFAULT.shared_floor)
        balancing[decision.top] = False
        return int(balancing.sum()), int(free.sum())

    def log_balancing_share(self, decision: Decision) -> float:
        """Return the log share of possible alliances that would be balancing, which random choices follow."""
        balancing, free = self.balancing_and_free(decision)
        return log(max(0.5, balancing) / (free + 1.0))

    def logit_slope(
        self, cases: Sequence[Decision], did: str | Callable[[Decision], bool], columns: Sequence[Column], *,
        within: bool = False,
    ) -> Finding:  # fmt: skip
        """Return the logit slope of a choice on the first column, the others held; ``within`` gives each state an intercept."""
        done = [decision.did == did if isinstance(did, str) else did(decision) for decision in cases]
        values = [[column(decision) for decision in cases] for column in columns]
        clusters = [_cluster_of(decision) for decision in cases]
        fit = statistics.logit(done, values, clusters, effects=clusters if within else None) if cases else None
        spread = statistics.standard_deviation(values[0]) if cases else None
        note = f"done in {done.count(True)} of {len(cases)} state-years"
        enough = min(done.count(True), done.count(False)) >= DEEDS_MIN * len(columns)
        if not enough:
            note += f"; a verdict takes {DEEDS_MIN} of either for each of {len(columns)} columns"
        return replace(finding_from_fit(fit, len(cases), note=note, spread=spread), enough=enough)

    def share_difference(
        self, cases: Sequence[Decision], did: str, mark: Callable[[Decision], bool], controls: Sequence[Column]
    ) -> Finding:
        """Return how much more often marked decisions were ``did`` than the others; ``None`` if either group is too small."""
        done = [decision.did == did for decision in cases]
        marks = [float(mark(decision)) for decision in cases]
        smaller, rarer = min(marks.count(1.0), marks.count(0.0)), min(done.count(True), done.count(False))
        fit = None
        if smaller >= SIDE_MIN and smaller * rarer >= EXPECTED_MIN * len(cases):
            columns = [[control(decision) for decision in cases] for control in controls]
            fit = statistics.adjusted_difference(done, marks, [_cluster_of(decision) for decision in cases], columns)
        note = f"{marks.count(1.0)} of {len(cases)} state-years on the one side"
        return finding_from_fit(
            fit, len(cases), note=note, spread=statistics.standard_deviation(marks) if marks else None
        )

    def share(self, cases: Sequence[Decision], did: str) -> Finding:
        """Return the share of ``did`` among decisions that took a side, beside that of blind choice from the same menus."""
        if not cases:
            return finding_from_fit(None, 0)
        hits = [float(decision.did == did) for decision in cases]
        joins = [1.0 / (self.balancing_and_free(decision)[0] + 1.0) for decision in cases]
        blind = [1.0 - join if did == "BAL" else join for join in joins]
        surplus = [hit - chance for hit, chance in zip(hits, blind, strict=True)]
        ones, clusters = [1.0] * len(hits), [_cluster_of(decision) for decision in cases]
        fit, beyond = (
            statistics.bootstrap_ratio(values, ones, clusters, null=null)
            for values, null in ((hits, 0.5), (surplus, 0.0))
        )
        note = f"{hits.count(1.0)} of {len(hits)} who took a side; blind choice gives {fsum(blind) / len(hits):.3f}"
        finding = finding_from_fit(fit, len(hits), note=note)
        if finding.p is None or beyond is None:
            return finding
        return replace(finding, p=max(finding.p, beyond.p), blind=fsum(blind) / len(hits))

    def partner_slope(
        self, columns: Sequence[str | Callable[[Choice], Any]], chosen: Sequence[Choice] | None = None
    ) -> Finding:
        """Return the coefficient of the first column in the choice of a partner."""
        choices = choice_sets(self.chosen if chosen is None else chosen, columns)
        values = [row[0] for choice in choices for row in choice.rows]
        fit = statistics.conditional_logit(choices) if choices else None
        return finding_from_fit(
            fit, len(choices), note=f"{len(choices)} choices of a partner", spread=statistics.standard_deviation(values)
        )

    def contrast(self, rival: str) -> Finding:
        """Return the gain of balance of threat over a rival in forecasting partners, both with fitted sharpness."""
        fit = self.partner_forecasts.gain("balance_of_threat", rival)
        return finding_from_fit(fit, len(self.chosen), note=f"{len(self.chosen)} choices of a partner")


def _cluster_of(decision: Decision) -> Cluster:
    return ("", str(decision.state))


def _threat_tests(e: DyadYearEvidence) -> dict[str, Finding]:
    components = (e.power, e.proximity, e.offense, e.intentions)
    count = max(1, len(e.sided))
    weight = fsum(decision.weight for decision in e.sided) / count
    power = fsum(e.power(decision) for decision in e.sided) / count

    def first(column: Column, *more: Column) -> list[Column]:
        return [column, *(other for other in components if other is not column), *more]

    findings = {
        "W1.1": e.logit_slope(e.made, lambda d: d.opposed, [lambda d: d.threat, e.log_balancing_share], within=True),
        "W1.8": e.share_difference(
            e.threatened,
            "BAL",
            lambda d: e.has_third_of_power(d) > 0.0,
            [e.proximity, e.offense, e.intentions, e.log_balancing_share],
        ),
        "W2.1": e.share(e.sided, "BW"),
        "W3.1": e.share(e.sided, "BAL"),
        "W3.2": e.logit_slope(e.sided, "BAL", [lambda d: d.weight, lambda d: d.threat]),
        "W3.2b": e.logit_slope(
            e.sided,
            "BW",
            [lambda d: (d.weight - weight) * (e.power(d) - power), lambda d: d.weight, e.power, e.log_balancing_share],
        ),
        "W3.3": e.logit_slope(e.threatened, "BAL", [lambda d: d.will, lambda d: d.threat, e.log_balancing_share]),
        "W3.3b": e.logit_slope(
            [d for d in e.threatened if d.sheltered],
            lambda d: not d.partners,
            [lambda d: float(d.coverage > 1.0), lambda d: d.threat],
        ),
        "W3.3c": e.share_difference(e.threatened, "BW", lambda d: d.will < ALONE, [lambda d: d.threat]),
        "W3.4": e.logit_slope(e.sided, "BW", [e.intentions, e.power, e.proximity, e.offense]),
    }
    for number, column in enumerate(components, start=2):
        findings[f"W1.{number}"] = e.logit_slope(e.threatened, "BAL", first(column, e.log_balancing_share))
        findings[f"W2.{number}"] = e.logit_slope(e.sided, "BW", first(column))
    findings["W2.5"] = findings["W1.5"]  # the two make opposite predictions of one coefficient
    # One state is the top threat and many are not, so that random choices would balance more often than bandwagon.
    times = threat_lift(e.chosen)
    lift_note = (
        "; lift unknown"
        if times is None
        else (
            f"; lift {times.estimate:.1f} ({times.low:.1f} to {times.high:.1f}): how many times as often as chance states "
            "joined the threat"
        )
    )
    for name in ("W2.1", "W3.1"):
        findings[name] = replace(findings[name], note=findings[name].note + lift_note)
    return findings


def _partner_tests(e: DyadYearEvidence) -> dict[str, Finding]:
    held = ("shared", "top", "log_km", "log_power")
    findings = {
        "W1.7": e.partner_slope(
            ["influence", "shared", "log_power", "log_km"], [c for c in e.chosen if c.decision.did == "BAL"]
        ),
    }
    if e.tables.polity:
        findings["W4.6"] = _shield_or_kin(e)
        findings["W4.1"] = e.partner_slope(["similarity", *held])
        findings["W4.3"] = e.partner_slope([_secure, "similarity", *held])
    if e.tables.aid:
        aid = {
            "W5.1": e.partner_slope(["aid", "usa", *held]),
            "W5.2": e.partner_slope([lambda c: c.columns["aid"] * c.decision.threat, "aid", "usa", *held]),
        }
        donors = sum(1 for c in e.chosen if c.columns["usa"][c.chosen] > 0.0)
        note = f"; aid of the United States alone, chosen {donors} times"
        enough = min(donors, len(e.chosen) - donors) >= SIDE_MIN
        findings |= {name: replace(f, note=f.note + note, enough=enough) for name, f in aid.items()}
    return findings


def _secure(choice: Choice) -> Any:
    """Return similarity times security, each centred."""
    return (choice.columns["similarity"] - 0.5) * (0.5 - choice.decision.threat)


def _shield_or_kin(e: DyadYearEvidence) -> Finding:
    """Return how often the state that shares the threat most was chosen over the most similar state.

    As in play, a shared first place is left out, and the threat itself does not count as a shield.
    """
    shields, clusters, conflicts = [], [], 0
    for choice in e.chosen:
        others = choice.alternatives != choice.decision.top
        firsts = [_first(np.where(others, choice.columns[name], -1.0)) for name in ("shared", "similarity")]
        if None in firsts or firsts[0] == firsts[1]:
            continue
        conflicts += 1
        if choice.chosen in firsts:
            shields.append(float(choice.chosen == firsts[0]))
            clusters.append(("", str(choice.pact)))
    fit = statistics.bootstrap_ratio(shields, [1.0] * len(shields), clusters, null=0.5) if shields else None
    note = f"{conflicts} conflicts, decided {shields.count(1.0)} for the shield and {shields.count(0.0)} for kin"
    finding = finding_from_fit(fit, len(shields), note=note)
    p = statistics.paired_permutation_p([shield - 0.5 for shield in shields], clusters) if shields else None
    return replace(finding, p=p)


def _first(values: Any) -> int | None:
    """Return the place of the largest value; ``None`` if several share it."""
    places = np.flatnonzero(values == values.max())
    return int(places[0]) if len(places) == 1 else None


def _relative_tests(e: DyadYearEvidence) -> dict[str, Finding]:
    rivals = {"WX.1": e.contrast("balance_of_power")}
    if e.tables.polity:
        only = e.contrast("ideology")
        rivals["WX.3"] = replace(only, note=only.note + "; against ideology alone: no data on the others")
    columns: list[Column] = [
        lambda d: e.outside(d) * (e.power(d) - e.proximity(d)),
        lambda d: e.outside(d) * (e.power(d) + e.proximity(d)),
        e.outside, e.power, e.proximity, e.offense, e.intentions, e.log_balancing_share,
    ]  # fmt: skip
    return {**rivals, "WX.2": _least_component(e), "WX.4": e.logit_slope(e.threatened, "BAL", columns)}


def _least_component(e: DyadYearEvidence) -> Finding:
    """Return the gain of the least useful component in forecasts of balancing on held-out states."""
    names = {"power": e.power, "proximity": e.proximity, "offence": e.offense, "intent": e.intentions}
    cases = e.threatened
    done = [decision.did == "BAL" for decision in cases]
    if done.count(True) < 10 or all(done):
        return Finding(n=len(cases), note="too few decisions balanced for a refit")
    order = {state: place for place, state in enumerate(sorted({decision.state: True for decision in cases}))}
    folds = [order[decision.state] % 10 for decision in cases]
    chance = [e.log_balancing_share(decision) for decision in cases]
    columns = [[column(decision) for decision in cases] for column in names.values()]
    whole = statistics.heldout_logit_scores(done, [*columns, chance], folds)
    losses = [
        whole - statistics.heldout_logit_scores(done, [*columns[:k], *columns[k + 1 :], chance], folds)
        for k in range(len(columns))
    ]
    least = statistics.smallest_gain(list(zip(*losses, strict=True)), [_cluster_of(decision) for decision in cases])
    if least is None:
        return Finding(n=len(cases), note="too few states")
    fit, place = least
    finding = finding_from_fit(fit, len(cases), note=f"least useful {list(names)[place]}")
    # A useless component loses a little on held-out states, so that a bound below zero is no evidence against the claim.
    p = fit.p if fit.estimate > 0.0 else 1.0
    return replace(finding, high=max(0.0, fit.high), high90=max(0.0, fit.high90), p=p)


def proposition_rows(evidence: DyadYearEvidence) -> list[HistoryProposition]:
    """Return one row for each proposition that the data can test, in the order of the project's list."""
    findings = {**_threat_tests(evidence), **_partner_tests(evidence), **_relative_tests(evidence)}
    order = [name for name in PROPOSITIONS if name in findings]
    corrected = holm_by_family({name: (PROPOSITIONS[name].family, findings[name].p) for name in order})
    return [_row(name, findings[name], corrected[name], len(evidence.threatened)) for name in order]


def _row(name: str, finding: Finding, p_holm: float | None, threatened: int) -> HistoryProposition:
    proposition = PROPOSITIONS[name]
    known = finding.estimate is not None
    verdict = judge(
        finding, p_holm, null=proposition.null, predicted=proposition.predicted, sesoi=proposition.sesoi,
        n_min=proposition.n_min, threatened=threatened,
    )  # fmt: skip
    return HistoryProposition(
        id=name,
        family=proposition.family,
        claim=proposition.claim,
        n=finding.n,
        clusters=finding.clusters,
        estimate=rounded(finding.estimate),
        ci=(round(finding.low, DIGITS), round(finding.high, DIGITS)) if known else None,
        p=rounded(finding.p),
        p_holm=rounded(p_holm),
        verdict=verdict,
        note=finding.note,
    )


def propositions_without_data(spoken: Sequence[str]) -> list[MissingData]:
    """Return the missing data, each with the propositions that need them; missing files count too."""
    rows = [MissingData(needs, list(names)) for needs, names in SILENT.items()]
    named = [name for names in SILENT.values() for name in names]
    rest = [name for name in PROPOSITIONS if name not in spoken and name not in named]
    return [*rows, *([MissingData("a file that is missing", rest)] if rest else [])]
