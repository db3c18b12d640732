"""The debrief of a journal, from the forecasts and outcomes that the journal holds: nothing is played again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from msgspec import structs

from counterpoise.errors import JournalError
from counterpoise.session.debrief.debrief_document import PooledDebrief, PooledSession, SessionDebrief
from counterpoise.session.debrief.debrief_remarks import evidence_shown, failed_injects, treatments_not_given
from counterpoise.session.debrief.matching_noise import matching_noise
from counterpoise.session.index_deal import deal_stated_in
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.header import theory_version
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.timeline import timeline
from counterpoise.sim.world import Incident
from counterpoise.theory.check.answers import Answers, answers
from counterpoise.theory.check.debrief import debrief
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark
from counterpoise.theory.check.sensitivity import NO_DRAWS, Draws
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.accrual import accruing_evidence
from counterpoise.theory.evidence.accrual_document import AccruingEvidence
from counterpoise.theory.evidence.shown_index import Deal
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasts import HYPOTHESES, forecast, with_forecasts
from counterpoise.theory.parameters import Parameters

FLATTENED_SINCE = 2
"""The first version of the theory in which forecasts are flattened; sharper ones make odds that mean nothing."""


def with_new_forecasts(contents: JournalContents, parameters: Parameters) -> JournalContents:
    """Return the contents with forecasts made from other parameters, on the decisions as they were frozen."""
    return replace(contents, records=with_forecasts(contents.records, parameters))


def with_own_hypotheses(
    contents: JournalContents, own: Mapping[str, Hypothesis], parameters: Parameters
) -> JournalContents:
    """Return the contents with the forecasts of a user's own hypotheses too, on the decisions as they were frozen.

    Raises:
        InputError: a hypothesis gives no forecast of a decision.
    """
    records = tuple(
        structs.replace(record, forecasts=record.forecasts | more)
        for record, more in zip(
            contents.records, forecast([record.point for record in contents.records], parameters, own), strict=True
        )
    )
    return replace(contents, records=records)


def debrief_journal(entries: Iterable[Entry], source: str, benchmarks: Sequence[NoiseBenchmark] = ()) -> SessionDebrief:
    """Return the debrief of a journal; ``source`` is its name, for messages, and ``benchmarks`` as in ``debrief_session``."""
    return debrief_session(journal_contents(entries, source), benchmarks=benchmarks)


def debrief_session(
    contents: JournalContents,
    *,
    draws: Draws = NO_DRAWS,
    hypotheses: Mapping[str, Hypothesis] = HYPOTHESES,
    benchmarks: Sequence[NoiseBenchmark] = (),
) -> SessionDebrief:
    """Return the debrief of one session.

    Args:
        contents: what its journal holds.
        draws: other threat indices to try the verdicts with.
        hypotheses: those whose forecasts are scored, by name.
        benchmarks: noise benchmarks, of which the one that fits the session is used.
    """
    scenario = contents.scenario
    failed = failed_injects(contents.header, contents.incidents, scenario)
    incidents = {contents.session: contents.incidents}
    noise, on_noise = matching_noise({contents.session: contents.header}, benchmarks)
    report = debrief(
        contents.records,
        contents.structures,
        incidents,
        deals=_deals({contents.session: contents}),
        draws=draws,
        hypotheses=hypotheses,
        noise=noise,
    )
    evidence, asked = _evidence_and_answers({contents.session: contents}, contents.records, hypotheses)
    return SessionDebrief(
        title=scenario.title,
        session=contents.header["session"],
        scenario=contents.header["scenario"],
        rules_version=contents.header["rules_version"],
        seed_commitment=contents.header["seed_commitment"],
        counterpoise=contents.header["counterpoise"],
        actors={actor.id: actor.name for actor in scenario.actors},
        scores=contents.scores,
        failed_injects=failed,
        in_words=asked.in_words,
        tested=report.tested,
        classes=report.classes,
        decisions=report.decisions,
        enough=report.enough,
        hypotheses=report.hypotheses,
        by_player=report.by_player,
        evidence=evidence,
        stacking=report.stacking,
        propositions=report.propositions,
        choices=asked.choices,
        alliances_explained=asked.alliances_explained,
        conditions=asked.conditions,
        consequences=asked.consequences,
        elicitation=report.elicitation,
        shown_index=report.shown_index,
        sensitivity=report.sensitivity,
        indices=report.indices,
        threats_to_validity=[
            *report.threats_to_validity,
            *on_noise,
            *treatments_not_given(failed),
            *evidence_shown(contents.shown, scenario),
        ],
        matrix=report.matrix,
        timeline=timeline(scenario, contents.incidents, contents.injects, contents.end_tick),
    )


def _state_names(sessions: Mapping[str, JournalContents]) -> dict[str, str]:
    return {str(actor.id): actor.name for contents in sessions.values() for actor in contents.scenario.actors}


def _flattened(sessions: Mapping[str, JournalContents]) -> dict[str, JournalContents]:
    return {name: contents for name, contents in sessions.items() if theory_version(contents.header) >= FLATTENED_SINCE}


def _evidence_and_answers(
    sessions: Mapping[str, JournalContents], records: Sequence[DecisionRecord], hypotheses: Mapping[str, Hypothesis]
) -> tuple[AccruingEvidence | None, Answers]:
    """Return the evidence and the tables of the sessions whose forecasts are flattened; nothing if there is none of these."""
    flat = _flattened(sessions)
    if not flat:
        return None, Answers()
    own = [record for record in records if record.session in flat]
    incidents = {name: contents.incidents for name, contents in flat.items()}
    structures = [structure for contents in flat.values() for structure in contents.structures]
    names = _state_names(flat)
    return accruing_evidence(own, incidents, names), answers(own, structures, incidents, hypotheses, names)


def _deals(sessions: Mapping[str, JournalContents]) -> dict[str, Deal]:
    """Return who was shown the threat index in each session; everyone, where a header says nothing."""
    return {name: deal_stated_in(contents.header, contents.scenario) for name, contents in sessions.items()}


def sessions_by_label(journals: Iterable[JournalContents]) -> dict[str, JournalContents]:
    """Return what journals hold by the id of the session, with a number after it if several sessions have the same.

    Raises:
        JournalError: a journal is given twice.
    """
    ordered = sorted(journals, key=lambda contents: (contents.session, contents.head))
    labelled: dict[str, JournalContents] = {}
    for place, contents in enumerate(ordered):
        if place and ordered[place - 1].head == contents.head:
            raise JournalError(
                contents.source, f"the same journal as {ordered[place - 1].source}: expected each journal once"
            )
        same_name = sum(1 for other in ordered[:place] if other.session == contents.session)
        labelled[f"{contents.session}#{same_name + 1}" if same_name else contents.session] = contents
    return labelled


def pooled_evidence(
    labelled: Mapping[str, JournalContents],
) -> tuple[list[DecisionRecord], list[Structure], dict[str, Sequence[Incident]]]:
    """Return the decisions, the snapshots and the incidents of several sessions; decisions name their session's label."""
    records = [
        record if contents.session == label else structs.replace(record, session=label)
        for label, contents in labelled.items()
        for record in contents.records
    ]
    structures = [structure for contents in labelled.values() for structure in contents.structures]
    return records, structures, {label: contents.incidents for label, contents in labelled.items()}


def debrief_sessions(
    journals: Iterable[JournalContents],
    *,
    draws: Draws = NO_DRAWS,
    hypotheses: Mapping[str, Hypothesis] = HYPOTHESES,
    benchmarks: Sequence[NoiseBenchmark] = (),
) -> PooledDebrief:
    """Return one debrief of several sessions; their order does not matter.

    Args:
        journals: what the journals hold.
        draws: other threat indices to try the verdicts with.
        hypotheses: those whose forecasts are scored, by name.
        benchmarks: noise benchmarks, of which those that fit the sessions are used.

    Raises:
        JournalError: a journal is given twice.
    """
    labelled = sessions_by_label(journals)
    records, structures, incidents = pooled_evidence(labelled)
    sessions = [_pooled_session(contents, label) for label, contents in labelled.items()]
    titles = dict.fromkeys(contents.scenario.title for contents in labelled.values())
    noise, on_noise = matching_noise({label: one.header for label, one in labelled.items()}, benchmarks)
    report = debrief(
        records, structures, incidents, deals=_deals(labelled), draws=draws, hypotheses=hypotheses, noise=noise
    )
    not_given = [
        sentence
        for session in sessions
        for sentence in treatments_not_given(session.failed_injects, where=f" in {session.session}")
    ]
    evidence, whole = _evidence_and_answers(labelled, records, hypotheses)
    asked = whole.without_lists()
    seen = [
        sentence
        for label, contents in labelled.items()
        for sentence in evidence_shown(contents.shown, contents.scenario, where=f" in {label}")
    ]
    return PooledDebrief(
        title=f"{len(labelled)} sessions: {', '.join(titles)}",
        sessions=sessions,
        actors=_state_names(labelled),
        in_words=asked.in_words,
        tested=report.tested,
        classes=report.classes,
        enough=report.enough,
        hypotheses=report.hypotheses,
        by_player=report.by_player,
        evidence=evidence,
        stacking=report.stacking,
        propositions=report.propositions,
        choices=asked.choices,
        alliances_explained=asked.alliances_explained,
        conditions=asked.conditions,
        consequences=asked.consequences,
        elicitation=report.elicitation,
        shown_index=report.shown_index,
        sensitivity=report.sensitivity,
        threats_to_validity=[*report.threats_to_validity, *on_noise, *not_given, *seen],
    )


def _pooled_session(contents: JournalContents, label: str) -> PooledSession:
    scenario = contents.scenario
    return PooledSession(
        session=label,
        scenario=contents.header["scenario"],
        rules_version=contents.header["rules_version"],
        seed_commitment=contents.header["seed_commitment"],
        counterpoise=contents.header["counterpoise"],
        decisions=len(contents.records),
        ended=bool(contents.scores),
        scores=contents.scores,
        failed_injects=failed_injects(contents.header, contents.incidents, scenario),
    )
