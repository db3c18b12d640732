from __future__ import annotations

import json
from pathlib import Path

import pytest

from counterpoise.theory.registry import PROPOSITIONS


def test_the_promised_propositions_are_there_in_order() -> None:
    promised = ["W1.1", "W1.3", "W1.4", "W1.5", "W2.1", "W3.1", "W3.2", "W3.5", "W4.1", "W5.1", "W6.1", "WX.1"]
    assert [name for name in PROPOSITIONS if name in promised] == promised


def test_every_proposition_is_one_of_the_specification_s() -> None:
    path = Path(__file__).resolve().parents[3] / "shared/propositions.json"
    if not path.exists():
        pytest.skip("the specification of the propositions is not here")
    known = [row["id"] for row in json.loads(path.read_text())]
    assert set(PROPOSITIONS) <= set(known)
