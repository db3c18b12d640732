"""Published schemas accept the documents that the commands print, and reject changed ones."""

from __future__ import annotations

import copy
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from counterpoise.session.debrief.debrief_document import debrief_schema
from counterpoise.session.forks.arms_document import fork_schema
from counterpoise.theory.check.noise_benchmark import noise_schema
from counterpoise.theory.check.threats_document import threats_schema
from counterpoise.theory.dyadyear.history_document import history_schema
from counterpoise.theory.registration.registration_document import register_schema
from counterpoise.torture.torture_document import torture_schema
from counterpoise.tournament.result_document import tournament_schema
from counterpoise.trial.trial_document import trial_schema

MAY_BE_LEFT_OUT = ("story",)
"""Keys of documents that some have not: sessions of older rules have no story."""
Command = Callable[..., "subprocess.CompletedProcess[str]"]
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SCHEMAS = {"debrief": debrief_schema, "fork": fork_schema, "threats": threats_schema, "tournament": tournament_schema}


def is_of_todays_version(path: Path) -> bool:
    """Tell whether a golden document has the version that its schema describes; an older release wrote the others."""
    found = re.search(r'"document_version": \{"enum": \[(\d+)\]', json.dumps(SCHEMAS[path.name.partition("-")[0]]()))
    assert found is not None
    return bool(json.loads(path.read_text(encoding="utf-8"))["document_version"] == int(found[1]))


DOCUMENTS = [
    path
    for path in sorted(GOLDEN.glob("*/documents/*.json"))
    if path.name.partition("-")[0] in SCHEMAS and is_of_todays_version(path)
]


def validator(path: Path) -> jsonschema.Draft202012Validator:
    schema = SCHEMAS[path.name.partition("-")[0]]()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def objects(value: Any) -> list[dict[str, Any]]:
    """Return every object inside a document."""
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [value] if isinstance(value, dict) else []
    return [*found, *(inner for child in children for inner in objects(child))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_golden_document_fits_its_schema(path: Path) -> None:
    validator(path).validate(json.loads(path.read_text(encoding="utf-8")))


def shortened(value: Any) -> Any:
    """Return a document with the first rows of each list: the rows of a list have one schema, so more of them prove no more."""
    if isinstance(value, dict):
        return {key: shortened(child) for key, child in value.items()}
    return [shortened(child) for child in value[:3]] if isinstance(value, list) else value


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_with_a_key_renamed_or_a_type_changed_does_not_fit(path: Path) -> None:
    document, checks = shortened(json.loads(path.read_text(encoding="utf-8"))), validator(path)
    assert checks.is_valid(document), "what does not fit below is the change"
    for key in document:
        without = {name: value for name, value in document.items() if name != key}
        assert checks.is_valid(without) == (key in MAY_BE_LEFT_OUT), key
        assert not checks.is_valid({**document, key: {"another": "type"}}), key
    assert not checks.is_valid({**document, "another": 1})


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_an_inner_object_with_a_key_too_many_does_not_fit(path: Path) -> None:
    document, checks = json.loads(path.read_text(encoding="utf-8")), validator(path)
    for number in range(0, len(objects(document)), 97):
        changed = copy.deepcopy(document)
        objects(changed)[number]["Not A Key"] = {"another": "type"}
        assert not checks.is_valid(changed), number


ALL_SCHEMAS = {
    **SCHEMAS,
    "history": history_schema,
    "noise": noise_schema,
    "torture": torture_schema,
    "register": register_schema,
    "trial": trial_schema,
}


@pytest.mark.parametrize("name", sorted(ALL_SCHEMAS))
def test_every_property_of_a_schema_has_a_description(name: str) -> None:
    for title, definition in ALL_SCHEMAS[name]()["$defs"].items():
        assert definition["description"], title
        for key, form in definition.get("properties", {}).items():
            assert form.get("description"), f"{title}.{key}"


@pytest.mark.parametrize("name", sorted(ALL_SCHEMAS))
def test_a_command_prints_its_schema_without_any_other_argument(counterpoise: Command, name: str) -> None:
    done = counterpoise(name, "--schema")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(json.dumps(ALL_SCHEMAS[name]()))
