"""What a moderator's commands do to orders that wait."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from counterpoise.session.commands import End, Inject, Start
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.predict import Predict
from counterpoise.sim.moves.state_belief import StateBelief

Make = Callable[..., Session]
numbers = count(1)


def fresh_id() -> str:
    return f"{next(numbers):032x}"


def test_answers_for_the_debrief_that_wait_when_the_session_ends_count_and_other_orders_do_not(
    new_session: Make,
) -> None:
    session = new_session()
    seat, other, *_ = session.seats
    session.command("moderator", fresh_id(), Start())
    session.command("moderator", fresh_id(), Inject({"kind": "ask", "ask": "belief", "seats": [seat]}))
    for move in (StateBelief(0.9, 0.2, 0.4), Predict(other, "BAL", 0.7), Arm(0.5)):
        session.submit(seat, fresh_id(), session.window, move)
    session.command("moderator", fresh_id(), End())
    kinds = [incident.kind for incident in session.simulation.world.incidents]
    assert [kinds.count(kind) for kind in ("belief", "prediction", "question_answered")] == [1, 1, 1]
    assert "armed" not in kinds
    entries = session.take_entries()
    chronicles = [entry for entry in entries if entry.kind == "chronicle"]
    assert "question_answered" in [one["kind"] for one in chronicles[-1].content()["incidents"]]
    again = replay(entries, "g")
    assert [incident.kind for incident in again.simulation.world.incidents] == kinds
