from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.penetrate import Penetrate


def test_a_campaign_is_known_to_the_state_that_runs_it(sim: Any, do: Any) -> None:
    [begun] = do(sim, "ARD", Penetrate("BEL", "bribery", "intrusive", 0.4))
    assert (begun.kind, begun.audience) == ("penetration_begun", ("ARD",))
    campaign = sim.world.campaigns["ARD", "BEL"]
    assert (campaign.means, campaign.aim, campaign.effort) == ("bribery", "intrusive", 0.4)


def test_the_same_campaign_is_not_begun_twice(sim: Any, do: Any, refused: Any) -> None:
    do(sim, "ARD", Penetrate("BEL", "lobbying"))
    assert refused(sim, "ARD", Penetrate("BEL", "lobbying")).path == "$.move.effort"
    do(sim, "ARD", Penetrate("BEL", "exchange"))
    assert sim.world.campaigns["ARD", "BEL"].means == "exchange"


def test_no_effort_calls_it_off(sim: Any, do: Any, refused: Any) -> None:
    assert refused(sim, "ARD", Penetrate("BEL", "lobbying", "limited", 0.0)).path == "$.move.effort"
    do(sim, "ARD", Penetrate("BEL", "lobbying"))
    do(sim, "ARD", Penetrate("BEL", "lobbying", "limited", 0.0))
    assert not sim.world.campaigns
