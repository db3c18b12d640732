from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import msgspec
import pytest
from scalar_threat import index, power_root, relative_power

from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.numbers.geography import proximity, reach
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.forecasts import forecast
from counterpoise.theory.parameters import BY_ROLE
from counterpoise.theory.threat import perceived, remembered


def point_for(world: World, actor: str) -> DecisionPoint:
    return next(point for point in freeze(world) if point.actor == actor)


def attack(world: World, target: str, by: str) -> None:
    """Make one state the gravest threat to another."""
    world.dyads[ActorId(target), ActorId(by)].hostility = DecayingSum(3.0, 0)


def test_every_active_state_gets_one_decision_point(world: World) -> None:
    world.actors[ActorId("S03")].active = False
    assert [point.actor for point in freeze(world)] == ["S00", "S01", "S02", "S04", "S05", "S06", "S07"]


def test_the_top_threat_is_the_largest_threat_to_the_actor(world: World) -> None:
    seen, points = perceived(world), freeze(world)
    ranked = sorted(point.threat for point in points)
    for point in points:
        row = seen[point.actor]
        assert point.threat == max(threat.threat for threat in row.values())
        assert row[point.top_threat].threat == point.threat
        assert point.floor == ranked[2], "the least value that 35 % of eight states do not exceed"
        assert point.threatened == (point.threat >= point.floor)
    assert [point.threatened for point in points].count(False) == 2


def test_a_threatened_state_can_balance_with_all_but_its_threat_and_its_enemies(world: World) -> None:
    attack(world, "S00", "S02")
    first = point_for(world, "S00")
    assert first.threatened
    enemy = next(k.id for k in first.candidates)
    world.wars[9] = War(9, (ActorId("S00"),), (enemy,), "policy", 0)
    point = point_for(world, "S00")
    assert enemy not in [k.id for k in point.candidates]
    assert [k.id for k in point.barred] == [enemy]
    assert point.top_threat not in [k.id for k in point.candidates]
    assert point.war
    assert point.options[-3:] == ("BW", "NEU", "HIDE")
    assert len(point.options) == len(point.candidates) + 3


def test_a_secure_state_can_align_with_any_state_or_none(world: World) -> None:
    for dyad in world.dyads.values():
        dyad.seen_power, dyad.seen_offense, dyad.rivalry, dyad.claim, dyad.contiguity, dyad.km = (
            0.0,
            0.0,
            False,
            None,
            0,
            9000.0,
        )
        dyad.hostility.value = dyad.hostile_statements.value = dyad.subversion.value = 0.0
    point = point_for(world, "S00")
    assert not point.threatened
    assert point.options == (*(f"OTHER:S0{n}" for n in range(1, 8)), "NEU")
    assert not point.contenders


def test_candidates_that_fear_the_threat_are_labelled_balancing(world: World) -> None:
    attack(world, "S00", "S02")
    point = point_for(world, "S00")
    for option, candidate in zip(point.options, point.candidates, strict=False):
        assert option == f"{'BAL' if candidate.fear_of_top_threat >= point.shared_floor else 'OTHER'}:{candidate.id}"


def test_shared_threat_is_the_strongest_common_fear(world: World) -> None:
    point = point_for(world, "S00")
    for k in point.candidates:
        assert k.shared >= (point.threat * k.fear_of_top_threat) ** 0.5 - 1e-5


def guessed(world: World, me: ActorId, k: ActorId, j: ActorId) -> float:
    """Return the fear of ``k`` for ``j`` as ``me`` estimates it: proximity and public deeds, and its own view of strength."""
    dyad, seen = world.dyads[k, j], perceived(world)[me][j]
    intent = remembered(dyad, world.tick, public=True)
    scale_km, outside = world.distance_scale_km, world.actors[j].role == "outside"
    left = reach(dyad.km, dyad.contiguity, scale_km, outside=outside)
    theirs, own = (power_root(round(world.dyads[me, state].seen_power, 6)) for state in (j, k))
    power = relative_power(theirs * sqrt(round(left, 6)), own)
    parts = (power, proximity(dyad.km, dyad.contiguity, scale_km), seen.offense, intent)
    return index(BY_ROLE[world.actors[k].role], parts)


@pytest.mark.parametrize("seed", range(3))
def test_the_search_for_the_shared_threat_finds_the_largest(world_of: Callable[..., World], seed: int) -> None:
    world = world_of(13, seed)
    seen = perceived(world)
    point = point_for(world, "S00")
    for k in point.others:
        fears = {j: guessed(world, point.actor, k.id, j) for j in seen[point.actor] if j != k.id}
        common = sqrt(max(seen[point.actor][j].threat * fear for j, fear in fears.items()))
        assert k.shared == pytest.approx(common, abs=1e-6)
        assert k.fear_of_top_threat == pytest.approx(fears.get(point.top_threat, 0.0), abs=1e-6)


def test_covariates_include_aid_alignment_and_penetration(world: World) -> None:
    point = point_for(world, "S00")
    donor, second, ally = (point.candidate(ActorId(name)) for name in ("S07", "S06", "S01"))
    assert donor is not None
    assert second is not None
    assert ally is not None
    assert (donor.aid, donor.monopoly) == pytest.approx((0.2, 2 / 3), abs=1e-6)
    assert second.monopoly == pytest.approx(1 / 3, abs=1e-6)
    assert ally.prior
    assert not donor.prior
    assert donor.penetration == round(world.dyads[ActorId("S00"), ActorId("S07")].penetration, 6)
    assert not point.neutral


def test_the_public_chance_of_winning_is_that_of_the_threats_side(world: World) -> None:
    top = point_for(world, "S00").top_threat
    world.wars[9] = War(9, (ActorId("S00"),), (top,), "policy", 0, win_chance=0.3)
    assert point_for(world, "S00").win_chance == 0.7


def test_a_secret_alignment_gives_no_shelter_and_makes_no_state_captive(world: World) -> None:
    attack(world, "S00", "S02")
    point = point_for(world, "S00")
    names = [k.id for k in point.candidates if k.id not in ("S00", "S01")][:2]
    before = point.sheltered
    pact = Alignment(20, (names[0], names[1]), "defence", since=-30, against=point.top_threat, secret=True)
    world.alignments[20] = pact
    assert point_for(world, "S00").sheltered == before
    world.alignments[20] = Alignment(20, pact.members, "defence", since=-30, against=point.top_threat)
    assert point_for(world, "S00").sheltered


def test_later_events_do_not_change_a_frozen_point(world: World) -> None:
    points = freeze(world)
    kept = msgspec.json.encode(points)
    foretold = forecast(points)
    for actor in world.actors.values():
        actor.power, actor.offense, actor.legitimacy = 0.5, 1.0, 0.0
    for dyad in world.dyads.values():
        dyad.rivalry, dyad.seen_power = True, 0.9
    first = points[0]
    world.alignments[50] = Alignment(50, (first.actor, first.top_threat), "defence", since=1)
    world.tick = 60
    assert msgspec.json.encode(points) == kept
    assert forecast(points) == foretold


def test_a_state_alone_in_its_world_has_no_decision_point(world: World) -> None:
    for actor in list(world.actors.values())[1:]:
        actor.active = False
    assert freeze(world) == ()


def test_a_state_that_refused_an_offer_is_not_available_for_a_year(world: World) -> None:
    before = next(point for point in freeze(world) if point.available)
    actor, asked = before.actor, before.available[0].id
    assert before.refusers == ()
    world.dyad(actor, asked).refused = world.tick
    after = point_for(world, actor)
    assert after.refusers == (asked,)
    assert [k.id for k in after.available] == [k.id for k in before.available if k.id != asked]
    world.dyad(actor, asked).refused = world.tick - 365
    assert point_for(world, actor).refusers == ()
