"""The penetrator: gains access to other states' politics, and aligns with states that have access to its own."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.rules.commitments import DEEP
from counterpoise.sim.types import ActorId, Means
from counterpoise.sim.views.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments, kinship, leverage, patronage, wants
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

STRONG_PENETRATION = 0.20
"""The known penetration of its own politics from which it follows the other state; below it, it expels the agents."""
ACCESS_FOR_OFFER = 0.15
"""The access to another state's politics from which it offers that state an alliance."""
COVERT_MEANS: tuple[Means, ...] = ("propaganda", "subversion", "bribery")


class Bot:
    """Gains influence in other states' politics to win them as allies, and aligns with states that penetrate its own.

    The hypothesis of transnational penetration (Walt 1987, ch. 7): access to a state's politics makes it an ally, best by
    means that seem legitimate and for limited aims. It lobbies friends and undermines enemies (Levin 2016; O'Rourke
    2018), and offers an alliance once it has enough access. At home it ends weak penetration that becomes known by
    expulsion, as Egypt did in 1972, while strong penetration decides its side.
    """

    name: ClassVar[str] = "penetrator"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.18, compromise=0.50, loyalty=0.40, openness=0.22, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, run campaigns, offer alliances through access, and expel agents."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/penetrator/{view.tick}")
        move_list = MoveList(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._response_to_proposal(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(
                move_list, lambda state: instruments.penetration_by(assessment, state) < STRONG_PENETRATION
            )
            self._court_penetrators(move_list)
            patronage.seek_patron(move_list, rate=0.15)
            patronage.arm_enemies_of_clients(move_list, rate=0.20)
            patronage.take_sides(move_list, rate=0.012)
            leverage.use_leverage(move_list)
            leverage.cultivate(move_list)
            kinship.seek_kin(move_list, rate=0.04)
            self._start_campaign(move_list)
            self._offer_alliances(move_list)
        return move_list.moves

    @staticmethod
    def _response_to_proposal(assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Return the response to a proposal of a state with strong penetration; ``None`` to use the temperament's."""
        if (
            call.reason != "proposal"
            or call.asker is None
            or instruments.penetration_by(assessment, call.asker) < STRONG_PENETRATION
        ):
            return None
        offers = [offer for offer in assessment.view.proposals if offer.id == call.subject]
        if not offers or any(
            tie.commitment == offers[0].commitment for tie in assessment.alignments_by_partner.get(call.asker, ())
        ):
            return None
        if assessment.others[call.asker].at_war:
            return None
        return AnswerProposal(call.subject, happens(stream, 0.9))

    @staticmethod
    def _court_penetrators(move_list: MoveList) -> None:
        """Offer an alliance to the state with the strongest penetration of the seat's politics."""
        assessment = move_list.assessment
        penetrators = [
            state for state in assessment.others if instruments.penetration_by(assessment, state) >= STRONG_PENETRATION
        ]
        if penetrators and move_list.happens_at_pace(0.6):
            penetrator = move_list.best_of(
                penetrators, lambda state: instruments.penetration_by(assessment, state), noise=0.0
            )
            if penetrator is not None:
                initiatives.offer_alliance(
                    move_list,
                    penetrator,
                    "arms" if penetrator not in assessment.alignments_by_partner else "defence",
                )

    @staticmethod
    def _start_campaign(move_list: MoveList) -> None:
        """Begin a campaign: by legitimate means in a friendly state, by covert means in a hostile one.

        Access gained already raises a state's worth as a target, because it shows that the state is open.
        """
        assessment = move_list.assessment
        if not move_list.happens(0.5):
            return

        def worth(state: ActorId) -> float:
            other = assessment.others[state]
            weight = min(1.0, other.power / assessment.view.own.power) if assessment.view.own.power > 0.0 else 1.0
            return other.access + 0.5 * weight + 0.3 * other.proximity + 0.3 * assessment.threats[state]

        running = [campaign.target for campaign in assessment.view.campaigns]
        open_to = [state for state in assessment.others if state not in running]
        target = move_list.best_of(open_to, worth, noise=0.5)
        if target is None:
            return
        if assessment.others[target].at_war or assessment.others[target].rivalry or assessment.affinity(target) < -0.6:
            means = COVERT_MEANS[int(move_list.stream.random() * len(COVERT_MEANS))]
            instruments.start_campaign(move_list, target, means, "intrusive", 0.7)
        else:
            instruments.start_campaign(
                move_list, target, "lobbying" if move_list.happens(0.6) else "exchange", "limited", 0.8
            )

    @staticmethod
    def _offer_alliances(move_list: MoveList) -> None:
        """Offer an alliance to a state with enough access to its politics: arms first, and defence once the two are tied."""
        assessment = move_list.assessment
        accessible = [
            state
            for state, other in assessment.others.items()
            if other.access >= ACCESS_FOR_OFFER and wants.depth(assessment, state) < DEEP
        ]
        if accessible and move_list.happens_at_pace(0.5):
            client = move_list.best_of(accessible, lambda state: assessment.others[state].access)
            if client is not None:
                against = assessment.top_threat if assessment.top_threat != client else None
                tied = client in assessment.alignments_by_partner
                initiatives.offer_alliance(move_list, client, "defence" if tied else "arms", against=against)

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Return zero for a partner with strong penetration or enough access, and the ordinary chance otherwise."""
        bound_partners = [
            member
            for member in alignment.members
            if member in assessment.others
            and (
                instruments.penetration_by(assessment, member) >= STRONG_PENETRATION
                or assessment.others[member].access >= ACCESS_FOR_OFFER
            )
        ]
        return 0.0 if bound_partners else initiatives.leave_chance(assessment, alignment)
