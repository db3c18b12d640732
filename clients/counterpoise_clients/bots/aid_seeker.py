"""The aid-seeker: aligns with its donors, and gives aid to win allies."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.types import ActorId, AidDemand, AidKind
from counterpoise.sim.views.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import ambitions, initiatives, instruments, patronage
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

RICH = 1.5
"""The power, as a multiple of the mean of all states, from which a state gives aid instead of seeking it."""
DEPENDENT = 0.03
"""The aid, as a share of the budget, from which a state does what the donor demands."""
GIFT = 0.10
"""The aid that a rich state gives, as a share of the recipient's budget."""


class Bot:
    """Aligns with the state that gives it most aid, as long as the aid flows; a rich state gives aid to win allies.

    This is the hypothesis that aid makes allies, "bribery", which Walt tests (1987, ch. 7). A poor state asks rich states
    for aid, signs with its largest donor, does what that donor demands while it depends on the aid, and leaves alignments
    against it (Morgenthau 1962 on bribes among the uses of aid). A rich state ties its aid to a demand and cuts the aid if
    the demand is refused, because leverage comes from cutting (Baldwin 1985).
    """

    name: ClassVar[str] = "aid-seeker"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.45, escalation=0.12, compromise=0.60, loyalty=0.40, openness=0.15, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls, in favour of the donor; when a window opens, give aid or seek it."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/aid-seeker/{view.tick}")
        move_list = MoveList(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._response_to_donor(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.cut_aid_after_refusals(move_list)
            instruments.expel_agents(move_list, lambda state: state != instruments.largest_donor(assessment))
            patronage.take_sides(move_list, rate=0.016)
            if self.is_rich(assessment):
                patronage.arm_enemies_of_clients(move_list, rate=0.20)
                self._give_aid(move_list)
                ambitions.pursue(move_list, rate=0.3)
            else:
                patronage.seek_patron(move_list, rate=0.30)
                self._seek_aid(move_list)
        return move_list.moves

    @staticmethod
    def is_rich(assessment: Assessment) -> bool:
        """Return whether the seat gives aid: its power is clearly above the mean."""
        every = [*assessment.others, assessment.me]
        return assessment.view.own.power * len(every) >= RICH * assessment.total_power(every)

    @staticmethod
    def _aid_from(assessment: Assessment, donor: ActorId) -> float:
        flows = [f.amount for f in assessment.view.aid if (f.donor, f.recipient) == (donor, assessment.me)]
        return round(max(flows, default=0.0), 6)

    def _response_to_donor(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Return the response to a donor's condition or proposal; ``None`` to use the temperament's."""
        if call.reason == "condition":
            condition = instruments.condition_by_id(assessment.view, call.subject)
            if condition is None:
                return None
            pays = self._aid_from(assessment, condition.donor) >= DEPENDENT
            return AnswerCondition(condition.id, happens(stream, 0.92 if pays else 0.10))
        if call.reason != "proposal" or call.asker is None or call.asker not in assessment.others:
            return None
        offers = [offer for offer in assessment.view.proposals if offer.id == call.subject]
        if not offers or any(
            tie.commitment == offers[0].commitment for tie in assessment.alignments_by_partner.get(call.asker, ())
        ):
            return None
        if self._aid_from(assessment, call.asker) > 0.0 or (
            self.is_rich(assessment) and offers[0].commitment != "offence"
        ):
            return AnswerProposal(
                call.subject, happens(stream, 0.9 if offers[0].against not in assessment.alignments_by_partner else 0.3)
            )
        return None

    def _seek_aid(self, move_list: MoveList) -> None:
        """Offer an alliance to the largest donor, and ask other rich states for aid."""
        assessment = move_list.assessment
        donor = instruments.largest_donor(assessment)
        if donor is not None:
            if donor not in assessment.alignments_by_partner and move_list.happens_at_pace(0.5):
                initiatives.offer_alliance(move_list, donor, "consultation")
            elif move_list.happens_at_pace(0.15):
                initiatives.offer_alliance(move_list, donor, "defence", against=assessment.top_threat)
            if assessment.others[donor].stated_intent != "hostile" and move_list.happens(0.10):
                initiatives.state_intent(move_list, donor, "friendly")
        rich_states = [
            other.id
            for other in assessment.view.others
            if other.power > assessment.view.own.power
            and not other.at_war
            and self._aid_from(assessment, other.id) == 0.0
        ]
        if rich_states and move_list.happens_at_pace(0.30 if donor is None else 0.10):
            patron = move_list.best_of(
                rich_states, lambda state: 2.0 * assessment.others[state].power + 0.3 * assessment.affinity(state)
            )
            if patron is not None:
                instruments.send_message(move_list, patron, "We need help at home, and remember who gives it.")
                if donor is None:
                    initiatives.offer_alliance(move_list, patron, "arms")

    @staticmethod
    def _give_aid(move_list: MoveList) -> None:
        """Give conditional aid to a weaker state: first for its alignment, otherwise for the next demand it can meet."""
        assessment = move_list.assessment
        small = [
            other.id
            for other in assessment.view.others
            if other.power < 0.5 * assessment.view.own.power
            and not other.at_war
            and assessment.affinity(other.id) > -0.5
        ]
        if not small or not move_list.happens_at_pace(0.45):
            return
        client = move_list.best_of(
            small, lambda state: assessment.affinity(state) + 0.5 * assessment.others[state].proximity
        )
        if client is None:
            return
        demands: list[tuple[AidDemand, ActorId | None]] = [("side_with_us", None)]
        if assessment.top_threat is not None and assessment.top_threat != client:
            demands.append(("leave_alliance", assessment.top_threat))
        demands += [("drop_claim", assessment.me), ("friendly_words", assessment.me)]
        for demand, about in demands:
            if instruments.can_ask(assessment, client, demand, about):
                kind: AidKind = (
                    "military"
                    if assessment.top_threat is not None and assessment.is_openly_against(client, assessment.top_threat)
                    else "economic"
                )
                instruments.give_conditional_aid(move_list, client, kind, GIFT, demand, about)
                return

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Return a high chance for an alignment against the donor, and zero for an alignment with it."""
        donor = instruments.largest_donor(assessment)
        if donor is not None and alignment.against == donor:
            return 0.5
        if donor is not None and donor in alignment.members:
            return 0.0
        return 2.0 * initiatives.leave_chance(assessment, alignment)
