"""The jackal: joins winners for a share of the gains."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, CallView, OtherState, View, WarView
from counterpoise_clients.bot_kit import ambitions, initiatives, instruments, leverage, patronage
from counterpoise_clients.bot_kit.assessment import Assessment, enemies_in
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

WINNING_CHANCE = 0.62
"""The chance to win from which a side counts as winning."""
PREY_SHARE = 0.55
"""The seat's power share against a state from which the state is prey."""


class Bot:
    """Joins the winning side of wars for gain, and makes demands on states that are busy with other enemies.

    Schweller's jackal (1994, pp. 72-107): a state with limited, revisionist aims that bandwagons for profit and not for
    safety. It joins wars on the winning side even if the other side does not threaten it, makes demands and sets
    ultimatums to states in other crises and wars, offers alliances to the strongest state that starts crises or wars, and
    deserts losing partners.
    """

    name: ClassVar[str] = "jackal"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.55, escalation=0.40, compromise=0.30, loyalty=0.15, openness=0.20, bandwagoning=0.2
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls, to allies' calls by who is winning; when a window opens, join winners and press prey."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/jackal/{view.tick}")
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
            self._share_the_spoils(move_list)
            patronage.side_with_strong(move_list, rate=0.01)
            leverage.use_leverage(move_list, rate=0.5)
            leverage.cultivate(move_list, rate=0.5 * leverage.CAMPAIGN_RATE)
            self._press_prey(move_list)
            self._court_strong_aggressor(move_list)
            patronage.align_with_enemys_enemy(move_list, rate=0.15)
            ambitions.pursue(move_list, rate=0.3)
            if view.own.posture != "offensive" and assessment.threatening_states:
                initiatives.arm_against(move_list, assessment.threatening_states[0], rate=0.20)
        return move_list.moves

    @staticmethod
    def _own_response(assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Return the response to an ally's call: join a winner, seldom anybody else."""
        for war in assessment.view.wars:
            if call.reason == "ally" and war.id == call.subject:
                side = call.asker if call.asker is not None else war.defenders[0]
                if any(enemy in assessment.alignments_by_partner for enemy in enemies_in(war, side)):
                    return AnswerCall(war.id, False)
                chance = war.win_chance if side in war.attackers else round(1.0 - war.win_chance, 6)
                return AnswerCall(war.id, happens(stream, 0.85 if chance >= WINNING_CHANCE else 0.05))
        return None

    @staticmethod
    def winning_side(war: WarView) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]] | None:
        """Return the winning side and the losing side of a war; ``None`` while neither is winning."""
        if war.win_chance >= WINNING_CHANCE:
            return war.attackers, war.defenders
        return (war.defenders, war.attackers) if round(1.0 - war.win_chance, 6) >= WINNING_CHANCE else None

    def _share_the_spoils(self, move_list: MoveList) -> None:
        """Join the winning side of a war within reach; first leave alignments with the losing side."""
        assessment = move_list.assessment
        for war in assessment.view.wars:
            sides = self.winning_side(war)
            if sides is None or assessment.me in war.attackers + war.defenders:
                continue
            winners, losers = sides
            reach = max((assessment.others[foe].reach for foe in losers if foe in assessment.others), default=0.0)
            if move_list.happens_at_pace(0.4 * reach):
                alignments = [tie for foe in losers for tie in assessment.alignments_by_partner.get(foe, ())]
                if alignments:
                    self._desert(move_list, alignments)
                else:
                    initiatives.join_war(move_list, war, winners, losers)

    @staticmethod
    def _desert(move_list: MoveList, alignments: list[AlignmentView]) -> None:
        for alignment_id in dict.fromkeys(alignment.id for alignment in alignments):
            if LeaveAlliance(alignment_id) not in move_list.moves:
                move_list.add(LeaveAlliance(alignment_id))

    @staticmethod
    def _press_prey(move_list: MoveList) -> None:
        """Make demands on weaker neighbours and rivals, above all while they are busy with other enemies."""
        assessment = move_list.assessment
        if any(other.at_war for other in assessment.view.others):
            return
        prey = [other.id for other in assessment.view.others if _is_prey(assessment, other)]
        distracted = [state for state in prey if instruments.is_distracted(assessment, state)]
        if distracted and move_list.happens(0.5):
            target = move_list.best_of(distracted, assessment.power_share_against)
            if (
                target is not None
                and assessment.power_share_against(target) > PREY_SHARE + 0.1
                and move_list.happens(0.4)
            ):
                instruments.issue_ultimatum(
                    move_list, target, "You have enemies enough. Give us what is ours, or have one more."
                )
            elif target is not None:
                instruments.demand_claim(move_list, target, "You have enemies enough. Give us what is ours.")
        elif prey and move_list.happens(0.05):
            target = move_list.best_of(prey, assessment.power_share_against)
            if target is not None:
                instruments.demand_claim(move_list, target, "What you hold is ours.")

    @staticmethod
    def _court_strong_aggressor(move_list: MoveList) -> None:
        """Offer an alliance to the strongest state that started a crisis or a war."""
        assessment = move_list.assessment
        starters = [crisis.initiator for crisis in assessment.view.crises] + [
            war.attackers[0] for war in assessment.view.wars
        ]
        aggressors = [
            state
            for state in dict.fromkeys(starters)
            if state in assessment.others
            and state not in assessment.alignments_by_partner
            and not assessment.others[state].at_war
            and assessment.others[state].power > assessment.view.own.power
        ]
        if aggressors and move_list.happens_at_pace(0.35):
            leader = move_list.best_of(aggressors, lambda state: assessment.others[state].power)
            if leader is not None:
                initiatives.offer_alliance(move_list, leader, "consultation" if move_list.happens(0.5) else "offence")

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Return a high chance if a partner is losing a war."""
        for war in assessment.view.wars:
            if war.win_chance >= WINNING_CHANCE:
                losers = war.defenders
            elif war.win_chance <= 1 - WINNING_CHANCE:
                losers = war.attackers
            else:
                continue
            if any(member in losers for member in alignment.members if member != assessment.me):
                return 0.6
        return initiatives.leave_chance(assessment, alignment)


def _is_prey(assessment: Assessment, other: OtherState) -> bool:
    """Return whether the seat can press a state: weak enough, near or in dispute, and not aligned with the seat."""
    least_share = PREY_SHARE - 0.15 if instruments.is_distracted(assessment, other.id) else PREY_SHARE
    return (
        other.id not in assessment.alignments_by_partner
        and (other.contiguity != 0 or other.rivalry or other.claimed is not None)
        and assessment.power_share_against(other.id) > least_share
        and instruments.can_open_crisis(assessment, other.id)
    )
