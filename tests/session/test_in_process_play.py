"""Whatever a bot puts into its moves or its name, the session goes on and replays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.session.in_process_play import BotPlayers, play, player_name
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View


class Unruly:
    """Makes the moves it is given, and has no name to speak of."""

    def __init__(self, *moves: Move) -> None:
        self.moves = moves

    @property
    def name(self) -> str:
        raise RuntimeError("no name")

    def decide(self, view: View) -> list[Move]:
        return list(self.moves)


ILL_FORMED: list[Any] = [
    Message(7, "x"),  # type: ignore[arg-type]
    Message((ActorId("BEL"),), None),  # type: ignore[arg-type]
    Message((ActorId("BEL"),), "\ud800"),
    Message((ActorId("BEL"),), "x" * 100_000),
    Message((ActorId("BEL"),), object()),  # type: ignore[arg-type]
    Arm(float("nan")),
    Arm("much"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("move", ILL_FORMED)
def test_a_move_no_client_could_send_is_refused_and_not_journalled(
    new_session: Callable[[], Session], move: Move
) -> None:
    session = new_session()
    seat = session.seats[0]
    players = BotPlayers(session, {seat: Unruly(move)})
    play(session, {}, until=1)
    before = session.orders_of(seat)
    players.decide([seat])
    if players.statistics.refusals:
        assert players.statistics.last_refusal[seat].startswith("malformed: $.move")
    else:
        assert "cannot be written" in players.statistics.failures[seat][0]
    assert session.orders_of(seat) == before


def test_a_session_of_unruly_bots_can_be_replayed(new_session: Callable[[], Session]) -> None:
    session = new_session()
    play(session, {seat: Unruly(*ILL_FORMED, Arm(1)) for seat in session.seats}, until=100)
    entries = session.take_entries()
    assert replay(entries, "test").now == session.now


def test_a_bot_whose_name_raises_is_called_after_its_file() -> None:
    assert player_name(Unruly()) == __name__.rpartition(".")[2]


class Quiet:
    """Does nothing."""

    name = "quiet"

    def decide(self, view: View) -> list[Move]:
        return []


class Scribbler(Quiet):
    """Writes into whatever it is shown, which refuses it."""

    def __init__(self) -> None:
        self.spoilt = self.refused = 0

    def decide(self, view: View) -> list[Move]:
        for incident in view.incidents:
            self._spoil(incident)
        for part in (view.leaders, *(c.supporters for c in view.crises), *(w.terms for w in view.wars)):
            self._spoil(part)
        return []

    def _spoil(self, part: Any) -> None:
        if isinstance(part, dict | list):
            for item in list(part.values() if isinstance(part, dict) else part):
                self._spoil(item)
            try:
                part.clear()
            except TypeError:
                self.refused += 1
            else:
                self.spoilt += 1


def test_a_bot_that_alters_its_view_changes_nothing_else(new_session: Callable[[], Session]) -> None:
    def played(with_scribblers: bool) -> list[Any]:
        session = new_session()
        bots: dict[ActorId, Quiet] = {
            seat: Scribbler() if with_scribblers and place % 2 else Quiet() for place, seat in enumerate(session.seats)
        }
        play(session, bots, until=700)
        scribblers = [bot for bot in bots.values() if isinstance(bot, Scribbler)]
        assert all(bot.refused > 50 and bot.spoilt == 0 for bot in scribblers)
        return session.take_entries()

    assert played(with_scribblers=True) == played(with_scribblers=False)
