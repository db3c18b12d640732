"""How alignments are formed, renewed, left and ended."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.move import Stage
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import membership_votes, memory, proposals
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.world import Audience

GOODWILL_LOST_BY_LEAVING = 0.5
"""Cooperation that leaving an alignment takes away; forming it added 1."""
MUTUAL_AID: tuple[Commitment, ...] = ("defence", "offence", "guarantee", "union")
"""Commitments to fight. Leaving one while a partner is under attack breaks the promise."""


def audience_of(alignment: Alignment) -> Audience:
    """Return who may know of an alignment: everyone, or if it is secret its members and the states that discovered it."""
    return alignment.members + alignment.known_to if alignment.secret else None


def form(
    stage: Stage,
    members: tuple[ActorId, ...],
    commitment: Commitment,
    *,
    against: ActorId | None = None,
    secret: bool = False,
    lead: ActorId | None = None,
    name: str = "",
    years: float | None = None,
    known_to: tuple[ActorId, ...] = (),
) -> Alignment:
    """Form an alignment, or renew the identical one between the same states; both add goodwill.

    Args:
        stage: the simulation.
        members: the states it binds.
        commitment: what they promise.
        against: the threat that it names.
        secret: whether only its members know of it.
        lead: the guarantor or supplier of a one-sided promise.
        name: what it is called.
        years: how long it lasts; without an end if ``None``. A renewal never shortens it.
        known_to: other states that know of a secret alignment from the start.

    Returns:
        The new or the renewed alignment.
    """
    until = None if years is None else stage.world.tick + max(1, round(years * DAYS_PER_YEAR))
    for a, b in combinations(members, 2):
        memory.add_goodwill(stage, a, b, 1.0)
        memory.add_goodwill(stage, b, a, 1.0)
    for known in stage.world.alignments_between(members[0], members[-1]):
        same = (known.commitment, known.against, known.secret, known.lead) == (commitment, against, secret, lead)
        if same and sorted(known.members) == sorted(members):
            _renew(stage, known, members, years, until)
            return known
    alignment = Alignment(
        stage.next_id(members + known_to if secret else None),
        members,
        commitment,
        stage.world.tick,
        against=against,
        secret=secret,
        lead=lead,
        name=name,
        until=until,
        known_to=known_to,
    )
    stage.world.alignments[alignment.id] = alignment
    stage.record(
        "alliance_formed",
        *members,
        audience=audience_of(alignment),
        alignment=alignment.id,
        commitment=commitment,
        against=against,
        secret=secret,
        lead=lead,
        name=name,
        years=years,
    )
    if until is not None:
        stage.start("alignment_terms.end_at_term", alignment.id)
    return alignment


def _renew(
    stage: Stage, alignment: Alignment, members: tuple[ActorId, ...], years: float | None, until: int | None
) -> None:
    """Extend an alignment's term to ``until`` if that is later, and record the renewal."""
    if alignment.until is not None:
        alignment.until = None if until is None else max(until, alignment.until)
    _record(stage, alignment, "alliance_renewed", *members, years=years)


def reveal(stage: Stage, alignment: Alignment) -> None:
    """Make a secret alignment public. The state it is directed against counts it as a hostile statement by each member."""
    if alignment.ended or not alignment.secret:
        return
    alignment.secret = False
    stage.record(
        "secret_revealed",
        *alignment.members,
        alignment=alignment.id,
        commitment=alignment.commitment,
        against=alignment.against,
        name=alignment.name,
    )
    if alignment.against is not None and stage.world.actors[alignment.against].active:
        for member in alignment.members:
            memory.remember_hostile_statement(stage, member, alignment.against)


def join(stage: Stage, alignment: Alignment, actor: ActorId) -> None:
    """Add a member to a pact; every old member and the new one feel goodwill, as if they had formed it."""
    for member in alignment.members:
        memory.add_goodwill(stage, actor, member, 1.0)
        memory.add_goodwill(stage, member, actor, 1.0)
    members = alignment.members
    alignment.known_to = tuple(state for state in alignment.known_to if state != actor)
    alignment.members = (*members, actor)
    alignment.joined[actor] = stage.world.tick
    stage.record(
        "alliance_joined",
        actor,
        *members,
        audience=audience_of(alignment),
        alignment=alignment.id,
        commitment=alignment.commitment,
        against=alignment.against,
        secret=alignment.secret,
        name=alignment.name,
    )
    _close_negotiations(stage, alignment, actor)


def expel(stage: Stage, alignment: Alignment, actor: ActorId) -> None:
    """Expel a member from a pact. It remembers this, as a broken promise if it is under attack and the others owed it aid."""
    others = tuple(member for member in alignment.members if member != actor)
    deserted = alignment.commitment in MUTUAL_AID and _is_under_attack(stage, actor)
    for member in others:
        memory.add_goodwill(stage, member, actor, -GOODWILL_LOST_BY_LEAVING)
        if deserted:
            memory.remember_broken_promise(stage, member, actor)
    _record(stage, alignment, "alliance_expelled", actor, *others)
    remove_member(stage, alignment, actor)


def leave(stage: Stage, alignment: Alignment, actor: ActorId) -> None:
    """Take an actor out of an alignment. Its partners remember it, as a broken promise if it deserts them under attack."""
    if alignment.ended or actor not in alignment.members:
        return
    owes_aid = alignment.commitment in MUTUAL_AID
    _end_membership(
        stage, alignment, actor, "alliance_left", deserts=lambda partner: owes_aid and _is_under_attack(stage, partner)
    )


def repudiate(stage: Stage, alignment: Alignment, actor: ActorId) -> None:
    """Take an actor's new regime out of its predecessor's alignment: this costs goodwill but breaks no promise."""
    _end_membership(stage, alignment, actor, "alliance_repudiated", deserts=lambda partner: False)


def _end_membership(
    stage: Stage, alignment: Alignment, actor: ActorId, kind: str, *, deserts: Callable[[ActorId], bool]
) -> None:
    """Take an actor out of an alignment and record it; ``deserts`` tells whether this breaks the promise to a partner."""
    partners = tuple(member for member in alignment.members if member != actor)
    for partner in partners:
        memory.add_goodwill(stage, actor, partner, -GOODWILL_LOST_BY_LEAVING)
        if deserts(partner):
            memory.remember_broken_promise(stage, actor, partner)
    _record(stage, alignment, kind, actor, *partners)
    remove_member(stage, alignment, actor)


def remove_member(stage: Stage, alignment: Alignment, actor: ActorId) -> None:
    """Take an actor out of an alignment without blame. The alignment ends if one member is left or its lead is gone."""
    partners = tuple(member for member in alignment.members if member != actor)
    if len(partners) < 2 or actor == alignment.lead:
        dissolve(stage, alignment, "left")
    else:
        alignment.members = partners
        if alignment.secret:
            alignment.known_to += (actor,)  # a former member still knows of the pact
        membership_votes.void_senseless(stage, alignment)


def dissolve(stage: Stage, alignment: Alignment, reason: str) -> None:
    """End an alignment for all its members; ``reason`` is one word for the log."""
    if alignment.ended:
        return
    alignment.ended, alignment.until = True, stage.world.tick
    _record(stage, alignment, "alliance_ended", *alignment.members, reason=reason)
    _close_negotiations(stage, alignment)


def _record(stage: Stage, alignment: Alignment, kind: str, *actors: ActorId, **more: object) -> None:
    """Log what happens to an alignment that its audience knows already: its number, kind and name say which it is."""
    stage.record(
        kind,
        *actors,
        audience=audience_of(alignment),
        alignment=alignment.id,
        commitment=alignment.commitment,
        name=alignment.name,
        **more,
    )


def _close_negotiations(stage: Stage, alignment: Alignment, joined: ActorId | None = None) -> None:
    """Withdraw what has lost its object: invitations to a pact that has ended or to a new member, and votes about them."""
    for proposal in [p for p in stage.world.proposals.values() if p.alignment == alignment.id]:
        if alignment.ended or proposal.to == joined:
            proposals.withdraw(stage, proposal, "the pact has ended" if alignment.ended else "it has joined")
    membership_votes.void_senseless(stage, alignment)


def _is_under_attack(stage: Stage, actor: ActorId) -> bool:
    return any(actor in war.defenders for war in stage.world.wars.values())
