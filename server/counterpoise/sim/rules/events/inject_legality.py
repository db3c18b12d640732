"""Checks that several injects share: the states they name must exist, differ and be named once."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.errors import OrderError
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World


def illegal_inject(path: str, expected: str, got: object) -> OrderError:
    """Return the error for an inject that cannot happen. Its texts are recorded and hashed like those of ``move.illegal``."""
    return OrderError("illegal", f"$.inject.{path}" if path else "$.inject", expected, str(got))


def require_active(world: World, code: str, path: str) -> ActorId:
    """Return a code as an id.

    Raises:
        OrderError: no state with this code exists now.
    """
    found = world.actors.get(ActorId(code))
    if found is None or not found.active:
        raise OrderError("unknown_actor", f"$.inject.{path}", "the code of a state that exists now", code)
    return found.id


def require_active_pair(world: World, a: str, b: str, path_a: str, path_b: str) -> tuple[ActorId, ActorId]:
    """Return two codes as ids; raise ``OrderError`` if no state with one of the codes exists now."""
    return require_active(world, a, path_a), require_active(world, b, path_b)


def require_different(a: str, b: str, path_b: str) -> None:
    """Raise ``OrderError`` if two codes are the same."""
    if a == b:
        raise illegal_inject(path_b, "another state", b)


def require_no_repeats(codes: Iterable[str], path: str) -> None:
    """Raise ``OrderError`` if a list names a state twice."""
    seen: list[str] = []
    for code in codes:
        if code in seen:
            raise illegal_inject(f"{path}[{len(seen)}]", "each state once", code)
        seen.append(code)
