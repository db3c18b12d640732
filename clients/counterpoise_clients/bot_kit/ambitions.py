"""Ambitions: what a seat asks of others for its own ends: the ties that its objectives want, and more than paper in return.

Goals guide whom a state approaches; what it makes of threats stays with the bot's own strategy. A seat asks only as long as it
can bear more partners.
"""

from __future__ import annotations

from counterpoise.sim.moves.propose_alliance import Offer
from counterpoise.sim.types import ActorId
from counterpoise_clients.bot_kit import enmities, initiatives, trust, wants
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList

FIRM_FRIEND = 0.3
"""The affinity from which a partner that gives arms is asked for defence too (chosen)."""


def pursue(
    move_list: MoveList, *, rate: float, firm: bool = True, at_once: bool = False, spared: ActorId | None = None
) -> None:
    """Ask for something in return for paper that was offered, and seek a tie that the seat's objectives want.

    Args:
        move_list: the moves of this stop.
        rate: the chance in a quarter of a year that the seat looks for a wanted tie, in [0, 1].
        firm: whether the seat would also promise to fight.
        at_once: whether it asks a close state to promise to fight before anything else ties the two.
        spared: a state against which the seat signs nothing, if there is one.
    """
    assessment = move_list.assessment
    if not wants.can_bear_partner(assessment):
        return
    wanted = wants.wanted_partners(assessment)
    for proposer in _refused_on_paper(assessment):
        if assessment.affinity(proposer) >= wants.COLD:
            _ask_in_return(move_list, proposer, firm=firm, wanted=proposer in wanted, spared=spared)
    if wanted and move_list.happens_in_window(rate):
        _seek(move_list, wanted, firm=firm, at_once=at_once, spared=spared)


def _seek(
    move_list: MoveList, wanted: dict[ActorId, float], *, firm: bool, at_once: bool, spared: ActorId | None
) -> None:
    """Offer a wanted partner a tie, against a common enemy or the gravest threat: arms first, defence to a close state later."""
    assessment = move_list.assessment
    strongest = max(assessment.others[state].power for state in wanted) or 1.0

    def worth(state: ActorId) -> float:
        return wanted[state] + assessment.affinity(state) + 0.5 * assessment.others[state].power / strongest

    partner = move_list.best_of(wanted, worth)
    if partner is None:
        return
    knows = at_once or partner in assessment.alignments_by_partner
    commitment: Offer = "defence" if firm and knows and assessment.affinity(partner) >= FIRM_FRIEND else "arms"
    enemy = _gravest_common_enemy(assessment, partner, spared)
    top = assessment.top_threat
    if enemy is None and top not in (None, spared) and not assessment.are_aligned(partner, top):
        enemy = top
    initiatives.offer_alliance(move_list, partner, commitment, against=enemy)


def _ask_in_return(move_list: MoveList, proposer: ActorId, *, firm: bool, wanted: bool, spared: ActorId | None) -> None:
    """Ask a state whose paper the seat has refused for defence against a common enemy, or for arms if the seat wants the tie.

    Whoever wants something has a reason to pay for it.
    """
    assessment = move_list.assessment
    enemy = _gravest_common_enemy(assessment, proposer, spared)
    if firm and enemy is not None:
        initiatives.offer_alliance(move_list, proposer, "defence", against=enemy)
    elif wanted:
        initiatives.offer_alliance(move_list, proposer, "arms", against=enemy)


def _gravest_common_enemy(assessment: Assessment, state: ActorId, spared: ActorId | None) -> ActorId | None:
    return enmities.gravest(assessment, [e for e in enmities.common_enemies(assessment, state) if e != spared])


def _refused_on_paper(assessment: Assessment) -> list[ActorId]:
    """Return the states whose offers of paper the seat has refused since the last window, in the order of their offers."""
    view = assessment.view
    since = view.tick - (view.tick // view.window if view.window > 0 else 0)
    refused = [
        incident["actors"][1]
        for incident in view.incidents
        if incident["kind"] == "alliance_refused"
        and incident["actors"][0] == assessment.me
        and incident["tick"] >= since
        and incident["detail"]["commitment"] in trust.PAPER
    ]
    return [state for state in dict.fromkeys(refused) if state in assessment.others]
