"""The registration file: who predicts what, on which scenario and by which rules, before any data, with a hash to publish.

The hash is the SHA-256 of the file without its line ``hash = ...``. ``grep -v '^hash = ' FILE | sha256sum`` prints the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from counterpoise.document_schema import Day, Hash
from counterpoise.errors import InputError
from counterpoise.sim.reading.scenario_conversion import control_character_problems, convert_file
from counterpoise.sim.reading.scenario_schema import FileTable
from counterpoise.sim.reading.toml_text import errors_with_lines, read_toml
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.shown_index import PEOPLE
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import table
from counterpoise.theory.registration.prediction import Prediction, PredictionTable
from counterpoise.validation_errors import Problem

T = TypeVar("T", bound=FileTable)
PREDICTIONS_MAX = 40
Whose = Literal["people", "bots", "all"]
Person = Annotated[str, Meta(min_length=1, max_length=200)]
Sessions = Annotated[int, Meta(ge=1, le=10_000)]


class PredictionsFile(FileTable, frozen=True, kw_only=True):
    """What a user writes: who predicts, on which scenario, how many sessions are planned, and the predictions."""

    by: Person
    scenario: Annotated[str, Meta(min_length=1)]
    """A bundled scenario's name, or the path of a scenario file from the folder of this file."""
    sessions: Sessions
    whose: Whose = "all"
    """Whose decisions are judged."""
    predictions: Annotated[list[PredictionTable], Meta(min_length=1, max_length=PREDICTIONS_MAX)]


class OwnHypothesis(FileTable, frozen=True, kw_only=True):
    """A hypothesis of the user's own, by the hash of its file."""

    name: str
    code: Hash


class Registration(FileTable, frozen=True, kw_only=True):
    """A registration, without its hash."""

    format: Literal[1] = 1
    by: Person
    date: Day
    """The day on which the registration was made, in coordinated universal time."""
    scenario: str
    scenario_hash: Hash
    rules_version: Annotated[int, Meta(ge=1)]
    counterpoise: str
    """The version of the program."""
    theory: Hash
    """The fingerprint of the theory (``theory_fingerprint``)."""
    sessions: Sessions
    players: Annotated[int, Meta(ge=1)]
    """Seats of the scenario."""
    whose: Whose
    """Whose decisions are judged."""
    hypotheses: tuple[OwnHypothesis, ...] = ()
    predictions: Annotated[tuple[Prediction, ...], Meta(min_length=1, max_length=PREDICTIONS_MAX)]


class _RegistrationFile(Registration, frozen=True, kw_only=True):
    """A registration as its file holds it."""

    hash: Hash


def registered_decisions(registration: Registration, records: Iterable[DecisionRecord]) -> list[DecisionRecord]:
    """Return the decisions that a registration is about: those of people, those of bots, or all."""
    if registration.whose == "all":
        return list(records)
    return [record for record in records if (record.player == PEOPLE) == (registration.whose == "people")]


def theory_fingerprint() -> str:
    """Return a hash of the numbers of the model, the names of the hypotheses, and what each claim says it tests and takes.

    For the code of the tests the version of the program stands.
    """
    claims = [
        (name, claim.statistic, claim.null, claim.predicted, claim.sesoi, claim.n_min)
        for name, claim in PROPOSITIONS.items()
    ]
    facts = [[(name, value) for name, value, *_ in table()], list(HYPOTHESES), claims]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def read_predictions(text: str, source: str) -> PredictionsFile:
    """Return a user's file of predictions.

    Raises:
        InputError: the file has a mistake; the error names its place and line.
    """
    return _read(text, source, PredictionsFile)


def read_registration(text: str, source: str) -> tuple[Registration, str]:
    """Return a registration and its hash.

    Raises:
        InputError: the file is no registration, or it was changed after it was made.
    """
    file = _read(text, source, _RegistrationFile)
    found = hash_of(text)
    if found != file.hash:
        raise InputError(
            source,
            "hash",
            "",
            f"this file was changed after it was registered: its hash is {found}, and it names {file.hash}. "
            "Give the file as it was registered.",
        )
    fields = {name: getattr(file, name) for name in Registration.__struct_fields__}
    return Registration(**fields), file.hash


def _read(text: str, source: str, kind: type[T]) -> T:
    raw = read_toml(text)
    if isinstance(raw, Problem):
        raise InputError(source, *raw)
    file = convert_file(raw, kind)
    if isinstance(file, list):
        raise errors_with_lines(file, text, InputError, source)[0]
    if problems := control_character_problems(raw):
        raise errors_with_lines(problems, text, InputError, source)[0]
    return file


def hash_of(text: str) -> str:
    """Return the hash of a registration from its text; the kind of line break does not matter."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if not line.startswith("hash = ")]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def registration_text(registration: Registration) -> str:
    """Return the text of a registration file, with its hash."""
    heads = [
        "# A registration of predictions, made by counterpoise register before the sessions were played.",
        "# Publish the hash below. counterpoise debrief JOURNALS --against THIS_FILE judges the predictions.",
    ]
    top, tables = [], []
    for name in registration.__struct_fields__:
        value = getattr(registration, name)
        if isinstance(value, tuple):
            tables += [line for row in value for line in _table_lines(name, row)]
        else:
            top.append(f"{name} = {_toml(value)}")
    top.append('hash = ""')
    text = "\n".join([*heads, *top, *tables, ""])
    return text.replace('hash = ""', f'hash = "{hash_of(text)}"', 1)


def _table_lines(name: str, row: msgspec.Struct) -> list[str]:
    known = {key: value for key in row.__struct_fields__ if (value := getattr(row, key)) not in ("", None)}
    if "claim" in known:
        del known["on"]
    lines = ["", f"[[{name}]]", *(f"{key} = {_toml(value)}" for key, value in known.items())]
    if isinstance(row, Prediction):
        lines += [f"# {sentence}" for sentence in row.criteria()]
    return lines


def _toml(value: str | float) -> str:
    """Return a text or a number as TOML. Texts hold no control characters, so that JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
