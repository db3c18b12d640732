"""The schema of a history file: its tables and keys. The fields of orders and injects are those of their kinds."""

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
"""The keys of an order that belong to the file; the others are fields of the move. ``until`` is for campaigns only."""
INJECT_KEYS = ("on", "kind", "source", "note")
"""The keys of an inject that belong to the file; the others are fields of the inject."""


class HeadTable(FileTable, frozen=True, kw_only=True):
    """``[history]``: the scenario of the record and the full titles of its sources.

    TOML takes rows that a file writes below the heading for keys of the table, so the table may hold them.
    """

    scenario: Slug
    sources: tuple[Text, ...] = ()
    treaties: tuple[dict[str, Any], ...] = ()
    orders: tuple[dict[str, Any], ...] = ()
    injects: tuple[dict[str, Any], ...] = ()


class TreatyRow(FileTable, frozen=True, kw_only=True):
    """An element of ``treaties``: one treaty of all members, or the accession of the state that ``joins``."""

    on: date
    members: Annotated[tuple[str, ...], Meta(min_length=2, max_length=30)]
    commitment: Offer
    joins: str | None = None
    against: str | None = None
    secret: bool = False
    name: Annotated[str, Meta(max_length=120)] = ""
    source: Source
    note: Annotated[str, Meta(max_length=400)] = ""


class AlignmentReferenceTable(FileTable, frozen=True, kw_only=True):
    """A reference to alignments, in place of an id: the partners and perhaps the commitment."""

    partners: Annotated[tuple[str, ...], Meta(min_length=1, max_length=30)] = msgspec.field(name="with")
    commitment: Commitment | None = None


class HistoryFile(FileTable, frozen=True, kw_only=True):
    """A whole history file. Rows may stand before or after ``[history]``."""

    history: HeadTable
    treaties: tuple[dict[str, Any], ...] = ()
    orders: tuple[dict[str, Any], ...] = ()
    injects: tuple[dict[str, Any], ...] = ()
