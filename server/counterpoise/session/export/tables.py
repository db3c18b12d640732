"""Every table of an export of one session or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterpoise.session.debrief.debrief_data import pooled_evidence
from counterpoise.session.debrief.matching_noise import matching_noise
from counterpoise.session.export.columns import Column, ExportTable, stacked
from counterpoise.session.export.conflict_tables import (
    aid_table,
    calls_table,
    crises_table,
    proposals_table,
    wars_table,
)
from counterpoise.session.export.decision_tables import candidates_table, decisions_table, forecasts_table
from counterpoise.session.export.input_tables import orders_table, sessions_table
from counterpoise.session.export.model_tables import model_rows_table, parameters_table, propositions_table
from counterpoise.session.export.watched_world import WatchedWorld
from counterpoise.session.export.world_tables import (
    actors_table,
    alignments_table,
    dyads_table,
    incidents_table,
    scores_table,
)
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.free_text import FreeTexts
from counterpoise.session.journal.header import theory_version
from counterpoise.session.journal.journal_contents import JournalContents
from counterpoise.session.play.log import PlayRow
from counterpoise.session.play.tables import play_tables
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.theory import THEORY_VERSION
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark
from counterpoise.theory.check.tested_models import TestedModels, tested_models


@dataclass(frozen=True, slots=True)
class ExportedSession:
    """One session of an export.

    Args:
        label: its name in the tables.
        contents: its decisions.
        entries: its journal, as it is to be shown.
        watched: what a replay showed; its world is ``None`` where this release cannot replay the journal. Alignments,
            actors, dyads, proposals, calls, and the scores of a session that has not ended are known from a replay only, and
            incidents then end with the last window.
        journal: the file that has the journal.
        played: its play log.
        people: those who gave a name, each with a name or pseudonym, a role and a seat.
    """

    label: str
    contents: JournalContents
    entries: Sequence[Entry]
    watched: WatchedWorld
    journal: str
    played: Sequence[PlayRow] = ()
    people: Sequence[tuple[str, str, str]] = field(default=())


def export_tables(
    sessions: Sequence[ExportedSession], benchmarks: Sequence[NoiseBenchmark] = ()
) -> tuple[ExportTable, ...]:
    """Return every table of some sessions, each with the column ``session``.

    Args:
        sessions: those to export, by label.
        benchmarks: noise benchmarks, of which those that fit the sessions are used.
    """
    labelled = {one.label: one.contents for one in sessions}
    noise, _ = matching_noise({label: contents.header for label, contents in labelled.items()}, benchmarks)
    tested = tested_models(*pooled_evidence(labelled), noise)
    tables = [table.of_session(one.label) for one in sessions for table in _of_session(one, tested)]
    pooled = None if len(sessions) > 1 else sessions[0].label
    return (*stacked(tables), propositions_table(tested, pooled), model_rows_table(tested))


def _of_session(one: ExportedSession, tested: TestedModels) -> list[ExportTable]:
    """Return the tables of a session, without the column of its label."""
    contents, world = one.contents, one.watched.world
    entries = list(one.entries)
    scenario, texts = contents.scenario, FreeTexts.from_entries(entries)
    calendar = Calendar(scenario.start, scenario.window_months)
    cases = [case for case in tested.cases if case.record.session == one.label]
    opened = {record.point.window: record.point.opened for record in contents.records}
    incidents = contents.incidents if world is None else tuple(world.incidents)
    reached = {} if world is None else {str(actor): round(score, 6) for actor, score in world.scores.items()}
    of_world = [] if world is None else [
        alignments_table(world, texts),
        actors_table(world, scenario),
        dyads_table(world),
        proposals_table(one.watched.proposals, incidents, calendar),
        calls_table(one.watched.calls, calendar),
    ]  # fmt: skip
    return [
        sessions_table(contents, entries, one.played, one.journal),
        decisions_table(cases, tested.tested),
        candidates_table(cases),
        forecasts_table(cases),
        incidents_table(incidents, calendar, texts, opened),
        *of_world,
        wars_table(incidents, calendar),
        crises_table(incidents, calendar),
        aid_table(incidents, scenario, calendar),
        orders_table(entries, calendar),
        scores_table(contents.scores or reached, scenario),
        *([parameters_table()] if theory_version(contents.header) == THEORY_VERSION else []),
        *play_tables(one.played, calendar),
        *([_people_table(one.people)] if one.people else []),
    ]


def _people_table(people: Sequence[tuple[str, str, str]]) -> ExportTable:
    columns = (
        Column("person", "pseudonym of the person, or with --identified the name"),
        Column("role", "what the person was", levels="player team moderator observer"),
        Column("seat", "the seat that a player had", missing="other roles have none"),
    )
    rows = [(person, role, seat or None) for person, role, seat in people]
    return ExportTable("people", "one row per person and seat", columns, lambda: iter(rows))
