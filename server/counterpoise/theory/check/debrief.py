"""The check: how well each hypothesis forecast the decisions, and the verdict on each proposition.

The report is a pure function of the decisions and of the snapshots of the alignment structure: equal inputs give an equal
report. Its numbers are rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from counterpoise.document_schema import Interval
from counterpoise.sim.world import Incident
from counterpoise.theory.check.accuracy import hypothesis_table, stacking
from counterpoise.theory.check.debrief_document import (
    CheckReport,
    DecisionRow,
    HypothesisRow,
    PropositionRow,
    SensitivitySettings,
)
from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise.theory.check.player_scores import class_counts, enough_choices, scores_by_player, whose_decisions
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.sensitivity import NO_DRAWS, ROBUST, Draws, agreement
from counterpoise.theory.check.threats_document import ThreatMatrix
from counterpoise.theory.check.verdicts import judged
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.choices.players import bystanders, decisions_under_test
from counterpoise.theory.evidence.elicitation import elicitation
from counterpoise.theory.evidence.indices import indices
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.shown_index import Deal, shown_index
from counterpoise.theory.evidence.verdict import ALPHA, CLUSTERS_MIN, THREATENED_MIN
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import DEFAULT
from counterpoise.theory.quantising import DIGITS, rounded
from counterpoise.theory.threat import Threat


def debrief(
    records: Sequence[DecisionRecord],
    structures: Sequence[Structure] = (),
    incidents_by_session: Mapping[str, Sequence[Incident]] | None = None,
    *,
    deals: Mapping[str, Deal] | None = None,
    draws: Draws = NO_DRAWS,
    hypotheses: Mapping[str, Hypothesis] = HYPOTHESES,
    noise: ExpectedNoise | None = None,
) -> CheckReport:
    """Check every hypothesis and proposition against decisions.

    Args:
        records: decisions with their forecasts, in order; decisions without an outcome are left out.
        structures: yearly snapshots of the alignment structure.
        incidents_by_session: what happened in each session, oldest first.
        deals: who was shown the threat index, by session; everyone in a session that is not here.
        draws: other threat indices to try the verdicts with; without any no verdict is marked fragile or robust.
        hypotheses: those whose forecasts are scored, by name.
        noise: what players without a theory would give in these sessions; without it verdicts compare with nominal nulls.
    """
    done = [record for record in records if record.outcome is not None]
    own, others = decisions_under_test(done), bystanders(done)
    everyone = Sample(done, structures, incidents_by_session)
    sample = Sample(own, structures, incidents_by_session, others) if others else everyone
    rows = proposition_table(sample, noise)
    verdicts = {row.id: row.verdict for row in rows}
    agreed = agreement(PROPOSITIONS, verdicts, done, sample, draws, noise)
    rows = [
        structs.replace(row, agreement=agreed[row.id], fragile=agreed[row.id] < ROBUST) if row.id in agreed else row
        for row in rows
    ]
    return CheckReport(
        tested=whose_decisions(done),
        classes=class_counts(sample.made),
        decisions=_decisions(done, everyone),
        enough=enough_choices(sample.made),
        hypotheses=_beside_noise(hypothesis_table(own, hypotheses), noise),
        by_player=scores_by_player(done, everyone.made, hypotheses),
        stacking=stacking(own, hypotheses),
        propositions=rows,
        elicitation=elicitation(everyone),
        shown_index=shown_index(everyone, deals or {}),
        sensitivity=SensitivitySettings(draws.count, ROBUST),
        indices=[indices(structure) for structure in structures],
        threats_to_validity=[*_validity_sentences(own, sample), *shared_shock_sentences(rows)],
        matrix=threat_matrix(records),
    )


def _beside_noise(rows: Sequence[HypothesisRow], noise: ExpectedNoise | None) -> list[HypothesisRow]:
    """Return rows with the skills of players without a theory beside theirs."""
    if noise is None:
        return list(rows)
    return [
        structs.replace(
            row,
            noise=None if row.skill is None else noise.beside_skill(row.name, row.n, row.skill),
            partner_noise=None
            if row.partner_skill is None
            else noise.beside_partner_skill(row.name, row.partners, row.partner_skill),
        )
        for row in rows
    ]


def _decisions(records: Sequence[DecisionRecord], everyone: Sample) -> list[DecisionRow]:
    """Return the decisions in the order of the records."""
    cases = {(*case.cluster, case.point.window): case for case in everyone.made}
    return [_decision(cases[record.session, record.point.actor, record.point.window]) for record in records]


def _decision(case: Case) -> DecisionRow:
    record, point, outcome = case.record, case.point, case.outcome
    return DecisionRow(
        session=record.session,
        player=record.player,
        actor=point.actor,
        date=point.date,
        window=point.window,
        kind=outcome.kind,
        options=point.options,
        choice=outcome.choice,
        alignment_class=case.did,
        part=case.role,
        partners=outcome.partners,
        mixed=outcome.mixed,
        conceded=outcome.conceded,
        on_menu=outcome.on_menu,
        threatened=point.threatened,
        top_threat=point.top_threat,
        threat=point.threat,
        weight=point.weight,
        war=point.war,
        win_chance=point.win_chance,
        forecasts=record.forecasts,
    )


def proposition_table(sample: Sample, noise: ExpectedNoise | None = None) -> list[PropositionRow]:
    """Return the estimate, its uncertainty and the verdict for each proposition, beside what noise would give."""
    found = judged(PROPOSITIONS, sample, noise)
    rows = []
    for name, proposition in PROPOSITIONS.items():
        finding = found[name].finding
        known = finding.estimate is not None
        rows.append(
            PropositionRow(
                id=name,
                family=proposition.family,
                claim=proposition.claim,
                statistic=proposition.statistic,
                unit=proposition.unit,
                n=finding.n,
                estimate=rounded(finding.estimate),
                ci=_interval(finding.low, finding.high) if known else None,
                ci90=_interval(finding.low90, finding.high90) if known else None,
                p=rounded(finding.p),
                p_holm=rounded(found[name].p_holm),
                ci_two_way=None if finding.two_way is None else _interval(*finding.two_way),
                p_two_way=rounded(finding.p_two_way),
                p_shift=rounded(finding.p_shift),
                null=proposition.null,
                blind=rounded(finding.blind),
                noise=None
                if noise is None or finding.estimate is None
                else noise.beside_estimate(name, finding.n, finding.estimate),
                predicted=proposition.predicted,
                sesoi=round(proposition.sesoi, DIGITS),
                n_min=proposition.n_min,
                clusters=finding.clusters,
                verdict=found[name].verdict,
                within_noise=found[name].within_noise,
                note=finding.note,
                agreement=None,
                fragile=None,
            )
        )
    return rows


def _interval(low: float, high: float) -> Interval:
    return round(low, DIGITS), round(high, DIGITS)


def threat_matrix(records: Sequence[DecisionRecord]) -> ThreatMatrix | None:
    """Return the last threat matrix in the decisions, as each actor saw it; ``None`` without decisions."""
    if not records:
        return None
    last = records[-1].point
    rows: dict[str, dict[str, Threat]] = {}
    for record in records:
        point = record.point
        if point.opened != last.opened or record.session != records[-1].session:
            continue
        others: dict[str, Candidate] = {k.id: k for k in (point.source, *point.candidates, *point.barred)}
        rows[point.actor] = {
            name: Threat(k.threat, k.relative_power, k.proximity, k.offense, k.intentions)
            for name, k in sorted(others.items())
        }
    return ThreatMatrix(last.date, rows)


def _validity_sentences(records: Sequence[DecisionRecord], sample: Sample) -> list[str]:
    """Return what to keep in mind when reading the verdicts, a sentence each."""
    sessions = len(dict.fromkeys(record.session for record in records))
    clusters = len(dict.fromkeys(case.cluster for case in sample.cases))
    off_menu = len(records) - len(sample.cases)
    mixed = sum(1 for case in sample.threatened if case.outcome.mixed)
    several = sum(1 for case in sample.cases if len(case.outcome.partners) > 1)
    theorists = sum(1 for record in records if record.player == "balancer")
    sentences = [
        (
            f"{len(sample.threatened)} threatened decisions by {clusters} choosers in {sessions} session"
            f"{'' if sessions == 1 else 's'}; no verdict is printed below "
            f"{THREATENED_MIN} threatened decisions in all or {CLUSTERS_MIN} choosers."
        ),
        "Players who know the theory may play to it or against it, and a bot that implements it proves nothing by obeying it"
        + (f": {theorists} of these decisions are the balancer's own." if theorists else "."),
        "The menu shapes the choice: every state may be asked for an alliance at any time, which real states may not.",
        "Threats are those each actor saw, with noise and misreadings; the true ones would give other top threats.",
        (
            "One player's decisions resemble each other, and later ones respond to earlier ones. Intervals are clustered on the "
            "chooser, but anything common to all choosers affects every row."
        ),
        (
            "The shares behind the base-rate and status-quo forecasts come from games between bots, not from these players: "
            f"{DEFAULT.share_balance:.1%} balancing and {DEFAULT.share_bandwagon:.1%} bandwagoning a window under threat."
        ),
    ]
    signed = len(sample.joined)
    sentences.append(
        f"Nothing was signed in {len(sample.cases) - signed} of {len(sample.cases)} decisions. Scores over all decisions mostly "
        "show which hypothesis expects no alignment; the partner scores show which one names the right partner."
    )
    if sessions == 1:
        sentences.append("A single session is one history: another might give another verdict.")
    if mixed:
        sentences.append(f"{mixed} choices are mixed: the actor joined one of several states it feared about equally.")
    if several:
        sentences.append(f"{several} decisions made several alignments in one window; the first stands for all.")
    if off_menu:
        sentences.append(
            f"{off_menu} decisions chose a partner that was not feasible when they were frozen and are not scored."
        )
    return sentences


def shared_shock_sentences(rows: Sequence[PropositionRow]) -> list[str]:
    """Return a sentence on the verdicts of an effect that is not sure if shocks are shared, if there are any."""
    unsure = [
        row.id
        for row in rows
        if row.verdict in ("SUPPORT", "CONTRADICT") and max(row.p_two_way or 0.0, row.p_shift or 0.0) > ALPHA
    ]
    if not unsure:
        return []
    sentence = (
        f"The verdicts on {', '.join(unsure)} take choosers to be independent of each other. With errors clustered on windows "
        "too, or by shifts in time, the same estimates are not sure to differ from no effect: what all choosers met at once may "
        "have made them."
    )
    return [sentence]
