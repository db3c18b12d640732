"""The schema of records accepts the bundled records, and rejects rows with a wrong key, kind or reference."""

from __future__ import annotations

import copy
import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from counterpoise.sim.reading.history_json_schema import history_json_schema

RECORDS = sorted((Path(__file__).resolve().parents[3] / "scenarios").glob("*.history.toml"))


@pytest.fixture(scope="module")
def judge() -> jsonschema.Draft202012Validator:
    schema = history_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "x-choices" not in json.dumps(schema)
    return jsonschema.Draft202012Validator(schema)


def plain(file: Path) -> Any:
    return json.loads(json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.stem)
def test_a_bundled_record_fits(judge: jsonschema.Draft202012Validator, file: Path) -> None:
    assert [error.message for error in judge.iter_errors(plain(file))] == []


@pytest.mark.parametrize(
    ("rows", "kind", "change"),
    [
        ("orders", "leave_alliance", {"alignment": 3}),
        ("orders", "support_side", {"crisis": ["BRA"]}),
        ("orders", "guarantee", {"until": "1903-01-01"}),
        ("orders", "guarantee", {"kind": "garantee"}),
        ("injects", "start_war", {"attackers": "HAL"}),
        ("injects", "set_aid", {"source": ""}),
        ("injects", "set_aid", {"by": "HAL"}),
        ("treaties", None, {"commitment": "guarantee"}),
    ],
)
def test_a_row_with_a_mistake_does_not_fit(
    judge: jsonschema.Draft202012Validator, rows: str, kind: str | None, change: dict[str, Any]
) -> None:
    [file] = [path for path in RECORDS if path.name.startswith("rising-hegemon")]
    whole = plain(file)
    head = whole["history"]
    for table in (head, whole):  # rows after the head, and rows before it
        document = copy.deepcopy(whole)
        row = next(one for one in document["history"][rows] if kind in (None, one.get("kind")))
        if table is whole:
            document[rows] = document["history"].pop(rows)
        assert judge.is_valid(document)
        row.update(change)
        assert not judge.is_valid(document)
