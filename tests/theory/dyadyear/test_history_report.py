"""The report finds planted effects, lists what it cannot test, and does not depend on the order of rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from random import Random
from typing import Any

import msgspec
import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.dyadyear.data_tables import DyadYearTables, Selection
from counterpoise.theory.dyadyear.history_report import count_steps, history_report

SPAN = Selection(1950, 1984)


def history_document(*arguments: Any) -> dict[str, Any]:
    """Return the report as it leaves the program."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(history_report(*arguments)))
    return plain


@pytest.fixture(scope="module")
def document(tables: DyadYearTables) -> dict[str, Any]:
    return history_document(tables, SPAN)


def by_name(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in rows}


def test_intentions_find_the_states_that_begin_disputes_and_power_does_not(
    document: dict[str, Any],
) -> None:
    found = by_name(document["disputes"]["forecasters"])
    assert found["four_components"]["auc"]["ci"][0] > 0.7
    assert found["four_components"]["auc"]["estimate"] > found["power_alone"]["auc"]["estimate"]
    assert found["without_intentions"]["auc"]["estimate"] < found["four_components"]["auc"]["estimate"]
    assert found["base_rate"]["skill"] == 0.0
    assert document["disputes"]["events"] > 30


def test_random_disputes_are_ranked_no_better_than_by_chance(
    tables_of: Callable[..., DyadYearTables],
) -> None:
    tables = tables_of()
    dice = Random("blind")
    regional = [state for state in tables.names if state > 600]
    blind = []
    for dispute in tables.disputes:
        border = tables.borders[dice.randrange(len(tables.borders))]
        by, against = border.pair if dice.random() < 0.5 else border.pair[::-1]
        blind.append(replace(dispute, by=by, against=against))
    assert len(regional) == 8
    found = by_name(history_document(replace(tables, disputes=tuple(blind)), SPAN)["disputes"]["forecasters"])
    over = found["intentions_alone"]["auc"]["estimate"] - found["distance_alone"]["auc"]["estimate"]
    assert over < 0.1


def test_the_order_of_rows_does_not_change_the_report(tables: DyadYearTables, document: dict[str, Any]) -> None:
    dice = Random("order")
    changes: dict[str, Any] = {}
    for field in fields(tables):
        value = getattr(tables, field.name)
        if isinstance(value, dict) and value:
            items = list(value.items())
            dice.shuffle(items)
            # The readers sort their tables; the report may depend on no other order.
            changes[field.name] = dict(sorted(items))
    assert json.dumps(history_document(replace(tables, **changes), SPAN)) == json.dumps(document)


def test_every_proposition_is_tested_or_listed_with_the_data_it_needs(document: dict[str, Any]) -> None:
    tested = [row["id"] for row in document["propositions"]]
    silent = [name for row in document["silent"] for name in row["propositions"]]
    assert sorted(tested + silent) == sorted(PROPOSITIONS)
    assert {row["verdict"] for row in document["propositions"]} <= {
        "SUPPORT", "CONTRADICT", "NO_EFFECT", "NOT_ENOUGH_DATA"
    }  # fmt: skip
    assert "W5.1" in silent, "there is no table of aid"
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_an_alliance_with_a_state_that_fears_the_same_threat_counts_as_balancing(document: dict[str, Any]) -> None:
    classes = document["alliances"]["classes"]
    assert sum(classes.values()) == document["alliances"]["threatened"]
    assert classes["BAL"] > 0
    assert document["alliances"]["choices"] > 0
    names = [row["name"] for row in document["alliances"]["hypotheses"]]
    assert "balance_of_threat" in names
    assert not {"aid", "penetration"} & set(names)


def test_data_without_disputes_are_reported_as_too_few(tables: DyadYearTables) -> None:
    quiet = replace(tables, disputes=tables.disputes[:1], ties={})
    document = history_document(quiet, SPAN)
    assert document["disputes"]["forecasters"] == []
    assert document["disputes"]["note"]
    assert document["alliances"]["choices"] == 0
    assert all(row["verdict"] == "NOT_ENOUGH_DATA" for row in document["propositions"])


def test_progress_counts_every_year_to_the_end(tables: DyadYearTables) -> None:
    counts: list[int] = []
    selection = Selection(1970, 1984)
    history_document(tables, selection, counts.append)
    assert counts == list(range(1, count_steps(selection) + 1))
