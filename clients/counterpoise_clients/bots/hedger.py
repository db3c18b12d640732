"""The hedger: keeps a door open on every side."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, ProposalView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import FIGHTING, Outlook
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import PRICE, Temper, answers

GRAVE = 0.75
"""The threat at which even a hedger takes sides."""
OVERBEARING = 0.10
"""The known hold on its politics above which it shows somebody the door; less is let pass, to keep all doors open."""


class Bot:
    """Binds itself loosely to both the gravest threat and those who stand against it, and firmly to nobody.

    Hedging is neither balancing nor bandwagoning but a set of offsetting, light commitments kept while the danger is
    uncertain (Kuik 2008; Goh 2005 on Southeast Asia). It prefers talks and promises not to fight over promises to fight,
    meets demands half-way, goes between the threat and its enemies, takes aid from all, and turns to defence only when a
    threat is grave.
    """

    name: ClassVar[str] = "hedger"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.55, daring=0.12, pliancy=0.70, loyalty=0.25, openness=0.30, awe=0.0)
    FIRM: ClassVar[float] = 0.35
    """How much less readily it takes an offer that would bind it to fight."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, mend whichever door stands least open."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/hedger/{view.tick}")
        agenda = Agenda(outlook, stream, answers(outlook, self._temper(outlook), stream))
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            instruments.expel_found(agenda, lambda state: instruments.hold_of(outlook, state) >= OVERBEARING)
            if outlook.top is not None:
                self._hedge(agenda, outlook.top)
            self._deal_with_kin(agenda)
            self._offer_good_offices(agenda)
        return agenda.moves

    def _temper(self, outlook: Outlook) -> Temper:
        """Return the temper, less open where the offers on the table would bind it to fight."""
        offers = [p for p in outlook.view.proposals if p.to == outlook.me]
        if not any(self._firm(offer) for offer in offers) or self._in_grave_danger(outlook):
            return self.TEMPER
        t = self.TEMPER
        return Temper(t.resolve, t.daring, t.pliancy, t.loyalty, t.openness - self.FIRM, t.awe)

    @staticmethod
    def _firm(offer: ProposalView) -> bool:
        return PRICE.get(offer.commitment, 0.0) >= PRICE["defence"] or offer.against is not None

    @staticmethod
    def _in_grave_danger(outlook: Outlook) -> bool:
        return outlook.top is not None and outlook.fear[outlook.top] >= GRAVE

    def _hedge(self, agenda: Agenda, threat: ActorId) -> None:
        outlook = agenda.outlook
        if self._in_grave_danger(outlook) and agenda.chance(0.25):
            helper = agenda.best(
                initiatives.helpers_against(agenda, threat),
                lambda state: initiatives.help_worth(outlook, state, threat),
            )
            if helper is not None:
                initiatives.propose(agenda, helper, "defence", against=threat, secret=agenda.chance(0.4))
            return
        if threat not in outlook.ties and agenda.chance(0.12 * (0.5 + outlook.fear[threat])):
            initiatives.propose(agenda, threat, "nonaggression" if outlook.others[threat].rivalry else "neutrality")
        others = [state for state in initiatives.helpers_against(agenda, threat) if state not in outlook.ties]
        if others and agenda.chance(0.10 * (0.5 + outlook.fear[threat])):
            helper = agenda.best(others, lambda state: initiatives.help_worth(outlook, state, threat))
            if helper is not None:
                initiatives.propose(agenda, helper, "consultation")

    @staticmethod
    def _deal_with_kin(agenda: Agenda) -> None:
        """Make small bargains that aim at nobody: arms, basing, money, kind words."""
        outlook = agenda.outlook
        if outlook.view.own.role == "outside" and agenda.chance(0.15):
            client = agenda.best([o.id for o in outlook.view.others if o.role == "regional"], outlook.liking, noise=0.8)
            if client is not None and outlook.liking(client) > -0.3:
                initiatives.aid(agenda, client, "economic", 0.05)
                if agenda.chance(0.3):
                    initiatives.propose(agenda, client, "arms")
        elif agenda.chance(0.04):
            kin = agenda.best([o.id for o in outlook.view.others if o.id not in outlook.ties], outlook.liking)
            if kin is not None and outlook.liking(kin) > 0.2:
                initiatives.propose(agenda, kin, "consultation")
        if outlook.top is not None and agenda.chance(0.05):
            initiatives.speak(agenda, outlook.top, "friendly")

    @staticmethod
    def _offer_good_offices(agenda: Agenda) -> None:
        """Go between the gravest threat and its enemies, before they ask one to choose."""
        outlook = agenda.outlook
        for crisis in outlook.view.crises:
            if outlook.top in (crisis.initiator, crisis.target) and agenda.chance(0.25):
                instruments.mediate(agenda, crisis)
        if any(outlook.top in war.attackers + war.defenders for war in outlook.view.wars) and agenda.chance(0.2):
            instruments.broker(agenda)

    @staticmethod
    def _parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
        """Shed firm promises sooner than loose ones."""
        rate = initiatives.parting_rate(outlook, alignment)
        return rate + 0.02 if rate > 0.0 and alignment.commitment in FIGHTING else rate
