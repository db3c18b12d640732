"""Every act of a long record says where it comes from, and what it cites is in the record's list of sources."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from counterpoise.scenario_files import history_text
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.scenario import Scenario


@pytest.mark.parametrize("name", ["europe-1870", "middle-east-1955"])
def test_every_act_cites_its_source(scenario_named: Callable[[str], Scenario], name: str) -> None:
    record = parse_history(*history_text(name), scenario_named(name))
    for act in record.acts:
        for part in act.source.split("; "):
            cited = re.match(r"([A-Z][a-z]+) (\d{4})(, |$)", part)
            if cited is not None:
                assert any({cited[1], cited[2]} <= set(re.findall(r"\w+", full)) for full in record.sources), part
    assert len(record.acts) > 300
    assert all(act.source.strip() for act in record.acts)
