"""First ties: the enemy's patron is answered with a patron of one's own, and a power arms the enemies of its rival's clients.

Arms and aid are the first tie and alignment comes later: a state whose enemy is armed by one power turns to that power's rival,
and the rival is looking for it (Walt 1987, chs. 3 and 7 on how such ties began; Mott 2001 on military aid).
"""

from __future__ import annotations

from counterpoise.sim.types import ActorId
from counterpoise_clients.bot_kit import enmities, initiatives, prudence
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList

FIRST_GIFT = 0.10
"""The military aid that opens a tie, as a share of the recipient's budget."""
PEER_SHARE = 0.4
"""The power, as a share of the seat's, from which a rival is of its own rank."""
FRIENDLY = 0.1
"""The affinity from which a state is a friend."""
CLEARLY_STRONGER = 1.3
"""The power, as a multiple of the other side's, from which a side of a crisis is clearly the stronger."""
CLIENT_SHARE = 0.35
"""The power, as a share of the seat's, up to which a state is a possible client."""


def seek_patron(move_list: MoveList, *, rate: float) -> None:
    """Turn to a rival of the power that stands behind an enemy: first consultation, later, once tied, defence."""
    assessment = move_list.assessment
    candidates = {state: worth for state in assessment.others if (worth := patron_worth(assessment, state)) > 0.0}
    if not candidates or not move_list.happens_in_window(rate):
        return
    patron = move_list.best_of(candidates, lambda state: candidates[state])
    if patron is not None:
        tied = patron in assessment.alignments_by_partner or _gives(assessment, patron, assessment.me)
        threat = assessment.top_threat
        initiatives.offer_alliance(
            move_list, patron, "defence" if tied else "consultation", against=threat if tied else None
        )


def patron_worth(assessment: Assessment, state: ActorId) -> float:
    """Return what a state is worth as a counter-patron; 0 if it is none.

    A counter-patron is much stronger than the seat, in reach, no friend of the seat's enemies, and a rival of a power that stands
    behind one of them.
    """
    other = assessment.others[state]
    enemies = assessment.own_enemies
    if (
        state in enemies
        or other.at_war
        or other.power < enmities.PATRON_RATIO * assessment.view.own.power
        or enmities.is_allied_with_enemy(assessment, state, enemies)
        or assessment.reach(state) < prudence.REACH_MIN
    ):
        return 0.0
    opposed = [
        patron
        for enemy in enemies
        for patron in enmities.patrons_of(assessment, enemy)
        if patron in assessment.rivals_of(state)
    ]
    return 0.3 * len(opposed) + 0.5 * assessment.reach(state) + 0.3 * assessment.affinity(state) if opposed else 0.0


def arm_enemies_of_clients(move_list: MoveList, *, rate: float) -> None:
    """Give arms, and later a pact, to a weaker state whose enemies are the clients of the seat's own rival."""
    assessment = move_list.assessment
    candidates = {state: worth for state in assessment.others if (worth := client_worth(assessment, state)) > 0.0}
    if not candidates or not move_list.happens_in_window(rate):
        return
    client = move_list.best_of(candidates, lambda state: candidates[state])
    if client is None:
        return
    if not _gives(assessment, assessment.me, client):
        initiatives.give_aid(move_list, client, "military", FIRST_GIFT)
    elif client not in assessment.alignments_by_partner:
        initiatives.offer_alliance(move_list, client, "arms")
    else:
        initiatives.offer_alliance(move_list, client, "consultation" if move_list.happens(0.5) else "defence")


def client_worth(assessment: Assessment, state: ActorId) -> float:
    """Return what a weaker state is worth as a client; 0 if it is none: the more of its enemies the rivals support, the more."""
    other = assessment.others[state]
    rivals = assessment.own_rivals
    if (
        state in assessment.own_enemies
        or other.power > CLIENT_SHARE * assessment.view.own.power
        or enmities.is_allied_with_enemy(assessment, state, rivals)
        or assessment.reach(state) < prudence.REACH_MIN
        or assessment.affinity(state) < -0.9
    ):
        return 0.0
    supported = [
        foe
        for foe in assessment.rivals_of(state)
        if any(rival in enmities.patrons_of(assessment, foe) for rival in rivals)
    ]
    weight = min(1.0, 10.0 * other.power / assessment.view.own.power) if assessment.view.own.power > 0.0 else 0.0
    return 0.3 * len(supported) + 0.4 * weight + 0.3 * assessment.affinity(state) + 0.5 if supported else 0.0


def build_camp(move_list: MoveList, *, rate: float) -> None:
    """Let a great power with a rival of its own rank offer defence against the rival to a weaker, friendly state.

    Powers that expect a contest gather allies before it, and above all those that the rival could win (Snyder 1997, ch. 2).
    """
    assessment = move_list.assessment
    peers = [
        other.id
        for other in assessment.view.others
        if other.rivalry and other.power >= PEER_SHARE * assessment.view.own.power
    ]
    if not assessment.is_great_power or not peers or not move_list.happens_in_window(rate):
        return
    rival = max(peers, key=lambda peer: (assessment.threats[peer], peer))
    enemies = assessment.own_enemies
    friends = [
        state
        for state, other in assessment.others.items()
        if state not in enemies
        and other.power < assessment.view.own.power
        and assessment.affinity(state) > FRIENDLY
        and assessment.reach(state) >= prudence.REACH_MIN
        and not enmities.is_allied_with_enemy(assessment, state, [rival])
        and not any(
            alignment.commitment in MILITARY_COMMITMENTS
            for alignment in assessment.alignments_by_partner.get(state, ())
        )
    ]

    def worth(state: ActorId) -> float:
        strength = min(1.0, assessment.others[state].power / assessment.others[rival].power)
        enmity = enmities.enmity_with(assessment, state, rival)
        return assessment.affinity(state) + 0.5 * enmity + 0.5 * assessment.reach(state) + 0.3 * strength

    friend = move_list.best_of(friends, worth)
    if friend is not None:
        initiatives.offer_alliance(move_list, friend, "defence", against=rival)


def align_with_enemys_enemy(move_list: MoveList, *, rate: float) -> None:
    """Offer the strongest reachable enemy of an enemy a tie: consultation first, then defence against the common enemy."""
    assessment = move_list.assessment
    enemies = assessment.own_enemies
    shared = {
        state: common
        for state in assessment.others
        if state not in enemies
        and prudence.reach_factor(assessment, state) > 0.5
        and (common := enmities.common_enemies(assessment, state))
        and not enmities.is_allied_with_enemy(assessment, state, common)
    }
    if not shared or not move_list.happens_in_window(rate):
        return

    def worth(state: ActorId) -> float:
        strength = min(1.0, assessment.others[state].power / max(assessment.view.own.power, 1e-6))
        fear = max(assessment.threats.get(enemy, 0.0) for enemy in shared[state])
        return 0.4 * len(shared[state]) + 0.5 * strength + 0.5 * fear + 0.5 * assessment.affinity(state)

    partner = move_list.best_of(shared, worth)
    if partner is not None:
        enemy = enmities.gravest(assessment, shared[partner])
        tied = partner in assessment.alignments_by_partner
        initiatives.offer_alliance(
            move_list, partner, "defence" if tied else "consultation", against=enemy if tied else None
        )


def take_sides(move_list: MoveList, *, rate: float) -> None:
    """Support a partner, or the enemy of an enemy, in its crisis; a state that is torn between the two supports nobody."""
    assessment = move_list.assessment
    enemies = assessment.own_enemies
    for crisis in assessment.view.crises:
        if assessment.me in (crisis.initiator, crisis.target, *crisis.supporters, *crisis.mediators):
            continue
        for side, foe in ((crisis.initiator, crisis.target), (crisis.target, crisis.initiator)):
            if side in enemies or foe in assessment.alignments_by_partner:
                continue
            bond = side in assessment.alignments_by_partner
            if bond or (foe in enemies and side in assessment.others and assessment.affinity(side) > 0.0):
                initiatives.support(move_list, crisis, side, rate=rate if bond and foe in enemies else 0.5 * rate)


def side_with_strong(move_list: MoveList, *, rate: float) -> None:
    """Support the much stronger side of a crisis against a state that is no partner: for safety or for a share of the gains."""
    assessment = move_list.assessment
    for crisis in assessment.view.crises:
        if assessment.me in (crisis.initiator, crisis.target, *crisis.supporters, *crisis.mediators):
            continue
        strong, weak = sorted(
            (crisis.initiator, crisis.target), key=lambda party: (-assessment.total_power([party]), party)
        )
        is_clear = assessment.total_power([strong]) >= CLEARLY_STRONGER * assessment.total_power([weak])
        if is_clear and weak not in assessment.alignments_by_partner and strong in assessment.others:
            initiatives.support(move_list, crisis, strong, rate=rate * assessment.reach(strong))


def _gives(assessment: Assessment, donor: ActorId, recipient: ActorId) -> bool:
    return any((flow.donor, flow.recipient) == (donor, recipient) for flow in assessment.view.aid)
