"""Decisions in made-up worlds with the offers and pacts that they led to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import option_of
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample


def make_incident(tick: int, kind: str, *actors: str, **detail: Any) -> Incident:
    return Incident(tick, tick, kind, tuple(map(ActorId, actors)), None, detail)


def log_of(records: Sequence[DecisionRecord]) -> dict[str, list[Incident]]:
    """Return the log in which every decision that chose a partner proposed a pact to it, which was accepted."""
    found: dict[str, list[Incident]] = {record.session: [] for record in records}
    for number, record in enumerate(records):
        assert record.outcome is not None
        partner = record.point.top_threat if record.outcome.choice == "BW" else option_of(record.outcome.choice)[1]
        if not partner:
            continue
        members = (record.point.actor, partner)
        terms = {"commitment": "defence", "against": None, "secret": False}
        tick = record.point.opened
        found[record.session] += [
            make_incident(tick, "alliance_proposed", *members, proposal=number, alignment=None, **terms),
            make_incident(tick + 1, "alliance_formed", *members, alignment=number, **terms),
        ]
    return found


@pytest.fixture
def incident() -> Callable[..., Incident]:
    return make_incident


@pytest.fixture
def proposed() -> Callable[[Sequence[DecisionRecord]], Sample]:
    """Make a sample in which every decision with a partner proposed the tie itself."""

    def make(records: Sequence[DecisionRecord]) -> Sample:
        return Sample(records, (), log_of(records))

    return make
