"""Rules that the moves on pacts of three and more share."""

from __future__ import annotations

from counterpoise.errors import OrderError
from counterpoise.sim.move import illegal
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import MULTILATERAL, ActorId
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view import AlignmentView

MEMBERS_MAX = 30
"""Largest number of members of a pact: the bound of the inject that forms alignments."""


def is_open(alignment: Alignment | AlignmentView) -> bool:
    """Tell whether a pact can have more members: its members promise one another the same, and it is not full."""
    mutual = alignment.commitment in MULTILATERAL and alignment.lead is None
    return mutual and len(alignment.members) < MEMBERS_MAX


def refuse_closed(alignment: Alignment | AlignmentView, number: int) -> OrderError | None:
    """Refuse a pact that can have no more members."""
    if is_open(alignment):
        return None
    return illegal("alignment", "closed_pact", number, most=MEMBERS_MAX)


def refuse_candidate(
    position: Position, alignment: Alignment | AlignmentView, code: ActorId, path: str
) -> OrderError | None:
    """Refuse a state as a new member: the threat that the pact names, an enemy of a member, or one that is voted on."""
    if code == alignment.against:
        return illegal(path, "pact_is_against", code)
    enemy = next((member for member in alignment.members if position.are_at_war(code, member)), None)
    if enemy is not None:
        return illegal(path, "enemy_of_member", f"{code}, which is at war with {enemy}")
    if position.is_voted_on(code, alignment.id):
        return illegal(path, "voted_on_now", code)
    return None
