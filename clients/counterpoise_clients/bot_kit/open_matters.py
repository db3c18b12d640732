"""What is being negotiated in a view, brought into a simulation that is built from the view."""

from __future__ import annotations

from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.moves.ask_to_join_pact import AskToJoinPact
from counterpoise.sim.moves.expel_from_pact import ExpelFromPact
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.invite_to_pact import InviteToPact
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.relations.pacts import Proposal
from counterpoise.sim.rules import proposals
from counterpoise.sim.views.view import MembershipVoteView, ProposalView, View


def add_proposals(simulation: Simulation, view: View, ids: dict[int, int]) -> None:
    """Make the open proposals of a view in a simulation, which drops treaties that are not legal.

    Args:
        simulation: built from the view; its tick 0 is the view's tick.
        view: the seat's view.
        ids: the simulation's number of each thing of the view; the proposals are added.
    """
    world = simulation.world
    for offer in view.proposals:
        if offer.alignment is not None:
            _add_invitation(simulation, view, offer, ids)
        elif offer.treaty:
            if not any(treaty.founder == offer.proposer for treaty in world.treaties.values()):
                invited = tuple(state for state in (offer.to, *offer.parties) if state in world.actors)
                simulation.apply(offer.proposer, _treaty(offer, invited))
            ids.update((offer.id, p.id) for p in world.proposals.values() if (p.proposer, p.to) == _sides(offer))
        else:
            _add_offer(simulation, view, offer, ids)


def add_votes(simulation: Simulation, view: View, ids: dict[int, int]) -> None:
    """Open the votes of a view on the members of pacts; see ``add_proposals``."""
    world = simulation.world
    for vote in view.membership_votes:
        if vote.alignment in ids:
            before = list(world.membership_votes)
            simulation.apply(vote.asker, _opening_move(vote, ids[vote.alignment]))
            for new_id in [new_id for new_id in world.membership_votes if new_id not in before]:
                ids[vote.id] = new_id
                if vote.consented:
                    simulation.apply(view.own.id, VoteOnMember(new_id, True))


def _sides(offer: ProposalView) -> tuple[str, str]:
    return offer.proposer, offer.to


def _treaty(offer: ProposalView, invited: tuple[str, ...]) -> Move:
    needed = max(1, min(offer.needed, len(invited)))
    return FoundPact(invited, offer.commitment, offer.name, needed, offer.against, offer.secret, offer.years)  # type: ignore[arg-type]  # it comes from a treaty


def _add_offer(simulation: Simulation, view: View, offer: ProposalView, ids: dict[int, int]) -> None:
    """Open an offer between two states; it may be one that a later alliance of the two has overtaken, and stands all the same."""
    if offer.proposer not in simulation.world.actors or offer.to not in simulation.world.actors:
        return
    number = simulation.next_id((offer.proposer, offer.to))
    ids[offer.id] = number
    terms = (offer.commitment, offer.against, offer.secret, 0, offer.deadline - view.tick, offer.years)
    proposals.open_proposal(simulation, Proposal(number, offer.proposer, offer.to, *terms))


def _add_invitation(simulation: Simulation, view: View, offer: ProposalView, ids: dict[int, int]) -> None:
    """Open an invitation to a pact that the simulation has."""
    if offer.alignment not in ids or offer.to not in simulation.world.actors:
        return
    alignment = simulation.world.alignments[ids[offer.alignment]]
    number = simulation.next_id((*alignment.members, offer.to))
    ids[offer.id] = number
    terms = (offer.commitment, offer.against, offer.secret, 0, offer.deadline - view.tick)
    invitation = Proposal(number, offer.proposer, offer.to, *terms, name=offer.name, alignment=alignment.id)
    proposals.open_proposal(simulation, invitation)


def _opening_move(vote: MembershipVoteView, alignment: int) -> Move:
    if vote.question == "invite":
        return InviteToPact(alignment, vote.state)
    return AskToJoinPact(alignment) if vote.question == "admit" else ExpelFromPact(alignment, vote.state)
