"""The jackal: follows the winner for a share of the prey."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, CallView, View, WarView
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Assessment, enemies_in
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

AHEAD = 0.62
"""The chance of victory from which a side is one to be on."""
PREY = 0.55
"""Own share of the power of the two from which a state is prey."""


class Bot:
    """Wants more than it has, and takes it where others have done the work: it joins winners and presses those who are busy.

    Schweller's jackal (1994, pp. 72-107): a state of limited, revisionist aims that bandwagons for profit and not for
    safety. It enters wars on the side that is winning, whichever it is and however little it has to fear from the other,
    scavenges with demands and ultimatums on states whose hands are full elsewhere, draws near to the strongest
    troublemaker, and deserts partners that lose.
    """

    name: ClassVar[str] = "jackal"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.55, escalation=0.40, compromise=0.30, loyalty=0.15, openness=0.20, bandwagoning=0.2
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, allies by who is winning; when a window opens, look for a carcass."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/jackal/{view.tick}")
        agenda = Agenda(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._called(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(agenda, lambda alignment: self._leave_chance(assessment, alignment))
            self._share_the_spoils(agenda)
            self._scavenge(agenda)
            self._draw_near(agenda)
            if view.own.posture != "offensive" and assessment.threatening_states:
                initiatives.arm_against(agenda, assessment.threatening_states[0], rate=0.20)
        return agenda.moves

    @staticmethod
    def _called(assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Honour a promise to a winner and to nobody else."""
        for war in assessment.view.wars:
            if call.reason == "ally" and war.id == call.subject:
                side = call.asker if call.asker is not None else war.defenders[0]
                if any(enemy in assessment.alignments_by_partner for enemy in enemies_in(war, side)):
                    return AnswerCall(war.id, False)
                chance = war.win_chance if side in war.attackers else round(1.0 - war.win_chance, 6)
                return AnswerCall(war.id, happens(stream, 0.85 if chance >= AHEAD else 0.05))
        return None

    @staticmethod
    def winners(war: WarView) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]] | None:
        """Return the side that is winning a war and the one that is losing it; ``None`` while that is open."""
        if war.win_chance >= AHEAD:
            return war.attackers, war.defenders
        return (war.defenders, war.attackers) if round(1.0 - war.win_chance, 6) >= AHEAD else None

    def _share_the_spoils(self, agenda: Agenda) -> None:
        """Join the winning side of any war within reach; leave what ties one to a loser first."""
        assessment = agenda.assessment
        for war in assessment.view.wars:
            sides = self.winners(war)
            if sides is None or assessment.me in war.attackers + war.defenders:
                continue
            ahead, behind = sides
            reach = max((assessment.others[foe].proximity for foe in behind if foe in assessment.others), default=0.0)
            if agenda.happens(0.4 * reach):
                bonds = [tie for foe in behind for tie in assessment.alignments_by_partner.get(foe, ())]
                if bonds:
                    self._desert(agenda, bonds)
                else:
                    initiatives.join_war(agenda, war, ahead, behind)

    @staticmethod
    def _desert(agenda: Agenda, bonds: list[AlignmentView]) -> None:
        for number in dict.fromkeys(tie.id for tie in bonds):
            if LeaveAlliance(number) not in agenda.moves:
                agenda.add(LeaveAlliance(number))

    @staticmethod
    def _scavenge(agenda: Agenda) -> None:
        """Press the weaker neighbours and those one has a quarrel with, above all while they are busy with others."""
        assessment = agenda.assessment
        if any(other.at_war for other in assessment.view.others):
            return
        prey = [
            other.id
            for other in assessment.view.others
            if other.id not in assessment.alignments_by_partner
            and (other.contiguity or other.rivalry or other.claimed is not None)
            and assessment.power_share_against(other.id)
            > (PREY - 0.15 if instruments.is_distracted(assessment, other.id) else PREY)
            and instruments.can_open_crisis(assessment, other.id)
        ]
        carcasses = [state for state in prey if instruments.is_distracted(assessment, state)]
        if carcasses and agenda.happens(0.5):
            victim = agenda.best_of(carcasses, assessment.power_share_against)
            if victim is not None and assessment.power_share_against(victim) > PREY + 0.1 and agenda.happens(0.4):
                instruments.issue_ultimatum(
                    agenda, victim, "You have enemies enough. Give us what is ours, or have one more."
                )
            elif victim is not None:
                instruments.demand_claim(agenda, victim, "You have enemies enough. Give us what is ours.")
        elif prey and agenda.happens(0.05):
            victim = agenda.best_of(prey, assessment.power_share_against)
            if victim is not None:
                instruments.demand_claim(agenda, victim, "What you hold is ours.")

    @staticmethod
    def _draw_near(agenda: Agenda) -> None:
        """Offer the strongest state that makes trouble for others to go with it."""
        assessment = agenda.assessment
        starters = [found.initiator for found in assessment.view.crises] + [
            war.attackers[0] for war in assessment.view.wars
        ]
        lions = [
            state
            for state in dict.fromkeys(starters)
            if state in assessment.others
            and state not in assessment.alignments_by_partner
            and not assessment.others[state].at_war
            and assessment.others[state].power > assessment.view.own.power
        ]
        if lions and agenda.happens(0.35):
            leader = agenda.best_of(lions, lambda state: assessment.others[state].power)
            if leader is not None:
                initiatives.offer_alliance(agenda, leader, "consultation" if agenda.happens(0.5) else "offence")

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Leave partners that are losing a war."""
        for war in assessment.view.wars:
            losers = war.defenders if war.win_chance >= AHEAD else war.attackers if war.win_chance <= 1 - AHEAD else ()
            if any(member in losers for member in alignment.members if member != assessment.me):
                return 0.6
        return initiatives.leave_chance(assessment, alignment)
