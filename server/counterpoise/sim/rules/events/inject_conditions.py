"""Whether the conditions of an inject hold.

Only what everyone can see counts, unless a condition says ``secret``: otherwise an inject that everyone sees would tell of a
secret treaty.
"""

from __future__ import annotations

from collections.abc import Mapping

from counterpoise.sim.inject import Inject
from counterpoise.sim.rules.events.inject_roles import fill_code, parts_of
from counterpoise.sim.scenario import InjectCondition, InjectSpec
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident, PastInject, World


def incident_position(
    world: World, condition: InjectCondition, roles: Mapping[str, ActorId], after: int = 0
) -> int | None:
    """Return the position of the first incident that a condition names, or ``None`` if there is none.

    Args:
        world: the world.
        condition: the condition, which names a kind of incident.
        roles: the states in the roles that the condition names.
        after: the position from which to search among the world's incidents.
    """
    for position in range(after, len(world.incidents)):
        incident = world.incidents[position]
        if incident.tick >= condition.since and _matches(condition, incident, roles):
            return position
    return None


def is_state_met(world: World, condition: InjectCondition, roles: Mapping[str, ActorId]) -> bool:
    """Tell whether all parts of a condition hold now, its incident aside."""

    def state(code: str) -> ActorId:
        return fill_code(code, roles)

    def states(pair: tuple[ActorId, ActorId]) -> tuple[ActorId, ActorId]:
        return state(pair[0]), state(pair[1])

    past = None if condition.inject is None else world.injected.get(condition.inject)
    actors = world.actors
    return (
        (condition.inject is None or (past is not None and past.tick >= condition.since))
        and not (past is not None and past.secret and not condition.secret)
        and (condition.at_war is None or world.at_war(*states(condition.at_war)))
        and (condition.allied is None or _are_aligned(world, condition, states(condition.allied)))
        and (condition.formed is None or _are_aligned(world, condition, states(condition.formed), condition.since))
        and all(actors[state(code)].active for code in condition.exists)
        and all(_rules(world, state(code), families) for code, families in condition.families)
        and all(
            actors[state(code)].active and actors[state(code)].in_power_since >= tick
            for code, tick in condition.in_power_since
        )
    )


def first_unmet(world: World, spec: InjectSpec, roles: Mapping[str, ActorId]) -> str | None:
    """Return which of an inject's conditions prevents it now, such as ``if[0]``, or ``None`` if it may happen."""
    for number, condition in enumerate(spec.conditions):
        if not _holds(world, condition, roles):
            return f"if[{number}]"
    for number, condition in enumerate(spec.exceptions):
        if _holds(world, condition, roles):
            return f"unless[{number}]"
    return None


def remember_inject(world: World, spec: InjectSpec, inject: Inject, position: int | None = None) -> None:
    """Remember that an inject with an id happens now, so that others can wait for it.

    It is secret if it may happen only because of something that not everyone can see.
    """
    if not spec.id:
        return
    waits = () if spec.when is None else (spec.when,)
    secret = any(condition.secret for condition in (*waits, *spec.conditions, *spec.exceptions))
    world.injected[spec.id] = PastInject(world.tick, secret or inject.depends_on_secrets(world), position)


def _holds(world: World, condition: InjectCondition, roles: Mapping[str, ActorId]) -> bool:
    happened = condition.incident is None or incident_position(world, condition, roles) is not None
    return happened and is_state_met(world, condition, roles)


def _matches(condition: InjectCondition, incident: Incident, roles: Mapping[str, ActorId]) -> bool:
    if incident.kind != condition.incident or (incident.audience is not None and not condition.secret):
        return False
    if any(fill_code(code, roles) not in incident.actors for code in condition.actors):
        return False
    parts = parts_of(incident)
    wanted = (("attacker", condition.attacker), ("target", condition.target))
    return all(code is None or parts.get(role) == fill_code(code, roles) for role, code in wanted)


def _are_aligned(
    world: World, condition: InjectCondition, pair: tuple[ActorId, ActorId], since: int | None = None
) -> bool:
    """Tell whether two states share an alignment that counts, formed at ``since`` or later if that is given."""
    return any(
        (condition.secret or not alignment.secret)
        and (not condition.commitments or alignment.commitment in condition.commitments)
        and (since is None or alignment.binds_since(*pair) >= since)
        for alignment in world.alignments_between(*pair)
    )


def _rules(world: World, code: ActorId, families: tuple[str, ...]) -> bool:
    state = world.actors[code]
    return state.active and state.family in families
