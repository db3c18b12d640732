"""The waiter: takes no side until the winner of a war is clear."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import CallView, ProposalView, View, WarView
from counterpoise_clients.bot_kit import ambitions, initiatives, instruments, pacts
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

DECIDED_CHANCE = 0.80
"""The chance to win from which a war counts as decided."""
LATE_DAYS = 120
"""The age of a war before which it cannot count as decided."""
NEXT_TARGET_THREAT = 0.45
"""The threat of a war's likely winner from which the seat expects to be its next target."""


class Bot:
    """Stays out of wars and saves its forces; it joins late, on the side that is sure to win, or if it is the next target.

    Of the three responses to a threat that Powell compares (1999, ch. 5), balancing, bandwagoning and waiting, waiting is
    often the best: fighting is costly, the others weaken each other, and the state can still choose when the outcome is
    clear. It joins earlier only against a likely winner that would attack it next, while that winner's present enemies
    can still be helped. It signs in quiet times, though never against the state that threatens it most, and seldom keeps
    its word.
    """

    name: ClassVar[str] = "waiter"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.06, compromise=0.75, loyalty=0.30, openness=0.38, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls, refusing what could soon oblige it to fight; when a window opens, wait or join a war late."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/waiter/{view.tick}")
        move_list = MoveList(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._own_response(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(
                move_list, lambda alignment: 2.0 * initiatives.leave_chance(assessment, alignment)
            )
            instruments.expel_agents(move_list, lambda state: assessment.threats[state] > assessment.threat_floor)
            ambitions.pursue(move_list, rate=0.40, firm=not view.wars, spared=assessment.top_threat)
            for war in view.wars:
                self._join_late(move_list, war)
            if assessment.top_threat is not None and assessment.threats[assessment.top_threat] > NEXT_TARGET_THREAT:
                initiatives.arm_against(move_list, assessment.top_threat, rate=0.10)
        return move_list.moves

    @staticmethod
    def side_to_join(assessment: Assessment, war: WarView) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]] | None:
        """Return the side to join and its enemies; ``None`` while the seat waits."""
        for side, foes, chance in (
            (war.attackers, war.defenders, war.win_chance),
            (war.defenders, war.attackers, round(1.0 - war.win_chance, 6)),
        ):
            threat = max((assessment.threats[state] for state in side if state in assessment.others), default=0.0)
            if assessment.top_threat in side and threat >= NEXT_TARGET_THREAT and 0.5 < chance < DECIDED_CHANCE:
                return foes, side  # the likely winner would attack the seat next
            if (
                chance >= DECIDED_CHANCE
                and assessment.view.tick - war.since >= LATE_DAYS
                and threat < NEXT_TARGET_THREAT
            ):
                return side, foes
        return None

    @staticmethod
    def may_oblige(assessment: Assessment, offer: ProposalView) -> bool:
        """Return whether an offer names the gravest threat, or would bind the seat to fight in a quarrel of today."""
        if offer.against is not None and offer.against == assessment.top_threat:
            return True
        quarrelling = {party for crisis in assessment.view.crises for party in (crisis.initiator, crisis.target)}
        quarrelling |= {party for war in assessment.view.wars for party in war.attackers + war.defenders}
        binds = offer.commitment in MILITARY_COMMITMENTS or offer.against is not None
        return binds and any(party in quarrelling for party in (*pacts.members_of(offer), offer.against))

    def _join_late(self, move_list: MoveList, war: WarView) -> None:
        assessment = move_list.assessment
        sides = self.side_to_join(assessment, war)
        if sides is None or assessment.me in war.attackers + war.defenders:
            return
        side, foes = sides
        near = max((assessment.others[foe].reach for foe in foes if foe in assessment.others), default=0.0)
        if move_list.happens_at_pace(0.4 * near):
            initiatives.join_war(move_list, war, side, foes)

    def _own_response(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Return the response to a proposal or an ally's call; ``None`` to use the temperament's.

        It refuses whatever names an enemy or could soon oblige it to fight, takes the cover of others while that costs nothing,
        and honours an alliance only if it would join that side anyway.
        """
        if call.reason == "proposal":
            for offer in assessment.view.proposals:
                if offer.id == call.subject:
                    return AnswerProposal(offer.id, False) if self.may_oblige(assessment, offer) else None
        if call.reason == "ally":
            for war in assessment.view.wars:
                if war.id == call.subject:
                    sides = self.side_to_join(assessment, war)
                    if (
                        sides is not None
                        and call.asker in sides[0]
                        and not any(f in assessment.alignments_by_partner for f in sides[1])
                    ):
                        return AnswerCall(war.id, happens(stream, 0.8))
                    return AnswerCall(war.id, happens(stream, 0.08))
        return None
