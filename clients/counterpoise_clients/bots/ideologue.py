"""The ideologue: stands with its own kind, whoever is strong or near."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Outlook
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers, happens

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
    TEMPER: ClassVar[Temper] = Temper(resolve=0.75, daring=0.28, pliancy=0.35, loyalty=0.60, openness=0.25, awe=0.0)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, offers by kinship alone; when a window opens, gather the kindred."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/ideologue/{view.tick}")
        agenda = Agenda(
            outlook, stream, answers(outlook, self.TEMPER, stream, lambda call: self._taken(outlook, call, stream))
        )
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            instruments.expel_found(agenda, lambda state: outlook.others[state].similarity < KINDRED)
            self._gather(agenda)
            self._contest(agenda)
            self._stand_with_kin(agenda)
        return agenda.moves

    @staticmethod
    def kindred(outlook: Outlook, state: ActorId) -> bool:
        """Tell whether a state is of one's own kind, and its kind one that can share a table."""
        other = outlook.others[state]
        return other.similarity >= KINDRED and not other.divisive and not other.at_war

    def _taken(self, outlook: Outlook, call: CallView, stream: Random) -> Move | None:
        """Answer an offer by what the one who makes it believes in, and by whom it is aimed at."""
        for offer in outlook.view.proposals:
            if call.reason != "proposal" or offer.id != call.subject or offer.proposer not in outlook.others:
                continue
            if any(found.commitment == offer.commitment for found in outlook.ties.get(offer.proposer, ())):
                return None
            rate = 0.85 if self.kindred(outlook, offer.proposer) else 0.04
            against = outlook.others.get(offer.against) if offer.against is not None else None
            if against is not None and against.similarity >= KINDRED:
                rate *= 0.1
            return AnswerProposal(offer.id, happens(stream, rate))
        return None

    def _gather(self, agenda: Agenda) -> None:
        """Offer the kindred a defence against the alien, or talks where there is none to name; help those who are weak."""
        outlook = agenda.outlook
        kin = [state for state in outlook.others if self.kindred(outlook, state)]
        aliens = [state for state in outlook.feared if outlook.others[state].similarity <= ALIEN]
        loose = [state for state in kin if state not in outlook.ties]
        if loose and agenda.chance(0.35):
            kinsman = agenda.best(
                loose, lambda state: outlook.others[state].similarity + outlook.others[state].proximity
            )
            if kinsman is not None:
                against = aliens[0] if aliens and not outlook.bound(kinsman, aliens[0]) else None
                initiatives.propose(
                    agenda, kinsman, "defence" if against else "consultation", against=against if against else None
                )
        weak = [state for state in kin if outlook.others[state].power < 0.5 * outlook.view.own.power]
        if weak and agenda.chance(0.10):
            protege = agenda.best(weak, outlook.liking)
            if protege is not None:
                initiatives.aid(agenda, protege, "economic", 0.05)
        if aliens:
            initiatives.arm_against(agenda, aliens[0], rate=0.20)
            if agenda.chance(0.08):
                initiatives.speak(agenda, aliens[0], "hostile")

    @staticmethod
    def _contest(agenda: Agenda) -> None:
        """Claim the lead of the movement where nobody has it or one is a match for who has; decry a rival who leads."""
        outlook = agenda.outlook
        own = outlook.view.own
        fellows = [other for other in outlook.view.others if other.family == own.family]
        divided = any(other.divisive for other in fellows)
        leader = outlook.view.leaders.get(own.family)
        if not fellows or leader == own.id:
            return
        rate = 0.30 if divided else 0.08
        if leader is None or (leader in outlook.others and outlook.weight_against(leader) >= HEAD):
            if agenda.chance(rate):
                instruments.claim_leadership(agenda)
        elif divided and leader in outlook.others and agenda.chance(0.10):
            initiatives.speak(agenda, leader, "hostile")

    def _stand_with_kin(self, agenda: Agenda) -> None:
        """Take the side of one's own kind in its crises and wars with the unlike."""
        outlook = agenda.outlook
        for crisis in outlook.view.crises:
            for friend, foe in ((crisis.initiator, crisis.target), (crisis.target, crisis.initiator)):
                known = friend in outlook.others and foe in outlook.others
                if known and self.kindred(outlook, friend) and outlook.others[foe].similarity < KINDRED:
                    initiatives.support_against(agenda, foe, rate=0.15)
        for war in outlook.view.wars:
            for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
                kin = side[0] in outlook.others and self.kindred(outlook, side[0])
                alien = foes[0] in outlook.others and outlook.others[foes[0]].similarity <= ALIEN
                if kin and alien and agenda.chance(0.06):
                    initiatives.join_war(agenda, war, side, foes)

    @staticmethod
    def _parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
        """Part with those who have come to believe in something else, and not with those who have not."""
        partners = [outlook.others[member] for member in alignment.members if member in outlook.others]
        if partners and all(partner.similarity < KINDRED or partner.divisive for partner in partners):
            return 0.15
        return 0.3 * initiatives.parting_rate(outlook, alignment)
