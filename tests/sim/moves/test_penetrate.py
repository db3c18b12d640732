from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_only_the_state_that_runs_a_campaign_knows_of_it(sim: Simulation, do: Do) -> None:
    [begun] = do(sim, "ARD", Penetrate("BEL", "bribery", "intrusive", 0.4))
    assert (begun.kind, begun.audience) == ("penetration_begun", ("ARD",))
    campaign = sim.world.campaigns[ActorId("ARD"), ActorId("BEL")]
    assert (campaign.means, campaign.aim, campaign.effort) == ("bribery", "intrusive", 0.4)


def test_a_running_campaign_cannot_be_begun_again(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", Penetrate("BEL", "lobbying"))
    assert refused(sim, "ARD", Penetrate("BEL", "lobbying")).path == "$.move.effort"
    do(sim, "ARD", Penetrate("BEL", "exchange"))
    assert sim.world.campaigns[ActorId("ARD"), ActorId("BEL")].means == "exchange"


def test_an_effort_of_zero_ends_the_campaign(sim: Simulation, do: Do, refused: Refused) -> None:
    assert refused(sim, "ARD", Penetrate("BEL", "lobbying", "limited", 0.0)).path == "$.move.effort"
    do(sim, "ARD", Penetrate("BEL", "lobbying"))
    do(sim, "ARD", Penetrate("BEL", "lobbying", "limited", 0.0))
    assert not sim.world.campaigns


def test_only_propaganda_is_broadcast_openly(sim: Simulation, do: Do, refused: Refused) -> None:
    assert refused(sim, "ARD", Penetrate("BEL", "bribery", open=True)).path == "$.move.open"
    [begun] = do(sim, "ARD", Penetrate("BEL", "propaganda", open=True))
    assert (begun.kind, begun.audience) == ("propaganda_broadcast", None)
    do(sim, "ARD", Penetrate("BEL", "propaganda"))
    assert not sim.world.campaigns[ActorId("ARD"), ActorId("BEL")].open
