"""People who were shown the index are compared with those who were not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import UNSET, structs

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.proposition import Sample
from counterpoise.theory.evidence.shown_index import PEOPLE, Deal, shown_index

Planted = Callable[..., list[DecisionRecord]]


def dealt(records: list[DecisionRecord], *, by_lot: bool = True) -> dict[str, Deal]:
    """Deal the index to every second seat of each session."""
    deals: dict[str, dict[str, bool]] = {}
    for record in records:
        seats = deals.setdefault(record.session, {})
        seats.setdefault(record.point.actor, len(seats) % 2 == 0)
    return {name: Deal(by_lot, seats) for name, seats in deals.items()}


def by_people(records: list[DecisionRecord]) -> list[DecisionRecord]:
    return [structs.replace(record, player=PEOPLE) for record in records]


@pytest.fixture
def followers(planted: Planted) -> list[DecisionRecord]:
    return planted("balance_of_threat", sessions=3, windows=2)


def test_there_is_nothing_to_compare_where_all_were_shown_it(followers: list[DecisionRecord]) -> None:
    deals = {name: Deal(False, dict.fromkeys(deal.seen, True)) for name, deal in dealt(followers).items()}
    assert shown_index(Sample(by_people(followers)), deals) is UNSET
    assert shown_index(Sample(by_people(followers)), {}) is UNSET


def test_bots_are_dealt_and_not_compared(followers: list[DecisionRecord]) -> None:
    found = shown_index(Sample(followers), dealt(followers))
    assert found is not UNSET
    assert (found.shown.seats, found.hidden.seats, found.difference, found.p) == (0, 0, None, None)
    assert {row.people for row in found.deals} == {False}


def test_those_who_follow_the_index_only_where_they_see_it_are_told_apart(planted: Planted) -> None:
    obey = by_people(planted("balance_of_threat", sessions=3, windows=2))
    ignore = by_people(planted("uniform", sessions=3, windows=2))
    deals = dealt(obey)
    mixed = [
        one if deals[one.session].seen[one.point.actor] else other for one, other in zip(obey, ignore, strict=True)
    ]
    found = shown_index(Sample(mixed), deals)
    assert found is not UNSET
    assert found.difference is not None
    assert found.p is not None
    assert found.difference > 0
    assert found.p < 0.05
    assert found.shown.seats + found.hidden.seats == sum(len(deal.seen) for deal in deals.values())
    assert found.shown.balanced is not None


def test_without_a_lot_there_is_a_difference_and_no_p(followers: list[DecisionRecord]) -> None:
    found = shown_index(Sample(by_people(followers)), dealt(followers, by_lot=False))
    assert found is not UNSET
    assert found.difference is not None
    assert found.p is None


def test_sessions_without_a_lot_are_left_out_where_others_have_one(followers: list[DecisionRecord]) -> None:
    deals = dealt(followers)
    first = next(iter(deals))
    deals[first] = Deal(False, deals[first].seen)
    found = shown_index(Sample(by_people(followers)), deals)
    assert found is not UNSET
    assert found.p is not None
    assert found.shown.seats + found.hidden.seats == sum(len(d.seen) for name, d in deals.items() if name != first)
    assert {row.session for row in found.deals} == set(deals)


def test_the_p_of_one_game_counts_every_deal(followers: list[DecisionRecord]) -> None:
    session = followers[0].session
    one = by_people([record for record in followers if record.session == session])
    deals = dealt(one)
    found = shown_index(Sample(one), deals)
    assert found is not UNSET
    assert found.p is not None
    assert 0 < found.p <= 1
