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
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment, power_share
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

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
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.85, escalation=0.50, compromise=0.10, loyalty=0.20, openness=0.15, bandwagoning=0.1
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, arm, isolate and strike."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/wolf/{view.tick}")
        agenda = Agenda(assessment, stream, responses_to_calls(assessment, self.TEMPERAMENT, stream))
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(agenda, lambda alignment: initiatives.leave_chance(assessment, alignment))
            self._arm(agenda)
            if not any(other.at_war for other in view.others):
                self._hunt(agenda)
        return agenda.moves

    @staticmethod
    def _arm(agenda: Agenda) -> None:
        """Prepare for an attack, whoever is feared or not."""
        if agenda.assessment.view.own.posture != "offensive" and agenda.can_afford(SetPosture.COST):
            agenda.add(SetPosture("offensive"), SetPosture.COST)
        if agenda.happens(0.35) and agenda.can_afford(Arm.COST):
            agenda.add(Arm(1.0), Arm.COST)

    def _hunt(self, agenda: Agenda) -> None:
        """Attack prey that is in a crisis with it, press prey that is not, and see that nobody strong comes in between."""
        assessment = agenda.assessment
        prey = [
            other.id
            for other in assessment.view.others
            if (other.contiguity or other.rivalry or other.claimed is not None)
            and instruments.can_fight(assessment, other.id)
            and self.odds(assessment, other.id) >= BEATABLE
        ]
        if not prey:
            return
        cornered = [state for state in prey if not instruments.can_open_crisis(assessment, state)]
        victim = agenda.best_of(cornered or prey, lambda state: self._worth(assessment, state))
        if victim is None:
            return
        aim = assessment.others[victim].claimed or "policy"
        quarrel = bool(cornered) or assessment.others[victim].rivalry or assessment.others[victim].claimed is not None
        if quarrel and agenda.can_afford(Attack.COST) and agenda.happens(0.25 if cornered else 0.08):
            agenda.add(Attack(victim, aim), Attack.COST)
        elif not cornered and agenda.happens(0.12):
            instruments.issue_ultimatum(agenda, victim, "There is no room for two. Give way, or be made to.")
        elif agenda.happens(0.15):
            self._buy_off(agenda, victim)

    @staticmethod
    def odds(assessment: Assessment, prey: ActorId) -> float:
        """Return one's own share of the forces that would meet: oneself alone against a state and all known to stand by it."""
        pledged = [
            member
            for alignment in assessment.view.alignments
            if alignment.commitment in MILITARY_COMMITMENTS and prey in alignment.members
            for member in alignment.members
            if member not in (prey, assessment.me)
        ]
        return power_share(assessment.view.own.power, assessment.total_power([prey, *dict.fromkeys(pledged)]))

    @staticmethod
    def _worth(assessment: Assessment, prey: ActorId) -> float:
        """Return how much a state is wanted: for what it holds, for old scores, and for being near."""
        other = assessment.others[prey]
        return (0.5 if other.claimed is not None else 0.0) + (0.2 if other.rivalry else 0.0) + other.proximity

    @staticmethod
    def _buy_off(agenda: Agenda, victim: ActorId) -> None:
        """Promise the strongest of the others not to fight."""
        assessment = agenda.assessment
        free = [
            o.id
            for o in assessment.view.others
            if o.id != victim and o.id not in assessment.alignments_by_partner and not o.at_war
        ]
        strongest = agenda.best_of(free, lambda state: assessment.others[state].power, noise=0.0)
        if strongest is not None:
            initiatives.offer_alliance(agenda, strongest, "nonaggression")
