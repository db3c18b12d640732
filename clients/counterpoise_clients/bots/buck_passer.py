"""The buck-passer: balances by letting others do it."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment, enemies_in, power_share
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

ENOUGH = 0.40
"""The share of power, of those who stand against a threat and of the threat, from which others carry the burden."""


class Bot:
    """Lets others bear the cost of standing up to a threat, helps them to, and joins them only when nobody else will.

    Christensen & Snyder (1990, pp. 137-168): where the defence seems to have the advantage, states count on others to stop
    an aggressor and save their own strength. While those who oppose the threat suffice it signs nothing against it, keeps on
    good terms with it, goes between it and its enemies, and arms its buck-catchers (Mearsheimer 2001, ch. 5). Left
    uncovered it balances like anybody else.
    """

    name: ClassVar[str] = "buck-passer"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.10, compromise=0.60, loyalty=0.30, openness=0.15, bandwagoning=-0.1
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, with the buck in mind; when a window opens, pass it if there is somebody to take it."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/buck-passer/{view.tick}")
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
            instruments.expel_agents(agenda, lambda state: assessment.affinity(state) < 0.0)
            if assessment.top_threat is not None:
                if self.covered(assessment, assessment.top_threat):
                    self._pass(agenda, assessment.top_threat)
                else:
                    self._balance(agenda, assessment.top_threat)
        return agenda.moves

    @staticmethod
    def catchers(assessment: Assessment, threat: ActorId) -> list[ActorId]:
        """Return who stands openly against a threat already."""
        return [state for state in assessment.others if state != threat and assessment.is_openly_against(state, threat)]

    def covered(self, assessment: Assessment, threat: ActorId) -> bool:
        """Tell whether others, without oneself, are a match for a threat."""
        against = assessment.total_power(self.catchers(assessment, threat))
        return power_share(against, assessment.total_power([threat])) >= ENOUGH

    def _pass(self, agenda: Agenda, threat: ActorId) -> None:
        """Stay on terms with the threat, and give those who face it the means to go on."""
        assessment = agenda.assessment
        if assessment.others[threat].stated_intent != "hostile" and agenda.happens(0.15):
            initiatives.state_intent(agenda, threat, "friendly")
        if threat not in assessment.alignments_by_partner and agenda.happens(0.12):
            initiatives.offer_alliance(agenda, threat, "nonaggression")
        weaker = [state for state in self.catchers(assessment, threat) if not assessment.others[state].at_war]
        if weaker and agenda.happens(0.15):
            catcher = agenda.best_of(weaker, lambda state: initiatives.helper_value(assessment, state, threat))
            if catcher is not None:
                initiatives.give_aid(agenda, catcher, "military", 0.05)
        for crisis in assessment.view.crises:
            if threat in (crisis.initiator, crisis.target) and agenda.happens(0.3):
                instruments.offer_mediation(agenda, crisis)
        initiatives.arm_against(agenda, threat, rate=0.15)

    @staticmethod
    def _balance(agenda: Agenda, threat: ActorId) -> None:
        """Do it oneself, for there is nobody to leave it to."""
        assessment = agenda.assessment
        fear, need = assessment.threats[threat], 1.0 - assessment.allied_power_share(threat)
        if agenda.happens(0.30 * fear * need):
            helper = agenda.best_of(
                initiatives.potential_helpers(assessment, threat),
                lambda state: initiatives.helper_value(assessment, state, threat),
            )
            if helper is not None:
                initiatives.offer_alliance(agenda, helper, "defence" if fear > 0.5 else "consultation", against=threat)
        initiatives.arm_against(agenda, threat, rate=0.30)

    def _called(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Leave a war to those who can win it alone, and a front to those who hold it already."""
        if call.reason == "ally":
            for war in assessment.view.wars:
                if war.id == call.subject:
                    side = call.asker if call.asker is not None else war.defenders[0]
                    foes = enemies_in(war, side)
                    if any(foe in assessment.alignments_by_partner for foe in foes):
                        return AnswerCall(war.id, False)
                    chance = war.win_chance if side in war.attackers else round(1.0 - war.win_chance, 6)
                    needed = assessment.top_threat in foes and chance < ENOUGH
                    return AnswerCall(war.id, happens(stream, 0.7 if needed else 0.08))
        if (
            call.reason == "proposal"
            and assessment.top_threat is not None
            and self.covered(assessment, assessment.top_threat)
        ):
            for offer in assessment.view.proposals:
                binds = offer.commitment in MILITARY_COMMITMENTS or offer.against == assessment.top_threat
                if offer.id == call.subject and binds:
                    return AnswerProposal(offer.id, happens(stream, 0.03))
        return None

    def _leave_chance(self, assessment: Assessment, alignment: AlignmentView) -> float:
        """Slip out of fronts that hold without one."""
        rate = initiatives.leave_chance(assessment, alignment)
        front = alignment.commitment in MILITARY_COMMITMENTS and alignment.against is not None
        if front and alignment.against in assessment.others and self.covered(assessment, alignment.against):
            return rate + 0.05
        return rate
