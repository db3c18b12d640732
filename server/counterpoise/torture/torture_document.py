"""The report of ``counterpoise torture`` as a document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from counterpoise.document_schema import PositiveCount, json_schema

Outcome = Literal["passed", "failed", "skipped"]
Seconds = Annotated[float, Meta(ge=0.0)]


class Figure(Struct, frozen=True):
    """A number that a trial measured."""

    name: str
    """What was measured."""
    value: float
    """The number."""
    unit: str
    """Its unit, such as ms; empty for a count."""


class TrialReport(Struct, frozen=True, kw_only=True):
    """What one trial found."""

    trial: str
    """The name of the trial."""
    does: str
    """What the trial does."""
    passes: str
    """When the trial has passed."""
    outcome: Outcome
    """Whether it passed, failed, or was skipped because this machine lacks something."""
    reasons: list[str]
    """Why it failed, or what is missing; empty if it passed."""
    notes: list[str]
    """What a reader of the figures has to know."""
    figures: list[Figure]
    """What it measured."""
    seconds: Seconds
    """How long it took."""
    again: str
    """The command that runs this trial again with the same seed and sizes."""


class TortureReport(Struct, frozen=True, kw_only=True):
    """What all chosen trials found."""

    version: str
    """The version of counterpoise."""
    python: str
    """The version of Python."""
    sqlite: str
    """The version of SQLite."""
    system: str
    """The operating system and the processor."""
    processors: PositiveCount
    """How many processors the machine has."""
    seed: str
    """The seed of all trials."""
    quick: bool
    """Whether the trials ran in the sizes of continuous integration."""
    passed: bool
    """Whether no trial failed."""
    trials: list[TrialReport]
    """The trials, in the order in which they ran."""


def torture_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document."""
    return json_schema("The report of counterpoise torture", TortureReport)
