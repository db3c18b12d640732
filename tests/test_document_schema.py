"""Schemas of documents are generated from their classes, and are strict."""

from __future__ import annotations

from typing import Any

import jsonschema
import msgspec
import pytest
from msgspec import UNSET, Struct, UnsetType

from counterpoise.document_schema import Count, Day, Interval, Share, StateCode, field_descriptions, json_schema


class Row(Struct, frozen=True):
    """One row."""

    n: Count
    """Observations: see ``n``."""
    ci: Interval | None = None
    """The interval;
    null without one."""


class LongRow(Row, frozen=True):
    """A row with more in it."""

    note: str | UnsetType = UNSET
    """What else to know."""


class Report(Struct, frozen=True, kw_only=True):
    """A document."""

    version: int = 1
    by_state: dict[StateCode, Share]
    on: Day
    rows: list[LongRow]


def problems(document: Report, **changes: Any) -> list[str]:
    plain = {**msgspec.to_builtins(document), **changes}
    validator = jsonschema.Draft202012Validator(json_schema("report", Report))
    return [error.message for error in validator.iter_errors(msgspec.json.decode(msgspec.json.encode(plain)))]


DOCUMENT = Report(by_state={"ARD": 0.5}, on="1901-01-01", rows=[LongRow(1, (0.0, 1.0)), LongRow(2, None, "few")])


def test_an_encoded_document_fits_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema("report", Report))
    assert problems(DOCUMENT) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"by_state": {"ARD": 1.5}},
        {"by_state": {"Arden": 0.5}},
        {"on": "1 January 1901"},
        {"other": 1},
        {"rows": [{"n": 1}]},
        {"rows": [{"n": -1, "ci": None}]},
        {"rows": [{"n": 1, "ci": [0.0]}]},
        {"rows": [{"n": 1, "ci": None, "more": 1}]},
        {"version": None},
    ],
)
def test_a_changed_document_does_not_fit(changes: dict[str, Any]) -> None:
    assert problems(DOCUMENT, **changes)


def test_only_fields_that_can_be_unset_may_be_absent() -> None:
    definitions = json_schema("report", Report)["$defs"]
    assert definitions["Report"]["required"] == ["version", "by_state", "on", "rows"]
    assert definitions["LongRow"]["required"] == ["n", "ci"]


def test_docstrings_become_descriptions() -> None:
    definitions = json_schema("report", Report)["$defs"]
    assert definitions["LongRow"]["description"] == "A row with more in it."
    assert definitions["LongRow"]["properties"]["ci"]["description"] == "The interval; null without one."
    assert field_descriptions(LongRow) == {
        "n": "Observations: see n.",
        "ci": "The interval; null without one.",
        "note": "What else to know.",
    }


def test_a_document_with_several_forms_fits_one_of_them() -> None:
    schema = json_schema("rows", Row, Report)
    assert schema["oneOf"] == [{"$ref": "#/$defs/Row"}, {"$ref": "#/$defs/Report"}]
