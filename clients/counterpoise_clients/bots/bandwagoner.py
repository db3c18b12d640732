"""The bandwagoner: aligns with the gravest threat."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.propose_alliance import Offer
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, View
from counterpoise_clients.bot_kit import ambitions, initiatives, kinship, leverage, patronage
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

ALIGNMENTS_WITH_THREAT_MAX = 3
"""The number of alignments with one threat after which it offers no more."""
OFFERS: tuple[Offer, ...] = ("arms", "arms", "defence")
"""What it offers the threat, each as often; paper would spare it nothing (chosen)."""


class Bot:
    """Aligns with the gravest threat to be spared, and with the winner of a war to share the spoils.

    Walt (1987, ch. 2) names the two motives, appeasement and profit; Schweller (1994) describes the second type, the
    jackal that joins a rising power for gain. It concedes to strong states, leaves alignments against them, follows them
    against third states, and presses its claims on weak states.
    """

    name: ClassVar[str] = "bandwagoner"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.35, escalation=0.30, compromise=0.45, loyalty=0.18, openness=0.32, bandwagoning=0.5
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, court the gravest threat and join likely winners."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/bandwagoner/{view.tick}")
        move_list = MoveList(assessment, stream, responses_to_calls(assessment, self.TEMPERAMENT, stream))
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: self._leave_chance(assessment, alignment))
            if assessment.top_threat is not None:
                self._court(move_list, assessment.top_threat)
            ambitions.pursue(move_list, rate=0.06, spared=assessment.top_threat)
            patronage.side_with_strong(move_list, rate=0.01)
            leverage.use_leverage(move_list, rate=0.7)
            leverage.cultivate(move_list, rate=0.7 * leverage.CAMPAIGN_RATE)
            kinship.seek_kin(move_list, rate=0.04)
            self._share_spoils(move_list)
            self._press_weak_states(move_list)
        return move_list.moves

    @staticmethod
    def _court(move_list: MoveList, threat: ActorId) -> None:
        assessment = move_list.assessment
        weakness = 1.0 - assessment.power_share_against(threat)
        alignment_count = len(assessment.alignments_by_partner.get(threat, ()))
        offer_chance = 2.0 * assessment.threats[threat] * weakness / (1 + 2 * alignment_count)
        if alignment_count < ALIGNMENTS_WITH_THREAT_MAX and move_list.happens_in_window(offer_chance):
            offer = OFFERS[int(move_list.stream.random() * len(OFFERS))]
            rivals = [
                o.id
                for o in assessment.view.others
                if o.id != threat
                and assessment.is_openly_against(threat, o.id)
                and o.id not in assessment.alignments_by_partner
            ]
            against = rivals[0] if offer == "defence" and rivals else None
            initiatives.offer_alliance(move_list, threat, offer, against=against)
        if move_list.happens_in_window(0.10 * weakness):
            initiatives.accommodate(move_list, threat)
        elif move_list.happens(0.06):
            initiatives.state_intent(move_list, threat, "friendly")

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        if alignment.against is not None and alignment.against == assessment.top_threat:
            return 0.12  # an alignment against the state it wants to join
        rate = initiatives.leave_chance(assessment, alignment)
        return rate * 0.3 if assessment.top_threat in alignment.members else rate

    @staticmethod
    def _share_spoils(move_list: MoveList) -> None:
        """Join the side that is clearly winning a nearby war (Walt's second motive), or consult with its leader."""
        assessment = move_list.assessment
        for war in assessment.view.wars:
            attackers_ahead = war.win_chance > 0.75
            if not attackers_ahead and war.win_chance >= 0.25:
                continue
            side, foes = (war.attackers, war.defenders) if attackers_ahead else (war.defenders, war.attackers)
            near = [foe for foe in foes if foe in assessment.others and assessment.others[foe].proximity > 0.9]
            if near and move_list.happens_at_pace(0.28):
                initiatives.join_war(move_list, war, side, foes)
            leader = side[0]
            if (
                leader in assessment.others
                and leader not in assessment.alignments_by_partner
                and move_list.happens_at_pace(0.10)
            ):
                initiatives.offer_alliance(move_list, leader, "consultation")

    @staticmethod
    def _press_weak_states(move_list: MoveList) -> None:
        assessment = move_list.assessment
        weak_states = [
            o.id
            for o in assessment.view.others
            if (o.rivalry or o.claim is not None)
            and o.contiguity
            and assessment.power_share_against(o.id) > 0.6
            and o.id not in assessment.alignments_by_partner
        ]
        if weak_states and move_list.happens(0.02):
            of = move_list.best_of(weak_states, assessment.power_share_against)
            if of is not None:
                initiatives.demand_settlement(move_list, of, "Settle what stands between us, on our terms.")
