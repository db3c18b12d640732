"""What ``run.py --json`` prints: the figures of the benchmarks, and of the calibration each row beside its published figure."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from measurement import REASONED, UNREASONED, Report
from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.document_schema import json_schema

Mark = Literal["inside", "outside, reason stated", "outside, no reason"]
MARKS: dict[str, Mark] = {
    "inside": "inside",
    REASONED: "outside, reason stated",
    UNREASONED: "outside, no reason",
}


class FigureRow(Struct, frozen=True, kw_only=True):
    """One number of a benchmark."""

    name: str
    """What was measured."""
    value: float
    """The median of the repetitions."""
    unit: str
    """The unit of the value."""
    least: float
    """The smallest repetition."""
    most: float
    """The largest repetition."""


class ComparisonRow(Struct, frozen=True, kw_only=True):
    """One number of the games beside a published one, both in the same unit."""

    name: str
    """What was counted."""
    value: float
    """The number of the games."""
    least: float
    """The lower end of its interval."""
    most: float
    """The upper end of its interval."""
    published: float
    """The published number."""
    published_least: float
    """The lower end of the published interval."""
    published_most: float
    """The upper end of the published interval."""
    unit: str
    """The unit of the numbers."""
    source: str
    """Who published the number."""
    explanation: str
    """Why the two differ; empty if they agree or the reason is not known."""
    mark: Mark
    """Whether the number of the games lies inside the published interval, and if not, whether a reason is stated."""


class BenchmarkReport(Struct, frozen=True, kw_only=True):
    """What one benchmark found."""

    title: str
    """The title of the benchmark."""
    figures: list[FigureRow]
    """Its numbers, ratios first."""
    notes: list[str]
    """What to know when reading the numbers, a sentence each."""
    seconds: Annotated[float, Meta(ge=0.0)]
    """How long the benchmark took."""
    comparisons: list[ComparisonRow] | UnsetType = UNSET
    """Numbers of the games beside published ones; absent if the benchmark compares none."""


class BenchDocument(Struct, frozen=True, kw_only=True):
    """What the benchmarks found."""

    document_version: Literal[1] = 1
    """Raised whenever the meaning of a key changes or a key goes."""
    python: str
    """The version of Python."""
    tiny: bool
    """Whether the benchmarks were run so small that their numbers mean nothing."""
    benchmarks: dict[str, BenchmarkReport]
    """The reports by the name of the benchmark."""


def benchmark_report(report: Report, seconds: float) -> BenchmarkReport:
    """Return the report of a benchmark as a part of the document."""
    comparisons = [
        ComparisonRow(
            name=row.name,
            value=row.value,
            least=row.least,
            most=row.most,
            published=row.published,
            published_least=row.published_least,
            published_most=row.published_most,
            unit=row.unit,
            source=row.source,
            explanation=row.explanation,
            mark=MARKS[row.mark],
        )
        for row in report.comparisons
    ]
    return BenchmarkReport(
        title=report.title,
        figures=[
            FigureRow(name=row.name, value=row.value, unit=row.unit, least=min(row.values), most=max(row.values))
            for row in report.figures
        ],
        notes=list(report.notes),
        seconds=round(seconds, 1),
        comparisons=comparisons or UNSET,
    )


def bench_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``run.py --json`` prints."""
    return json_schema("counterpoise benchmarks", BenchDocument)
