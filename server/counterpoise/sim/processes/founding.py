"""Founding: a pact of three or more states is open for signature, and comes into force among those that sign.

A treaty enters into force as it provides; if it says nothing, when all the negotiating states have agreed (Vienna Convention on
the Law of Treaties 1969, art. 24). So a founder can say how many of the states that it invites must sign; otherwise all must.
The Arab collective security pact of 1950, for example, came into force with four of its seven signatories (its art. 13).
"""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.relations.pacts import Proposal, Treaty
from counterpoise.sim.rules import alignments, proposals
from counterpoise.sim.types import ActorId, Commitment


def found(
    stage: Stage,
    founder: ActorId,
    invited: tuple[ActorId, ...],
    commitment: Commitment,
    *,
    against: ActorId | None,
    secret: bool,
    name: str,
    years: float | None,
    needed: int,
) -> Treaty:
    """Open a treaty for signature and call every invited state to answer."""
    world, parties = stage.world, (founder, *invited)
    days = proposals.answer_days(stage, "founding/" + "-".join(parties))
    treaty = Treaty(
        stage.next_id(parties),
        founder,
        invited,
        commitment,
        against,
        secret,
        name,
        years,
        needed,
        world.tick,
        world.tick + days,
    )
    world.treaties[treaty.id] = treaty
    _record(stage, "treaty_proposed", treaty, *parties, needed=needed)
    for to in invited:
        proposal = Proposal(
            stage.next_id(parties),
            founder,
            to,
            commitment,
            against,
            secret,
            world.tick,
            treaty.deadline,
            years,
            name=name,
            treaty=treaty.id,
        )
        proposals.open_proposal(stage, proposal)
    return treaty


def answer(stage: Stage, proposal: Proposal, accept: bool) -> None:
    """Sign the treaty or decline it; after the last answer it comes into force or fails."""
    assert proposal.treaty is not None
    treaty = stage.world.treaties[proposal.treaty]
    del stage.world.proposals[proposal.id]
    if accept:
        treaty.signed += (proposal.to,)
    _record(stage, "treaty_signed" if accept else "treaty_declined", treaty, proposal.to, treaty.founder)
    conclude_if_answered(stage, treaty.id)


def conclude_if_answered(stage: Stage, treaty_id: int) -> None:
    """Bring a treaty into force among those that signed, or let it fail, once that is decided."""
    world = stage.world
    treaty = world.treaties.get(treaty_id)
    if treaty is None:
        return
    waiting = sum(1 for proposal in world.proposals.values() if proposal.treaty == treaty_id)
    if waiting and len(treaty.signed) + waiting >= treaty.needed:
        return
    signatories = _at_peace(stage, treaty)
    if len(signatories) - 1 < treaty.needed:
        fail(stage, treaty)
        return
    del world.treaties[treaty_id]
    alignments.form(
        stage,
        signatories,
        treaty.commitment,
        against=treaty.against,
        secret=treaty.secret,
        name=treaty.name,
        years=treaty.years,
        # A state that read the draft and did not sign knows of the pact.
        known_to=tuple(state for state in treaty.invited if state not in signatories) if treaty.secret else (),
    )


def fail(stage: Stage, treaty: Treaty) -> None:
    """End a treaty that does not come into force, and withdraw it from the states that have not answered."""
    del stage.world.treaties[treaty.id]
    for proposal in [p for p in stage.world.proposals.values() if p.treaty == treaty.id]:
        proposals.withdraw(stage, proposal, "the treaty has failed")
    _record(stage, "treaty_failed", treaty, *treaty.parties, signed=treaty.signed, needed=treaty.needed)


def _at_peace(stage: Stage, treaty: Treaty) -> tuple[ActorId, ...]:
    """Return the founder and the states that signed, without those that are gone or fight one that comes before them."""
    world = stage.world
    kept: list[ActorId] = [treaty.founder]
    for state in treaty.invited:
        if state in treaty.signed and world.actors[state].active and not any(world.at_war(state, k) for k in kept):
            kept.append(state)
    return tuple(kept)


def _record(stage: Stage, kind: str, treaty: Treaty, *actors: ActorId, **more: object) -> None:
    stage.record(
        kind,
        *actors,
        audience=treaty.parties,
        treaty=treaty.id,
        commitment=treaty.commitment,
        against=treaty.against,
        secret=treaty.secret,
        years=treaty.years,
        name=treaty.name,
        **more,
    )
