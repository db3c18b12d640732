"""The threat matrix as a document, for one date or many: how much each state fears each other one, and why."""

from __future__ import annotations

from collections.abc import Mapping
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


class ThreatsByDateDocument(Struct, frozen=True, kw_only=True):
    """Who fears whom on several dates of one play, as each state sees it."""

    document_version: Literal[1] = 1
    """Raised whenever the meaning of a key changes or a key goes."""
    dates: dict[Day, dict[StateCode, dict[StateCode, Threat]]]
    """By date, earliest first, then by observer and by the state observed: the threat and its four components."""


def threats_document(matrix: Matrix, date: str) -> ThreatsDocument:
    """Return the document of a threat matrix."""
    return ThreatsDocument(date=date, threat=_by_code(matrix))


def threats_by_date_document(matrices: Mapping[str, Matrix]) -> ThreatsByDateDocument:
    """Return the document of the threat matrices of several dates."""
    return ThreatsByDateDocument(dates={date: _by_code(matrix) for date, matrix in matrices.items()})


def _by_code(matrix: Matrix) -> dict[StateCode, dict[StateCode, Threat]]:
    return {observer: dict(zip(row, row.values(), strict=True)) for observer, row in matrix.items()}


def threats_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise threats --json`` prints, for one date and for several."""
    return json_schema("counterpoise threats", ThreatsDocument, ThreatsByDateDocument)
