"""From a journal to the check: the forecasts and outcomes it holds, read back without playing it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from msgspec import structs

from counterpoise.errors import JournalError
from counterpoise.session.free_text import FreeTexts, filled_content
from counterpoise.session.journal import Entry
from counterpoise.session.running_session import SERVER
from counterpoise.session.timeline import Told, timeline
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.debrief import debrief
from counterpoise.theory.check.sensitivity import Progress
from counterpoise.theory.decisions.record import DecisionRecord, decode, decode_outcome
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.decisions.structure import decode as decode_structure
from counterpoise.theory.forecasts import forecast
from counterpoise.theory.parameters import Parameters

VOID = ("inject", "expected", "got")
"""What is known of an inject that came to nothing, beside its date."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a journal holds for the checker."""

    header: dict[str, Any]
    records: tuple[DecisionRecord, ...]
    structures: tuple[Structure, ...]
    incidents: tuple[Incident, ...]
    """Everything that happened up to the last window, oldest first."""
    scores: dict[str, float]
    """Empty until the session has ended."""
    source: str
    head: str
    """Chain of the last entry: two journals with the same head are the same journal."""
    injects: tuple[Told, ...] = ()
    """Those that were given as commands, but for the deeds of a record."""
    reached: int = 0
    """The tick up to which the incidents go."""


def book_of(entries: Iterable[Entry], source: str) -> Book:
    """Collect the decisions that have been made, each with its forecasts and its outcome.

    Raises:
        JournalError: an entry cannot be read as what its kind says, or outcomes and forecasts do not fit each other.
    """
    header: dict[str, Any] = {}
    waiting: list[DecisionRecord] = []
    records: list[DecisionRecord] = []
    structures: list[Structure] = []
    incidents: list[Incident] = []
    scores: dict[str, float] = {}
    head, reached = "", 0
    commands: list[tuple[int, dict[str, Any]]] = []
    entries = list(entries)
    texts = FreeTexts.of(entries)
    for entry in entries:
        head = entry.chain
        if entry.kind in ("order", "text", "digest", "clock") or (entry.kind == "command" and entry.is_redacted):
            continue
        try:
            content = filled_content(entry, texts)
            if entry.kind == "command":
                commands.append((entry.tick, content))
            elif entry.kind == "header":
                header = content
            elif entry.kind == "forecast":
                waiting = [decode(row) for row in content["decisions"]]
            elif entry.kind == "outcome":
                outcomes = [decode_outcome(row) for row in content["outcomes"]]
                pairs = zip(waiting, outcomes, strict=True)
                session, players = header["session"], content["players"]
                records.extend(
                    record.completed(made, session=session, player=players.get(made.actor, ""))
                    for record, made in pairs
                )
                waiting = []
            elif entry.kind == "chronicle":
                incidents.extend(msgspec.convert(content["incidents"], list[Incident]))
                reached = entry.tick
            elif entry.kind == "structure":
                structures.append(decode_structure(content))
            elif entry.kind == "end":
                scores = content["scores"]
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
            raise JournalError(source, f"entry {entry.sequence} ({entry.kind}): {error}") from error
    if not header:
        raise JournalError(source, "no header: expected the first entry to be one")
    try:
        told = tuple(_commanded(commands, recorded=bool(header.get("recorded"))))
    except KeyError as error:
        raise JournalError(source, f"a command without its {error}") from error
    return Book(header, tuple(records), tuple(structures), tuple(incidents), scores, source, head, told, reached)


def _commanded(commands: Iterable[tuple[int, dict[str, Any]]], *, recorded: bool) -> Iterator[Told]:
    """Yield the injects among commands; what a record lets states do is no inject of anybody's, until a fork leaves it."""
    for tick, content in commands:
        command = content["command"]
        if command["kind"] == "branch":
            recorded = False
        elif command["kind"] == "inject" and content["who"] != SERVER:
            yield Told(tick, "moderator", command["inject"])
        elif command["kind"] == "inject" and not recorded:
            yield Told(tick, "fork", command["inject"])


def forecast_anew(book: Book, parameters: Parameters) -> Book:
    """Return a book whose forecasts are made with other parameters, from the decisions as they were frozen."""
    records = tuple(structs.replace(record, forecasts=forecast(record.point, parameters)) for record in book.records)
    return replace(book, records=records)


def debrief_of(entries: Iterable[Entry], source: str) -> dict[str, Any]:
    """Return the debrief of a journal as one document of plain values."""
    return document_of(book_of(entries, source))


def document_of(book: Book, *, draws: int = 0, progress: Progress | None = None) -> dict[str, Any]:
    """Return the debrief of a session as one document of plain values, with the session it is about.

    Args:
        book: what its journal holds.
        draws: other codings of the threat index to hold the verdicts against.
        progress: told how many of them are done.
    """
    scenario = parse_scenario(book.header["scenario_text"], str(book.header["scenario"]))
    void = void_injects(book.incidents, Calendar(scenario.start, scenario.window_months))
    report = debrief(
        book.records, book.structures, {book.header["session"]: book.incidents}, draws=draws, progress=progress
    )
    names = ("session", "scenario", "rules_version", "seed_commitment", "counterpoise")
    return {
        "title": scenario.title,
        **{name: book.header[name] for name in names},
        "actors": {actor.id: actor.name for actor in scenario.actors},
        "scores": book.scores,
        "void_injects": void,
        **report,
        "threats_to_validity": [*report["threats_to_validity"], *_undelivered(void)],
        "timeline": timeline(scenario, book.incidents, book.injects, book.reached),
    }


def void_injects(incidents: Iterable[Incident], calendar: Calendar) -> list[dict[str, str]]:
    """Return what the scenario had in store and play had made impossible when its time came: when, what, and why."""
    return [
        {"date": calendar.iso(incident.tick), **{name: str(incident.detail[name]) for name in VOID}}
        for incident in incidents
        if incident.kind == "inject_void"
    ]


def _undelivered(void: Iterable[Mapping[str, str]], *, among: str = "") -> list[str]:
    """Say of void injects what they mean for the verdicts: the treatment was not given."""
    told = "; ".join(f"{row['inject']} on {row['date']}" for row in void)
    return [f"What the scenario had in store came to nothing{among}: {told}."] if told else []


def pool(books: Iterable[Book], *, draws: int = 0, progress: Progress | None = None) -> dict[str, Any]:
    """Return one debrief of several sessions, whose order does not matter; ``document_of`` says what the arguments are.

    It lists the sessions instead of single decisions and yearly indices, of which there would be too many to read.

    Raises:
        JournalError: two journals are the same one.
    """
    ordered = sorted(books, key=lambda book: (str(book.header["session"]), book.head))
    records: list[DecisionRecord] = []
    structures: list[Structure] = []
    incidents: dict[str, tuple[Incident, ...]] = {}
    sessions: list[dict[str, Any]] = []
    for place, book in enumerate(ordered):
        if place and ordered[place - 1].head == book.head:
            raise JournalError(book.source, f"the same journal as {ordered[place - 1].source}: expected each one once")
        name = str(book.header["session"])
        twins = [other for other in ordered[:place] if other.header["session"] == name]
        label = f"{name}#{len(twins) + 1}" if twins else name
        incidents[label] = book.incidents
        records.extend(structs.replace(record, session=label) if twins else record for record in book.records)
        structures.extend(book.structures)
        sessions.append(_session(book, label))
    titles = dict.fromkeys(parse_scenario(book.header["scenario_text"], book.source).title for book in ordered)
    report = debrief(records, structures, incidents, draws=draws, progress=progress)
    return {
        "title": f"{len(ordered)} sessions: {', '.join(titles)}",
        "sessions": sessions,
        "actors": {actor: name for book in ordered for actor, name in _names(book).items()},
        **{name: value for name, value in report.items() if name not in ("decisions", "indices", "matrix")},
        "threats_to_validity": [
            *report["threats_to_validity"],
            *(
                sentence
                for row in sessions
                for sentence in _undelivered(row["void_injects"], among=f" in {row['session']}")
            ),
        ],
    }


def _session(book: Book, label: str) -> dict[str, Any]:
    scenario = parse_scenario(book.header["scenario_text"], book.source)
    return {
        "session": label,
        **{name: book.header[name] for name in ("scenario", "rules_version", "seed_commitment", "counterpoise")},
        "decisions": len(book.records),
        "ended": bool(book.scores),
        "scores": book.scores,
        "void_injects": void_injects(book.incidents, Calendar(scenario.start, scenario.window_months)),
    }


def _names(book: Book) -> dict[ActorId, str]:
    scenario = parse_scenario(book.header["scenario_text"], book.source)
    return {actor.id: actor.name for actor in scenario.actors}
