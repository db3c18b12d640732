"""Which acts followed from something else at the same moment, so that the actor took no side then and there.

Each function takes everything that happened, oldest first, and the place of the act among it.
"""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.sim.world import Incident


def _of_same_tick(past: Sequence[Incident], place: int) -> Sequence[Incident]:
    """Return the incidents of the same tick."""
    tick = past[place].tick
    start = place
    while start and past[start - 1].tick == tick:
        start -= 1
    end = place
    while end < len(past) and past[end].tick == tick:
        end += 1
    return past[start:end]


def was_demanded(past: Sequence[Incident], place: int, demand: str) -> bool:
    """Tell whether the actor did what an incident tells because a donor of aid had demanded it."""
    actor = past[place].actors[0]
    return any(
        incident.kind == "compliance_given" and incident.actors[1] == actor and incident.detail.get("demand") == demand
        for incident in _of_same_tick(past, place)
    )


def was_conceded(past: Sequence[Incident], place: int) -> bool:
    """Tell whether an alliance was left as part of an accommodation."""
    actor = past[place].actors[0]
    return any(
        incident.kind == "accommodated" and incident.actors[0] == actor and bool(incident.detail.get("dropped"))
        for incident in _of_same_tick(past, place)
    )


def was_bound(past: Sequence[Incident], place: int) -> bool:
    """Tell whether a state entered a war because it had supported the side in the crisis or kept a promise."""
    joined = past[place]
    return any(
        (incident.kind == "war_began" and incident.detail.get("war") == joined.detail.get("war"))
        or (incident.kind == "promise_honoured" and incident.actors[0] == joined.actors[0])
        for incident in _of_same_tick(past, place)
    )


def is_default(past: Sequence[Incident], place: int, actor: str) -> bool:
    """Tell whether an answer was the default of a silent seat."""
    return any(
        incident.kind == "call_lapsed" and incident.actors[0] == actor
        and incident.detail.get("reason") in ("ally", "peace")
        for incident in _of_same_tick(past, place)
    )  # fmt: skip
