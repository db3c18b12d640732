"""Reads a scenario from its TOML text, and reports mistakes so that the author can correct them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from counterpoise.errors import ScenarioError
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.reading.inject_conditions import convert_inject
from counterpoise.sim.reading.scenario_consistency import consistency_problems, time_span_problems
from counterpoise.sim.reading.scenario_conversion import control_character_problems, convert_file
from counterpoise.sim.reading.scenario_expectations import expectation_problems
from counterpoise.sim.reading.scenario_injects import FILE_KEYS, scenario_inject_problems
from counterpoise.sim.reading.scenario_questions import question_problems
from counterpoise.sim.reading.scenario_schema import ActorTable, IdeologyTable, QuestionRow, ScenarioFile, TeachingTable
from counterpoise.sim.reading.toml_text import errors_with_lines, read_toml
from counterpoise.sim.scenario import (
    ActorSpec,
    AidSpec,
    AlignmentSpec,
    CheckQuestion,
    Claim,
    Contiguity,
    IdeologySpec,
    Objective,
    PastDispute,
    QuestionSpec,
    RegimeSpec,
    Rivalry,
    Scenario,
    Teaching,
    Waypoint,
)
from counterpoise.sim.types import ActorId
from counterpoise.validation_errors import TOML, Problem


def parse_scenario(text: str, source: str) -> Scenario:
    """Return the scenario a text describes.

    Args:
        text: TOML, as ``scenarios/README.md`` describes it; at most 1 MiB.
        source: the name of the text in errors, such as a file name.

    Raises:
        ScenarioError: the first mistake found, with its TOML path and line.
    """
    file, errors = _read(text, source)
    if errors or file is None:
        raise errors[0]
    return _build_scenario(file)


def check_scenario(text: str, source: str) -> list[ScenarioError]:
    """Return every mistake of a text: all values that do not match the schema or, if there are none, all inconsistencies."""
    return _read(text, source)[1]


def _record_problem(raw: Mapping[str, Any]) -> Problem | None:
    """Return the problem of a historical record in the place of a scenario: its ``[history]`` names the scenario."""
    history = raw.get("history")
    if "scenario" in raw or not isinstance(history, dict) or not isinstance(history.get("scenario"), str):
        return None
    named = TOML.shown(history["scenario"])
    problem = f"this is a historical record, and a scenario belongs here. Give the record's scenario, {named}"
    return Problem("", "", f"{problem}; run plays the record with --record, and validate checks it with --record.")


def _read(text: str, source: str) -> tuple[ScenarioFile | None, list[ScenarioError]]:
    raw = read_toml(text)
    if isinstance(raw, Problem):
        return None, [ScenarioError(source, *raw)]
    if record := _record_problem(raw):
        return None, [ScenarioError(source, *record)]
    file = convert_file(raw, ScenarioFile)
    if isinstance(file, list):
        return None, errors_with_lines(file, text, ScenarioError, source)
    problems = consistency_problems(file) + control_character_problems(raw)
    if not time_span_problems(file):
        problems += scenario_inject_problems(file)
        problems += question_problems(file)
        problems += expectation_problems(file)
    return file, errors_with_lines(problems, text, ScenarioError, source)


def _build_scenario(file: ScenarioFile) -> Scenario:
    head, history, opening = file.scenario, file.history, file.opening
    calendar = Calendar(head.start, head.window_months)

    def tick(day: date | None) -> int | None:
        return None if day is None else calendar.tick_of(day)

    at = calendar.tick_of
    return Scenario(
        id=head.id,
        title=head.title,
        summary=_prose(head.summary),
        start=head.start,
        end=head.end,
        actors=tuple(_actor(calendar, code, actor) for code, actor in file.actors.items()),
        ideology=_ideology(file.ideology),
        window_months=head.window_months,
        distance_scale_km=file.geography.distance_scale_km,
        dispute_rate=head.dispute_rate,
        unrest_rate=head.unrest_rate,
        talk=head.talk,
        minutes=head.minutes,
        threat_index=head.threat_index,
        contiguity=tuple(
            Contiguity(*_codes(row.between), row.kind, tick(row.start) or 0, tick(row.end))
            for row in file.geography.borders
        ),
        rivalries=tuple(Rivalry(*_codes(row.between), at(row.start), tick(row.end)) for row in history.rivalries),
        claims=tuple(
            Claim(ActorId(row.challenger), ActorId(row.target), at(row.start), tick(row.end), row.issue)
            for row in history.claims
        ),
        disputes=tuple(
            PastDispute(ActorId(row.initiator), ActorId(row.target), at(row.on), row.level) for row in history.disputes
        ),
        alignments=tuple(
            AlignmentSpec(
                members=tuple(ActorId(code) for code in row.members),
                commitment=row.commitment,
                start=at(row.start),
                end=tick(row.end),
                against=None if row.against is None else ActorId(row.against),
                secret=row.secret,
                name=row.name,
                lead=None if row.lead is None else ActorId(row.lead),
            )
            for row in opening.alignments
        ),
        aid=tuple(AidSpec(ActorId(row.donor), ActorId(row.recipient), row.kind, row.amount) for row in opening.aid),
        injects=tuple(convert_inject(calendar, row, head.end, FILE_KEYS) for row in file.injects),
        questions=tuple(_question(calendar, row) for row in file.questions),
        expectations=file.expect,
        sources=head.sources,
        instructor_note=_prose(head.instructor_note),
        teaching=None if file.teaching is None else _teaching(file.teaching),
    )


def _teaching(table: TeachingTable) -> Teaching:
    check = tuple(CheckQuestion(row.question, row.answer) for row in table.check)
    return Teaching(aims=table.aims, varies=_prose(table.varies), check=check, discuss=table.discuss)


def _question(calendar: Calendar, row: QuestionRow) -> QuestionSpec:
    return QuestionSpec(
        ask=row.ask,
        tick=calendar.tick_of(row.on) if row.on is not None else 0 if row.at == "start" else None,
        every_windows=row.every_windows or 0,
        until=None if row.until is None else calendar.tick_of(row.until),
        seats=tuple(ActorId(code) for code in row.seats or ()),
        about=None if row.about is None else ActorId(row.about),
        words=row.words,
        windows=row.windows,
    )


def _actor(calendar: Calendar, code: str, actor: ActorTable) -> ActorSpec:
    return ActorSpec(
        id=ActorId(code),
        name=actor.name,
        role=actor.role,
        capital=actor.capital,
        latitude=actor.latitude,
        longitude=actor.longitude,
        waypoints=tuple(
            Waypoint(calendar.tick_of(day), figures) for day, *rest in actor.waypoints if (figures := tuple(rest))
        ),
        regimes=tuple(
            RegimeSpec(
                calendar.tick_of(row.start),
                row.family,
                row.legitimacy,
                row.openness,
                row.constraint,
                row.unrest,
                row.successors,
                row.centres,
            )
            for row in actor.regimes
        ),
        enters=0 if actor.enters is None else calendar.tick_of(actor.enters),
        leaves=None if actor.leaves is None else calendar.tick_of(actor.leaves),
        technology=actor.technology,
        offensive_share=actor.offensive_share,
        lift=actor.lift,
        revisionism=actor.revisionism,
        posture=actor.posture,
        nuclear_from=None if actor.nuclear_from is None else calendar.tick_of(actor.nuclear_from),
        great_power_from=None if actor.great_power_from is None else calendar.tick_of(actor.great_power_from),
        great_power_until=None if actor.great_power_until is None else calendar.tick_of(actor.great_power_until),
        unrest=actor.unrest,
        successors=actor.successors,
        briefing=_prose(actor.briefing),
        goals=actor.goals,
        objectives=tuple(
            Objective(row.kind, tuple(ActorId(state) for state in row.states), row.weight, row.public, row.count)
            for row in actor.objectives
        ),
        bots=actor.bots,
    )


def _ideology(table: IdeologyTable) -> IdeologySpec:
    def share(a: str, b: str) -> float:
        given = table.similarity.get(a, {}).get(b)
        if given is not None:
            return given
        return table.similarity.get(b, {}).get(a, 1.0)  # only the similarity of a family to itself may be missing

    matrix = {a: {b: share(a, b) for b in table.families} for a in table.families}
    return IdeologySpec(table.families, matrix, table.divisive)


def _codes(pair: tuple[str, str]) -> tuple[ActorId, ActorId]:
    return ActorId(pair[0]), ActorId(pair[1])


def _prose(text: str) -> str:
    """Join the lines of each paragraph: line breaks in a file serve its author, and screens break lines by themselves."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text.strip()))
