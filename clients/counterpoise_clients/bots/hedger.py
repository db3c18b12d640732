"""The hedger: keeps light commitments with both sides."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, ProposalView, View
from counterpoise_clients.bot_kit import ambitions, initiatives, instruments, kinship, leverage, patronage
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import COMMITMENT_COSTS, Temperament, responses_to_calls

GRAVE_THREAT = 0.75
"""The threat from which a hedger takes sides."""
EXPEL_PENETRATION_MIN = 0.10
"""The known penetration of its politics from which it expels agents; it tolerates less, to stay on terms with every state."""


class Bot:
    """Makes light commitments to both the gravest threat and its opponents, and firm ones to nobody.

    Hedging is neither balancing nor bandwagoning but a set of offsetting, light commitments kept while the danger is
    uncertain (Kuik 2008; Goh 2005 on Southeast Asia). It prefers consultation and non-aggression to promises to fight,
    compromises over demands, mediates between the threat and its enemies, takes aid from all sides, and turns to defence
    only if a threat is grave.
    """

    name: ClassVar[str] = "hedger"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.55, escalation=0.12, compromise=0.70, loyalty=0.25, openness=0.30, bandwagoning=0.0
    )
    FIRM_OPENNESS_DROP: ClassVar[float] = 0.60
    """The drop in openness while it has an offer that would oblige it to fight."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, add light commitments to the side where they are missing."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/hedger/{view.tick}")
        move_list = MoveList(assessment, stream, responses_to_calls(assessment, self._temperament(assessment), stream))
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(
                move_list, lambda state: instruments.penetration_by(assessment, state) >= EXPEL_PENETRATION_MIN
            )
            if assessment.top_threat is not None:
                self._hedge(move_list, assessment.top_threat)
            patronage.seek_patron(move_list, rate=0.20)
            patronage.arm_enemies_of_clients(move_list, rate=0.15)
            patronage.take_sides(move_list, rate=0.008)
            leverage.use_leverage(move_list)
            leverage.cultivate(move_list)
            kinship.seek_kin(move_list, rate=0.08)
            ambitions.pursue(move_list, rate=0.4)
            self._make_small_bargains(move_list)
            self._mediate(move_list)
        return move_list.moves

    def _temperament(self, assessment: Assessment) -> Temperament:
        """Return the temperament, with less openness while an open offer would oblige the seat to fight."""
        offers = [p for p in assessment.view.proposals if p.to == assessment.me]
        if not any(self._is_firm(offer) for offer in offers) or self._is_in_grave_danger(assessment):
            return self.TEMPERAMENT
        t = self.TEMPERAMENT
        return Temperament(
            t.resolve, t.escalation, t.compromise, t.loyalty, t.openness - self.FIRM_OPENNESS_DROP, t.bandwagoning
        )

    @staticmethod
    def _is_firm(offer: ProposalView) -> bool:
        return COMMITMENT_COSTS.get(offer.commitment, 0.0) >= COMMITMENT_COSTS["defence"] or offer.against is not None

    @staticmethod
    def _is_in_grave_danger(assessment: Assessment) -> bool:
        return assessment.top_threat is not None and assessment.threats[assessment.top_threat] >= GRAVE_THREAT

    def _hedge(self, move_list: MoveList, threat: ActorId) -> None:
        assessment = move_list.assessment
        if self._is_in_grave_danger(assessment) and move_list.happens_at_pace(0.25):
            helper = move_list.best_of(
                initiatives.potential_helpers(assessment, threat),
                lambda state: initiatives.helper_value(assessment, state, threat),
            )
            if helper is not None:
                initiatives.offer_alliance(move_list, helper, "defence", against=threat, secret=move_list.happens(0.4))
            return
        if threat not in assessment.alignments_by_partner and move_list.happens_in_window(
            0.20 * (0.5 + assessment.threats[threat])
        ):
            initiatives.offer_alliance(
                move_list, threat, "nonaggression" if assessment.others[threat].rivalry else "neutrality"
            )
        others = [
            state
            for state in initiatives.potential_helpers(assessment, threat)
            if state not in assessment.alignments_by_partner
        ]
        if others and move_list.happens_in_window(0.14 * (0.5 + assessment.threats[threat])):
            helper = move_list.best_of(others, lambda state: initiatives.helper_value(assessment, state, threat))
            if helper is not None:
                initiatives.offer_alliance(move_list, helper, "arms")

    @staticmethod
    def _make_small_bargains(move_list: MoveList) -> None:
        """Make small bargains against nobody: aid, arms, consultation, friendly statements."""
        assessment = move_list.assessment
        if assessment.view.own.role == "outside" and move_list.happens_at_pace(0.15):
            client = move_list.best_of(
                [o.id for o in assessment.view.others if o.role == "regional"], assessment.affinity, noise=0.8
            )
            if client is not None and assessment.affinity(client) > -0.3:
                initiatives.give_aid(move_list, client, "economic", 0.05)
                if move_list.happens(0.3):
                    initiatives.offer_alliance(move_list, client, "arms")
        elif move_list.happens_at_pace(0.04):
            friend = move_list.best_of(
                [o.id for o in assessment.view.others if o.id not in assessment.alignments_by_partner],
                assessment.affinity,
            )
            if friend is not None and assessment.affinity(friend) > 0.2:
                initiatives.offer_alliance(move_list, friend, "arms")
        if assessment.top_threat is not None and move_list.happens(0.05):
            initiatives.state_intent(move_list, assessment.top_threat, "friendly")

    @staticmethod
    def _mediate(move_list: MoveList) -> None:
        """Mediate between the gravest threat and its enemies, before they ask the seat to take sides."""
        assessment = move_list.assessment
        for crisis in assessment.view.crises:
            if assessment.top_threat in (crisis.initiator, crisis.target) and move_list.happens(0.25):
                instruments.offer_mediation(move_list, crisis)
        if any(
            assessment.top_threat in war.attackers + war.defenders for war in assessment.view.wars
        ) and move_list.happens(0.2):
            instruments.broker_peace(move_list)

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Return a higher chance for a military alignment than for a light one."""
        rate = initiatives.leave_chance(assessment, alignment)
        return rate + 0.02 if rate > 0.0 and alignment.commitment in MILITARY_COMMITMENTS else rate
