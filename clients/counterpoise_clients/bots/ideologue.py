"""The ideologue: stands with its own kind, whoever is strong or near."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

KINDRED, ALIEN = 0.65, 0.35
"""The similarity of regimes from which a state is one of us, and up to which it is one of them."""
HEAD = 0.5
"""Own share of the power of oneself and the leader from which a state contests the lead of its movement."""


class Bot:
    """Aligns with regimes like its own and against those unlike it, and where its creed knows one leader only, claims the lead.

    Ideological solidarity: birds of a feather flock together, and the more so the more alike they are (Walt 1987, ch. 2,
    pp. 33-40); the distance between creeds also says who is the enemy (Haas 2005, ch. 1). Where an ideology prescribes
    obedience to a single head it divides those who share it: such a state signs nothing with its fellows, contests the
    leadership, and speaks against the one who has it (Walt 1987, chs. 2 and 6, on the Arab regimes; Kerr 1971).
    """

    name: ClassVar[str] = "ideologue"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.75, escalation=0.28, compromise=0.35, loyalty=0.60, openness=0.25, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, offers by kinship alone; when a window opens, gather the kindred."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/ideologue/{view.tick}")
        agenda = Agenda(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._taken(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(agenda, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(agenda, lambda state: assessment.others[state].similarity < KINDRED)
            self._gather(agenda)
            self._contest(agenda)
            self._stand_with_kin(agenda)
        return agenda.moves

    @staticmethod
    def kindred(assessment: Assessment, state: ActorId) -> bool:
        """Tell whether a state is of one's own kind, and its kind one that can share a table."""
        other = assessment.others[state]
        return other.similarity >= KINDRED and not other.divisive and not other.at_war

    def _taken(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Answer an offer by what the one who makes it believes in, and by whom it is aimed at."""
        for offer in assessment.view.proposals:
            if call.reason != "proposal" or offer.id != call.subject or offer.proposer not in assessment.others:
                continue
            if any(
                found.commitment == offer.commitment
                for found in assessment.alignments_by_partner.get(offer.proposer, ())
            ):
                return None
            rate = 0.85 if self.kindred(assessment, offer.proposer) else 0.04
            against = assessment.others.get(offer.against) if offer.against is not None else None
            if against is not None and against.similarity >= KINDRED:
                rate *= 0.1
            return AnswerProposal(offer.id, happens(stream, rate))
        return None

    def _gather(self, agenda: Agenda) -> None:
        """Offer the kindred a defence against the alien, or talks where there is none to name; help those who are weak."""
        assessment = agenda.assessment
        kin = [state for state in assessment.others if self.kindred(assessment, state)]
        aliens = [state for state in assessment.threatening_states if assessment.others[state].similarity <= ALIEN]
        loose = [state for state in kin if state not in assessment.alignments_by_partner]
        if loose and agenda.happens(0.35):
            kinsman = agenda.best_of(
                loose, lambda state: assessment.others[state].similarity + assessment.others[state].proximity
            )
            if kinsman is not None:
                against = aliens[0] if aliens and not assessment.are_aligned(kinsman, aliens[0]) else None
                initiatives.offer_alliance(
                    agenda, kinsman, "defence" if against else "consultation", against=against if against else None
                )
        weak = [state for state in kin if assessment.others[state].power < 0.5 * assessment.view.own.power]
        if weak and agenda.happens(0.10):
            protege = agenda.best_of(weak, assessment.affinity)
            if protege is not None:
                initiatives.give_aid(agenda, protege, "economic", 0.05)
        if aliens:
            initiatives.arm_against(agenda, aliens[0], rate=0.20)
            if agenda.happens(0.08):
                initiatives.state_intent(agenda, aliens[0], "hostile")

    @staticmethod
    def _contest(agenda: Agenda) -> None:
        """Claim the lead of the movement where nobody has it or one is a match for who has; decry a rival who leads."""
        assessment = agenda.assessment
        own = assessment.view.own
        fellows = [other for other in assessment.view.others if other.family == own.family]
        divided = any(other.divisive for other in fellows)
        leader = assessment.view.leaders.get(own.family)
        if not fellows or leader == own.id:
            return
        rate = 0.30 if divided else 0.08
        if leader is None or (leader in assessment.others and assessment.power_share_against(leader) >= HEAD):
            if agenda.happens(rate):
                instruments.claim_leadership(agenda)
        elif divided and leader in assessment.others and agenda.happens(0.10):
            initiatives.state_intent(agenda, leader, "hostile")

    def _stand_with_kin(self, agenda: Agenda) -> None:
        """Take the side of one's own kind in its crises and wars with the unlike."""
        assessment = agenda.assessment
        for crisis in assessment.view.crises:
            for friend, foe in ((crisis.initiator, crisis.target), (crisis.target, crisis.initiator)):
                known = friend in assessment.others and foe in assessment.others
                if known and self.kindred(assessment, friend) and assessment.others[foe].similarity < KINDRED:
                    initiatives.support_against(agenda, foe, rate=0.15)
        for war in assessment.view.wars:
            for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
                kin = side[0] in assessment.others and self.kindred(assessment, side[0])
                alien = foes[0] in assessment.others and assessment.others[foes[0]].similarity <= ALIEN
                if kin and alien and agenda.happens(0.06):
                    initiatives.join_war(agenda, war, side, foes)

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Part with those who have come to believe in something else, and not with those who have not."""
        partners = [assessment.others[member] for member in alignment.members if member in assessment.others]
        if partners and all(partner.similarity < KINDRED or partner.divisive for partner in partners):
            return 0.15
        return 0.3 * initiatives.leave_chance(assessment, alignment)
