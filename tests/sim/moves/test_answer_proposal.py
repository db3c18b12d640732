from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.processes import war
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def offered(sim: Simulation, do: Do, *, secret: bool = False) -> int:
    do(sim, "ARD", ProposeAlliance("DUN", "defence", "BEL", secret))
    [number] = sim.world.proposals
    return int(number)


def test_an_accepted_proposal_forms_the_alliance(sim: Simulation, do: Do) -> None:
    do(sim, "DUN", AnswerProposal(offered(sim, do), True))
    [made] = sim.world.alignments_between(ActorId("ARD"), ActorId("DUN"))
    assert (made.commitment, made.against, made.secret) == ("defence", "BEL", False)
    assert not sim.world.calls


def test_a_declined_proposal_forms_no_alliance(sim: Simulation, do: Do) -> None:
    do(sim, "DUN", AnswerProposal(offered(sim, do), False))
    assert not list(sim.world.alignments_between(ActorId("ARD"), ActorId("DUN")))
    assert not sim.world.proposals


def test_the_view_of_a_third_state_does_not_show_a_secret_alliance(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "DUN", AnswerProposal(offered(sim, do, secret=True), True))
    pairs = [a.members for a in look(sim, "BEL").alignments]
    assert ("ARD", "DUN") not in pairs
    assert ("ARD", "DUN") in [a.members for a in look(sim, "DUN").alignments]


def test_only_the_state_that_received_a_proposal_can_answer_it(sim: Simulation, do: Do, refused: Refused) -> None:
    number = offered(sim, do)
    for actor in ("ARD", "BEL"):
        refusal = refused(sim, actor, AnswerProposal(number, True))
        assert refusal.expected == refused(sim, actor, AnswerProposal(999_999, True)).expected


def test_a_state_cannot_accept_the_proposal_of_an_enemy_in_war(sim: Simulation, do: Do, refused: Refused) -> None:
    number = offered(sim, do)
    war.begin(sim, (ActorId("ARD"),), (ActorId("DUN"),), "territory")
    assert refused(sim, "DUN", AnswerProposal(number, True)).path == "$.move.accept"
    do(sim, "DUN", AnswerProposal(number, False))
