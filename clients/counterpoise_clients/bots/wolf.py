"""The wolf: seeks dominance, and attacks states that it can beat."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.arm import Arm
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.moves.set_posture import SetPosture
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import CallView, View
from counterpoise_clients.bot_kit import ambitions, initiatives, instruments, patronage, prudence
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment, power_share
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, crisis_response, responses_to_calls

BEATABLE_SHARE = 0.65
"""The seat's power share against a state and its military allies from which it attacks."""

ATTACK_CHANCE = 0.6
"""The chance of winning from which it attacks."""


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

    BIDING: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.10, compromise=0.40, loyalty=0.20, openness=0.15, bandwagoning=0.1
    )
    """Its tendencies towards a state that it cannot beat yet."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, arm, isolate a target and attack it."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/wolf/{view.tick}")
        move_list = MoveList(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._own_response(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: initiatives.leave_chance(assessment, alignment))
            self._arm(move_list)
            patronage.align_with_enemys_enemy(move_list, rate=0.20)
            ambitions.pursue(move_list, rate=0.3)
            if not any(other.at_war for other in view.others):
                self._attack_weak_states(move_list)
        return move_list.moves

    def _own_response(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Return a patient response to a crisis with a state that it cannot beat yet; ``None`` to use the temperament's."""
        for crisis in assessment.view.crises:
            if call.reason not in ("crisis", "demand") or crisis.id != call.subject or crisis.own_response is not None:
                continue
            opponent = crisis.target if crisis.initiator == assessment.me else crisis.initiator
            if prudence.attack_chance(assessment, opponent) < ATTACK_CHANCE:
                return RespondCrisis(crisis.id, crisis_response(assessment, crisis, self.BIDING, stream))
        return None

    @staticmethod
    def _arm(move_list: MoveList) -> None:
        """Prepare for an attack: take an offensive posture and arm, regardless of threats."""
        if move_list.assessment.view.own.posture != "offensive" and move_list.can_afford(SetPosture.COST):
            move_list.add(SetPosture("offensive"), SetPosture.COST)
        if move_list.happens(0.35) and move_list.can_afford(Arm.COST):
            move_list.add(Arm(1.0), Arm.COST)

    def _attack_weak_states(self, move_list: MoveList) -> None:
        """Attack a target in a crisis with the seat, set an ultimatum to another target, or isolate the target."""
        assessment = move_list.assessment
        targets = [
            other.id
            for other in assessment.view.others
            if (other.contiguity or other.rivalry or other.claimed is not None)
            and instruments.can_fight(assessment, other.id)
            and self.power_share_of(assessment, other.id) >= BEATABLE_SHARE
            and prudence.attack_chance(assessment, other.id) >= ATTACK_CHANCE
            and prudence.nuclear_caution(assessment, other.id) >= 0.5
        ]
        if not targets:
            return
        in_crisis = [state for state in targets if not instruments.can_open_crisis(assessment, state)]
        target = move_list.best_of(in_crisis or targets, lambda state: self._target_worth(assessment, state))
        if target is None:
            return
        aim = assessment.others[target].claimed or "policy"
        quarrel = bool(in_crisis) or assessment.others[target].rivalry or assessment.others[target].claimed is not None
        if quarrel and move_list.can_afford(Attack.COST) and move_list.happens(0.15 if in_crisis else 0.05):
            move_list.add(Attack(target, aim), Attack.COST)
        elif not in_crisis and move_list.happens(0.06):
            instruments.issue_ultimatum(move_list, target, "There is no room for two. Give way, or be made to.")
        elif move_list.happens(0.15):
            self._offer_nonaggression(move_list, target)

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
        """Return how much a target is worth: a claim on it and rivalry add to its proximity."""
        other = assessment.others[target]
        return (0.5 if other.claimed is not None else 0.0) + (0.2 if other.rivalry else 0.0) + other.proximity

    @staticmethod
    def _offer_nonaggression(move_list: MoveList, target: ActorId) -> None:
        """Offer non-aggression to the strongest other state."""
        assessment = move_list.assessment
        free = [
            o.id
            for o in assessment.view.others
            if o.id != target and o.id not in assessment.alignments_by_partner and not o.at_war
        ]
        strongest = move_list.best_of(free, lambda state: assessment.others[state].power, noise=0.0)
        if strongest is not None:
            initiatives.offer_alliance(move_list, strongest, "nonaggression")
