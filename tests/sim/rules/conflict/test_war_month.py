from __future__ import annotations

from collections import Counter
from math import exp
from random import Random

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.rules.conflict import war_month
from counterpoise.sim.rules.conflict.war_odds import attackers_win_chance, side_force
from counterpoise.sim.types import ActorId

A, B, E = ActorId("ARD"), ActorId("BEL"), ActorId("EMP")
NEVER = war_month.Endurance(2.0, 2.0)


@pytest.fixture
def fought(sim: Simulation) -> War:
    return war.begin(sim, (A,), (B,), "policy")


def test_the_weaker_side_loses_the_larger_share(sim: Simulation, fought: War) -> None:
    stream = Random("attrition")
    sim.world.actors[A].technology = 5.0
    war_month.add_losses(stream, sim.world, fought, 30)
    assert 0 < fought.losses[A] < fought.losses[B] < 0.15


def test_a_month_of_even_war_costs_the_published_losses(sim: Simulation, fought: War) -> None:
    stream = Random("month")
    for _ in range(200):
        fought.losses = {A: 0.0, B: 0.0}
        war_month.add_losses(stream, sim.world, fought, 30)
        mean = (fought.losses[A] + fought.losses[B]) / 2
        assert 30 * 0.002 * 0.01 <= mean <= 30 * 0.005 * 0.10


def test_a_side_whose_losses_exceed_its_endurance_loses(sim: Simulation, fought: War) -> None:
    fought.losses = {A: 0.31, B: 0.1}
    ending = war_month.draw_ending(Random("x"), sim.world, fought, war_month.Endurance(0.3, 0.3))
    assert ending == war_month.WarEnding("WIN", (B,))


def test_attackers_whose_chance_falls_give_up(sim: Simulation, fought: War) -> None:
    fought.win_chance = 0.05
    stream = Random("hope")
    ends = Counter(war_month.draw_ending(stream, sim.world, fought, NEVER) for _ in range(3000))
    assert set(ends) == {war_month.WarEnding("WIN", (B,)), war_month.WarEnding("STALEMATE")}
    assert ends[war_month.WarEnding("STALEMATE")] / 3000 == pytest.approx(war_month.STALEMATE_SHARE, abs=0.03)


def test_attackers_who_began_with_a_small_chance_fight_on(sim: Simulation, fought: War) -> None:
    fought.win_chance = 0.05
    stream, reckless = Random("hope"), war_month.Endurance(2.0, 2.0, opening_win_chance=0.08)
    ends = Counter(war_month.draw_ending(stream, sim.world, fought, reckless) for _ in range(300))
    assert ends[None] > 150


def test_a_war_of_usual_odds_ends_at_the_published_hazard(sim: Simulation, fought: War) -> None:
    stream, even = Random("hazard"), war_month.ending_hazard(sim.world, fought)
    # The force ratio at which wars end at the plain rate is e ** 1.6.
    sim.world.actors[A].technology *= (
        exp(1.6) * side_force(sim.world, fought, (B,)) / side_force(sim.world, fought, (A,))
    )
    fought.win_chance = attackers_win_chance(sim.world, fought)
    hazard = war_month.ending_hazard(sim.world, fought)
    # 0.038 a month is what all endings come to; breaks and peace are the rest.
    assert even < hazard
    assert hazard == pytest.approx(0.030, abs=0.001)
    ends = Counter(war_month.draw_ending(stream, sim.world, fought, NEVER) for _ in range(20_000))
    ended = 20_000 - ends[None]
    assert ended / 20_000 == pytest.approx(hazard, abs=0.005)
    assert ends[war_month.WarEnding("STALEMATE")] / ended == pytest.approx(war_month.STALEMATE_SHARE, abs=0.05)
    won, lost = ends[war_month.WarEnding("WIN", (A,))], ends[war_month.WarEnding("WIN", (B,))]
    assert won / (won + lost) == pytest.approx(fought.win_chance, abs=0.06)


def test_imbalance_shortens_wars_up_to_a_cap(sim: Simulation, fought: War) -> None:
    even = war_month.ending_hazard(sim.world, fought)
    sim.world.actors[A].technology = 20.0
    assert war_month.ending_hazard(sim.world, fought) > even
    sim.world.actors[A].technology = 1e9
    assert war_month.ending_hazard(sim.world, fought) == 0.5


def test_the_chance_of_victory_falls_with_the_land_that_a_side_has_lost(sim: Simulation, fought: War) -> None:
    fought.win_chance = 0.6
    chances = []
    for lost in (0.0, 0.2, 0.4, 0.5):
        sim.world.actors[B].occupied, sim.world.actors[B].occupier = lost, A
        chances.append(war_month.victory_chance(sim.world, fought) or 0.0)
    assert chances[0] == pytest.approx(0.6)
    assert chances == sorted(chances)
    assert chances[-1] == 1


def test_a_side_that_has_lost_half_its_land_cannot_win(sim: Simulation, fought: War) -> None:
    sim.world.actors[A].occupied, sim.world.actors[A].occupier = 0.5, B
    fought.win_chance = 0.9
    stream = Random("front")
    drawn = [war_month.draw_ending(stream, sim.world, fought, NEVER) for _ in range(2000)]
    assert war_month.WarEnding("WIN", (B,)) in drawn
    assert war_month.WarEnding("WIN", (A,)) not in drawn
    fought.losses = {A: 0.0, B: 0.9}
    worn = war_month.draw_ending(stream, sim.world, fought, war_month.Endurance(0.3, 0.3))
    assert worn == war_month.WarEnding("STALEMATE"), "the enemy is worn out, but holds half the land"


def test_nobody_wins_if_both_have_lost_half_their_land(sim: Simulation, fought: War) -> None:
    for state, holder in ((A, B), (B, A)):
        sim.world.actors[state].occupied, sim.world.actors[state].occupier = 0.5, holder
    assert war_month.victory_chance(sim.world, fought) is None
