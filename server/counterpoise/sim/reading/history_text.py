"""Reads a historical record from its TOML text, and reports mistakes so that the author can correct them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec

from counterpoise.errors import HistoryError
from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.field_types import choices_of, fields_of
from counterpoise.sim.history import AlignmentReference, History, RecordedAct, Reference
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.invite_to_pact import InviteToPact
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.processes.penetration import CAMPAIGN_DAYS
from counterpoise.sim.reading.history_schema import (
    INJECT_KEYS,
    ORDER_KEYS,
    AlignmentReferenceTable,
    HistoryFile,
    TreatyRow,
)
from counterpoise.sim.reading.inject_conditions import RowContext, date_problems
from counterpoise.sim.reading.scenario_conversion import convert_file
from counterpoise.sim.reading.scenario_injects import (
    describe_given,
    kind_problems,
    recorded_inject_problems,
)
from counterpoise.sim.reading.toml_lines import LineIndex
from counterpoise.sim.reading.toml_text import errors_with_lines, path_with_line, read_toml
from counterpoise.sim.scenario import ActorSpec, Scenario
from counterpoise.sim.types import MULTILATERAL, ActorId
from counterpoise.validation_errors import TOML, Problem, one_of, one_of_states

NAMED_BY_PAIR = ("crises", "wars", "calls")
"""Things that a record names by two states: a crisis by its sides, a war by two enemies, an ally's call by its war."""
NAMED_BY_STATE = ("proposals", "membership_votes")
"""Things that a record names by one state: a proposal by its proposer, a vote by the state that it is about."""
ALIGNMENTS = ("alignments", "pacts", "others_pacts")
"""Lists of alignments, which a record names by their members."""
TWO_STATES = 'two states, such as ["EGY", "ISR"]'


class _RowResult(NamedTuple):
    """The acts of one row, or what is wrong with it."""

    acts: list[RecordedAct]
    problems: list[Problem]


def parse_history(text: str, source: str, scenario: Scenario) -> History:
    """Return the record a text holds.

    Args:
        text: TOML, as ``scenarios/README.md`` describes it; at most 1 MiB.
        source: the name of the text in errors, such as a file name.
        scenario: the scenario of the record.

    Raises:
        HistoryError: the first mistake found, with its TOML path and line. Only playing the record shows whether an act is
            possible on its date.
    """
    record, errors = _read(text, source, scenario)
    if errors or record is None:
        raise errors[0]
    return record


def check_history(text: str, source: str, scenario: Scenario) -> list[HistoryError]:
    """Return every mistake of a text that can be found without playing the record."""
    return _read(text, source, scenario)[1]


def scenario_id_of(text: str, source: str) -> str:
    """Return the id of a record's scenario.

    Raises:
        HistoryError: the text is not valid TOML, or names no scenario.
    """
    raw = read_toml(text)
    if isinstance(raw, Problem):
        raise HistoryError(source, *raw)
    head = raw.get("history")
    name = head.get("scenario") if isinstance(head, dict) else None
    if not isinstance(name, str) or not name:
        raise HistoryError(source, "history.scenario", "the id of a scenario", describe_given(name))
    return name


def reference_fields(kind: str) -> dict[str, str]:
    """Return the fields of a kind of move that hold an id, with the list that each id is from; only play assigns ids."""
    lists = {field.encode_name: choices_of(field.type) for field in fields_of(MOVES[kind])}
    return {name: of for name, of in lists.items() if of in (*NAMED_BY_PAIR, *NAMED_BY_STATE, *ALIGNMENTS)}


def _read(text: str, source: str, scenario: Scenario) -> tuple[History | None, list[HistoryError]]:
    raw = read_toml(text)
    if isinstance(raw, Problem):
        return None, [HistoryError(source, *raw)]
    lines = LineIndex(text)
    file = convert_file(raw, HistoryFile)
    if isinstance(file, list):
        return None, errors_with_lines(file, text, HistoryError, source)
    problems = []
    if file.history.scenario != scenario.id:
        problems.append(Problem("history.scenario", TOML.shown(scenario.id), TOML.shown(file.history.scenario)))
    reader = _Reader(scenario, lines)
    places = ((file, ""), (file.history, "history."))  # rows before [history], and rows after it
    rows = [
        *(reader.inject(row, f"{at}injects[{n}]") for table, at in places for n, row in enumerate(table.injects)),
        *(reader.treaty(row, f"{at}treaties[{n}]") for table, at in places for n, row in enumerate(table.treaties)),
        *(reader.order(row, f"{at}orders[{n}]") for table, at in places for n, row in enumerate(table.orders)),
    ]
    problems += [problem for row in rows for problem in row.problems]
    if problems:
        return None, errors_with_lines(problems, text, HistoryError, source)
    acts = sorted((act for row in rows for act in row.acts), key=lambda act: act.tick)  # stable: injects first
    return History(source, scenario.id, tuple(acts), file.history.sources), []


class _Reader:
    """Reads the rows of a history file and checks them against one scenario."""

    def __init__(self, scenario: Scenario, lines: LineIndex) -> None:
        self.calendar = Calendar(scenario.start, scenario.window_months)
        self.lines = lines
        self.context = RowContext(
            {actor.id: actor.name for actor in scenario.actors},
            scenario.ideology.families,
            scenario.start,
            scenario.end,
            {actor.id: self._life(actor) for actor in scenario.actors},
        )

    def _life(self, actor: ActorSpec) -> tuple[date | None, date | None]:
        leaves = None if actor.leaves is None else self.calendar.date_of(actor.leaves)
        return self.calendar.date_of(actor.enters), leaves

    def inject(self, row: dict[str, Any], path: str) -> _RowResult:
        """Read an inject."""
        problems = [*_citation_problems(row, path), *recorded_inject_problems(self.context, row, path, INJECT_KEYS)]
        if problems:
            return _RowResult([], problems)
        return _RowResult([self._act(row, path, None, self._fields(row, INJECT_KEYS), {})], [])

    def treaty(self, row: dict[str, Any], path: str) -> _RowResult:
        """Read a treaty: the member named first proposes it on the day before, and the others accept it on its date."""
        uncited = list(_citation_problems(row, path))
        if uncited:
            return _RowResult([], uncited)
        try:
            treaty = msgspec.convert(row, TreatyRow)
        except msgspec.ValidationError as error:
            return _RowResult([], [TOML.problem(error, row, TreatyRow, path)])
        problems = list(self._treaty_problems(treaty, row, path))
        if problems:
            return _RowResult([], problems)
        return _RowResult(list(self._treaty_acts(treaty, path_with_line(path, self.lines))), [])

    def _treaty_acts(self, treaty: TreatyRow, where: str) -> Iterator[RecordedAct]:
        """Yield the acts that make a treaty of two states or of more, or that bring a state into the treaty of others."""
        tick, joins = self.calendar.tick_of(treaty.on), treaty.joins
        first, *others = [ActorId(code) for code in treaty.members if code != joins]
        last: list[ActorId] = [] if joins is None else [ActorId(joins)]

        def act(days_before: int, actor: ActorId, kind: str, fields: dict[str, Any], **of: Reference) -> RecordedAct:
            return RecordedAct(tick - days_before, actor, kind, fields, of, where, treaty.source, treaty.note)

        if joins is not None and others:
            pact = AlignmentReference(tuple(others), treaty.commitment, exact=True)
            yield act(2, first, InviteToPact.kind, {"to": joins}, alignment=pact)
            for member in others:
                yield act(1, member, VoteOnMember.kind, {"consent": True}, vote=ActorId(joins))
            yield act(0, ActorId(joins), AnswerProposal.kind, {"accept": True}, proposal=first)
            return
        terms = {"commitment": treaty.commitment, "against": treaty.against, "secret": treaty.secret}
        if len(others) > 1:
            yield act(1, first, FoundPact.kind, {"to": others, "name": treaty.name, **terms})
        else:
            yield act(1, first, ProposeAlliance.kind, {"to": (others or last)[0], **terms})
        for member in others or last:
            yield act(0, member, AnswerProposal.kind, {"accept": True}, proposal=first)

    def order(self, row: dict[str, Any], path: str) -> _RowResult:
        """Read a state's order."""
        problems = [*_citation_problems(row, path), *date_problems(self.context, row.get("on"), f"{path}.on")]
        problems += self._unknown_state(row.get("by"), f"{path}.by")
        kind = row.get("kind")
        problems += self._until_problems(row, path)
        wanted = reference_fields(kind) if isinstance(kind, str) and kind in MOVES else {}
        references: dict[str, Reference] = {}
        for name, of in wanted.items():
            if name in row:
                read = self._reference(row[name], of, f"{path}.{name}")
                if isinstance(read, list):
                    problems += read
                else:
                    references[name] = read
        # The reference is replaced by an id, so that the other fields can be checked.
        plain = {name: 1 if name in wanted else value for name, value in row.items()}
        problems += kind_problems(self.context, plain, path, MOVES, ORDER_KEYS)
        if problems:
            return _RowResult([], problems)
        fields = {name: value for name, value in self._fields(row, ORDER_KEYS).items() if name not in wanted}
        act = self._act(row, path, ActorId(row["by"]), fields, references)
        return _RowResult([act, *self._continuation(act, row.get("until"))], [])

    def _continuation(self, campaign: RecordedAct, until: date | None) -> Iterator[RecordedAct]:
        """Yield the acts that continue a campaign until a date: its renewals, and its end if it still runs on that date."""
        if until is None:
            return
        stop, ends = self.calendar.tick_of(until), self._end_of_campaign(campaign.tick)
        while ends + 1 < stop:
            yield replace(campaign, tick=ends + 1)
            ends = self._end_of_campaign(ends + 1)
        if stop <= ends:
            yield replace(campaign, tick=stop, fields={**campaign.fields, "effort": 0.0})

    def _end_of_campaign(self, begun: int) -> int:
        """Return the tick at which a campaign ends: the first day of a month at which its term is over."""
        day = self.calendar.date_of(begun + CAMPAIGN_DAYS - 1)
        return self.calendar.tick_of(date(day.year + day.month // 12, day.month % 12 + 1, 1))

    def _act(
        self,
        row: Mapping[str, Any],
        path: str,
        actor: ActorId | None,
        fields: dict[str, Any],
        references: dict[str, Reference],
    ) -> RecordedAct:
        tick, where = self.calendar.tick_of(row["on"]), path_with_line(path, self.lines)
        return RecordedAct(tick, actor, row["kind"], fields, references, where, row["source"], row.get("note", ""))

    def _fields(self, row: Mapping[str, Any], own: tuple[str, ...]) -> dict[str, Any]:
        tick_of = self.calendar.tick_of
        return {key: tick_of(value) if type(value) is date else value for key, value in row.items() if key not in own}

    def _unknown_state(self, code: object, path: str) -> Iterator[Problem]:
        if code not in self.context.actors:
            yield Problem(path, one_of_states(self.context.actors, code), describe_given(code))

    def _until_problems(self, row: Mapping[str, Any], path: str) -> Iterator[Problem]:
        """Yield the problems of the date until which a campaign continues."""
        if "until" not in row:
            return
        until, path = row["until"], f"{path}.until"
        if row.get("kind") != Penetrate.kind:
            yield Problem(path, f"no such key: only {Penetrate.kind} has one", describe_given(until))
            return
        wrong = list(date_problems(self.context, until, path))
        yield from wrong
        if not wrong and type(row.get("on")) is date and until <= row["on"]:
            yield Problem(path, f"a date after {row['on']}", describe_given(until))

    def _treaty_problems(self, treaty: TreatyRow, row: dict[str, Any], path: str) -> Iterator[Problem]:
        context = self.context
        yield from date_problems(context, row["on"], f"{path}.on")
        days = 1 if treaty.joins is None or len(treaty.members) == 2 else 2
        if context.start <= treaty.on < context.start + timedelta(days=days):
            first = context.start + timedelta(days=days)
            reason = "proposed on the day before" if days == 1 else "moved and voted on in the two days before"
            yield Problem(f"{path}.on", f"{first} or later, because the treaty is {reason}", TOML.shown(treaty.on))
        if len(treaty.members) > 2 and treaty.commitment not in MULTILATERAL:
            yield Problem(f"{path}.commitment", one_of(MULTILATERAL, treaty.commitment), TOML.shown(treaty.commitment))
        if treaty.name and (treaty.joins is not None or len(treaty.members) == 2):
            yield Problem(
                f"{path}.name", "no name: only a new treaty of three or more states has one", TOML.shown(treaty.name)
            )
        for number, code in enumerate(treaty.members):
            yield from self._unknown_state(code, f"{path}.members[{number}]")
            if code in treaty.members[:number]:
                yield Problem(f"{path}.members[{number}]", "each state once", TOML.shown(code))
        if treaty.joins is not None and treaty.joins not in treaty.members:
            yield Problem(f"{path}.joins", one_of(treaty.members, treaty.joins), TOML.shown(treaty.joins))
        if treaty.against is not None:
            yield from self._unknown_state(treaty.against, f"{path}.against")
            if treaty.against in treaty.members:
                yield Problem(f"{path}.against", "a state outside the treaty", TOML.shown(treaty.against))

    def _reference(self, value: object, of: str, path: str) -> Reference | list[Problem]:
        """Read the reference to a thing of the list ``of``."""
        if of in NAMED_BY_STATE:
            return list(self._unknown_state(value, path)) or ActorId(str(value))
        if of in NAMED_BY_PAIR:
            if not isinstance(value, list) or len(value) != 2 or value[0] == value[1]:
                return [Problem(path, TWO_STATES, TOML.shown(value))]
            unknown = [p for number, code in enumerate(value) for p in self._unknown_state(code, f"{path}[{number}]")]
            return unknown or (ActorId(value[0]), ActorId(value[1]))
        try:
            row = msgspec.convert(value, AlignmentReferenceTable)
        except msgspec.ValidationError as error:
            return [TOML.problem(error, value, AlignmentReferenceTable, path)]
        unknown = [
            p for number, code in enumerate(row.partners) for p in self._unknown_state(code, f"{path}.with[{number}]")
        ]
        return unknown or AlignmentReference(tuple(ActorId(code) for code in row.partners), row.commitment)


def _citation_problems(row: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Yield a problem unless the row cites its source as text."""
    source, note = row.get("source"), row.get("note", "")
    if not isinstance(source, str) or not source.strip():
        yield Problem(f"{path}.source", "a data set, or an author and year", describe_given(source))
    if not isinstance(note, str):
        yield Problem(f"{path}.note", "text in quotes", TOML.shown(note))
