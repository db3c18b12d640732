"""The buck-passer: leaves balancing to other states."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, CallView, ProposalView, View
from counterpoise_clients.bot_kit import ambitions, initiatives, instruments, leverage, pacts, patronage
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment, enemies_in, power_share
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

ENOUGH_SHARE = 0.40
"""The power share of a threat's open opponents, among themselves and the threat, from which the bot leaves it to them."""


class Bot:
    """Leaves opposing a threat to other states and helps them; it balances only if they are too weak.

    Christensen & Snyder (1990, pp. 137-168): if defence seems to have the advantage, states count on others to stop an
    aggressor and save their own strength. While a threat's opponents suffice, the bot signs nothing against the threat,
    stays on good terms with it, mediates between it and its enemies, and aids the opponents, its buck-catchers
    (Mearsheimer 2001, ch. 5). If they do not suffice, it balances as other states do.
    """

    name: ClassVar[str] = "buck-passer"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.10, compromise=0.60, loyalty=0.30, openness=0.28, bandwagoning=-0.1
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, pass the buck if other states oppose the threat, or else balance."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/buck-passer/{view.tick}")
        move_list = MoveList(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._own_response(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(move_list, lambda state: assessment.affinity(state) < 0.0)
            patronage.arm_enemies_of_clients(move_list, rate=0.20)
            leverage.use_leverage(move_list, rate=0.7)
            leverage.cultivate(move_list, rate=0.7 * leverage.CAMPAIGN_RATE)
            left = self.left_to_others(assessment)
            if left is not None:
                self._pass_buck(move_list, left)
            elif assessment.top_threat is not None:
                self._balance(move_list, assessment.top_threat)
            ambitions.pursue(move_list, rate=0.3, spared=left)
        return move_list.moves

    @staticmethod
    def opponents(assessment: Assessment, threat: ActorId) -> list[ActorId]:
        """Return the states that openly oppose a threat."""
        return [state for state in assessment.others if state != threat and assessment.is_openly_against(state, threat)]

    def has_enough_opponents(self, assessment: Assessment, threat: ActorId) -> bool:
        """Return whether the other opponents of a threat suffice without the seat."""
        against = assessment.total_power(self.opponents(assessment, threat))
        return power_share(against, assessment.total_power([threat])) >= ENOUGH_SHARE

    def left_to_others(self, assessment: Assessment) -> ActorId | None:
        """Return the gravest threat if its other opponents suffice."""
        top = assessment.top_threat
        return top if top is not None and self.has_enough_opponents(assessment, top) else None

    def _pass_buck(self, move_list: MoveList, threat: ActorId) -> None:
        """Stay on good terms with the threat, and aid its opponents."""
        assessment = move_list.assessment
        if assessment.others[threat].stated_intent != "hostile" and move_list.happens(0.15):
            initiatives.state_intent(move_list, threat, "friendly")
        if threat not in assessment.alignments_by_partner and move_list.happens_at_pace(0.12):
            initiatives.offer_alliance(move_list, threat, "nonaggression")
        at_peace = [state for state in self.opponents(assessment, threat) if not assessment.others[state].at_war]
        if at_peace and move_list.happens_at_pace(0.15):
            opponent = move_list.best_of(at_peace, lambda state: initiatives.helper_value(assessment, state, threat))
            if opponent is not None:
                initiatives.give_aid(move_list, opponent, "military", 0.05)
        for crisis in assessment.view.crises:
            if threat in (crisis.initiator, crisis.target) and move_list.happens(0.3):
                instruments.offer_mediation(move_list, crisis)
        initiatives.arm_against(move_list, threat, rate=0.15)

    @staticmethod
    def _balance(move_list: MoveList, threat: ActorId) -> None:
        """Balance against the threat: seek a helper and arm."""
        assessment = move_list.assessment
        fear, need = assessment.threats[threat], 1.0 - assessment.allied_power_share(threat)
        if move_list.happens_at_pace(0.30 * fear * need):
            helper = move_list.best_of(
                initiatives.potential_helpers(assessment, threat),
                lambda state: initiatives.helper_value(assessment, state, threat),
            )
            if helper is not None:
                initiatives.offer_alliance(
                    move_list, helper, "defence" if fear > 0.5 else "consultation", against=threat
                )
        initiatives.arm_against(move_list, threat, rate=0.30)

    def _own_response(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Return a refusal to join a war or alignment that others can carry; ``None`` to use the temperament's response."""
        if call.reason == "ally":
            for war in assessment.view.wars:
                if war.id == call.subject:
                    side = call.asker if call.asker is not None else war.defenders[0]
                    foes = enemies_in(war, side)
                    if any(foe in assessment.alignments_by_partner for foe in foes):
                        return AnswerCall(war.id, False)
                    chance = war.win_chance if side in war.attackers else round(1.0 - war.win_chance, 6)
                    needed = assessment.top_threat in foes and chance < ENOUGH_SHARE
                    return AnswerCall(war.id, happens(stream, 0.7 if needed else 0.08))
        left = self.left_to_others(assessment)
        if call.reason == "proposal" and left is not None:
            for offer in assessment.view.proposals:
                if offer.id == call.subject and self._opposes(assessment, offer, left):
                    return AnswerProposal(offer.id, happens(stream, 0.03))
        return None

    @staticmethod
    def _opposes(assessment: Assessment, offer: ProposalView, threat: ActorId) -> bool:
        """Return whether an offer names the threat, or would bind the seat to fight for an opponent of the threat."""
        if offer.against == threat:
            return True
        members = [member for member in pacts.members_of(offer) if member != threat]
        binds = offer.commitment in MILITARY_COMMITMENTS
        return binds and any(assessment.is_openly_against(member, threat) for member in members)

    def _leave_chance(self, assessment: Assessment, alignment: AlignmentView) -> float:
        """Return a higher chance for a military alignment against a threat whose other opponents suffice."""
        rate = initiatives.leave_chance(assessment, alignment)
        is_military = alignment.commitment in MILITARY_COMMITMENTS and alignment.against is not None
        if (
            is_military
            and alignment.against in assessment.others
            and self.has_enough_opponents(assessment, alignment.against)
        ):
            return rate + 0.05
        return rate
