"""The shape of a history file: its tables and their keys. The fields of orders and injects are those of their kinds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from counterpoise.sim.moves.propose_alliance import Offer
from counterpoise.sim.reading.scenario_schema import FileTable, Slug, Text
from counterpoise.sim.types import Commitment

Source = Annotated[str, Meta(min_length=1, max_length=400)]
ORDER_KEYS = ("on", "until", "by", "kind", "source", "note")
"""``until`` is for campaigns only."""
INJECT_KEYS = ("on", "kind", "source", "note")
"""The keys of a row that are the file's own; the rest are fields of the kind."""


class HeadTable(FileTable, frozen=True, kw_only=True):
    """``[history]``: of which scenario it is the record, and the full names of what it cites."""

    scenario: Slug
    sources: tuple[Text, ...] = ()


class TreatyRow(FileTable, frozen=True, kw_only=True):
    """An element of ``treaties``: a promise every two members made each other, or each made the one that ``joins``."""

    on: date
    members: Annotated[tuple[str, ...], Meta(min_length=2, max_length=30)]
    commitment: Offer
    joins: str | None = None
    against: str | None = None
    secret: bool = False
    source: Source
    note: Annotated[str, Meta(max_length=400)] = ""


class AlignmentRow(FileTable, frozen=True, kw_only=True):
    """What stands for the number of an alignment."""

    partners: Annotated[tuple[str, ...], Meta(min_length=1, max_length=30)] = msgspec.field(name="with")
    commitment: Commitment | None = None


class HistoryFile(FileTable, frozen=True, kw_only=True):
    """A whole file."""

    history: HeadTable
    treaties: tuple[dict[str, Any], ...] = ()
    orders: tuple[dict[str, Any], ...] = ()
    injects: tuple[dict[str, Any], ...] = ()
