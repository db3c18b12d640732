from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import msgspec
import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.start_war import StartWar
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.processes import crisis, negotiation
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.relations.pacts import Alignment, Proposal
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.public_view import public_view
from counterpoise.sim.views.view_builder import INCIDENTS_MAX, ViewBuilder, build_view
from counterpoise.sim.world import Call, Incident, World

A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))


def _secret_alliance(world: World) -> None:
    world.alignments[900] = Alignment(900, (C, D), "offence", 0, against=A, secret=True)


def _proposal(world: World) -> None:
    world.proposals[900] = Proposal(900, C, D, "defence", A, False, 0, 30)


def _military_aid(world: World) -> None:
    world.aid[E, D, "military"] = Aid(E, D, "military", 0.3, 0)


def _condition_of_aid(world: World) -> None:
    world.aid[E, C, "economic"].condition = "turn against A"


def _components(world: World) -> None:
    world.actors[D].components = tuple(2 * value for value in world.actors[D].components)


def _true_power(world: World) -> None:
    world.actors[D].power, world.actors[D].offense = 0.5, 0.9


def _purse_and_posture(world: World) -> None:
    state = world.actors[D]
    state.treasury, state.posture, state.technology, state.revisionism = 3.0, "offensive", 2.0, 0.9
    state.legitimacy, state.openness, state.constraint, state.mobilized_until = 0.1, 0.1, 0.1, 99


def _call(world: World) -> None:
    world.calls[900] = Call(900, D, "demand", 1, 0, 10, C)


def _answer(world: World) -> None:
    next(iter(world.crises.values())).responses[D] = "concede"


def _whisper(world: World) -> None:
    world.incidents.append(Incident(900, 0, "message", (C, D), (C, D), {"text": "let us divide A"}))


def _memories(world: World) -> None:
    dyad = world.dyad(C, D)
    dyad.hostility.add(3, 0)
    dyad.cooperation.add(3, 0)
    dyad.broken_promises.add(3, 0)
    dyad.seen_power, dyad.misperception, dyad.penetration, dyad.stated_intent = 0.9, 0.5, 0.7, "hostile"
    dyad.suspicion, dyad.trust, dyad.power_factor = DecayingSum(2.0, 0), DecayingSum(2.0, 0), 1.5
    world.seen_scores[C] = 66.0


def _score(world: World) -> None:
    world.scores[D] = 77.0


def _goals_of_numbers(world: World) -> None:
    world.last_id += 50


def _unborn(world: World) -> None:
    world.actors[F].family = "monarchy"


@pytest.mark.parametrize(
    "secret",
    [
        _secret_alliance,
        _proposal,
        _military_aid,
        _condition_of_aid,
        _components,
        _true_power,
        _purse_and_posture,
        _call,
        _answer,
        _whisper,
        _memories,
        _score,
        _goals_of_numbers,
        _unborn,
    ],
)
def test_other_states_secrets_change_nothing_in_a_view(
    sim: Simulation, calm: Scenario, secret: Callable[[World], None]
) -> None:
    crisis.begin(sim, C, D, "policy")
    world = sim.world
    other = deepcopy(world)
    secret(other)
    assert build_view(other, calm, A) == build_view(world, calm, A)
    assert public_view(other) == public_view(world)


def test_a_secret_pact_made_in_play_does_not_reach_a_bystander(calm: Scenario) -> None:
    plain, plotted = Simulation(calm, "plot"), Simulation(calm, "plot")
    proposal = negotiation.propose(plotted, C, D, "offence", A, True)
    plotted.advance(5)
    while plotted.now < 9:
        plotted.advance(9)
    negotiation.answer(plotted, proposal, accept=True)
    for sim in (plain, plotted):
        while sim.now < 100:
            sim.advance(100)
    assert build_view(plotted.world, calm, A) == build_view(plain.world, calm, A)
    assert build_view(plotted.world, calm, C) != build_view(plain.world, calm, C)
    assert public_view(plotted.world) == public_view(plain.world)


def test_the_public_view_agrees_with_what_every_seat_sees(sim: Simulation, calm: Scenario) -> None:
    crisis.begin(sim, C, D, "policy")
    alignments.form(sim, (C, D), "offence", against=A, secret=True)
    StartWar([A], [B], "territory").apply(sim)
    public, seen = public_view(sim.world), build_view(sim.world, calm, A)
    assert [(a.id, a.members) for a in public.alignments] == [
        (a.id, a.members) for a in seen.alignments if not a.secret
    ]
    assert [(c.id, c.level) for c in public.crises] == [(c.id, c.level) for c in seen.crises]
    assert [(w.id, w.attackers, w.defenders) for w in public.wars] == [
        (w.id, w.attackers, w.defenders) for w in seen.wars
    ]
    assert sorted(s.id for s in public.states) == sorted([seen.own.id, *(other.id for other in seen.others)])


def test_a_seat_sees_the_secrets_of_its_own_state(sim: Simulation, calm: Scenario) -> None:
    pact = alignments.form(sim, (C, D), "offence", against=A, secret=True)
    dispute = crisis.begin(sim, C, B, "policy")
    crisis.respond(sim, dispute, C, "escalate")
    seen = build_view(sim.world, calm, C)
    assert pact.id in [a.id for a in seen.alignments]
    assert seen.crises[0].own_response == "escalate"
    assert build_view(sim.world, calm, B).crises[0].own_response is None
    assert [call.reason for call in build_view(sim.world, calm, B).calls] == ["crisis"]
    assert [(a.donor, a.kind) for a in build_view(sim.world, calm, B).aid] == [(E, "military"), (E, "economic")]
    assert [(a.donor, a.kind) for a in build_view(sim.world, calm, A).aid] == [(E, "economic")]


def test_a_view_lists_existing_states_only(
    sim: Simulation, calm: Scenario, run_to: Callable[[Simulation, int], None]
) -> None:
    assert [o.id for o in build_view(sim.world, calm, A).others] == [B, C, D, E]
    run_to(sim, 400)
    assert [o.id for o in build_view(sim.world, calm, A).others] == [B, C, D, E, F]


def test_a_view_holds_estimates_of_other_states(sim: Simulation, calm: Scenario) -> None:
    dyad = sim.world.dyad(A, B)
    dyad.cooperation, dyad.suspicion, dyad.trust = DecayingSum(0.25, 0), DecayingSum(0.8, 0), DecayingSum(1.5, 0)
    seen, true = build_view(sim.world, calm, A).others[0], build_view(sim.world, calm, A, misperceiving=False).others[0]
    assert (seen.power, seen.subversion, seen.cooperation) == (dyad.seen_power, 0.8, 1.75)
    assert (true.power, true.subversion, true.cooperation) == (round(sim.world.actors[B].power, 6), 0.0, 0.25)


def test_the_occasion_is_a_window_on_its_first_day_only(sim: Simulation, calm: Scenario) -> None:
    assert build_view(sim.world, calm, A).occasion == "window"
    sim.advance(1)
    assert build_view(sim.world, calm, A).occasion == "call"
    sim.advance(91)
    seen = build_view(sim.world, calm, A)
    assert (seen.date, seen.window, seen.occasion) == ("1960-04-01", 1, "window")


def test_the_newest_incidents_are_listed_oldest_first(sim: Simulation, calm: Scenario) -> None:
    for number in range(80):
        sim.record("noted", A, audience=(A,) if number % 2 else (B,), number=number)
    numbers = [incident["detail"]["number"] for incident in build_view(sim.world, calm, A).incidents]
    assert numbers == [number for number in range(80) if number % 2][-INCIDENTS_MAX:]


def test_a_view_can_be_encoded(scenario: Scenario) -> None:
    sim = Simulation(scenario, "sent")
    while not sim.ended:
        sim.advance(sim.world.end)
        for code in (A, E):
            seen = build_view(sim.world, scenario, code)
            assert msgspec.json.decode(msgspec.json.encode(seen))["own"]["id"] == code


def test_an_incident_is_shown_to_all_seats_as_one_shared_read_only_value(sim: Simulation, calm: Scenario) -> None:
    sim.record("noted", A, what=["x"])
    first, second = (build_view(sim.world, calm, seat).incidents[-1] for seat in (A, B))
    assert first is second
    assert first == {**first, "kind": "noted", "actors": (A,), "detail": {"what": ("x",)}}
    with pytest.raises(TypeError, match="read-only"):
        first["detail"]["what"] = "y"


def test_seats_share_what_is_public(scenario: Scenario) -> None:
    sim = Simulation(scenario, "shared")
    StartWar([C], [D], "territory").apply(sim)
    builder = ViewBuilder(sim.world, scenario)
    first, second = builder.view(A), builder.view(B)
    assert first is builder.view(A)
    assert first.wars[0].terms is second.wars[0].terms
    assert first.leaders is second.leaders
    public = [alignment for alignment in first.alignments if not alignment.secret]
    assert public
    assert all(any(shown is other for other in second.alignments) for shown in public)
    with pytest.raises(TypeError, match="read-only"):
        first.wars[0].terms[A] = "yield"
    assert first == build_view(sim.world, scenario, A)


def test_a_later_view_adds_what_has_happened_to_the_incidents_of_the_last_view(sim: Simulation, calm: Scenario) -> None:
    for number in range(3):
        sim.record("noted", A, audience=(A,), number=number)
        for seat in (A, B):
            numbers = [
                i["detail"]["number"] for i in build_view(sim.world, calm, seat).incidents if i["kind"] == "noted"
            ]
            assert numbers == (list(range(number + 1)) if seat == A else [])
    copied = sim.copy()
    copied.record("noted", A, audience=(A,), number=3)
    assert build_view(copied.world, calm, A).incidents[-1]["detail"] == {"number": 3}
    assert build_view(sim.world, calm, A).incidents[-1]["detail"] == {"number": 2}
