"""Decisions that were recorded under the first version of the theory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterpoise.cli.journals import read_journal
from counterpoise.theory.decisions.first_theory import in_form_of_today
from counterpoise.theory.decisions.record import decode_record

GOLDEN = Path(__file__).parents[2] / "golden"
JOURNALS = sorted(path for rules in ("rules-4", "rules-5") for path in (GOLDEN / rules).glob("*.jsonl"))


def forecast_decisions(journal: Path) -> list[dict[str, Any]]:
    bodies = [msgspec.json.decode(entry.body) for entry in read_journal(journal) if entry.kind == "forecast"]
    return [decision for body in bodies for decision in body["decisions"]]


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_decision_of_the_first_version_has_its_proximity_as_reach_and_half_its_floor_as_the_shared_one(
    journal: Path,
) -> None:
    decisions = forecast_decisions(journal)
    assert decisions
    for plain in decisions:
        point = decode_record(in_form_of_today(plain)).point
        for candidate, old in zip(
            (*point.candidates, *point.barred, point.source),
            (*plain["point"]["candidates"], *plain["point"]["barred"], plain["point"]["source"]),
            strict=True,
        ):
            assert (candidate.id, candidate.proximity, candidate.reach) == (old[0], old[3], old[3])
            assert candidate.relative_power == old[-1]
        assert point.shared_floor == point.floor / 2.0
        assert point.threatened == (point.threat >= point.floor)


def test_a_decision_without_candidates_is_refused() -> None:
    with pytest.raises(KeyError):
        in_form_of_today({"point": {"source": [1, 2, 3, 4, 5]}})
