"""The status-quo state: keeps its alignments and waits."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise_clients.bot_kit import ambitions, initiatives, kinship, leverage, patronage
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

ALARM_THREAT = 0.7
"""The threat from which it stops waiting."""


class Bot:
    """Keeps its alignments and promises, and leaves balancing to other states until a threat is grave.

    Waiting is often the best response to a threat (Powell 1999, ch. 5, on balancing, bandwagoning and waiting), and passing
    the buck is cheaper if others balance already (Christensen & Snyder 1990). It renews old alignments rather than making
    new ones, and stands firm under pressure.
    """

    name: ClassVar[str] = "status-quo"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.70, escalation=0.18, compromise=0.55, loyalty=0.42, openness=0.18, bandwagoning=-0.2
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, maintain alignments and arm a little."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/status-quo/{view.tick}")
        move_list = MoveList(assessment, stream, responses_to_calls(assessment, self.TEMPERAMENT, stream))
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(
                move_list, lambda alignment: 0.5 * initiatives.leave_chance(assessment, alignment)
            )
            if assessment.top_threat is not None:
                initiatives.arm_against(move_list, assessment.top_threat, rate=0.12)
            patronage.seek_patron(move_list, rate=0.15)
            patronage.arm_enemies_of_clients(move_list, rate=0.12)
            patronage.take_sides(move_list, rate=0.008)
            leverage.use_leverage(move_list, rate=0.7)
            leverage.cultivate(move_list, rate=0.7 * leverage.CAMPAIGN_RATE)
            kinship.seek_kin(move_list, rate=0.08)
            ambitions.pursue(move_list, rate=0.08)
            self._maintain_alignments(move_list)
        return move_list.moves

    @staticmethod
    def _maintain_alignments(move_list: MoveList) -> None:
        """Offer a friend defence if a threat is grave; otherwise give aid to friends or make friendly statements."""
        assessment, top = move_list.assessment, move_list.assessment.top_threat
        friends = [
            partner for partner in assessment.alignments_by_partner if partner in assessment.others and partner != top
        ]
        if top is not None and assessment.threats[top] >= ALARM_THREAT and move_list.happens_at_pace(0.08):
            unpledged = [
                friend
                for friend in friends
                if not any(tie.commitment in MILITARY_COMMITMENTS for tie in assessment.alignments_by_partner[friend])
            ] or [state for state in initiatives.potential_helpers(assessment, top) if assessment.affinity(state) > 0.2]
            friend = move_list.best_of(unpledged, lambda state: initiatives.helper_value(assessment, state, top))
            if friend is not None:
                initiatives.offer_alliance(move_list, friend, "defence", against=top)
        if friends and move_list.happens_at_pace(0.05):
            friend = move_list.best_of(friends, assessment.affinity)
            if friend is not None and assessment.others[friend].power < 0.5 * assessment.view.own.power:
                initiatives.give_aid(move_list, friend, "economic", 0.05)
            elif friend is not None:
                initiatives.state_intent(move_list, friend, "friendly")
