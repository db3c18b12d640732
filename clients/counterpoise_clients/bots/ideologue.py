"""The ideologue: aligns with similar regimes, regardless of power and distance."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.rules.commitments import DEEP
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments, kinship, leverage, patronage, wants
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

SIMILAR, DISSIMILAR = 0.65, 0.35
"""The similarity of regimes from which a state counts as similar, and up to which it counts as dissimilar."""
READY, RELUCTANT = 0.85, 0.04
"""The chance of accepting the proposal of a similar regime, and of a dissimilar or a divisive one."""
CONTEST_SHARE = 0.5
"""The power share against the leader of its movement from which a state contests the leadership."""


class Bot:
    """Aligns with similar regimes against dissimilar ones, and claims the leadership if its ideology has a single leader.

    Ideological solidarity: states align with similar states, more so the more similar they are (Walt 1987, ch. 2,
    pp. 33-40); ideological distance also determines the enemy (Haas 2005, ch. 1). An ideology that prescribes obedience
    to a single leader divides the states that share it: such a state signs nothing with its fellows, contests the
    leadership, and speaks against the leader (Walt 1987, chs. 2 and 6, on the Arab regimes; Kerr 1971).
    """

    name: ClassVar[str] = "ideologue"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.75, escalation=0.28, compromise=0.35, loyalty=0.60, openness=0.25, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls, to proposals by similarity only; when a window opens, align with similar regimes."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/ideologue/{view.tick}")
        move_list = MoveList(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._response_to_proposal(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(move_list, lambda state: assessment.others[state].similarity < SIMILAR)
            self._align_with_similar(move_list)
            patronage.arm_enemies_of_clients(move_list, rate=0.15)
            leverage.use_leverage(move_list)
            leverage.cultivate(move_list)
            kinship.seek_kin(move_list, rate=0.15)
            self._contest_leadership(move_list)
            self._support_similar(move_list)
        return move_list.moves

    @staticmethod
    def is_similar(assessment: Assessment, state: ActorId) -> bool:
        """Return whether a state is at peace with the seat, similar to it, and of an ideology that does not divide."""
        other = assessment.others[state]
        return other.similarity >= SIMILAR and not other.divisive and not other.at_war

    def _response_to_proposal(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Return the response to a proposal, from the ideologies of its proposer and of the state it is against."""
        for offer in assessment.view.proposals:
            if call.reason != "proposal" or offer.id != call.subject or offer.proposer not in assessment.others:
                continue
            if any(
                alignment.commitment == offer.commitment
                for alignment in assessment.alignments_by_partner.get(offer.proposer, ())
            ):
                return None
            rate = self._readiness(assessment, offer.proposer)
            against = assessment.others.get(offer.against) if offer.against is not None else None
            if against is not None and against.similarity >= SIMILAR:
                rate *= 0.1
            return AnswerProposal(offer.id, happens(stream, rate))
        return None

    def _readiness(self, assessment: Assessment, proposer: ActorId) -> float:
        """Return the chance of accepting a proposal, greater the more similar the proposer's regime is."""
        other = assessment.others[proposer]
        if self.is_similar(assessment, proposer):
            return READY
        if other.divisive or other.at_war:
            return RELUCTANT
        kinship = (other.similarity - DISSIMILAR) / (SIMILAR - DISSIMILAR)
        return round(RELUCTANT + (READY - RELUCTANT) * min(1.0, max(0.0, kinship)), 6)

    def _align_with_similar(self, move_list: MoveList) -> None:
        """Offer similar regimes defence, against a dissimilar threat if there is one; aid weak similar regimes."""
        assessment = move_list.assessment
        similar = [state for state in assessment.others if self.is_similar(assessment, state)]
        dissimilar_threats = [
            state for state in assessment.threatening_states if assessment.others[state].similarity <= DISSIMILAR
        ]
        loose = [state for state in similar if wants.depth(assessment, state) < DEEP]
        if loose and move_list.happens_at_pace(0.35):
            partner = move_list.best_of(
                loose, lambda state: assessment.others[state].similarity + assessment.others[state].reach
            )
            if partner is not None:
                against = (
                    dissimilar_threats[0]
                    if dissimilar_threats and not assessment.are_aligned(partner, dissimilar_threats[0])
                    else None
                )
                initiatives.offer_alliance(move_list, partner, "defence", against=against)
        weak = [state for state in similar if assessment.others[state].power < 0.5 * assessment.view.own.power]
        if weak and move_list.happens_at_pace(0.10):
            recipient = move_list.best_of(weak, assessment.affinity)
            if recipient is not None:
                initiatives.give_aid(move_list, recipient, "economic", 0.05)
        if dissimilar_threats:
            initiatives.arm_against(move_list, dissimilar_threats[0], rate=0.20)
            if move_list.happens(0.08):
                initiatives.state_intent(move_list, dissimilar_threats[0], "hostile")

    @staticmethod
    def _contest_leadership(move_list: MoveList) -> None:
        """Claim the leadership of the movement if no state holds it or the seat is strong enough, or else speak against it."""
        assessment = move_list.assessment
        own = assessment.view.own
        fellows = [other for other in assessment.view.others if other.family == own.family]
        divided = any(other.divisive for other in fellows)
        leader = assessment.view.leaders.get(own.family)
        if not fellows or leader == own.id:
            return
        rate = 0.30 if divided else 0.08
        if leader is None or (leader in assessment.others and assessment.power_share_against(leader) >= CONTEST_SHARE):
            if move_list.happens(rate):
                instruments.claim_leadership(move_list)
        elif divided and leader in assessment.others and move_list.happens(0.10):
            initiatives.state_intent(move_list, leader, "hostile")

    def _support_similar(self, move_list: MoveList) -> None:
        """Take the side of similar regimes in their crises and wars with dissimilar ones."""
        assessment = move_list.assessment
        for crisis in assessment.view.crises:
            for friend, foe in ((crisis.initiator, crisis.target), (crisis.target, crisis.initiator)):
                known = friend in assessment.others and foe in assessment.others
                if known and self.is_similar(assessment, friend) and assessment.others[foe].similarity < SIMILAR:
                    initiatives.support_against(move_list, foe, rate=0.15)
        for war in assessment.view.wars:
            for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
                has_similar_leader = side[0] in assessment.others and self.is_similar(assessment, side[0])
                has_dissimilar_enemy = (
                    foes[0] in assessment.others and assessment.others[foes[0]].similarity <= DISSIMILAR
                )
                if has_similar_leader and has_dissimilar_enemy and move_list.happens_at_pace(0.06):
                    initiatives.join_war(move_list, war, side, foes)

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Return a high chance if all partners are dissimilar or divisive, and a low chance otherwise."""
        partners = [assessment.others[member] for member in alignment.members if member in assessment.others]
        if partners and all(partner.similarity <= DISSIMILAR or partner.divisive for partner in partners):
            return 0.15
        return 0.3 * initiatives.leave_chance(assessment, alignment)
