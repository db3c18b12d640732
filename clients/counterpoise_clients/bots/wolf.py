"""The wolf: means to rule, and fights whoever can be beaten."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.set_posture import SetPosture
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import FIGHTING, Outlook, share
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers

BEATABLE = 0.65
"""Own share of the forces on both sides, those pledged to fight counted, from which a state can be beaten."""


class Bot:
    """Wants what the strongest have, and takes risks for it: it arms to strike, isolates its prey, demands, and attacks.

    Schweller's wolf (1994, pp. 103-104): a state that values what it covets more than what it has, so that neither fear nor
    a fair share keeps it still; deterrence works on it only by numbers. It counts who is pledged to its prey before it moves
    (Mearsheimer 1983, ch. 2: attackers look for a quick victory), and promises the strongest of the others not to fight
    while it is busy.
    """

    name: ClassVar[str] = "wolf"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.85, daring=0.50, pliancy=0.10, loyalty=0.20, openness=0.15, awe=0.1)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, arm, isolate and strike."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/wolf/{view.tick}")
        agenda = Agenda(outlook, stream, answers(outlook, self.TEMPER, stream))
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: initiatives.parting_rate(outlook, alignment))
            self._arm(agenda)
            if not any(other.at_war for other in view.others):
                self._hunt(agenda)
        return agenda.moves

    @staticmethod
    def _arm(agenda: Agenda) -> None:
        """Prepare for an attack, whoever is feared or not."""
        if agenda.outlook.view.own.posture != "offensive" and agenda.affords(SetPosture.COST):
            agenda.add(SetPosture("offensive"), SetPosture.COST)
        if agenda.chance(0.35) and agenda.affords(Arm.COST):
            agenda.add(Arm(1.0), Arm.COST)

    def _hunt(self, agenda: Agenda) -> None:
        """Attack prey that is in a crisis with it, press prey that is not, and see that nobody strong comes in between."""
        outlook = agenda.outlook
        prey = [
            other.id
            for other in outlook.view.others
            if (other.contiguity or other.rivalry or other.claimed is not None)
            and instruments.can_fight(outlook, other.id)
            and self.odds(outlook, other.id) >= BEATABLE
        ]
        if not prey:
            return
        cornered = [state for state in prey if not instruments.can_press(outlook, state)]
        victim = agenda.best(cornered or prey, lambda state: self._worth(outlook, state))
        if victim is None:
            return
        aim = outlook.others[victim].claimed or "policy"
        quarrel = bool(cornered) or outlook.others[victim].rivalry or outlook.others[victim].claimed is not None
        if quarrel and agenda.affords(Attack.COST) and agenda.chance(0.25 if cornered else 0.08):
            agenda.add(Attack(victim, aim), Attack.COST)
        elif not cornered and agenda.chance(0.12):
            instruments.ultimatum(agenda, victim, "There is no room for two. Give way, or be made to.")
        elif agenda.chance(0.15):
            self._buy_off(agenda, victim)

    @staticmethod
    def odds(outlook: Outlook, prey: ActorId) -> float:
        """Return one's own share of the forces that would meet: oneself alone against a state and all known to stand by it."""
        pledged = [
            member
            for alignment in outlook.view.alignments
            if alignment.commitment in FIGHTING and prey in alignment.members
            for member in alignment.members
            if member not in (prey, outlook.me)
        ]
        return share(outlook.view.own.power, outlook.power_of([prey, *dict.fromkeys(pledged)]))

    @staticmethod
    def _worth(outlook: Outlook, prey: ActorId) -> float:
        """Return how much a state is wanted: for what it holds, for old scores, and for being near."""
        other = outlook.others[prey]
        return (0.5 if other.claimed is not None else 0.0) + (0.2 if other.rivalry else 0.0) + other.proximity

    @staticmethod
    def _buy_off(agenda: Agenda, victim: ActorId) -> None:
        """Promise the strongest of the others not to fight."""
        outlook = agenda.outlook
        free = [o.id for o in outlook.view.others if o.id != victim and o.id not in outlook.ties and not o.at_war]
        strongest = agenda.best(free, lambda state: outlook.others[state].power, noise=0.0)
        if strongest is not None:
            initiatives.propose(agenda, strongest, "nonaggression")
