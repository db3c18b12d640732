"""The hedger: keeps a door open on every side."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, ProposalView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import COMMITMENT_COSTS, Temperament, responses_to_calls

GRAVE_THREAT = 0.75
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
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.55, escalation=0.12, compromise=0.70, loyalty=0.25, openness=0.30, bandwagoning=0.0
    )
    FIRM: ClassVar[float] = 0.35
    """How much less readily it takes an offer that would bind it to fight."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, mend whichever door stands least open."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/hedger/{view.tick}")
        agenda = Agenda(assessment, stream, responses_to_calls(assessment, self._temperament(assessment), stream))
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(agenda, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(agenda, lambda state: instruments.penetration_by(assessment, state) >= OVERBEARING)
            if assessment.top_threat is not None:
                self._hedge(agenda, assessment.top_threat)
            self._deal_with_kin(agenda)
            self._offer_good_offices(agenda)
        return agenda.moves

    def _temperament(self, assessment: Assessment) -> Temperament:
        """Return the temper, less open where the offers on the table would bind it to fight."""
        offers = [p for p in assessment.view.proposals if p.to == assessment.me]
        if not any(self._firm(offer) for offer in offers) or self._in_grave_danger(assessment):
            return self.TEMPERAMENT
        t = self.TEMPERAMENT
        return Temperament(t.resolve, t.escalation, t.compromise, t.loyalty, t.openness - self.FIRM, t.bandwagoning)

    @staticmethod
    def _firm(offer: ProposalView) -> bool:
        return COMMITMENT_COSTS.get(offer.commitment, 0.0) >= COMMITMENT_COSTS["defence"] or offer.against is not None

    @staticmethod
    def _in_grave_danger(assessment: Assessment) -> bool:
        return assessment.top_threat is not None and assessment.threats[assessment.top_threat] >= GRAVE_THREAT

    def _hedge(self, agenda: Agenda, threat: ActorId) -> None:
        assessment = agenda.assessment
        if self._in_grave_danger(assessment) and agenda.happens(0.25):
            helper = agenda.best_of(
                initiatives.potential_helpers(assessment, threat),
                lambda state: initiatives.helper_value(assessment, state, threat),
            )
            if helper is not None:
                initiatives.offer_alliance(agenda, helper, "defence", against=threat, secret=agenda.happens(0.4))
            return
        if threat not in assessment.alignments_by_partner and agenda.happens(0.12 * (0.5 + assessment.threats[threat])):
            initiatives.offer_alliance(
                agenda, threat, "nonaggression" if assessment.others[threat].rivalry else "neutrality"
            )
        others = [
            state
            for state in initiatives.potential_helpers(assessment, threat)
            if state not in assessment.alignments_by_partner
        ]
        if others and agenda.happens(0.10 * (0.5 + assessment.threats[threat])):
            helper = agenda.best_of(others, lambda state: initiatives.helper_value(assessment, state, threat))
            if helper is not None:
                initiatives.offer_alliance(agenda, helper, "consultation")

    @staticmethod
    def _deal_with_kin(agenda: Agenda) -> None:
        """Make small bargains that aim at nobody: arms, basing, money, kind words."""
        assessment = agenda.assessment
        if assessment.view.own.role == "outside" and agenda.happens(0.15):
            client = agenda.best_of(
                [o.id for o in assessment.view.others if o.role == "regional"], assessment.affinity, noise=0.8
            )
            if client is not None and assessment.affinity(client) > -0.3:
                initiatives.give_aid(agenda, client, "economic", 0.05)
                if agenda.happens(0.3):
                    initiatives.offer_alliance(agenda, client, "arms")
        elif agenda.happens(0.04):
            kin = agenda.best_of(
                [o.id for o in assessment.view.others if o.id not in assessment.alignments_by_partner],
                assessment.affinity,
            )
            if kin is not None and assessment.affinity(kin) > 0.2:
                initiatives.offer_alliance(agenda, kin, "consultation")
        if assessment.top_threat is not None and agenda.happens(0.05):
            initiatives.state_intent(agenda, assessment.top_threat, "friendly")

    @staticmethod
    def _offer_good_offices(agenda: Agenda) -> None:
        """Go between the gravest threat and its enemies, before they ask one to choose."""
        assessment = agenda.assessment
        for crisis in assessment.view.crises:
            if assessment.top_threat in (crisis.initiator, crisis.target) and agenda.happens(0.25):
                instruments.offer_mediation(agenda, crisis)
        if any(
            assessment.top_threat in war.attackers + war.defenders for war in assessment.view.wars
        ) and agenda.happens(0.2):
            instruments.broker_peace(agenda)

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Shed firm promises sooner than loose ones."""
        rate = initiatives.leave_chance(assessment, alignment)
        return rate + 0.02 if rate > 0.0 and alignment.commitment in MILITARY_COMMITMENTS else rate
