"""What a journal was given from outside: orders and injects, told in words, and found by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counterpoise.session.journal import INPUTS, Entry, EntryKind
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.types import ActorId

_NUMBER = re.compile(r"[0-9]{1,18}")


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


def inputs(entries: Iterable[Entry]) -> Iterator[Given]:
    """Yield what a journal was given, in order; entries whose body was redacted are passed over."""
    for entry in entries:
        if entry.kind in INPUTS and entry.body:
            yield Given(entry.sequence, entry.tick, entry.kind, entry.content())


def told(given: Given, calendar: Calendar, remark: str = "") -> str:
    """Return an order or inject in one line: its number, its date, who did what, and a remark from elsewhere."""
    deed = given.deed or given.content["command"]
    by = f"{given.seat}: " if given.seat is not None else ""
    fields = " ".join(f"{name}={_value(value)}" for name, value in deed.items() if name != "kind")
    line = f"#{given.sequence} {calendar.iso(given.tick)} {by}{deed['kind']} {fields}".rstrip()
    return f"{line} ({remark})" if remark else line


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
    words = [re.compile(r"(?<![^\W_])" + re.escape(word), re.IGNORECASE) for word in words_in(wanted)]
    return [
        given
        for given in deeds
        if words
        and all(word.search(_spoken(given, calendar, names, remarks.get(given.sequence, ""))) for word in words)
    ]


def number_in(wanted: str) -> int | None:
    """Return the number of an entry that somebody asks for; ``None`` if what they say is no number."""
    number = wanted.strip().removeprefix("#")
    return int(number) if _NUMBER.fullmatch(number) else None


def words_in(wanted: str) -> list[str]:
    """Return the words that somebody asks for."""
    return [word for word in re.split(r"[\s,=]+", wanted) if word]


def _spoken(given: Given, calendar: Calendar, names: Mapping[ActorId, str], remark: str) -> str:
    text = told(given, calendar, remark)
    return " ".join((text, *(name for code, name in names.items() if re.search(rf"\b{code}\b", text))))


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(str(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
