from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.processes import war
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def sign(sim: Simulation, do: Do, **answers: bool) -> None:
    for state, accept in answers.items():
        number = next(p.id for p in sim.world.proposals.values() if p.to == state)
        do(sim, state, AnswerProposal(number, accept))


def test_a_pact_with_a_name_binds_those_that_sign(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", FoundPact(("COR", "DUN", "EMP"), "defence", "Arab Pact", 2, "BEL"))
    sign(sim, do, COR=True, EMP=False)
    assert not [a for a in sim.world.alignments.values() if a.name == "Arab Pact"]
    sign(sim, do, DUN=True)
    [pact] = [a for a in sim.world.alignments.values() if a.name == "Arab Pact"]
    assert (pact.members, pact.commitment, pact.against, pact.secret) == ((A, C, D), "defence", B, False)
    assert not sim.world.treaties
    assert not sim.world.proposals
    assert not sim.world.calls


def test_all_must_sign_if_the_founder_does_not_say_how_many(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", FoundPact(("COR", "DUN"), "defence"))
    sign(sim, do, COR=True, DUN=False)
    assert not [a for a in sim.world.alignments.values() if len(a.members) > 2]
    assert sim.world.incidents[-1].kind == "treaty_failed"


def test_a_treaty_that_cannot_come_into_force_any_more_is_withdrawn_from_the_rest(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", FoundPact(("COR", "DUN", "EMP"), "consultation", needed=3))
    sign(sim, do, COR=False)
    assert not sim.world.proposals
    assert not sim.world.calls


def test_only_the_states_that_negotiate_see_a_treaty(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "ARD", FoundPact(("COR", "DUN"), "defence", "The Three", secret=True))
    assert look(sim, "BEL").proposals == ()
    [offer] = look(sim, "DUN").proposals
    assert (offer.treaty, offer.name, offer.parties, offer.needed) == (True, "The Three", ("COR",), 2)
    sign(sim, do, COR=True, DUN=True)
    assert "The Three" not in [a.name for a in look(sim, "BEL").alignments]


def test_a_state_that_does_not_sign_a_secret_pact_still_knows_of_it(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "ARD", FoundPact(("COR", "DUN", "EMP"), "defence", "The Three", 2, secret=True))
    sign(sim, do, COR=True, DUN=True, EMP=False)
    seen = {code: "The Three" in [a.name for a in look(sim, code).alignments] for code in ("BEL", "DUN", "EMP")}
    assert seen == {"BEL": False, "DUN": True, "EMP": True}


def test_states_that_came_to_fight_each_other_do_not_become_members_together(sim: Simulation, do: Do) -> None:
    do(sim, "ARD", FoundPact(("COR", "DUN", "EMP"), "consultation", needed=2))
    war.begin(sim, (C,), (D,), "policy")
    sign(sim, do, COR=True, DUN=True, EMP=True)
    assert (A, C, E) in [a.members for a in sim.world.alignments.values()]


@pytest.mark.parametrize(
    ("move", "path"),
    [
        (FoundPact(("COR", "ARD"), "defence"), "$.move.to[1]"),
        (FoundPact(("COR", "ZZZ"), "defence"), "$.move.to[1]"),
        (FoundPact(("COR", "COR"), "defence"), "$.move.to[1]"),
        (FoundPact(("COR", "DUN"), "defence", needed=3), "$.move.needed"),
        (FoundPact(("COR", "DUN"), "defence", against="DUN"), "$.move.against"),
    ],
)
def test_a_treaty_that_makes_no_sense_is_refused(sim: Simulation, refused: Refused, move: FoundPact, path: str) -> None:
    assert refused(sim, "ARD", move).path == path


def test_a_state_proposes_one_treaty_at_a_time_and_not_the_same_again(
    sim: Simulation, do: Do, refused: Refused
) -> None:
    do(sim, "ARD", FoundPact(("COR", "DUN"), "defence"))
    refused(sim, "ARD", FoundPact(("EMP", "BEL"), "consultation"))
    sign(sim, do, COR=True, DUN=True)
    assert refused(sim, "COR", FoundPact(("ARD", "DUN"), "defence")).path == "$.move.commitment"


def test_the_number_of_offers_in_a_list_of_legal_moves_is_small(sim: Simulation, look: Look) -> None:
    assert 0 < len(FoundPact.legal(look(sim, "ARD"))) <= 36
