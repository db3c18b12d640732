from __future__ import annotations

from typing import get_args

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import MOVES, legal_moves, move_catalogue
from counterpoise.sim.engine import Simulation
from counterpoise.sim.field_types import free_text_fields
from counterpoise.sim.move import Move
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.rules import legality
from counterpoise.sim.types import ActorId, TalkLevel
from counterpoise.sim.views.view_builder import build_view

A, B, D, E = (ActorId(code) for code in ("ARD", "BEL", "DUN", "EMP"))


def test_the_top_adversary_of_a_seat_is_its_rival_and_friendly_states_are_not_adversaries(sim: Simulation) -> None:
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, A)) == [B]
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, B)) == [A, D]
    assert legality.top_adversaries(build_view(sim.world, sim.scenario, E)) == []


WORDED: list[tuple[Move, Move, str, list[TalkLevel]]] = [
    (Demand("BEL", "policy", "Do as we say."), Demand("BEL", "policy"), "$.move.text", ["public", "free"]),
    (FoundPact(("COR", "DUN"), "defence", "The League"), FoundPact(("COR", "DUN"), "defence"), "$.move.name", ["free"]),
    (
        GiveAid("DUN", "economic", 0.1, "Leave your pact."),
        GiveAid("DUN", "economic", 0.1),
        "$.move.condition",
        ["free"],
    ),
]


@pytest.mark.parametrize(("worded", "wordless", "path", "levels"), WORDED, ids=["demand", "pact", "aid"])
def test_words_in_an_order_are_refused_where_the_level_of_talk_does_not_allow_them_and_its_terms_are_not(
    sim: Simulation, worded: Move, wordless: Move, path: str, levels: list[TalkLevel]
) -> None:
    for level in get_args(TalkLevel):
        sim.world.talk.level = level
        sim.require_legal(A, wordless)
        if level in levels:
            sim.require_legal(A, worded)
            continue
        with pytest.raises(OrderError) as caught:
            sim.require_legal(A, worded)
        assert (caught.value.code, caught.value.path) == ("illegal", path)
        assert level in str(caught.value)


def test_the_moves_that_a_view_lists_have_no_words_that_the_level_of_talk_forbids(sim: Simulation) -> None:
    for level in get_args(TalkLevel):
        sim.world.talk.level = level
        listed = legal_moves(build_view(sim.world, sim.scenario, A))
        assert {"demand", "found_pact", "give_aid"} <= {move.kind for move in listed}
        for move in listed:
            sim.require_legal(A, move)


def test_every_field_for_words_says_in_its_schema_who_reads_them() -> None:
    read_by_nobody, governed_by_the_message = ("give_reason", "note"), ("message", "text")
    for kind, move in MOVES.items():
        for name in free_text_fields(move):
            marked = move_catalogue()[kind]["schema"]["properties"][name].get("x-words")
            assert ((kind, name) in (read_by_nobody, governed_by_the_message)) is (marked is None), (kind, name)
