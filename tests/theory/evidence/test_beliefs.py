"""Beliefs stand beside what the same players did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.beliefs import beliefs
from counterpoise.theory.evidence.sample import Sample

Planted = Callable[..., list[DecisionRecord]]


def stated(record: DecisionRecord, balancing: float, ideology: float = 0.5, aid: float = 0.5) -> Incident:
    detail = {"balancing": balancing, "ideology": ideology, "aid": aid}
    return Incident(0, record.point.opened, "belief", (record.point.actor,), None, detail)


def sample_of(records: list[DecisionRecord], told: list[Incident]) -> Sample:
    return Sample(records, (), {records[0].session: told})


@pytest.fixture
def records(planted: Planted) -> list[DecisionRecord]:
    """Eight windows of decisions, one after the other."""
    counts: Counter[str] = Counter()
    found = []
    for record in planted("balance_of_threat", sessions=1, windows=8):
        window = counts[record.point.actor]
        counts[record.point.actor] += 1
        opened, closes = 90 * window, 90 * window + 90
        point = replace(record.point, window=window, opened=opened, closes=closes)
        assert record.outcome is not None
        outcome = replace(record.outcome, window=window, opened=opened, closed=closes)
        found.append(replace(record, point=point, outcome=outcome))
    return found


def share_that_balanced(records: list[DecisionRecord]) -> dict[str, float | None]:
    """Return for each seat the share of its sides that balanced; the choices of a seat that took none are no measure."""
    sides: dict[str, list[bool]] = {}
    for record in records:
        assert record.outcome is not None
        own = sides.setdefault(record.point.actor, [])
        if record.point.threatened and record.outcome.on_menu and record.outcome.alignment_class in ("BAL", "BW"):
            own.append(record.outcome.alignment_class == "BAL")
    return {seat: sum(own) / len(own) if own else None for seat, own in sides.items()}


def test_nobody_stated_a_belief(records: list[DecisionRecord]) -> None:
    assert beliefs(sample_of(records, [])) is UNSET


def test_a_belief_that_is_stated_again_in_a_later_window_has_a_before_and_an_after(
    records: list[DecisionRecord],
) -> None:
    actor = records[0].point.actor
    own = [record for record in records if record.point.actor == actor]
    other = next(record for record in records if record.point.actor != actor)
    told = [stated(own[0], 0.2), stated(other, 0.6), stated(other, 0.7), stated(own[-1], 0.9, 0.1)]
    found: Any = beliefs(sample_of(records, told))
    assert found.n == 2
    rows = {row.seat: row for row in found.players}
    assert (rows[actor].before["balancing"], rows[actor].after["balancing"]) == (0.2, 0.9)
    assert rows[other.point.actor].after is None, "said twice in one window"
    assert found.balancing.before == pytest.approx(0.4)
    assert found.balancing.after == pytest.approx(0.9)
    assert found.balancing.change == pytest.approx(0.7)
    assert found.ideology.change == pytest.approx(-0.4)


def test_a_belief_that_follows_play_correlates_with_it(records: list[DecisionRecord]) -> None:
    did = {seat: share for seat, share in share_that_balanced(records).items() if share is not None}
    assert len(set(did.values())) > 1
    first: dict[str, DecisionRecord] = {record.point.actor: record for record in reversed(records)}
    for sign, expected in ((1, 1.0), (-1, -1.0)):
        told = [stated(first[seat], 0.5 + sign * 0.5 * share) for seat, share in did.items()]
        found: Any = beliefs(sample_of(records, [*told]))
        assert found.balancing.correlation == pytest.approx(expected)
        assert found.balancing.compared == len(did)
        assert {row.seat: row.play["balancing"] for row in found.players} == pytest.approx(did, abs=1e-5)


def test_play_by_ideology_and_aid_is_the_standing_of_chosen_partners(records: list[DecisionRecord]) -> None:
    first = {record.point.actor: record for record in reversed(records)}
    found: Any = beliefs(sample_of(records, [stated(record, 0.5) for record in first.values()]))
    for part in ("ideology", "aid"):
        plays = [row.play[part] for row in found.players if row.play[part] is not None]
        assert getattr(found, part).compared == len(plays)
        assert all(0 <= play <= 1 for play in plays)
    assert found.ideology.play is not None
    assert found.ideology.correlation is None, "a belief that does not vary correlates with nothing"
