"""A bot that plays as it stands. Change it piece by piece; what it may do and see is written in clients/README.md.

counterpoise run checkerboard --bots my_bot.py                 in every seat
counterpoise run checkerboard --bots ARD=my_bot.py             in one
counterpoise join 'LINK' --bot my_bot.py                       over the network, with a seat's link
python my_bot.py                                               is it a good guest? (the conformance kit; 1 if not)
"""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.theory.threat import Threat, threats_from_view


class Bot:
    """Asks its neighbours for help against whomever it fears, and stands firm when pressed."""

    name: ClassVar[str] = "my-bot"
    """What the record calls it."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Return the moves to make now; none is an answer. It is asked when a window opens and when it is called."""
        # Draw chances from a stream like this one, and the same seed gives the same game.
        stream = Random(f"{self.seed}/{view.tick}")
        threats = threats_from_view(view)  # for each state: threat, power, proximity, offense, intentions, all 0 to 1
        moves = self._answers(view, threats)
        if view.occasion == "window" and threats:
            feared = max(sorted(threats), key=lambda state: threats[state].threat)
            if threats[feared].threat > 0.35 and stream.random() < 0.5:
                moves += self._seek_help(view, feared)
        return moves

    def _answers(self, view: View, threats: dict[ActorId, Threat]) -> list[Move]:
        """Answer what is asked. A call has a reason (crisis, proposal, ally, peace, condition), and the number of its subject."""
        moves: list[Move] = []
        for call in view.calls:
            if call.reason == "proposal" and call.asker is not None:
                trusted = threats[call.asker].threat < 0.5
                moves.append(AnswerProposal(call.subject, accept=trusted))
            elif call.reason == "crisis":
                wish = RespondCrisis(call.subject, "stand_firm")
                if wish in list(RespondCrisis.legal(view)):
                    moves.append(wish)
        return moves

    def _seek_help(self, view: View, feared: ActorId) -> list[Move]:
        """Offer the nearest state a defence pact against the one that is feared, if that may be offered now."""
        possible = list(ProposeAlliance.legal(view))
        for other in sorted(view.others, key=lambda state: state.km):
            wish = ProposeAlliance(other.id, "defence", against=feared)
            if wish in possible and not other.aligned:
                return [wish]
        return []


if __name__ == "__main__":
    from counterpoise.cli.sources import scenario_text
    from counterpoise_clients.testing import check_bot

    report = check_bot(Bot, scenario_text("checkerboard")[0])
    print(report)
    raise SystemExit(0 if report.ok else 1)
