"""The orders and commands of a journal and the injects of its scenario: how to list them as text and search for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counterpoise.session.journal.entries import INPUTS, Entry, EntryKind
from counterpoise.session.journal.free_text import FreeTexts, act_without_texts, filled_content
from counterpoise.sim.catalogue import INJECTS
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import InjectCondition, InjectSpec, Scenario
from counterpoise.sim.types import ActorId

_NUMBER = re.compile(r"[0-9]{1,18}")
_PLACE = re.compile(r"injects\[([0-9]{1,6})\]")


@dataclass(frozen=True, slots=True)
class JournalInput:
    """An order or command of a journal. ``sequence`` is the number of its entry; ``content`` is its body, with texts in place."""

    sequence: int
    tick: int
    kind: EntryKind
    content: dict[str, Any]

    @property
    def seat(self) -> ActorId | None:
        """The seat that ordered; ``None`` for a command."""
        return ActorId(self.content["seat"]) if self.kind == "order" else None

    @property
    def act(self) -> dict[str, Any] | None:
        """The move or the inject as plain values; ``None`` for commands that only run the session."""
        if self.kind == "order":
            move: dict[str, Any] = self.content["move"]
            return move
        inject: dict[str, Any] | None = self.content["command"].get("inject")
        return inject

    def without_texts(self) -> JournalInput:
        """Return the input with a mark in place of the texts of its move or inject."""
        if self.act is None:
            return self
        act = act_without_texts(self.act)
        changed = {"move": act} if self.kind == "order" else {"command": {**self.content["command"], "inject": act}}
        return replace(self, content={**self.content, **changed})


def taken_back(inputs: Iterable[JournalInput]) -> dict[str, int]:
    """Return the ids of the orders and injects that were withdrawn or replaced, each with the number of the entry that did."""
    found: dict[str, int] = {}
    for given in inputs:
        command = given.content.get("command", {})
        is_undone = command.get("kind") in ("withdraw", "take_back")
        order = command["order"] if is_undone else given.content.get("replaces")
        if order:
            found[order] = given.sequence
    return found


@dataclass(frozen=True, slots=True)
class ScenarioInject:
    """An inject of the scenario. ``place`` is its place among the ``[[injects]]`` of the file, from 0."""

    place: int
    spec: InjectSpec

    @property
    def name(self) -> str:
        """The name of the inject, as errors in a scenario file have it too."""
        return f"injects[{self.place}]"


def scenario_injects(scenario: Scenario, withheld: Collection[int]) -> tuple[ScenarioInject, ...]:
    """Return the injects of a scenario file, without those that are withheld already."""
    return tuple(ScenarioInject(place, spec) for place, spec in enumerate(scenario.injects) if place not in withheld)


def inputs_of(entries: Iterable[Entry]) -> Iterator[JournalInput]:
    """Yield the orders and commands of a journal, in order; those that were redacted as a whole are left out."""
    listed = list(entries)
    texts = FreeTexts.from_entries(listed)
    for entry in listed:
        if entry.kind in INPUTS and not entry.is_redacted:
            yield JournalInput(entry.sequence, entry.tick, entry.kind, filled_content(entry, texts))


def format_input(given: JournalInput, calendar: Calendar, remark: str = "") -> str:
    """Return an order or inject as one line: number, date, seat, kind, fields, and a remark in brackets."""
    line = f"#{given.sequence} {format_act(given.tick, given.seat, given.act or given.content['command'], calendar)}"
    return f"{line} ({remark})" if remark else line


def format_act(tick: int, seat: ActorId | None, act: Mapping[str, Any], calendar: Calendar) -> str:
    """Return a move or inject as text: its date, the seat if it is an order, its kind and its fields."""
    by = f"{seat}: " if seat is not None else ""
    return f"{calendar.iso(tick)} {by}{_fields(act, calendar)}"


def format_scenario_inject(inject: ScenarioInject, calendar: Calendar) -> str:
    """Return an inject of the scenario as one line: its place in the file, when it happens, and what it does."""
    spec = inject.spec
    moments = [calendar.iso(spec.tick)] if spec.tick is not None else []
    if spec.when is not None:
        days = f"{calendar.iso(spec.when.since)} to {calendar.iso(spec.when.until)}"
        moments.append(f"when {_condition(spec.when, calendar)} ({days})")
    if spec.optional:
        moments.append(f"prepared, {spec.optional}")
    for word, conditions in (("if", spec.conditions), ("unless", spec.exceptions)):
        for condition in conditions:
            since = f" since {calendar.iso(condition.since)}" if condition.since else ""
            moments.append(f"{word} {_condition(condition, calendar)}{since}")
    moment = ", ".join(moments)
    moment += "" if spec.tick is not None and len(moments) == 1 else ":"
    return f"{inject.name} {moment} {_fields(spec.plain(), calendar)} (of the scenario)"


def _condition(condition: InjectCondition, calendar: Calendar) -> str:
    named = {
        condition.incident or "": condition.actors,
        "attacker": condition.attacker,
        "target": condition.target,
        "inject": condition.inject,
        "at_war": condition.at_war,
        "allied": condition.allied,
        "formed": condition.formed,
        "exists": condition.exists,
        **{f"family {code}": families for code, families in condition.families},
        **{f"in_power_since {code}": calendar.iso(tick) for code, tick in condition.in_power_since},
    }
    parts = [f"{name} {_value(value)}".strip() for name, value in named.items() if value or name == condition.incident]
    return " and ".join(parts)


def matching_inputs(
    wanted: str,
    among: Sequence[JournalInput],
    calendar: Calendar,
    names: Mapping[ActorId, str],
    remarks: Mapping[int, str],
) -> list[JournalInput]:
    """Return the orders and injects that a user means.

    Args:
        wanted: the number of an entry (``#123`` or ``123``), the id of an order, or words. A number is never searched as a
            word, because a wrong number would then match something else. An input matches if it has all the words, each at
            the beginning of a word and in any order: codes and names of states, kinds, values, dates, remarks.
        among: the inputs to search.
        calendar: of their scenario.
        names: of the states, by code.
        remarks: remarks on some of the inputs, by number.
    """
    acts = [given for given in among if given.act is not None]
    number = entry_number_in(wanted)
    exact = [given for given in acts if given.sequence == number or given.content["id"] == wanted.strip()]
    if exact or number is not None:
        return exact
    return [
        given
        for given in acts
        if _matches(wanted, format_input(given, calendar, remarks.get(given.sequence, "")), names)
    ]


def matching_scenario_injects(
    wanted: str, among: Sequence[ScenarioInject], calendar: Calendar, names: Mapping[ActorId, str]
) -> list[ScenarioInject]:
    """Return the injects of the scenario that a user means, by place (``injects[3]``) or by words as in ``matching_inputs``."""
    if place := _PLACE.fullmatch(wanted.strip()):
        return [inject for inject in among if inject.place == int(place[1])]
    if entry_number_in(wanted) is not None:
        return []
    return [
        inject
        for inject in among
        if _matches(wanted, f"{format_scenario_inject(inject, calendar)} {INJECTS[inject.spec.kind].title}", names)
    ]


def entry_number_in(wanted: str) -> int | None:
    """Return the entry number in a search; ``None`` if the search is no number."""
    number = wanted.strip().removeprefix("#")
    return int(number) if _NUMBER.fullmatch(number) else None


def search_words(wanted: str) -> list[str]:
    """Return the words of a search."""
    return [word for word in re.split(r"[\s,=]+", wanted) if word]


def _matches(wanted: str, text: str, names: Mapping[ActorId, str]) -> bool:
    """Tell whether each search word begins a word of a text, or of the name of a state in it."""
    words = [re.compile(r"(?<![^\W_])" + re.escape(word), re.IGNORECASE) for word in search_words(wanted)]
    searched = " ".join((text, *(name for code, name in names.items() if re.search(rf"\b{code}\b", text))))
    return bool(words) and all(word.search(searched) for word in words)


def _fields(act: Mapping[str, Any], calendar: Calendar) -> str:
    """Return a kind and its fields in one form, whether they come from a journal or a scenario."""
    return " ".join([str(act["kind"]), *(f"{name}={value}" for name, value in field_texts(act, calendar))])


def field_texts(act: Mapping[str, Any], calendar: Calendar) -> Iterator[tuple[str, str]]:
    """Yield the fields of a move or inject that are not empty, with their values as text; commas separate lists."""
    for name, value in act.items():
        if name == "kind" or value is None or value == "":
            continue
        is_tick = name == "until" and isinstance(value, int)
        yield name, calendar.iso(value) if is_tick else _value(value)


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(_value(item) for item in value)
    if isinstance(value, Mapping):
        return ",".join(f"{name}:{_value(item)}" for name, item in value.items() if item is not None)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)
