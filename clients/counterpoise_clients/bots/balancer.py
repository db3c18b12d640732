"""The balancer: seeks help against whatever threatens it most."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.propose_alliance import Offer
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import FIGHTING, Outlook, enemies_in
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers

SECRET = 0.3
"""The chance that it keeps an offer between the two, so as not to provoke the threat it names."""


class Bot:
    """Aligns against the gravest threat, the more eagerly the graver it is and the less its present side can do.

    Walt (1987, ch. 2): states ally to balance against threats rather than against power alone, and prefer helpers that
    are near, strong enough to matter and not a threat themselves. It arms where help is short (internal balancing, Waltz
    1979, p. 118), stands by those in a crisis with its threat, and leaves partners that have become the threat.
    """

    name: ClassVar[str] = "balancer"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.75, daring=0.25, pliancy=0.35, loyalty=0.42, openness=0.28, awe=-0.5)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, look for help."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/balancer/{view.tick}")
        agenda = Agenda(outlook, stream, answers(outlook, self.TEMPER, stream))
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            instruments.expel_found(agenda, lambda state: state in outlook.feared or outlook.liking(state) < 0.0)
            for threat in outlook.feared[:2]:
                self._balance(agenda, threat)
            self._stand_by_friends(agenda)
        return agenda.moves

    def _balance(self, agenda: Agenda, threat: ActorId) -> None:
        outlook = agenda.outlook
        fear, need = outlook.fear[threat], 1.0 - outlook.cover(threat)
        if threat == outlook.top and agenda.chance(0.40 * fear * need):
            helper = agenda.best(
                initiatives.helpers_against(agenda, threat),
                lambda state: initiatives.help_worth(outlook, state, threat),
            )
            if helper is not None:
                offer = self._offer(outlook, helper, threat)
                initiatives.propose(agenda, helper, offer, against=threat, secret=agenda.chance(SECRET))
        initiatives.arm_against(agenda, threat, rate=0.25)
        initiatives.support_against(agenda, threat, rate=0.18)
        if outlook.others[threat].hostility > 0.3 and agenda.chance(0.06):
            initiatives.speak(agenda, threat, "hostile")

    @staticmethod
    def _offer(outlook: Outlook, helper: ActorId, threat: ActorId) -> Offer:
        """Ask for the most a helper is likely to give: defence where the danger is great, arms of the great, else talks."""
        if outlook.others[helper].role == "outside" and outlook.view.own.role == "regional":
            return "defence" if outlook.fear[threat] > 0.6 else "consultation"
        return "defence" if outlook.fear[threat] > 0.35 else "consultation"

    @staticmethod
    def _parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
        rate = initiatives.parting_rate(outlook, alignment)
        return rate * 0.3 if alignment.against is not None and alignment.against == outlook.top else rate

    @staticmethod
    def _stand_by_friends(agenda: Agenda) -> None:
        """Help the weaker side's friends: aid and guarantees of the strong, entry into a partner's war."""
        outlook, top = agenda.outlook, agenda.outlook.top
        if top is None:
            return
        weaker = [
            o.id for o in outlook.view.others if o.power < 0.5 * outlook.view.own.power and outlook.liking(o.id) > -0.2
        ]
        exposed = [state for state in weaker if outlook.opposes(state, top) and not outlook.bound(state, top)]
        if exposed and agenda.chance(0.12):
            friend = agenda.best(exposed, outlook.liking)
            if friend is not None:
                initiatives.aid(agenda, friend, "military", 0.10)
                if agenda.chance(0.3):
                    initiatives.guarantee(agenda, friend, top)
        for war in outlook.view.wars:
            for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
                pledged = any(
                    friend in outlook.ties and any(tie.commitment in FIGHTING for tie in outlook.ties[friend])
                    for friend in side
                )
                if pledged and top in enemies_in(war, side[0]) and agenda.chance(0.55):
                    initiatives.join_war(agenda, war, side, foes)
