from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.processes import penetration
from counterpoise.sim.relations.influence import Campaign
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

Run = Callable[[Simulation, int], None]

A, B = ActorId("ARD"), ActorId("BEL")


@pytest.fixture
def campaign_in(calm: Scenario, run_to: Run) -> Any:
    """The access a campaign of A in B has won after a year, the chance of coming to light aside."""

    def access(monkeypatch: pytest.MonkeyPatch, *, openness: float = 0.5, **how: Any) -> float:
        monkeypatch.setattr(penetration, "exposure_chance", lambda campaign: 0.0)
        sim = Simulation(calm, "seed")
        sim.world.actors[B].openness = openness
        sim.apply(A, Penetrate("BEL", **{"means": "lobbying", "effort": 1.0, **how}))
        run_to(sim, 360)
        return sim.world.dyad(B, A).penetration

    return access


def test_a_campaign_gains_more_access_in_an_open_state(campaign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    won = [campaign_in(monkeypatch, openness=openness) for openness in (0.0, 0.3, 0.6, 1.0)]
    assert won == sorted(won)
    assert won[-1] > 3 * won[0] > 0


def test_more_effort_gains_more_access(campaign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert campaign_in(monkeypatch, effort=1.0) > campaign_in(monkeypatch, effort=0.3) > 0


def test_access_decays_without_a_campaign(sim: Simulation, run_to: Run) -> None:
    sim.world.dyad(B, A).penetration = 0.4
    run_to(sim, 3 * 366 + 5)
    assert sim.world.dyad(B, A).penetration == pytest.approx(0.2, rel=0.05)


def exposed(sim: Simulation, means: Any, aim: Any) -> tuple[float, float, float]:
    """What coming to light does: access kept, subversion remembered, legitimacy lost."""
    world = sim.world
    dyad, legitimacy = world.dyad(B, A), world.actors[B].legitimacy
    dyad.penetration, before = 0.5, dyad.subversion.at(0)
    sim.apply(A, Penetrate("BEL", means, aim, 1.0))
    penetration.expose(sim, world.campaigns[A, B])
    return dyad.penetration, dyad.subversion.at(0) - before, legitimacy - world.actors[B].legitimacy


def test_legitimate_means_and_limited_aims_provoke_least(calm: Scenario) -> None:
    mild = exposed(Simulation(calm, "s"), "lobbying", "limited")
    middle = exposed(Simulation(calm, "s"), "subversion", "limited")
    harsh = exposed(Simulation(calm, "s"), "subversion", "intrusive")
    assert mild[0] > middle[0] > harsh[0]
    assert mild[1] < middle[1] < harsh[1]
    assert mild[2] < middle[2] < harsh[2]


def test_legitimate_means_and_limited_aims_are_exposed_less_often(sim: Simulation) -> None:
    chances = []
    for campaign in (
        Penetrate("BEL", "exchange", "limited", 1.0),
        Penetrate("BEL", "bribery", "limited", 1.0),
        Penetrate("BEL", "bribery", "intrusive", 1.0),
    ):
        sim.apply(A, campaign)
        chances.append(penetration.exposure_chance(sim.world.campaigns[A, B]))
    assert chances == sorted(set(chances))


def test_a_plot_against_the_government_is_a_hostile_act_and_ends_the_campaign(sim: Simulation) -> None:
    before = sim.world.dyad(B, A).hostility.at(0)
    exposed(sim, "subversion", "intrusive")
    assert sim.world.dyad(B, A).hostility.at(0) > before
    assert not sim.world.campaigns
    [found] = [incident for incident in sim.world.incidents if incident.kind == "penetration_exposed"]
    assert found.audience is None


def test_an_intrusive_campaign_lowers_the_targets_legitimacy(
    calm: Scenario, run_to: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(penetration, "exposure_chance", lambda campaign: 0.0)
    left = []
    for aim in ("limited", "intrusive"):
        sim = Simulation(calm, "seed")
        sim.world.dyad(B, A).penetration = 0.6
        sim.apply(A, Penetrate("BEL", "bribery", aim, 1.0))
        run_to(sim, 360)
        left.append(sim.world.actors[B].legitimacy)
    assert left[1] < left[0]


def test_a_campaign_costs_money_and_pauses_without_it(calm: Scenario, run_to: Run) -> None:
    idle, sim = Simulation(calm, "seed"), Simulation(calm, "seed")
    sim.apply(A, Penetrate("BEL", "exchange", "limited", 1.0))
    gains = []
    for game in (idle, sim):
        had = game.world.actors[A].treasury
        run_to(game, 40)
        gains.append(game.world.actors[A].treasury - had)
    assert gains[0] - gains[1] == pytest.approx(penetration.MONTHLY_COST)
    sim.world.actors[A].treasury, won = 0.0, sim.world.dyad(B, A).penetration
    run_to(sim, 61)
    assert sim.world.dyad(B, A).penetration < won
    run_to(sim, 92)
    assert sim.world.dyad(B, A).penetration > won


def test_a_campaign_ends_after_a_year(sim: Simulation, run_to: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(penetration, "exposure_chance", lambda campaign: 0.0)
    sim.apply(A, Penetrate("BEL", "lobbying", "limited", 0.5))
    run_to(sim, 400)
    assert not sim.world.campaigns


def test_the_target_sees_only_exposed_access(sim: Simulation, calm: Scenario) -> None:
    sim.world.dyad(B, A).penetration = 0.5
    sim.apply(A, Penetrate("BEL", "bribery", "limited", 1.0))

    def of(observer: ActorId, other: ActorId) -> Any:
        return next(state for state in build_view(sim.world, calm, observer).others if state.id == other)

    assert of(B, A).penetration == 0.0
    assert of(A, B).access == 0.5
    assert build_view(sim.world, calm, B).campaigns == ()
    assert [c.target for c in build_view(sim.world, calm, A).campaigns] == [B]
    assert not [i for i in build_view(sim.world, calm, B).incidents if i["kind"].startswith("penetration")]
    penetration.expose(sim, sim.world.campaigns[A, B])
    assert of(B, A).penetration == sim.world.dyad(B, A).penetration > 0


def test_a_state_that_leaves_has_no_campaigns(scenario: Scenario, run_to: Run) -> None:
    sim = Simulation(replace(scenario, dispute_rate=0.0), "seed")
    run_to(sim, 1400)
    sim.apply(A, Penetrate("FAR", "lobbying", "limited", 0.1))
    sim.apply(ActorId("FAR"), Penetrate("BEL", "lobbying", "limited", 0.1))
    assert len(sim.world.campaigns) == 2
    run_to(sim, 1510)
    assert not sim.world.campaigns


@pytest.mark.parametrize("recorded", [False, True], ids=["in play", "in a record"])
def test_propaganda_that_is_broadcast_is_a_deed_with_the_state_it_is_aimed_at(
    calm: Scenario, run_to: Run, recorded: bool
) -> None:
    sim = Simulation(replace(calm, recorded=recorded), "seed")
    sim.apply(A, Penetrate("BEL", "propaganda", "intrusive", 1.0, True))
    run_to(sim, 366)
    dyad = sim.world.dyad(B, A)
    one_exposure = penetration.REMEMBERED_SUBVERSION * 0.3 * penetration.INTRUSIVE_GRAVITY
    assert dyad.subversion.at(366) == pytest.approx(one_exposure, rel=0.15)
    assert dyad.penetration_known == dyad.penetration > 0
    assert [i.audience for i in sim.world.incidents if i.kind == "propaganda_broadcast"] == [None]
    assert not [i for i in sim.world.incidents if i.kind == "penetration_exposed"]


def test_propaganda_under_cover_is_no_deed_in_a_record(calm: Scenario, run_to: Run) -> None:
    sim = Simulation(replace(calm, recorded=True), "seed")
    sim.apply(A, Penetrate("BEL", "propaganda", "intrusive", 1.0))
    run_to(sim, 366)
    assert sim.world.dyad(B, A).subversion.at(366) == 0.0


def test_access_grows_faster_where_many_centres_decide(calm: Scenario) -> None:
    gains = []
    for centres in (1, 3, 9):
        sim = Simulation(calm, "centres")
        sim.world.actors[B].centres = centres
        campaign = Campaign(1, A, B, "lobbying", "limited", 1.0, 0, 365)
        gains.append(penetration.monthly_gain(sim.world, campaign))
    assert gains[0] < gains[1] < gains[2]
