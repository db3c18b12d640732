from __future__ import annotations

from collections.abc import Callable
from math import fsum

import pytest
from msgspec.structs import asdict

from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.misperceive import Misjudged, Misperceive
from counterpoise.sim.numbers.decaying_sum import HALF_LIFE_DAYS
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import OtherState
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import Incident

Run = Callable[[Simulation, int], None]
Happen = Callable[[Simulation, Inject], list[Incident]]
A, B, D = ActorId("ARD"), ActorId("BEL"), ActorId("DUN")
WHATS: tuple[Misjudged, ...] = ("intent", "power", "offense")


def seen_by(sim: Simulation, observer: ActorId, other: ActorId, *, misperceiving: bool = True) -> OtherState:
    others = build_view(sim.world, sim.scenario, observer, misperceiving=misperceiving).others
    return next(found for found in others if found.id == other)


@pytest.mark.parametrize("what", WHATS)
def test_an_error_changes_no_view_on_the_day_it_is_planted(sim: Simulation, happen: Happen, what: Misjudged) -> None:
    before = build_view(sim.world, sim.scenario, A)
    [incident] = happen(sim, Misperceive("ARD", "DUN", 0.4, what))
    assert incident.audience == ()
    assert build_view(sim.world, sim.scenario, A) == before


@pytest.mark.parametrize("what", WHATS)
def test_an_error_changes_the_views_of_the_state_that_errs_only(sim: Simulation, run_to: Run, what: Misjudged) -> None:
    plain = sim.copy()
    sim.inject(Misperceive("ARD", "DUN", 0.4, what))
    for each in (plain, sim):
        run_to(each, 100)
    for state in sim.world.active():
        same = build_view(sim.world, sim.scenario, state.id) == build_view(plain.world, plain.scenario, state.id)
        assert same == (state.id != A)
    assert seen_by(sim, A, D, misperceiving=False) == seen_by(plain, A, D, misperceiving=False)


def test_an_error_about_intent_shows_as_suspicion_or_trust_that_fades(sim: Simulation, run_to: Run) -> None:
    plain = sim.copy()
    sim.inject(Misperceive("ARD", "DUN", 0.4))
    sim.inject(Misperceive("ARD", "BEL", -0.4))
    for each in (plain, sim):
        run_to(each, 100)
    feared, trusted = seen_by(sim, A, D), seen_by(sim, A, B)
    assert feared.subversion == pytest.approx(0.8, abs=0.01)
    assert trusted.cooperation - seen_by(plain, A, B).cooperation == pytest.approx(2.0, abs=0.02)
    changed = {name for name, value in asdict(feared).items() if value != asdict(seen_by(plain, A, D))[name]}
    assert changed == {"subversion"}
    sim.world.tick += int(HALF_LIFE_DAYS)
    assert seen_by(sim, A, D).subversion == pytest.approx(feared.subversion / 2, abs=1e-4)


def test_a_new_error_about_intent_replaces_the_old_one(sim: Simulation, run_to: Run) -> None:
    sim.inject(Misperceive("ARD", "DUN", 0.4))
    run_to(sim, 100)
    sim.inject(Misperceive("ARD", "DUN", -0.4))
    assert seen_by(sim, A, D).subversion > 0.7
    run_to(sim, 200)
    assert seen_by(sim, A, D).subversion == 0.0
    sim.inject(Misperceive("ARD", "DUN", 0.0))
    run_to(sim, 300)
    assert sim.world.dyad(A, D).trust.value == 0.0


def test_a_misperception_of_power_lasts(sim: Simulation, run_to: Run) -> None:
    dyad = sim.world.dyad(A, B)
    true = sim.world.actors[B].power
    sim.inject(Misperceive("ARD", "BEL", 1.0, "power"))
    run_to(sim, 100)
    assert dyad.power_factor == pytest.approx(2.0, abs=1e-5)
    assert dyad.seen_power == pytest.approx(2 * true, rel=0.3)
    run_to(sim, 200)
    assert dyad.seen_power == pytest.approx(2 * true, rel=0.3)
    sim.inject(Misperceive("ARD", "BEL", 0.0, "power"))
    run_to(sim, 300)
    assert dyad.seen_power == pytest.approx(true, rel=0.3)


@pytest.mark.parametrize("amount", [-1.0, -0.5, 0.5, 1.0])
@pytest.mark.parametrize("other", ["BEL", "EMP"])
def test_the_sum_of_a_seats_powers_does_not_tell_of_an_error(
    sim: Simulation, run_to: Run, other: str, amount: float
) -> None:
    sim.inject(Misperceive("ARD", other, amount, "power"))
    run_to(sim, 100)
    world = sim.world
    believed = [world.actors[d.other].power * d.power_factor for d in world.dyads.values() if d.observer == A]
    assert fsum([world.actors[A].power, *believed]) == pytest.approx(1.0, abs=1e-4)
    view = build_view(world, sim.scenario, A)
    assert fsum([view.own.power, *(seen.power for seen in view.others)]) == pytest.approx(1.0, abs=0.1)


def test_a_seat_reads_a_score_by_the_power_it_believes_in(sim: Simulation, run_to: Run) -> None:
    plain = sim.copy()
    sim.inject(Misperceive("ARD", "EMP", 1.0, "power"))
    sim.inject(Misperceive("ARD", "BEL", 1.0, "power"))
    for each in (plain, sim):
        run_to(each, 367)
    assert sim.world.scores == plain.world.scores
    assert {code for code, score in sim.world.seen_scores.items() if score != sim.world.scores[code]} == {A}
    assert build_view(sim.world, sim.scenario, A).own.score == sim.world.seen_scores[A]
    assert plain.world.seen_scores == plain.world.scores


def test_offensive_capability_can_be_seen_as_zero(sim: Simulation, run_to: Run) -> None:
    dyad = sim.world.dyad(A, B)
    sim.inject(Misperceive("ARD", "BEL", -1.0, "offense"))
    run_to(sim, 100)
    assert dyad.seen_offense == 0.0
    assert dyad.misperception == 0.0
