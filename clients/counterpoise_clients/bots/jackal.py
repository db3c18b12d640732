"""The jackal: follows the winner for a share of the prey."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, CallView, View, WarView
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Outlook, enemies_in
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers, happens

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
    TEMPER: ClassVar[Temper] = Temper(resolve=0.55, daring=0.40, pliancy=0.30, loyalty=0.15, openness=0.20, awe=0.2)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, allies by who is winning; when a window opens, look for a carcass."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/jackal/{view.tick}")
        agenda = Agenda(
            outlook, stream, answers(outlook, self.TEMPER, stream, lambda call: self._called(outlook, call, stream))
        )
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            self._share_the_spoils(agenda)
            self._scavenge(agenda)
            self._draw_near(agenda)
            if view.own.posture != "offensive" and outlook.feared:
                initiatives.arm_against(agenda, outlook.feared[0], rate=0.20)
        return agenda.moves

    @staticmethod
    def _called(outlook: Outlook, call: CallView, stream: Random) -> Move | None:
        """Honour a promise to a winner and to nobody else."""
        for war in outlook.view.wars:
            if call.reason == "ally" and war.id == call.subject:
                side = call.asker if call.asker is not None else war.defenders[0]
                if any(enemy in outlook.ties for enemy in enemies_in(war, side)):
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
        outlook = agenda.outlook
        for war in outlook.view.wars:
            sides = self.winners(war)
            if sides is None or outlook.me in war.attackers + war.defenders:
                continue
            ahead, behind = sides
            reach = max((outlook.others[foe].proximity for foe in behind if foe in outlook.others), default=0.0)
            if agenda.chance(0.4 * reach):
                bonds = [tie for foe in behind for tie in outlook.ties.get(foe, ())]
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
        outlook = agenda.outlook
        if any(other.at_war for other in outlook.view.others):
            return
        prey = [
            other.id
            for other in outlook.view.others
            if other.id not in outlook.ties
            and (other.contiguity or other.rivalry or other.claimed is not None)
            and outlook.weight_against(other.id) > (PREY - 0.15 if instruments.busy(outlook, other.id) else PREY)
            and instruments.can_press(outlook, other.id)
        ]
        carcasses = [state for state in prey if instruments.busy(outlook, state)]
        if carcasses and agenda.chance(0.5):
            victim = agenda.best(carcasses, outlook.weight_against)
            if victim is not None and outlook.weight_against(victim) > PREY + 0.1 and agenda.chance(0.4):
                instruments.ultimatum(
                    agenda, victim, "You have enemies enough. Give us what is ours, or have one more."
                )
            elif victim is not None:
                instruments.press(agenda, victim, "You have enemies enough. Give us what is ours.")
        elif prey and agenda.chance(0.05):
            victim = agenda.best(prey, outlook.weight_against)
            if victim is not None:
                instruments.press(agenda, victim, "What you hold is ours.")

    @staticmethod
    def _draw_near(agenda: Agenda) -> None:
        """Offer the strongest state that makes trouble for others to go with it."""
        outlook = agenda.outlook
        starters = [found.initiator for found in outlook.view.crises] + [war.attackers[0] for war in outlook.view.wars]
        lions = [
            state
            for state in dict.fromkeys(starters)
            if state in outlook.others
            and state not in outlook.ties
            and not outlook.others[state].at_war
            and outlook.others[state].power > outlook.view.own.power
        ]
        if lions and agenda.chance(0.35):
            leader = agenda.best(lions, lambda state: outlook.others[state].power)
            if leader is not None:
                initiatives.propose(agenda, leader, "consultation" if agenda.chance(0.5) else "offence")

    @staticmethod
    def _parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
        """Leave partners that are losing a war."""
        for war in outlook.view.wars:
            losers = war.defenders if war.win_chance >= AHEAD else war.attackers if war.win_chance <= 1 - AHEAD else ()
            if any(member in losers for member in alignment.members if member != outlook.me):
                return 0.6
        return initiatives.parting_rate(outlook, alignment)
