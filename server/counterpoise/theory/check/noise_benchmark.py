"""The noise benchmark of a scenario: what every estimate comes to in games of players who follow no theory.

There are two kinds of noise. Random players take any legal move. Shuffled threats belong to games of the default bots, whose
choices are as structured as those of people, but the threats have changed places among the states.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from counterpoise.document_schema import Count, Hash, PositiveCount, json_schema
from counterpoise.errors import InputError

Series = list[float | None]
"""One estimate for each pool of games, in order; null where the games carry none."""
DIGITS = 4


class Estimates(Struct, frozen=True):
    """The estimates of one proposition."""

    n: Annotated[float, Meta(ge=0.0)]
    """Observations behind an estimate, on average over the pools that have one."""
    values: Series
    """The estimates."""


class Skills(Struct, frozen=True):
    """The skills of one hypothesis against the base rates."""

    n: Annotated[float, Meta(ge=0.0)]
    """Decisions scored, on average over the pools."""
    partners: Annotated[float, Meta(ge=0.0)]
    """Decisions that chose a partner, on average over the pools."""
    skill: Series
    """Skill over all decisions."""
    partner_skill: Series
    """Skill in naming the partner."""


class Noise(Struct, frozen=True):
    """All estimates under one kind of noise."""

    games: Count
    """How many games were played."""
    propositions: dict[str, Estimates]
    """By the id of the proposition."""
    hypotheses: dict[str, Skills]
    """By the name of the hypothesis."""


class NoiseBenchmark(Struct, frozen=True, kw_only=True):
    """The estimates of a scenario under both kinds of noise."""

    format: Literal[1] = 1
    """Raised whenever the meaning of a key changes or a key goes."""
    scenario: str
    """The id of the scenario."""
    scenario_hash: Hash
    """The hash of the scenario's file."""
    rules_version: PositiveCount
    """The version of the rules by which the games were played."""
    theory_version: PositiveCount
    """The version of the theory whose threats the decisions hold."""
    counterpoise: str
    """The version of the program."""
    seed: str
    """The seeds of the games derive from it."""
    pool: PositiveCount
    """How many games each estimate is made from."""
    random: Noise
    """Random players."""
    shuffled: Noise
    """Default bots, with threats that have changed places."""
    behaviour: dict[str, tuple[float, float]] = {}
    """What random players do beside winning: by measure of ``theory/evidence/behaviour.py`` its numerator and its denominator
    over all of their games."""

    def text(self) -> str:
        """Return the file: JSON with one line for each proposition and hypothesis."""
        plain = msgspec.to_builtins(self)
        noises = {name: plain.pop(name) for name in ("random", "shuffled")}
        done = plain.pop("behaviour")
        head = [f"{_json(name)}: {_json(value)}" for name, value in plain.items()]
        parts = [*head, *(f"{_json(name)}: {_noise_text(noise)}" for name, noise in noises.items())]
        return "{\n" + ",\n".join([*parts, f'"behaviour": {_rows(done)}']) + "\n}\n"


def _noise_text(noise: dict[str, Any]) -> str:
    parts = [f'"games": {noise["games"]}']
    for name in ("propositions", "hypotheses"):
        parts.append(f"{_json(name)}: {_rows(noise[name])}")
    return "{\n" + ",\n".join(parts) + "\n}"


def _rows(values: dict[str, Any]) -> str:
    """Return an object with one line for each key."""
    return "{\n" + ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in values.items()) + "\n}"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def read_benchmark(text: str, source: str) -> NoiseBenchmark:
    """Return the noise benchmark of a file.

    Raises:
        InputError: the file is no noise benchmark.
    """
    try:
        return msgspec.json.decode(text, type=NoiseBenchmark)
    except msgspec.MsgspecError as error:
        raise InputError(
            source, "", "", f"not a noise benchmark, as `counterpoise noise` writes it: {error}"
        ) from error


class WrittenBenchmark(Struct, frozen=True):
    """A benchmark and where it was written."""

    file: str
    """The file."""
    benchmark: NoiseBenchmark
    """What the file holds."""


class NoiseDocument(Struct, frozen=True):
    """What ``noise`` made, as a document."""

    benchmarks: list[WrittenBenchmark]
    """The benchmark of each scenario, in the order in which they were played."""


def noise_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document of ``noise`` and of the file of a benchmark."""
    return json_schema("counterpoise noise", NoiseDocument, NoiseBenchmark)
