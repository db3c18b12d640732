"""A bot to start from. It plays as it is; clients/README.md describes what a bot sees and can do.

counterpoise run checkerboard --bots my_bot.py                 play with it in every seat
counterpoise run checkerboard --bots ARD=my_bot.py             play with it in one seat
counterpoise join 'LINK' --bot my_bot.py                       play over the network, with a seat's link
python my_bot.py                                               check it for faults (exit code 1 if it has any)
"""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.theory.threat import Threat, threats_from_view


class Bot:
    """Asks near states for help against the gravest threat, and stands firm in crises."""

    name: ClassVar[str] = "my-bot"
    """The bot's name in journals and reports."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Return the moves to make now; the list may be empty. The host asks when a window opens and at each call."""
        # Draw all chance from a stream like this one, so that the same seed gives the same game.
        stream = Random(f"{self.seed}/{view.tick}")
        threats = threats_from_view(view)  # for each state: threat, power, proximity, offense, intentions, all 0 to 1
        moves = self._responses(view, threats)
        if view.occasion == "window" and threats:
            gravest = max(sorted(threats), key=lambda state: threats[state].threat)
            if threats[gravest].threat > 0.35 and stream.random() < 0.5:
                moves += self._seek_help(view, gravest)
        return moves

    def _responses(self, view: View, threats: dict[ActorId, Threat]) -> list[Move]:
        """Respond to calls. A call has a reason, such as crisis, proposal, ally, peace or condition, and its subject's id."""
        moves: list[Move] = []
        for call in view.calls:
            if call.reason == "proposal" and call.asker is not None:
                yes, no = AnswerProposal(call.subject, accept=True), AnswerProposal(call.subject, accept=False)
                is_trusted = threats[call.asker].threat < 0.5
                # An offer may be void, for example because the two states have made the same promise meanwhile.
                moves.append(yes if is_trusted and yes in list(AnswerProposal.legal(view)) else no)
            elif call.reason == "crisis":
                response = RespondCrisis(call.subject, "stand_firm")
                if response in list(RespondCrisis.legal(view)):
                    moves.append(response)
        return moves

    def _seek_help(self, view: View, threat: ActorId) -> list[Move]:
        """Offer the nearest possible state a defence pact against a threat."""
        legal = list(ProposeAlliance.legal(view))
        for other in sorted(view.others, key=lambda state: state.km):
            offer = ProposeAlliance(other.id, "defence", against=threat)
            if offer in legal and not other.aligned:
                return [offer]
        return []


if __name__ == "__main__":
    from counterpoise.scenario_files import scenario_text
    from counterpoise_clients.testing import check_bot

    report = check_bot(Bot, scenario_text("checkerboard")[0])
    print(report)
    raise SystemExit(0 if report.ok else 1)
