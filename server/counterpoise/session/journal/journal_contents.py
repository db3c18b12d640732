"""What a journal holds for the checker: decisions with forecasts and outcomes, and what happened around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from counterpoise.errors import JournalError
from counterpoise.session.commands import SERVER
from counterpoise.session.journal.bodies import require_form
from counterpoise.session.journal.entries import SERVED, Entry
from counterpoise.session.journal.free_text import FreeTexts, filled_content
from counterpoise.session.journal.header import theory_version
from counterpoise.session.timeline import ReportedInject
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.first_theory import in_form_of_today
from counterpoise.theory.decisions.record import DecisionRecord, decode_outcome, decode_record
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.decisions.structure import decode as decode_structure


@dataclass(frozen=True)
class JournalContents:
    """What a journal holds for the checker."""

    header: dict[str, Any]
    records: tuple[DecisionRecord, ...]
    """Decisions with their forecasts and outcomes."""
    structures: tuple[Structure, ...]
    incidents: tuple[Incident, ...]
    """Everything that happened up to the last window, oldest first."""
    scores: dict[str, float]
    """Empty until the session has ended."""
    source: str
    """The name of the journal, for messages."""
    head: str
    """Chain value of the last entry: two journals with the same head are the same journal."""
    injects: tuple[ReportedInject, ...] = ()
    """Injects that were given as commands. The moves of a record are not among them."""
    end_tick: int = 0
    """The tick up to which the incidents go."""
    shown: tuple[tuple[int, bool], ...] = ()
    """The ticks at which the moderator began or ceased to show players the evidence, and whether it began."""

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario that the session was played by."""
        return parse_scenario(self.header["scenario_text"], self.source)

    @property
    def session(self) -> str:
        """The id of the session."""
        return str(self.header["session"])


def journal_contents(entries: Iterable[Entry], source: str) -> JournalContents:
    """Read the decisions that have been made, with forecasts and outcomes, and what happened around them.

    Args:
        entries: of the journal, in order.
        source: the name of the journal, for messages.

    Raises:
        JournalError: an entry does not have the form of its kind, or outcomes do not match the forecasts before them.
    """
    header: dict[str, Any] = {}
    waiting: list[DecisionRecord] = []
    records: list[DecisionRecord] = []
    structures: list[Structure] = []
    incidents: list[Incident] = []
    scores: dict[str, float] = {}
    head, end_tick = "", 0
    commands: list[tuple[int, dict[str, Any]]] = []
    entries = list(entries)
    for entry in entries:
        require_form(entry, source)
    texts = FreeTexts.from_entries(entries)
    for entry in entries:
        head = entry.chain
        if entry.kind in ("order", "text", "digest", "clock", *SERVED) or (
            entry.kind == "command" and entry.is_redacted
        ):
            continue
        try:
            content = filled_content(entry, texts)
            if entry.kind == "command":
                commands.append((entry.tick, content))
            elif entry.kind == "header":
                header = content
            elif entry.kind == "forecast":
                rows = content["decisions"]
                if theory_version(header) == 1:
                    rows = [in_form_of_today(row) for row in rows]
                waiting = [decode_record(row) for row in rows]
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
                end_tick = entry.tick
            elif entry.kind == "structure":
                structures.append(_whole(decode_structure(content)))
            elif entry.kind == "end":
                scores = content["scores"]
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
            raise JournalError(source, f"entry {entry.sequence} ({entry.kind}): {error}") from error
    if not header:
        raise JournalError(source, "the journal has no header: expected one as its first entry")
    try:
        injects = tuple(_commanded_injects(commands, recorded=bool(header.get("recorded"))))
        given = [(tick, content["command"]) for tick, content in commands]
        shown = tuple((tick, command["shown"]) for tick, command in given if command["kind"] == "show_evidence")
    except KeyError as error:
        raise JournalError(source, f"a command lacks its field {error}") from error
    return JournalContents(
        header, tuple(records), tuple(structures), tuple(incidents), scores, source, head, injects, end_tick, shown
    )


def _whole(structure: Structure) -> Structure:
    """Return a structure; raise ``ValueError`` unless its parts fit together, as they do in every one that a session wrote."""
    size, hegemons = len(structure.actors), len(structure.hegemons)
    places = [*structure.hegemons, *(place for pair in structure.borders for place in pair)]
    places += [place for first, second, _ in structure.signs for place in (first, second)]
    rows = [len(row) == hegemons for row in structure.reach]
    if len(structure.power) != size or len(rows) != size or not all(rows) or not all(0 <= at < size for at in places):
        raise ValueError(f"the parts of the structure do not fit its {size} actors")
    return structure


def _commanded_injects(commands: Iterable[tuple[int, dict[str, Any]]], *, recorded: bool) -> Iterator[ReportedInject]:
    """Yield the injects among commands.

    The moves of a record are given as injects of the server. They are left out until a fork stops following the record.
    """
    commands = list(commands)
    undone = [content["command"]["order"] for _, content in commands if content["command"]["kind"] == "take_back"]
    for tick, content in commands:
        command = content["command"]
        if content.get("id") in undone:
            continue
        if command["kind"] == "branch":
            recorded = False
        elif command["kind"] == "inject" and content["who"] != SERVER:
            yield ReportedInject(tick, "moderator", command["inject"])
        elif command["kind"] == "inject" and not recorded:
            yield ReportedInject(tick, "fork", command["inject"])
