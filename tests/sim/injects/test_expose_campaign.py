from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.expose_campaign import ExposeCampaign
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_an_exposed_plot_ends_and_its_agents_can_be_expelled(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    assert refused(sim, ExposeCampaign("ARD", "BEL")).path == "$.inject.target"
    sim.apply(ActorId("ARD"), Penetrate("BEL", "subversion", "limited", 1.0))
    sim.advance(sim.now + 70)
    held = sim.world.dyad(ActorId("BEL"), ActorId("ARD"))
    assert held.penetration > 0.0
    assert held.penetration_known == 0.0
    incidents = happen(sim, ExposeCampaign("ARD", "BEL"))
    assert [incident.kind for incident in incidents] == ["penetration_exposed", "penetration_ended"]
    assert held.penetration_known == held.penetration > 0.0
    sim.require_legal(ActorId("BEL"), Expel("ARD"))


def test_an_exposed_campaign_with_legitimate_means_continues(sim: Simulation, happen: Happen) -> None:
    sim.apply(ActorId("ARD"), Penetrate("BEL", "exchange", "limited", 1.0))
    [incident] = happen(sim, ExposeCampaign("ARD", "BEL"))
    assert incident.detail["legitimate"] is True
    assert ("ARD", "BEL") in sim.world.campaigns
