"""Who is whose enemy and who stands behind whom, as far as one seat's view shows it.

Alliances grow from enmities: the enemy of an enemy is a possible friend, and the patron of an enemy is another enemy (Heider
1946; Maoz, Terris, Kuperman & Talmud 2007 on the imbalances among states' ties).
"""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.views.view import AlignmentView
from counterpoise_clients.bot_kit.assessment import MILITARY_COMMITMENTS, Assessment

PATRONAGE: tuple[Commitment, ...] = (*MILITARY_COMMITMENTS, "arms", "basing")
"""Commitments by which a stronger state stands behind a weaker one."""
PATRON_RATIO = 2.0
"""The power, as a multiple of a state's own, from which a partner counts as its patron."""


def are_enemies(assessment: Assessment, a: ActorId, b: ActorId) -> bool:
    """Return whether two states are rivals, or openly oppose each other."""
    return b in assessment.rivals_of(a) or assessment.is_openly_against(a, b) or assessment.is_openly_against(b, a)


def common_enemies(assessment: Assessment, state: ActorId) -> list[ActorId]:
    """Return the seat's enemies that are another state's enemies too."""
    return [enemy for enemy in assessment.own_enemies if enemy != state and are_enemies(assessment, state, enemy)]


def gravest(assessment: Assessment, enemies: Iterable[ActorId]) -> ActorId | None:
    """Return the enemy that threatens the seat most; ``None`` without enemies."""
    return max(enemies, key=lambda enemy: (assessment.threats.get(enemy, 0.0), enemy), default=None)


def patrons_of(assessment: Assessment, state: ActorId) -> list[ActorId]:
    """Return the much stronger states that stand behind a state by a pact, arms, bases or public aid."""
    power = assessment.total_power([state])
    behind = [
        member
        for alignment in assessment.alignments_of(state)
        if alignment.commitment in PATRONAGE
        for member in alignment.members
    ] + [flow.donor for flow in assessment.view.aid if flow.recipient == state]
    return [
        patron
        for patron in dict.fromkeys(behind)
        if patron not in (state, assessment.me) and assessment.total_power([patron]) >= PATRON_RATIO * power
    ]


def is_allied_with_enemy(assessment: Assessment, state: ActorId, enemies: Iterable[ActorId]) -> bool:
    """Return whether a state is bound to one of the enemies by a promise to fight, arms or bases."""
    foes = tuple(enemies)
    return any(
        alignment.commitment in PATRONAGE and any(foe in alignment.members for foe in foes if foe != state)
        for alignment in assessment.alignments_of(state)
    )


def is_enemy_of_partner(assessment: Assessment, state: ActorId) -> bool:
    """Return whether one of the seat's own allies or clients is an enemy of a state.

    A patron that ties itself to its client's enemy loses the client (Snyder 1997, ch. 6, on the fear of abandonment).
    """
    return any(
        partner != state and are_enemies(assessment, partner, state)
        for partner, alignments in assessment.alignments_by_partner.items()
        if any(alignment.commitment in PATRONAGE for alignment in alignments)
    )


def enmity_with(assessment: Assessment, state: ActorId, threat: ActorId) -> float:
    """Return how far a state is an enemy of a threat, in [0, 1]: openly, as a rival, or as a rival of the threat's partners."""
    if assessment.is_openly_against(state, threat) or threat in assessment.rivals_of(state):
        return 1.0
    partners = [
        member
        for alignment in assessment.alignments_of(threat)
        if alignment.commitment in PATRONAGE
        for member in alignment.members
        if member not in (threat, assessment.me)
    ]
    return 0.5 if any(partner in assessment.rivals_of(state) for partner in partners) else 0.0


def is_satellite_tie(assessment: Assessment, alignment: AlignmentView) -> bool:
    """Return whether an alignment ties the seat to a much stronger neighbour of its own kind of regime, or the other way round.

    Alliances of unequal states, in which the weaker gives autonomy for security, last longer (Morrow 1991).
    """
    own = assessment.view.own.power
    for member in alignment.members:
        other = assessment.others.get(member)
        if other is None or alignment.commitment not in PATRONAGE:
            continue
        unequal = max(own, other.power) >= 5.0 * min(own, other.power)
        if unequal and other.similarity >= 0.8 and assessment.reach(member) >= 0.5:
            return True
    return False
