from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from counterpoise.session.debrief.debrief_data import debrief_session
from counterpoise.session.debrief.debrief_document import SessionDebrief
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.moves.assess_threats import AssessThreats
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.predict import Predict
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise_clients.roster import load_bot


class Diarist:
    """Plays as the balancer does, and writes down what it fears, expects and means."""

    name = "diarist"

    def __init__(self, seed: str) -> None:
        self._balancer = load_bot("balancer")(seed)

    def decide(self, view: View) -> Sequence[Move]:
        moves = list(self._balancer.decide(view))
        if view.occasion != "window":
            return moves
        ratings = {str(other.id): round(other.power, 3) for other in view.others}
        return [
            *moves,
            AssessThreats(ratings),
            GiveReason("threat", "Because Ann says so."),
            Predict(view.others[0].id, "NEU", 0.7),
        ]


@dataclass(frozen=True)
class Played:
    entries: list[Entry]
    contents: JournalContents
    report: SessionDebrief


@pytest.fixture(scope="session")
def played(checkerboard: str) -> Played:
    """One game of bots."""
    return play_with_diarist(checkerboard)


def play_with_diarist(checkerboard: str) -> Played:
    """Play a game of bots, of which Arden's writes everything down."""
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="secret")
    seats: dict[ActorId, Bot] = {seat: load_bot("balancer")(f"{seat}") for seat in session.seats}
    seats[ActorId("ARD")] = Diarist("ARD")
    play(session, seats)
    entries = session.take_entries()
    contents = journal_contents(entries, "s.db")
    return Played(entries, contents, debrief_session(contents))
