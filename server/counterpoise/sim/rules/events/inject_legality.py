"""Checks that several injects share: the states they name must exist, differ and be named once."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.errors import OrderError
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.refusal_reasons import REFUSALS_OF_INJECTS
from counterpoise.sim.world import World


def illegal_inject(path: str, reason: str, got: object, **terms: str | int) -> OrderError:
    """Return the error for an inject that cannot happen. Its texts are recorded and hashed like those of ``move.illegal``.

    Args:
        path: the field at fault; empty for the whole inject.
        reason: a code of ``REFUSALS_OF_INJECTS``, which has the words for ``expected``.
        got: what the field has.
        terms: what the words have places for.
    """
    return refused_inject("illegal", path, reason, got, **terms)


def refused_inject(code: str, path: str, reason: str, got: object, **terms: str | int) -> OrderError:
    """Return the refusal of an inject with another code than ``illegal``; the rest is as there."""
    expected = REFUSALS_OF_INJECTS[reason].format(**terms)
    return OrderError(code, f"$.inject.{path}" if path else "$.inject", expected, str(got), reason, terms)


def require_active(world: World, code: str, path: str) -> ActorId:
    """Return a code as an id.

    Raises:
        OrderError: no state with this code exists now.
    """
    found = world.actors.get(ActorId(code))
    if found is None or not found.active:
        raise refused_inject("unknown_actor", path, "event_no_such_state", code)
    return found.id


def require_active_pair(world: World, a: str, b: str, path_a: str, path_b: str) -> tuple[ActorId, ActorId]:
    """Return two codes as ids; raise ``OrderError`` if no state with one of the codes exists now."""
    return require_active(world, a, path_a), require_active(world, b, path_b)


def require_different(a: str, b: str, path_b: str) -> None:
    """Raise ``OrderError`` if two codes are the same."""
    if a == b:
        raise illegal_inject(path_b, "event_same_state", b)


def require_no_repeats(codes: Iterable[str], path: str) -> None:
    """Raise ``OrderError`` if a list names a state twice."""
    seen: list[str] = []
    for code in codes:
        if code in seen:
            raise illegal_inject(f"{path}[{len(seen)}]", "event_state_twice", code)
        seen.append(code)
