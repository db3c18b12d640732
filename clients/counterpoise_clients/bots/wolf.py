"""The wolf: seeks dominance, and attacks states that it can beat."""

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

BEATABLE_SHARE = 0.65
"""The seat's power share against a state and its military allies from which it attacks."""


class Bot:
    """Arms for attack, isolates a weaker state, sets ultimatums and attacks.

    Schweller's wolf (1994, pp. 103-104): a state that values what it covets more than what it has, so that neither fear nor
    a fair share satisfies it; only superior numbers deter it. It counts the allies pledged to its target before it acts
    (Mearsheimer 1983, ch. 2: attackers look for a quick victory), and offers the strongest other state non-aggression.
    """

    name: ClassVar[str] = "wolf"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.85, escalation=0.50, compromise=0.10, loyalty=0.20, openness=0.15, bandwagoning=0.1
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, arm, isolate a target and attack it."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/wolf/{view.tick}")
        agenda = Agenda(assessment, stream, responses_to_calls(assessment, self.TEMPERAMENT, stream))
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(agenda, lambda alignment: initiatives.leave_chance(assessment, alignment))
            self._arm(agenda)
            if not any(other.at_war for other in view.others):
                self._attack_weak_states(agenda)
        return agenda.moves

    @staticmethod
    def _arm(agenda: Agenda) -> None:
        """Prepare for an attack: take an offensive posture and arm, regardless of threats."""
        if agenda.assessment.view.own.posture != "offensive" and agenda.can_afford(SetPosture.COST):
            agenda.add(SetPosture("offensive"), SetPosture.COST)
        if agenda.happens(0.35) and agenda.can_afford(Arm.COST):
            agenda.add(Arm(1.0), Arm.COST)

    def _attack_weak_states(self, agenda: Agenda) -> None:
        """Attack a target in a crisis with the seat, set an ultimatum to another target, or isolate the target."""
        assessment = agenda.assessment
        targets = [
            other.id
            for other in assessment.view.others
            if (other.contiguity or other.rivalry or other.claimed is not None)
            and instruments.can_fight(assessment, other.id)
            and self.power_share_of(assessment, other.id) >= BEATABLE_SHARE
        ]
        if not targets:
            return
        in_crisis = [state for state in targets if not instruments.can_open_crisis(assessment, state)]
        target = agenda.best_of(in_crisis or targets, lambda state: self._target_worth(assessment, state))
        if target is None:
            return
        aim = assessment.others[target].claimed or "policy"
        quarrel = bool(in_crisis) or assessment.others[target].rivalry or assessment.others[target].claimed is not None
        if quarrel and agenda.can_afford(Attack.COST) and agenda.happens(0.25 if in_crisis else 0.08):
            agenda.add(Attack(target, aim), Attack.COST)
        elif not in_crisis and agenda.happens(0.12):
            instruments.issue_ultimatum(agenda, target, "There is no room for two. Give way, or be made to.")
        elif agenda.happens(0.15):
            self._offer_nonaggression(agenda, target)

    @staticmethod
    def power_share_of(assessment: Assessment, target: ActorId) -> float:
        """Return the seat's power share against a state and its known military allies."""
        pledged = [
            member
            for alignment in assessment.view.alignments
            if alignment.commitment in MILITARY_COMMITMENTS and target in alignment.members
            for member in alignment.members
            if member not in (target, assessment.me)
        ]
        return power_share(assessment.view.own.power, assessment.total_power([target, *dict.fromkeys(pledged)]))

    @staticmethod
    def _target_worth(assessment: Assessment, target: ActorId) -> float:
        """Return a target's worth: for a claim on it, for rivalry and for proximity."""
        other = assessment.others[target]
        return (0.5 if other.claimed is not None else 0.0) + (0.2 if other.rivalry else 0.0) + other.proximity

    @staticmethod
    def _offer_nonaggression(agenda: Agenda, target: ActorId) -> None:
        """Offer non-aggression to the strongest other state."""
        assessment = agenda.assessment
        free = [
            o.id
            for o in assessment.view.others
            if o.id != target and o.id not in assessment.alignments_by_partner and not o.at_war
        ]
        strongest = agenda.best_of(free, lambda state: assessment.others[state].power, noise=0.0)
        if strongest is not None:
            initiatives.offer_alliance(agenda, strongest, "nonaggression")
