"""The columns that a table needs, and the names that the data sets and programs give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from counterpoise.theory.dyadyear.reading.cell_values import Kind, Value

Treatment = Literal["refuse the file", "keep the row", "skip the row"]


@dataclass(frozen=True, slots=True)
class Converted:
    """Another column from which the values of a column can be derived."""

    name: str
    kind: Kind
    convert: Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table needs."""

    name: str
    kind: Kind
    aliases: tuple[str | Converted, ...] = ()
    """Other names, the better ones first. Case and all characters except letters and digits are ignored in names."""
    missing: Treatment = "refuse the file"
    """What to do about a missing value."""
    default: Value | None = None
    """The value of all rows if no column has one of the names."""
    default_words: str = ""
    """What the default means, in words; "" if the column is required."""
    quiet: bool = False
    """Whether the absence of the column needs no mention."""


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """Where the values of a column stand in a file."""

    column: Column
    place: int
    heading: str
    """The name in the file."""
    kind: Kind
    convert: Callable[[float], float] | None


def plain_name(name: str) -> str:
    """Return a name in lower case with letters and digits only, so that ``State Abb``, ``state_abb`` and ``stateabb`` agree."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def places_of(column: Column, header: Sequence[str]) -> list[FoundColumn]:
    """Return the columns of a header that have the best of a column's names: none, one, or several that are alike."""
    names = [plain_name(heading) for heading in header]
    for name in (column.name, *column.aliases):
        other = name if isinstance(name, Converted) else None
        wanted = plain_name(other.name if other else str(name))
        found = [
            FoundColumn(column, place, heading, other.kind if other else column.kind, other.convert if other else None)
            for place, heading in enumerate(header)
            if names[place] == wanted
        ]
        if found:
            return found
    return []
