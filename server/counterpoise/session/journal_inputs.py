"""What a journal was given from outside, and what its scenario has in store: told in words, and found by them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counterpoise.session.free_text import FreeTexts, filled_content
from counterpoise.session.journal import INPUTS, Entry, EntryKind
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.catalogue import INJECTS
from counterpoise.sim.scenario import Condition, InjectSpec, Scenario
from counterpoise.sim.types import ActorId

_NUMBER = re.compile(r"[0-9]{1,18}")
_PLACE = re.compile(r"injects\[([0-9]{1,6})\]")


@dataclass(frozen=True, slots=True)
class Given:
    """One input of a journal. ``sequence`` is the number of its entry, as ``export`` has it; ``content`` its body."""

    sequence: int
    tick: int
    kind: EntryKind
    content: dict[str, Any]

    @property
    def seat(self) -> ActorId | None:
        """Whose order it is; ``None`` for a command."""
        return ActorId(self.content["seat"]) if self.kind == "order" else None

    @property
    def deed(self) -> dict[str, Any] | None:
        """The move or the inject as plain values; ``None`` for commands that only run the session."""
        if self.kind == "order":
            move: dict[str, Any] = self.content["move"]
            return move
        inject: dict[str, Any] | None = self.content["command"].get("inject")
        return inject


@dataclass(frozen=True, slots=True)
class Stored:
    """An inject the scenario has in store. ``place`` is its place among the ``[[injects]]`` of the file, from 0."""

    place: int
    spec: InjectSpec

    @property
    def name(self) -> str:
        """What it is called, here and where a scenario file is found wrong."""
        return f"injects[{self.place}]"


def stored(scenario: Scenario, withheld: Collection[int]) -> tuple[Stored, ...]:
    """Return what a scenario file has in store, but for what is withheld already."""
    return tuple(Stored(place, spec) for place, spec in enumerate(scenario.injects) if place not in withheld)


def inputs(entries: Iterable[Entry]) -> Iterator[Given]:
    """Yield the orders and commands of a journal, in order; those that were redacted as a whole are left out."""
    listed = list(entries)
    texts = FreeTexts.of(listed)
    for entry in listed:
        if entry.kind in INPUTS and not entry.is_redacted:
            yield Given(entry.sequence, entry.tick, entry.kind, filled_content(entry, texts))


def told(given: Given, calendar: Calendar, remark: str = "") -> str:
    """Return an order or inject in one line: its number, its date, who did what, and a remark from elsewhere."""
    line = f"#{given.sequence} {told_deed(given.tick, given.seat, given.deed or given.content['command'], calendar)}"
    return f"{line} ({remark})" if remark else line


def told_deed(tick: int, seat: ActorId | None, deed: Mapping[str, Any], calendar: Calendar) -> str:
    """Return a deed in words: its date, who does it if it is an order, its kind and its fields."""
    by = f"{seat}: " if seat is not None else ""
    return f"{calendar.iso(tick)} {by}{_fields(deed, calendar)}"


def told_stored(inject: Stored, calendar: Calendar) -> str:
    """Return an inject of the scenario in one line: its place in the file, when it happens, and what."""
    spec = inject.spec
    if spec.tick is not None:
        moment = calendar.iso(spec.tick)
    elif spec.when is not None:
        moment = f"when {_condition(spec.when, calendar)}:"
    else:
        moment = f"prepared, {spec.optional}:"
    return f"{inject.name} {moment} {_fields(spec.plain(), calendar)} (of the scenario)"


def _condition(when: Condition, calendar: Calendar) -> str:
    parts = [f"{when.incident} {_value(when.actors)}".rstrip()] if when.incident is not None else []
    parts += [f"{name} {_value(pair)}" for name, pair in (("at_war", when.at_war), ("allied", when.allied)) if pair]
    return f"{', '.join(parts)} ({calendar.iso(when.since)} to {calendar.iso(when.until)})"


def found(
    wanted: str,
    among: Sequence[Given],
    calendar: Calendar,
    names: Mapping[ActorId, str],
    remarks: Mapping[int, str],
) -> list[Given]:
    """Return the orders and injects that are meant.

    Args:
        wanted: the number of an entry (``#123`` or ``123``), the id of an order, or words. A number is never looked for as a
            word, for what was meant would go by unseen. Words mean what holds all of them, each at the beginning of a word,
            in any order: codes and names of states, kinds, values, dates, remarks.
        among: what is looked through.
        calendar: of their scenario.
        names: of the states, by code.
        remarks: what is said of some of them elsewhere, by number.
    """
    deeds = [given for given in among if given.deed is not None]
    number = number_in(wanted)
    exact = [given for given in deeds if given.sequence == number or given.content["id"] == wanted.strip()]
    if exact or number is not None:
        return exact
    return [given for given in deeds if _says(wanted, told(given, calendar, remarks.get(given.sequence, "")), names)]


def found_stored(
    wanted: str, among: Sequence[Stored], calendar: Calendar, names: Mapping[ActorId, str]
) -> list[Stored]:
    """Return the injects of the scenario that are meant: by their place, as ``injects[3]``, or by words as in ``found``."""
    if place := _PLACE.fullmatch(wanted.strip()):
        return [inject for inject in among if inject.place == int(place[1])]
    if number_in(wanted) is not None:
        return []
    return [
        inject
        for inject in among
        if _says(wanted, f"{told_stored(inject, calendar)} {INJECTS[inject.spec.kind].title}", names)
    ]


def number_in(wanted: str) -> int | None:
    """Return the number of an entry that somebody asks for; ``None`` if what they say is no number."""
    number = wanted.strip().removeprefix("#")
    return int(number) if _NUMBER.fullmatch(number) else None


def words_in(wanted: str) -> list[str]:
    """Return the words that somebody asks for."""
    return [word for word in re.split(r"[\s,=]+", wanted) if word]


def _says(wanted: str, text: str, names: Mapping[ActorId, str]) -> bool:
    """Tell whether all of the words begin words of a text or of the names of the states in it."""
    words = [re.compile(r"(?<![^\W_])" + re.escape(word), re.IGNORECASE) for word in words_in(wanted)]
    spoken = " ".join((text, *(name for code, name in names.items() if re.search(rf"\b{code}\b", text))))
    return bool(words) and all(word.search(spoken) for word in words)


def _fields(deed: Mapping[str, Any], calendar: Calendar) -> str:
    """Return a kind and its fields in one plain form wherever the deed is from."""
    return " ".join([str(deed["kind"]), *(f"{name}={value}" for name, value in said(deed, calendar))])


def said(deed: Mapping[str, Any], calendar: Calendar) -> Iterator[tuple[str, str]]:
    """Yield the fields of a deed that say something, with their values as text; lists are parted by commas."""
    for name, value in deed.items():
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
