"""The exported tables describe themselves, have one name for one thing, and hold numbers that R can hold."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from statsmodels.api import OLS, Logit, add_constant

from counterpoise.session.export.columns import ExportTable, dictionary_table
from counterpoise.session.export.tables import ExportedSession, export_tables
from counterpoise.session.export.watched_world import WatchedWorld
from counterpoise.session.journal.entries import parse_export
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.replay import replay

GOLDEN = Path(__file__).parents[2] / "golden" / "rules-6"
WHOLE_MAX, DOUBLE_MAX = 2**31 - 1, 2**53 - 1
KINDS: dict[str, Callable[[Any], bool]] = {
    "whole": lambda value: type(value) is int and abs(value) <= WHOLE_MAX,
    "id": lambda value: type(value) is int and 0 < value <= DOUBLE_MAX,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, str) and len(value) == 10,
}


def session(name: str, label: str, journal: str) -> ExportedSession:
    entries = parse_export((GOLDEN / f"{name}.jsonl").read_bytes(), name)
    watched = WatchedWorld()
    watched.see(replay(entries, name, progress=watched.see))
    return ExportedSession(label, journal_contents(entries, name), entries, watched, journal)


@pytest.fixture(scope="module")
def one() -> dict[str, ExportTable]:
    return {table.name: table for table in export_tables([session("checkerboard", "a", "journal.jsonl")])}


@pytest.fixture(scope="module")
def two() -> dict[str, ExportTable]:
    sessions = [
        session("checkerboard-with-void-orders", "a", "journal-1.jsonl"),
        session("checkerboard-with-messages", "b", "journal-2.jsonl"),
    ]
    return {table.name: table for table in export_tables(sessions)}


def dicts(table: ExportTable) -> list[dict[str, Any]]:
    return [dict(zip(table.names, row, strict=True)) for row in table.rows()]


def test_every_cell_is_of_the_type_that_the_dictionary_gives(one: dict[str, ExportTable]) -> None:
    for table in one.values():
        for row in table.rows():
            for column, value in zip(table.columns, row, strict=True):
                where = f"{table.name}.{column.name}: {value!r}"
                if value is None:
                    assert column.missing, where
                else:
                    assert KINDS.get(column.type, lambda value: isinstance(value, str))(value), where
                    assert column.unit != "share, 0 to 1" or 0.0 <= value <= 1.0, where
                    assert not (column.levels and column.type == "text") or value in column.levels.split(), where


def test_every_column_is_described_and_one_name_has_one_meaning(one: dict[str, ExportTable]) -> None:
    told = dicts(dictionary_table(list(one.values())))
    assert [(row["table"], row["column"]) for row in told] == [
        (table.name, column.name) for table in one.values() for column in table.columns
    ]
    types: dict[str, set[str]] = {}
    for row in told:
        assert row["meaning"]
        types.setdefault(row["column"], set()).add(row["type"])
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_every_table_names_the_session_and_several_sessions_follow_each_other(two: dict[str, ExportTable]) -> None:
    for table in two.values():
        assert table.names[0] == "session", table.name
        told = {row["session"] for row in dicts(table)}
        assert told <= ({None} if table.name == "propositions" else {"a", "b"}), table.name
    assert [row["session"] for row in dicts(two["decisions"])] == ["a"] * 8 + ["b"] * 8
    assert [row["journal"] for row in dicts(two["sessions"])] == ["journal-1.jsonl", "journal-2.jsonl"]


def test_offers_and_questions_have_their_deadlines(one: dict[str, ExportTable]) -> None:
    offers = {row["proposal"]: row for row in dicts(one["proposals"])}
    made = [row for row in dicts(one["incidents"]) if row["incident_kind"] == "alliance_proposed"]
    assert len(offers) == len(made) > 20
    assert all(row["opened"] < row["deadline"] for row in offers.values())
    formed = sum(1 for row in dicts(one["incidents"]) if row["incident_kind"] == "alliance_formed")
    assert 0 < sum(1 for row in offers.values() if row["answer"] == "accepted") <= formed
    asked = [row for row in dicts(one["calls"]) if row["call_reason"] == "proposal"]
    assert {row["subject"] for row in asked} == set(offers)
    answered = [row for row in dicts(one["orders"]) if row["order_kind"] == "answer_proposal"]
    assert answered
    assert {row["proposal"] for row in answered} <= set(offers)


def test_wars_and_crises_end_as_the_incidents_say(one: dict[str, ExportTable]) -> None:
    incidents = dicts(one["incidents"])
    for table, began, ended in (("wars", "war_began", "war_ended"), ("crises", "crisis_opened", "crisis_ended")):
        rows = dicts(one[table])
        assert len(rows) == sum(1 for row in incidents if row["incident_kind"] == began) > 0
        assert sum(1 for row in rows if row["until"]) == sum(1 for row in incidents if row["incident_kind"] == ended)


def test_flows_of_aid_do_not_overlap_and_sum_up_to_what_was_received(one: dict[str, ExportTable]) -> None:
    received: dict[tuple[str, str], float] = {}
    last: dict[tuple[str, str, str], str] = {}
    rows = dicts(one["aid"])
    for row in sorted(rows, key=lambda row: row["since"] or ""):
        key = (row["donor"], row["recipient"], row["aid_kind"])
        assert last.get(key, "") <= (row["since"] or "")
        last[key] = row["until"] or "9999"
        received[key[:2]] = received.get(key[:2], 0.0) + row["amount"]
    known = {(row["other"], row["actor"]): row["aid_received"] for row in dicts(one["dyads"])}
    assert {pair for pair, amount in known.items() if amount > 0.0} <= set(received)


def conditional_logit(y: Any, x: Any, menu: Any) -> float:
    """Return the first slope, by Newton's method on the likelihood."""
    slopes = np.zeros(x.shape[1])
    starts = np.flatnonzero(np.diff(menu, prepend=-1))
    for _ in range(50):
        weight = np.exp(x @ slopes)
        share = weight / np.add.reduceat(weight, starts)[menu]
        centred = x - np.add.reduceat(x * share[:, None], starts)[menu]
        step = np.linalg.lstsq(centred.T @ (centred * share[:, None]), x.T @ (y - share), rcond=None)[0]
        slopes += step / max(1.0, np.abs(step).max())
    return float(slopes[0])


def recomputed(row: dict[str, Any], rows: list[dict[str, Any]]) -> float:
    """Return an estimate as its formula says, with the kept statistics library."""
    y = np.array([one["y"] if one["y"] is not None else np.nan for one in rows], dtype=float)
    names = [name for name in rows[0] if name[0] == "x" and rows[0][name] is not None]
    x = np.array([[one[name] for name in names] for one in rows], dtype=float).reshape(len(rows), len(names))
    varying = x[:, x.std(axis=0) > 1e-9] if names else x
    scaled = varying / varying.std(axis=0) if varying.size else varying
    match row["estimator"]:
        case "logit":
            return float(Logit(y, add_constant(scaled)).fit(disp=False).params[1])
        case "conditional_logit":
            return conditional_logit(y, scaled, np.unique([one["menu"] for one in rows], return_inverse=True)[1])
        case "adjusted_difference":
            return float(OLS(y, add_constant(varying)).fit().params[1])
        case "clustered_mean" | "clustered_interval":
            return fsum(y) / len(y)
        case "bootstrap_ratio":
            return fsum(y) / fsum(x[:, 0])
        case "smallest_gain":
            return float(x.mean(axis=0).min())
        case "rate_ratio":
            after, before, time_before = x[:, 0], x[:, 1], x[:, 2]
            whole = after + time_before
            return log(fsum(y * time_before / whole) / fsum(before * after / whole))
    raise AssertionError(row["estimator"])


def test_each_estimate_comes_from_its_rows_by_its_formula(one: dict[str, ExportTable]) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in dicts(one["model_rows"]):
        rows.setdefault(row["proposition"], []).append(row)
    known = [row for row in dicts(one["propositions"]) if row["estimate"] is not None]
    assert len(known) > 15
    assert all(row["formula"] for row in known)
    for row in known:
        if any(one["stratum"] is not None for one in rows[row["proposition"]]):
            continue  # intercepts of strata are tested with the estimator
        made = recomputed(row, rows[row["proposition"]])
        assert made == pytest.approx(row["estimate"], abs=2e-5), (row["proposition"], row["estimator"])
