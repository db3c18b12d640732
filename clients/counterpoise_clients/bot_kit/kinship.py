"""Kinship: what a regime does to stand with the movement of its own kind.

A regime short of support at home seeks the blessing of its movement, the weaker the more (Walt 1987, ch. 2; Barnett 1998).
"""

from __future__ import annotations

from counterpoise.sim.kinship import BINDING, KINDRED
from counterpoise_clients.bot_kit import initiatives
from counterpoise_clients.bot_kit.initiatives import MoveList


def seek_kin(move_list: MoveList, *, rate: float) -> None:
    """Offer consultation to the leader of the seat's movement or to its most welcome member; a weak regime does so more often.

    An ideology that prescribes obedience to a single leader divides its states: there only the leader's blessing counts.
    """
    assessment = move_list.assessment
    own = assessment.view.own
    if own.standing == 1.0:
        return
    leader = assessment.view.leaders.get(own.family)
    kin = [
        other.id
        for other in assessment.view.others
        if (other.family == own.family or other.similarity >= KINDRED)
        and (not other.divisive or other.id == leader)
        and not other.rivalry
        and not other.at_war
        and not any(
            tie.commitment in BINDING for tie in assessment.alignments_by_partner.get(other.id, ()) if not tie.secret
        )
    ]
    if not kin or not move_list.happens_in_window(rate * (1.0 - own.legitimacy)):
        return
    partner = leader if leader in kin else move_list.best_of(kin, assessment.affinity)
    if partner is not None:
        initiatives.offer_alliance(move_list, partner, "consultation")
