"""The tables of what was ordered and commanded, and of the sessions themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from counterpoise.session.export.columns import (
    TICK,
    WINDOW,
    Column,
    ExportTable,
    Row,
    day,
    flag,
    identifier,
    whole,
    words,
)
from counterpoise.session.export.world_tables import DATE
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.header import theory_version
from counterpoise.session.journal.inputs import inputs_of, taken_back
from counterpoise.session.journal.journal_contents import JournalContents
from counterpoise.session.play.log import PlayRow
from counterpoise.session.play.tables import PLAY_COLUMNS, play_counts
from counterpoise.sim.clock.calendar import Calendar


def orders_table(entries: Sequence[Entry], calendar: Calendar) -> ExportTable:
    """Return the table of orders and moderators' commands, as they were journalled."""
    columns = (
        whole("entry", "number of the journal entry"),
        TICK,
        DATE,
        whole(WINDOW.name, "number of the decision window that the order was given for", missing="a command, not an order"),
        Column("sender", "the seat, or who commanded"),
        Column("order_kind", "kind of the move or command"),
        Column("fields", "its fields, among them numbers of things such as proposal, crisis and war", "json"),
        Column("order", "id that the sender gave it"),
        Column("replaces", "id of the order that it replaced", missing="none"),
        whole("taken_back", "number of the entry that replaced or withdrew it", missing="it stood"),
        identifier("proposal", "number of the proposal that it answers or withdraws", missing="it is about none"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        given = list(inputs_of(entries))
        gone = taken_back(given)
        for one in given:
            content = one.content
            act = dict(content["move"] if one.kind == "order" else content["command"])
            kind = act.pop("kind")
            fields = msgspec.json.encode(act, order="deterministic").decode()
            yield (
                one.sequence, one.tick, calendar.iso(one.tick), content.get("window") if one.kind == "order" else None,
                one.seat or content["who"], kind, fields, content["id"], content.get("replaces") or None,
                gone.get(content["id"]), act.get("proposal"),
            )  # fmt: skip

    return ExportTable("orders", "one row per order and moderator's command, as journalled", columns, rows)


def sessions_table(
    contents: JournalContents, entries: Sequence[Entry], played: Sequence[PlayRow], journal: str
) -> ExportTable:
    """Return the table of the session: what its journal's header says, and how it was played.

    Args:
        contents: the session's decisions.
        entries: its journal.
        played: its play log; nothing where none was kept.
        journal: the file of the folder that has the journal.
    """
    header, scenario = contents.header, contents.scenario
    columns = (
        Column("journal", "the file of this folder with the journal, which `counterpoise verify` checks"),
        Column("scenario", "name of the scenario"),
        Column("scenario_title", "its title"),
        Column("scenario_hash", "SHA-256 of the scenario's text, in hex"),
        day("starts", "date on which the scenario begins"),
        day("reached", "date that the journal reaches"),
        flag("ended", "whether the session was played to its end"),
        whole("window_months", "length of a decision window", "months"),
        whole("entries", "entries of the journal", "entries"),
        Column("head", "hash of the last entry, over all before it, in hex"),
        Column("seed_commitment", "what players were shown of the seed before it was told, in hex"),
        Column("written_by", "release of counterpoise that began the session"),
        whole("rules_version", "version of the rules of the simulation"),
        whole("theory_version", "version of the theory that made the forecasts"),
        flag("recorded", "whether the session follows a historical record"),
        words("players", "who held the seats: bots by name, human for people"),
        *PLAY_COLUMNS,
    )

    def rows() -> Iterator[Row]:
        calendar = Calendar(scenario.start, scenario.window_months)
        players = dict.fromkeys(record.player.replace(" ", "-") for record in contents.records if record.player)
        counted: tuple[Any, ...] = play_counts(played) if played else (None,) * len(PLAY_COLUMNS)
        yield (
            journal, header["scenario"], scenario.title, header["scenario_hash"], scenario.start.isoformat(),
            calendar.iso(max((entry.tick for entry in entries), default=0)), any(one.kind == "end" for one in entries),
            scenario.window_months, len(entries), contents.head, header["seed_commitment"], header["counterpoise"],
            header["rules_version"], theory_version(header), bool(header.get("recorded")), " ".join(sorted(players)), *counted,
        )  # fmt: skip

    return ExportTable("sessions", "one row per session", columns, rows)
