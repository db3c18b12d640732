"""What a state is in a position to do: the questions several moves ask of the world, and the price of an act."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.errors import OrderError
from counterpoise.sim.move import Stage, illegal
from counterpoise.sim.types import ActorId, CallReason
from counterpoise.sim.view import View
from counterpoise.sim.world import Alignment, Call, Crisis, War, World

FOES_SHOWN = 3
GRIEVANCE = 0.2
"""Remembered hostility from which a state counts as a foe: that of one open claim (level 1 of 5)."""


def require_treasury(world: World, actor: ActorId, cost: float) -> None:
    """Raise ``OrderError`` unless the actor can pay ``cost``, in per cent of a year's budget."""
    treasury = world.actors[actor].treasury
    if treasury < cost:
        raise illegal("", f"a treasury of at least {cost:g}", f"{treasury:.1f}")


def spend(stage: Stage, actor: ActorId, cost: float) -> None:
    """Take ``cost`` out of the actor's treasury, never below zero."""
    state = stage.world.actors[actor]
    state.treasury = round(max(0.0, state.treasury - cost), 6)


def require_peace_with(world: World, actor: ActorId, other: ActorId, path: str) -> None:
    """Raise ``OrderError`` if the two fight each other."""
    if world.at_war(actor, other):
        raise illegal(path, "a state you are not at war with", other)


def require_no_tie(world: World, actor: ActorId, others: Iterable[ActorId], path: str) -> None:
    """Raise ``OrderError`` if the actor shares an alignment with any of ``others``: it must leave it first."""
    for other in others:
        if any(True for _ in world.alignments_between(actor, other)):
            raise illegal(path, "a state you are not aligned with (leave the alignment first)", other)


def require_no_comradeship(world: World, actor: ActorId, others: Iterable[ActorId], path: str) -> None:
    """Raise ``OrderError`` if the actor fights on the same side as any of ``others`` in some war."""
    fellows = [fellow for war in world.wars_of(actor) for fellow in war.side_of(actor)]
    for other in others:
        if other in fellows:
            raise illegal(path, "a state that is not your comrade in a war", other)


def own_alignment(world: World, actor: ActorId, number: int, path: str) -> Alignment:
    """Return a living alignment of the actor; whether somebody else's exists is not told."""
    found = world.alignments.get(number)
    if found is None or found.ended or actor not in found.members:
        raise illegal(path, "the number of an alignment of yours that is in force", number)
    return found


def living_crisis(world: World, number: int, path: str) -> Crisis:
    """Return a crisis under way; crises are public."""
    found = world.crises.get(number)
    if found is None:
        raise illegal(path, "the number of a crisis under way", number)
    return found


def crisis_between(world: World, a: ActorId, b: ActorId) -> Crisis | None:
    """Return the crisis under way between two states; there is one at most."""
    for crisis in world.crises.values():
        if (crisis.initiator, crisis.target) in ((a, b), (b, a)):
            return crisis
    return None


def living_war(world: World, number: int, path: str) -> War:
    """Return a war under way; wars are public."""
    found = world.wars.get(number)
    if found is None:
        raise illegal(path, "the number of a war under way", number)
    return found


def open_call(world: World, actor: ActorId, reason: CallReason, subject: int) -> Call | None:
    """Return the question the actor has still to answer about ``subject``."""
    for call in world.calls.values():
        if (call.actor, call.reason, call.subject) == (actor, reason, subject):
            return call
    return None


def worst_foes(view: View) -> list[ActorId]:
    """Return the states a seat has most reason to name as a threat, three at most: enemies, rivals, claimants, attackers."""
    felt = [(o.at_war, o.rivalry, o.claim is not None, o.hostility) for o in view.others]
    ranked = sorted(zip(felt, view.others, strict=True), key=lambda pair: pair[0], reverse=True)
    return [other.id for quarrel, other in ranked[:FOES_SHOWN] if any(quarrel[:3]) or quarrel[3] >= GRIEVANCE]


def impossible(path: str, expected: str, got: object) -> OrderError:
    """Return the error for an inject the world cannot take."""
    return OrderError("illegal", f"$.inject.{path}" if path else "$.inject", expected, str(got))


def existing(world: World, code: str, path: str) -> ActorId:
    """Return ``code`` as an id if it is a state that exists now; for injects, which come from no state."""
    found = world.actors.get(ActorId(code))
    if found is None or not found.active:
        raise OrderError("unknown_actor", f"$.inject.{path}", "the code of a state that exists now", code)
    return found.id


def existing_pair(world: World, a: str, b: str, path_a: str, path_b: str) -> tuple[ActorId, ActorId]:
    """Return two codes as ids if they are states that exist now."""
    return existing(world, a, path_a), existing(world, b, path_b)


def require_two(a: str, b: str, path_b: str) -> None:
    """Raise ``OrderError`` if what an inject says of two states it says of one and the same."""
    if a == b:
        raise impossible(path_b, "another state", b)


def require_each_once(codes: Iterable[str], path: str) -> None:
    """Raise ``OrderError`` if an inject names a state twice in one list."""
    seen: list[str] = []
    for code in codes:
        if code in seen:
            raise impossible(f"{path}[{len(seen)}]", "each state once", code)
        seen.append(code)
