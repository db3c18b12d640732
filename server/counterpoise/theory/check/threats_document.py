"""The threat matrix as a document: how much each state fears each other one, and why."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from counterpoise.document_schema import Day, StateCode, json_schema
from counterpoise.theory.threat import Matrix, Threat


class ThreatMatrix(Struct, frozen=True):
    """Who fears whom on a date, as each state sees it."""

    date: Day
    """The day of the matrix."""
    threat: dict[StateCode, dict[StateCode, Threat]]
    """By observer and then by the state observed: the threat and its four components."""


class ThreatsDocument(Struct, frozen=True, kw_only=True):
    """Who fears whom on a date, as each state sees it."""

    document_version: Literal[1] = 1
    """Raised whenever the meaning of a key changes or a key goes."""
    date: Day
    """The day of the matrix."""
    threat: dict[StateCode, dict[StateCode, Threat]]
    """By observer and then by the state observed: the threat and its four components."""


def threats_document(matrix: Matrix, date: str) -> ThreatsDocument:
    """Return the document of a threat matrix."""
    return ThreatsDocument(
        date=date, threat={observer: dict(zip(row, row.values(), strict=True)) for observer, row in matrix.items()}
    )


def threats_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise threats --json`` prints."""
    return json_schema("counterpoise threats", ThreatsDocument)
