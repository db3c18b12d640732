"""Roles: the states of the incident that an inject has waited for, named in its fields and texts as ``{attacker}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from counterpoise.sim.scenario import InjectSpec
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident, World

ROLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("war_began", "war_ended", "crisis_opened", "crisis_ended", "land_occupied", "penetration_exposed"),
        ("attacker", "target"),
    ),
    "claim_settled": ("claimant", "target"),
    **dict.fromkeys(("war_joined", "alliance_joined"), ("joiner", "ally")),
    "promise_broken": ("breaker", "ally"),
    "peace_brokered": ("mediator", "first", "second"),
    **dict.fromkeys(("regime_changed", "mobilized", "state_entered", "state_left", "war_left"), ("state",)),
    **dict.fromkeys(
        ("alliance_formed", "alliance_ended", "secret_revealed", "rivalry_began", "rivalry_ended"), ("first", "second")
    ),
}
"""The roles of each kind of incident, in the order of its states. A kind that is absent has none."""
_ROLE = re.compile(r"\{([a-z]+)\}")


def roles_in(value: object) -> list[str]:
    """Return the roles that a text, or the texts of a list, name in braces."""
    texts = value if isinstance(value, list | tuple) else [value]
    return [role for text in texts if isinstance(text, str) for role in _ROLE.findall(text)]


def has_stray_brace(value: object) -> bool:
    """Tell whether a text has a brace that is no part of a role, such as that of ``{attacker`` or ``{Attacker}``."""
    return isinstance(value, str) and any(brace in _ROLE.sub("", value) for brace in "{}")


def roles_of(world: World, position: int | None) -> dict[str, ActorId]:
    """Return the states in the roles of an incident.

    Args:
        world: the world.
        position: the incident's position among the world's incidents; ``None`` for no incident.
    """
    return {} if position is None else parts_of(world.incidents[position])


def parts_of(incident: Incident) -> dict[str, ActorId]:
    """Return the states in the roles of an incident, by role."""
    states = incident.actors
    if incident.kind == "war_ended":  # it lists all states of both sides
        states = ActorId(incident.detail["attackers"][0]), ActorId(incident.detail["defenders"][0])
    return dict(zip(ROLES.get(incident.kind, ()), states, strict=False))


def fill_code(code: str, roles: Mapping[str, ActorId]) -> ActorId:
    """Return the state that a code or a role in braces names."""
    return roles.get(code[1:-1], ActorId(code)) if code.startswith("{") else ActorId(code)


def filled_inject(world: World, spec: InjectSpec, position: int | None) -> dict[str, Any]:
    """Return an inject as plain values, with states in place of roles: codes in the fields of states, names in texts.

    Args:
        world: the world.
        spec: the inject.
        position: the position of the incident whose states fill the roles; ``None`` for no incident.
    """
    names = {actor.id: actor.name for actor in world.actors.values()}
    filled: dict[str, Any] = fill_roles(spec.plain(), roles_of(world, position), names)
    return filled


def fill_roles(value: Any, roles: Mapping[str, ActorId], names: Mapping[ActorId, str]) -> Any:
    """Return a plain value with states in place of roles: the code if a text is only a role, else the name.

    A role that no state fills stays as it is.
    """
    if isinstance(value, dict):
        return {key: fill_roles(item, roles, names) for key, item in value.items()}
    if isinstance(value, list):
        return [fill_roles(item, roles, names) for item in value]
    if not isinstance(value, str):
        return value
    if _ROLE.fullmatch(value):
        return fill_code(value, roles)
    return _ROLE.sub(lambda found: names[roles[found[1]]] if found[1] in roles else found[0], value)
