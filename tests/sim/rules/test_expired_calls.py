from __future__ import annotations

from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules import expired_calls
from counterpoise.sim.types import ActorId

A, B = ActorId("ARD"), ActorId("BEL")


def test_an_expired_call_is_closed_and_shown_to_its_seat_only(sim: Simulation) -> None:
    sim.call(A, "peace", 7, 10, B)
    expired_calls.close_with_default(sim, A, "peace", 7, "refuse")
    (incident,) = sim.take_incidents()
    assert (incident.kind, incident.audience, incident.detail["default"]) == ("call_lapsed", (A,), "refuse")
    assert not sim.world.calls


def test_an_answered_call_cannot_expire(sim: Simulation) -> None:
    expired_calls.close_with_default(sim, A, "peace", 7, "refuse")
    assert not sim.take_incidents()


def test_only_the_calls_about_an_ended_thing_are_closed(sim: Simulation) -> None:
    sim.call(A, "peace", 7, 10, B)
    sim.call(B, "ally", 7, 10, A)
    sim.call(A, "peace", 8, 10, B)
    expired_calls.close_calls_about(sim, 7, ("peace", "ally"))
    assert [call.subject for call in sim.world.calls.values()] == [8]
