"""Decisions laid out as the windows of a session, and incidents made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import BANDWAGON, option_of
from counterpoise.theory.decisions.record import DecisionRecord

WINDOW_DAYS = 400
"""Long enough that no act repeats one of the window before."""


@pytest.fixture
def in_windows() -> Callable[..., list[DecisionRecord]]:
    """Lay the decisions of planted worlds out as one session each, every world another window."""

    def lay_out(records: list[DecisionRecord], days: int = WINDOW_DAYS) -> list[DecisionRecord]:
        counted: dict[tuple[str, str], int] = {}
        found = []
        for record in records:
            key = (record.session, record.point.actor)
            window = counted[key] = counted.get(key, -1) + 1
            opened, closes = window * days, (window + 1) * days
            assert record.outcome is not None
            found.append(
                structs.replace(
                    record,
                    point=structs.replace(record.point, window=window, opened=opened, closes=closes),
                    outcome=structs.replace(record.outcome, window=window, opened=opened, closed=closes),
                )
            )
        return found

    return lay_out


@pytest.fixture
def happened() -> Callable[..., Incident]:
    """Make up an incident."""

    def make(tick: int, kind: str, *actors: str, **detail: Any) -> Incident:
        return Incident(0, tick, kind, tuple(ActorId(actor) for actor in actors), None, detail)

    return make


@pytest.fixture
def offers_of(happened: Callable[..., Incident]) -> Callable[[list[DecisionRecord]], dict[str, list[Incident]]]:
    """Make the chosen alliances of decisions up as offers, by session."""

    def make(records: list[DecisionRecord]) -> dict[str, list[Incident]]:
        found: dict[str, list[Incident]] = {}
        for number, record in enumerate(records):
            assert record.outcome is not None
            own = found.setdefault(record.session, [])
            name, partner = option_of(record.outcome.choice)
            to = record.point.top_threat if name == BANDWAGON else partner
            if to:
                own.append(happened(record.point.opened, "alliance_proposed", record.point.actor, to, proposal=number))
        return found

    return make
