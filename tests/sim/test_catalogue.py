from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim import catalogue
from counterpoise.sim.catalogue import INJECTS, MOVES, decode_inject, decode_move, encode_move, legal_moves
from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.assess_threats import AssessThreats
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view


def refusal_of(raw: object) -> OrderError:
    with pytest.raises(OrderError) as caught:
        decode_move(raw)
    return caught.value


def test_kinds_are_listed_in_the_order_of_their_names() -> None:
    assert list(MOVES) == sorted(MOVES)
    assert list(INJECTS) == sorted(INJECTS)
    assert len(MOVES) >= 28
    assert len(INJECTS) >= 13


def test_the_catalogue_gives_each_move_a_title_a_group_a_sentence_and_a_schema() -> None:
    entry = catalogue.move_catalogue()["attack"]
    assert sorted(entry) == ["answers", "description", "final", "group", "price", "risk", "schema", "title"]
    assert entry["schema"]["required"] == ["kind", "target", "aim"]
    assert entry["schema"]["properties"]["kind"] == {"const": "attack"}
    assert entry["schema"]["properties"]["target"]["x-choices"] == "actors"


def test_a_move_can_be_encoded_and_decoded() -> None:
    wire = {"kind": "attack", "target": "EGY", "aim": "regime"}
    assert decode_move(wire) == Attack("EGY", "regime")
    assert encode_move(Attack("EGY", "regime")) == wire


def test_an_error_in_a_kind_names_the_nearest_kind() -> None:
    refusal = refusal_of({"kind": "atack"})
    assert (refusal.code, refusal.path, refusal.got) == ("malformed", "$.move.kind", '"atack"')
    assert refusal.expected.endswith(" (nearest: attack)")


@pytest.mark.parametrize("raw", [None, [], "attack", 3])
def test_a_value_that_is_not_a_map_is_rejected(raw: object) -> None:
    assert refusal_of(raw).path == "$.move"


@pytest.mark.parametrize("kind", [None, 3, [], {}, ""])
def test_an_unknown_kind_is_rejected(kind: object) -> None:
    assert refusal_of({"kind": kind}).expected.startswith("one of accommodate, ")
    assert refusal_of({}).path == "$.move.kind"


@pytest.mark.parametrize(
    ("fields", "path", "expected", "got"),
    [
        ({"to": 3}, "$.move.to", "text", "3"),
        ({"to": "egypt"}, "$.move.to", "a state's code, 2 to 5 capital letters and digits such as EGY", '"egypt"'),
        ({"aid": "moral"}, "$.move.aid", "one of economic, military", '"moral"'),
        ({"amount": 0.7}, "$.move.amount", "a number from 0.01 to 0.5", "0.7"),
        ({"amount": True}, "$.move.amount", "a number", "true"),
        ({"amount": float("nan")}, "$.move.amount", "a number from 0.01 to 0.5", "nan"),
        ({"condition": "x" * 201}, "$.move.condition", "text of at most 200 characters", '"' + "x" * 55 + '..."'),
        ({"condition": "\ud800"}, "$.move.condition", "text that can be written as UTF-8", '"\\ud800"'),
        (
            {"amont": 1},
            "$.move.amont",
            "one of to, aid, amount, condition, demand, about (nearest: amount)",
            'the unknown key "amont"',
        ),
        (
            {"on": 1},
            "$.move.on",
            "one of to, aid, amount, condition, demand, about",
            'the unknown key "on"',
        ),
    ],
)
def test_an_error_names_the_field_and_what_is_expected(
    fields: dict[str, Any], path: str, expected: str, got: str
) -> None:
    refusal = refusal_of({"kind": "give_aid", "to": "EGY", "aid": "economic", "amount": 0.1, **fields})
    assert (refusal.code, refusal.path, refusal.expected, refusal.got) == ("malformed", path, expected, got)


def test_a_missing_field_is_named() -> None:
    refusal = refusal_of({"kind": "attack", "target": "EGY"})
    assert (refusal.path, refusal.expected, refusal.got) == ("$.move.aim", "a value for aim", "nothing")


def test_an_invalid_choice_in_a_list_is_reported_with_the_valid_ones() -> None:
    with pytest.raises(OrderError) as caught:
        decode_inject({"kind": "end_alignment", "members": ["EGY", "SYR"], "commitment": "love"})
    assert caught.value.path == "$.inject.commitment"
    assert "defence" in caught.value.expected


def test_errors_inside_maps_and_lists_name_their_place() -> None:
    assert refusal_of({"kind": "assess_threats", "ratings": {"EGY": 2}}).path == "$.move.ratings.EGY"
    assert refusal_of({"kind": "assess_threats", "ratings": {"egypt": 1}}).path == "$.move.ratings (a key)"
    assert refusal_of({"kind": "assess_threats", "ratings": {}}).expected == "a map of at least 1 key"
    with pytest.raises(OrderError) as caught:
        decode_inject({"kind": "announce", "text": "Hear, hear.", "audience": ["EGY", 4]})
    assert caught.value.path == "$.inject.audience[1]"


def test_whole_numbers_may_stand_for_fractions() -> None:
    assert decode_move({"kind": "assess_threats", "ratings": {"EGY": 1}}) == AssessThreats({"EGY": 1.0})


def test_there_are_no_moves_for_a_missing_state_or_after_the_end(sim: Simulation) -> None:
    seen = build_view(sim.world, sim.scenario, ActorId("ARD"))
    assert len(legal_moves(seen)) > 50
    assert legal_moves(replace(seen, own=replace(seen.own, active=False))) == []
    assert legal_moves(replace(seen, tick=seen.end)) == []
