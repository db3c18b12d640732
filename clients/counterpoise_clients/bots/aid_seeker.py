"""The aid-seeker: is for whoever pays, and pays to have others for it."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId, AidDemand, AidKind
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

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
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.45, escalation=0.12, compromise=0.60, loyalty=0.40, openness=0.15, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, the paymaster first; when a window opens, pay or ask to be paid."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/aid-seeker/{view.tick}")
        agenda = Agenda(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._paid_for(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(agenda, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.cut_aid_after_refusals(agenda)
            instruments.expel_agents(agenda, lambda state: state != instruments.largest_donor(assessment))
            if self.rich(assessment):
                self._buy(agenda)
            else:
                self._sell(agenda)
        return agenda.moves

    @staticmethod
    def rich(assessment: Assessment) -> bool:
        """Tell whether a state is one of those that give: clearly larger than the mean of all."""
        every = [*assessment.others, assessment.me]
        return assessment.view.own.power * len(every) >= RICH * assessment.total_power(every)

    @staticmethod
    def _income(assessment: Assessment, donor: ActorId) -> float:
        flows = [f.amount for f in assessment.view.aid if (f.donor, f.recipient) == (donor, assessment.me)]
        return round(max(flows, default=0.0), 6)

    def _paid_for(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Do what those ask who pay enough, and sign with them."""
        if call.reason == "condition":
            found = instruments.condition_by_id(assessment.view, call.subject)
            if found is None:
                return None
            pays = self._income(assessment, found.donor) >= DEPENDENT
            return AnswerCondition(found.id, happens(stream, 0.92 if pays else 0.10))
        if call.reason != "proposal" or call.asker is None or call.asker not in assessment.others:
            return None
        offers = [offer for offer in assessment.view.proposals if offer.id == call.subject]
        if not offers or any(
            tie.commitment == offers[0].commitment for tie in assessment.alignments_by_partner.get(call.asker, ())
        ):
            return None
        if self._income(assessment, call.asker) > 0.0 or (self.rich(assessment) and offers[0].commitment != "offence"):
            return AnswerProposal(
                call.subject, happens(stream, 0.9 if offers[0].against not in assessment.alignments_by_partner else 0.3)
            )
        return None

    def _sell(self, agenda: Agenda) -> None:
        """Sign with the paymaster; without one, let the rich know that one can be had."""
        assessment = agenda.assessment
        payer = instruments.largest_donor(assessment)
        if payer is not None:
            if payer not in assessment.alignments_by_partner and agenda.happens(0.5):
                initiatives.offer_alliance(agenda, payer, "consultation")
            elif agenda.happens(0.15):
                initiatives.offer_alliance(agenda, payer, "defence", against=assessment.top_threat)
            if assessment.others[payer].stated_intent != "hostile" and agenda.happens(0.10):
                initiatives.state_intent(agenda, payer, "friendly")
        wealthy = [
            other.id
            for other in assessment.view.others
            if other.power > assessment.view.own.power
            and not other.at_war
            and self._income(assessment, other.id) == 0.0
        ]
        if wealthy and agenda.happens(0.30 if payer is None else 0.10):
            patron = agenda.best_of(
                wealthy, lambda state: 2.0 * assessment.others[state].power + 0.3 * assessment.affinity(state)
            )
            if patron is not None:
                instruments.send_message(agenda, patron, "We need help at home, and remember who gives it.")
                if payer is None:
                    initiatives.offer_alliance(agenda, patron, "arms")

    @staticmethod
    def _buy(agenda: Agenda) -> None:
        """Pay the smaller: those who do not stand with us to do so, the others for what else can be asked of them."""
        assessment = agenda.assessment
        small = [
            other.id
            for other in assessment.view.others
            if other.power < 0.5 * assessment.view.own.power
            and not other.at_war
            and assessment.affinity(other.id) > -0.5
        ]
        if not small or not agenda.happens(0.45):
            return
        client = agenda.best_of(
            small, lambda state: assessment.affinity(state) + 0.5 * assessment.others[state].proximity
        )
        if client is None:
            return
        wishes: list[tuple[AidDemand, ActorId | None]] = [("side_with_us", None)]
        if assessment.top_threat is not None and assessment.top_threat != client:
            wishes.append(("leave_alliance", assessment.top_threat))
        wishes += [("drop_claim", assessment.me), ("friendly_words", assessment.me)]
        for demand, about in wishes:
            if instruments.can_ask(assessment, client, demand, about):
                kind: AidKind = (
                    "military"
                    if assessment.top_threat is not None and assessment.is_openly_against(client, assessment.top_threat)
                    else "economic"
                )
                instruments.give_conditional_aid(agenda, client, kind, GIFT, demand, about)
                return

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Drop what is aimed at the paymaster and those who pay no more; stay with who pays."""
        payer = instruments.largest_donor(assessment)
        if payer is not None and alignment.against == payer:
            return 0.5
        if payer is not None and payer in alignment.members:
            return 0.0
        return 2.0 * initiatives.leave_chance(assessment, alignment)
