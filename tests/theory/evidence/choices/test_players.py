from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.choices.players import decisions_under_test, kind_of_player, players_of

Planted = Callable[..., list[DecisionRecord]]


def test_players_are_people_the_record_bots_or_unknown() -> None:
    named = ("human", "the record", "balancer", "")
    assert [kind_of_player(name) for name in named] == ["people", "record", "bots", "unknown"]


def test_sorts_of_players_are_never_pooled_and_people_come_first(planted: Planted) -> None:
    records = planted("base_rate", sessions=1, windows=1)
    bots = [structs.replace(record, player="balancer") for record in records]
    assert decisions_under_test(bots) == bots
    people = [structs.replace(record, player="human") for record in records[:2]]
    assert decisions_under_test([*bots, *people]) == people
    record = [structs.replace(one, player="the record") for one in records[2:4]]
    assert decisions_under_test([*bots, *record]) == record
    assert decisions_under_test([*bots, *record, *people]) == people
    assert decisions_under_test([]) == []
    assert players_of([*bots, *people]) == ["human", "balancer"]
