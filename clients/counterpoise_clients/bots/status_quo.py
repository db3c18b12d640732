"""The status-quo state: keeps what it has and waits."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.view import View
from counterpoise_clients.bot_kit import initiatives
from counterpoise_clients.bot_kit.assessment import FIGHTING, Outlook
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers

ALARM = 0.7
"""The threat at which it stops waiting."""


class Bot:
    """Stays where it is, keeps its promises, and leaves the work of balancing to others until danger is close.

    Waiting is often the best answer to a threat (Powell 1999, ch. 5, of balancing, bandwagoning and waiting), and passing
    the buck is the cheaper when others balance already (Christensen & Snyder 1990). It renews old ties rather than
    making new ones, and stands firm when pressed.
    """

    name: ClassVar[str] = "status-quo"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.70, daring=0.18, pliancy=0.55, loyalty=0.42, openness=0.18, awe=-0.2)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, tend old ties and arm a little."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/status-quo/{view.tick}")
        agenda = Agenda(outlook, stream, answers(outlook, self.TEMPER, stream))
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: 0.5 * initiatives.parting_rate(outlook, alignment))
            if outlook.top is not None:
                initiatives.arm_against(agenda, outlook.top, rate=0.12)
            self._tend_ties(agenda)
        return agenda.moves

    @staticmethod
    def _tend_ties(agenda: Agenda) -> None:
        """Turn an old friendship into a promise when danger is close; otherwise pay and talk."""
        outlook, top = agenda.outlook, agenda.outlook.top
        friends = [partner for partner in outlook.ties if partner in outlook.others and partner != top]
        if top is not None and outlook.fear[top] >= ALARM and agenda.chance(0.08):
            unpledged = [
                friend for friend in friends if not any(tie.commitment in FIGHTING for tie in outlook.ties[friend])
            ] or [state for state in initiatives.helpers_against(agenda, top) if outlook.liking(state) > 0.2]
            friend = agenda.best(unpledged, lambda state: initiatives.help_worth(outlook, state, top))
            if friend is not None:
                initiatives.propose(agenda, friend, "defence", against=top)
        if friends and agenda.chance(0.05):
            friend = agenda.best(friends, outlook.liking)
            if friend is not None and outlook.others[friend].power < 0.5 * outlook.view.own.power:
                initiatives.aid(agenda, friend, "economic", 0.05)
            elif friend is not None:
                initiatives.speak(agenda, friend, "friendly")
