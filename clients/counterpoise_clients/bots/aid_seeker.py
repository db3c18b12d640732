"""The aid-seeker: is for whoever pays, and pays to have others for it."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId, AidDemand, AidKind
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Outlook
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers, happens

RICH = 1.5
"""Times the mean power of all states from which a state gives aid instead of asking for it."""
DEPENDENT = 0.03
"""The aid, as a share of the budget, from which a state does as it is told."""
GIFT = 0.10
"""What a rich one gives, as a share of the recipient's budget."""


class Bot:
    """Sells its alignment for aid and honours the price while it is paid; if it is rich, it buys the alignment of others.

    The hypothesis that aid makes allies, "bribery", as its believers hold it and Walt tests it (1987, ch. 7).
    A poor state asks the rich for money, signs with its paymaster, does what the paymaster demands as long as it lives on
    the aid, and drops what it has signed against it (Morgenthau 1962 on bribes among the uses of aid). A rich one ties its
    aid to a demand and cuts it when it is refused, because leverage is in the cutting (Baldwin 1985).
    """

    name: ClassVar[str] = "aid-seeker"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.45, daring=0.12, pliancy=0.60, loyalty=0.40, openness=0.15, awe=0.0)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, the paymaster first; when a window opens, pay or ask to be paid."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/aid-seeker/{view.tick}")
        agenda = Agenda(
            outlook, stream, answers(outlook, self.TEMPER, stream, lambda call: self._paid_for(outlook, call, stream))
        )
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            instruments.punish_refusals(agenda)
            instruments.expel_found(agenda, lambda state: state != instruments.paymaster(outlook))
            if self.rich(outlook):
                self._buy(agenda)
            else:
                self._sell(agenda)
        return agenda.moves

    @staticmethod
    def rich(outlook: Outlook) -> bool:
        """Tell whether a state is one of those that give: clearly larger than the mean of all."""
        every = [*outlook.others, outlook.me]
        return outlook.view.own.power * len(every) >= RICH * outlook.power_of(every)

    @staticmethod
    def _income(outlook: Outlook, donor: ActorId) -> float:
        flows = [f.amount for f in outlook.view.aid if (f.donor, f.recipient) == (donor, outlook.me)]
        return round(max(flows, default=0.0), 6)

    def _paid_for(self, outlook: Outlook, call: CallView, stream: Random) -> Move | None:
        """Do what those ask who pay enough, and sign with them."""
        if call.reason == "condition":
            found = instruments.condition_called(outlook.view, call.subject)
            if found is None:
                return None
            pays = self._income(outlook, found.donor) >= DEPENDENT
            return AnswerCondition(found.id, happens(stream, 0.92 if pays else 0.10))
        if call.reason != "proposal" or call.asker is None or call.asker not in outlook.others:
            return None
        offers = [offer for offer in outlook.view.proposals if offer.id == call.subject]
        if not offers or any(tie.commitment == offers[0].commitment for tie in outlook.ties.get(call.asker, ())):
            return None
        if self._income(outlook, call.asker) > 0.0 or (self.rich(outlook) and offers[0].commitment != "offence"):
            return AnswerProposal(call.subject, happens(stream, 0.9 if offers[0].against not in outlook.ties else 0.3))
        return None

    def _sell(self, agenda: Agenda) -> None:
        """Sign with the paymaster; without one, let the rich know that one can be had."""
        outlook = agenda.outlook
        payer = instruments.paymaster(outlook)
        if payer is not None:
            if payer not in outlook.ties and agenda.chance(0.5):
                initiatives.propose(agenda, payer, "consultation")
            elif agenda.chance(0.15):
                initiatives.propose(agenda, payer, "defence", against=outlook.top)
            if outlook.others[payer].stated_intent != "hostile" and agenda.chance(0.10):
                initiatives.speak(agenda, payer, "friendly")
        wealthy = [
            other.id
            for other in outlook.view.others
            if other.power > outlook.view.own.power and not other.at_war and self._income(outlook, other.id) == 0.0
        ]
        if wealthy and agenda.chance(0.30 if payer is None else 0.10):
            patron = agenda.best(wealthy, lambda state: 2.0 * outlook.others[state].power + 0.3 * outlook.liking(state))
            if patron is not None:
                instruments.write(agenda, patron, "We need help at home, and remember who gives it.")
                if payer is None:
                    initiatives.propose(agenda, patron, "arms")

    @staticmethod
    def _buy(agenda: Agenda) -> None:
        """Pay the smaller: those who do not stand with us to do so, the others for what else can be asked of them."""
        outlook = agenda.outlook
        small = [
            other.id
            for other in outlook.view.others
            if other.power < 0.5 * outlook.view.own.power and not other.at_war and outlook.liking(other.id) > -0.5
        ]
        if not small or not agenda.chance(0.45):
            return
        client = agenda.best(small, lambda state: outlook.liking(state) + 0.5 * outlook.others[state].proximity)
        if client is None:
            return
        wishes: list[tuple[AidDemand, ActorId | None]] = [("side_with_us", None)]
        if outlook.top is not None and outlook.top != client:
            wishes.append(("leave_alliance", outlook.top))
        wishes += [("drop_claim", outlook.me), ("friendly_words", outlook.me)]
        for demand, about in wishes:
            if instruments.askable(outlook, client, demand, about):
                kind: AidKind = (
                    "military" if outlook.top is not None and outlook.opposes(client, outlook.top) else "economic"
                )
                instruments.aid_on_condition(agenda, client, kind, GIFT, demand, about)
                return

    @staticmethod
    def _parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
        """Drop what is aimed at the paymaster and those who pay no more; stay with who pays."""
        payer = instruments.paymaster(outlook)
        if payer is not None and alignment.against == payer:
            return 0.5
        if payer is not None and payer in alignment.members:
            return 0.0
        return 2.0 * initiatives.parting_rate(outlook, alignment)
