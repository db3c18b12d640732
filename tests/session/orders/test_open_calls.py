"""What a seat is told of the calls it leaves open is what then happens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.session.commands import Start
from counterpoise.session.orders.open_calls import open_calls
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.types import CALL_DEFAULTS

Make = Callable[..., Session]


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_every_default_that_is_played_was_named_before(
    new_session: Make, line_up: Callable[..., Any], seed: str
) -> None:
    """Bots act when a window opens and never answer a call, so every call lapses that they do not answer by chance."""
    session = new_session(seed=seed)
    bots = line_up(session, seed)
    session.command("moderator", "start", Start())
    named: dict[tuple[str, str, int], tuple[str, ...]] = {}
    while session.phase == "running" and session.now < 1200:
        if session.occasion == "window":
            for seat in session.called:
                for number, move in enumerate(bots[seat].decide(session.view(seat))):
                    if move.answers() is None:
                        with suppress(OrderError):  # another order of this bot stands in the way of this one
                            session.submit(seat, f"{seat}/{session.now}/{number}", session.window, move)
        for seat in session.called:
            for call in open_calls(session, seat):
                named[seat, call.reason, call.subject] = call.defaults
        session.advance(session.end)
    lapsed = [i for i in session.simulation.world.incidents if i.kind == "call_lapsed"]
    assert len(lapsed) > 3
    for incident in lapsed:
        key = (incident.actors[0], incident.detail["reason"], incident.detail["subject"])
        assert incident.detail["default"] in named[key]


def test_a_call_is_open_until_a_waiting_order_answers_it(new_session: Make) -> None:
    session = new_session()
    session.command("moderator", "start", Start())
    a, b = session.seats[:2]
    session.submit(a, "1", 0, ProposeAlliance(b, "consultation", None, secret=False))
    session.advance(session.end)
    (call,) = open_calls(session, b)
    assert (call.reason, call.defaults) == ("proposal", CALL_DEFAULTS["proposal"])
    assert [view.defaults for view in session.view(b).calls] == [call.defaults]
    assert open_calls(session, a) == []
    session.submit(b, "2", session.window, AnswerProposal(call.subject, True))
    assert open_calls(session, b) == []
