"""The balancer: seeks help against the gravest threat."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.propose_alliance import Offer
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, View
from counterpoise_clients.bot_kit import ambitions, initiatives, instruments, kinship, leverage, patronage, wants
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment, enemies_in
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

SECRET_OFFER_CHANCE = 0.3
"""The chance that an offer is secret, so that it does not provoke the threat that it names."""
FOUND_CHANCE = 0.25
"""The chance that it seeks several helpers at once, with a pact of many, and not one (chosen)."""


class Bot:
    """Aligns against the gravest threat, more often the graver the threat and the weaker its own side.

    Walt (1987, ch. 2): states ally to balance against threats rather than against power alone, and prefer helpers that
    are near, strong enough to matter and no threat themselves. It arms if help is short (internal balancing, Waltz 1979,
    p. 118), founds pacts of several states and widens them, supports states in a crisis with its threat, and leaves partners
    that have become the threat.
    """

    name: ClassVar[str] = "balancer"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.75, escalation=0.25, compromise=0.35, loyalty=0.42, openness=0.36, bandwagoning=-0.5
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Respond to calls; when a window opens, seek help against the threats."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/balancer/{view.tick}")
        move_list = MoveList(assessment, stream, responses_to_calls(assessment, self.TEMPERAMENT, stream))
        if view.occasion == "window":
            initiatives.do_routine_tasks(move_list, self.TEMPERAMENT)
            initiatives.leave_alignments(move_list, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(
                move_list, lambda state: state in assessment.threatening_states or assessment.affinity(state) < 0.0
            )
            for threat in assessment.threatening_states[:2]:
                self._balance(move_list, threat)
            patronage.align_with_enemys_enemy(move_list, rate=0.12)
            patronage.build_camp(move_list, rate=0.45)
            patronage.seek_patron(move_list, rate=0.30)
            patronage.arm_enemies_of_clients(move_list, rate=0.25)
            patronage.take_sides(move_list, rate=0.012)
            leverage.use_leverage(move_list)
            kinship.seek_kin(move_list, rate=0.06)
            ambitions.pursue(move_list, rate=0.5, at_once=True)
            self._help_friends(move_list)
        return move_list.moves

    def _balance(self, move_list: MoveList, threat: ActorId) -> None:
        assessment = move_list.assessment
        fear, need = assessment.threats[threat], 1.0 - assessment.allied_power_share(threat)
        if threat == assessment.top_threat and move_list.happens_in_window(0.40 * fear * need):
            helpers = initiatives.potential_helpers(assessment, threat)
            helper = move_list.best_of(helpers, lambda state: initiatives.helper_value(assessment, state, threat))
            if helper is not None:
                offer = self._commitment_to_offer(assessment, helper, threat)
                if move_list.happens(FOUND_CHANCE):
                    near = [state for state in helpers if initiatives.helper_value(assessment, state, threat) > 0.0]
                    if initiatives.offer_pact(move_list, near, offer, threat):
                        return
                initiatives.offer_alliance(
                    move_list, helper, offer, against=threat, secret=move_list.happens(SECRET_OFFER_CHANCE)
                )
        initiatives.arm_against(move_list, threat, rate=0.25)
        initiatives.support_against(move_list, threat, rate=0.085)
        if assessment.others[threat].hostility > 0.3 and move_list.happens(0.06):
            initiatives.state_intent(move_list, threat, "hostile")

    @staticmethod
    def _commitment_to_offer(assessment: Assessment, helper: ActorId, threat: ActorId) -> Offer:
        """Return the strongest commitment that the helper is likely to accept.

        With an outside power consultation comes first, unless the threat is grave; defence comes later.
        """
        if assessment.others[helper].role == "outside" and helper not in assessment.alignments_by_partner:
            return "defence" if assessment.threats[threat] > 0.6 else "consultation"
        if assessment.threats[threat] > 0.35:
            return "defence"
        return "arms" if helper in wants.wanted_partners(assessment) else "consultation"

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        rate = initiatives.leave_chance(assessment, alignment)
        return rate * 0.3 if alignment.against is not None and alignment.against == assessment.top_threat else rate

    @staticmethod
    def _help_friends(move_list: MoveList) -> None:
        """Help weaker friends that oppose the threat with aid and guarantees, and join the wars of pledged partners."""
        assessment, top = move_list.assessment, move_list.assessment.top_threat
        if top is None:
            return
        weaker = [
            o.id
            for o in assessment.view.others
            if o.power < 0.5 * assessment.view.own.power and assessment.affinity(o.id) > -0.2
        ]
        exposed = [
            state
            for state in weaker
            if assessment.is_openly_against(state, top) and not assessment.are_aligned(state, top)
        ]
        if exposed and move_list.happens_at_pace(0.12):
            friend = move_list.best_of(exposed, assessment.affinity)
            if friend is not None:
                initiatives.give_aid(move_list, friend, "military", 0.10)
                if wants.can_bear_partner(assessment) and move_list.happens(0.3):
                    initiatives.give_guarantee(move_list, friend, top)
        for war in assessment.view.wars:
            for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
                pledged = any(
                    friend in assessment.alignments_by_partner
                    and any(tie.commitment in MILITARY_COMMITMENTS for tie in assessment.alignments_by_partner[friend])
                    for friend in side
                )
                if pledged and top in enemies_in(war, side[0]) and move_list.happens(0.55):
                    initiatives.join_war(move_list, war, side, foes)
