"""The incidents of a session, grouped as the propositions need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from counterpoise.sim.world import Incident

ATTACKS = ("crisis_opened", "war_began", "hostile_incident")
"""Incidents in which the first actor threatens or uses force against the second, as in the MID data."""


@dataclass(frozen=True, slots=True)
class FoughtWar:
    """A war. ``parties`` lists each state, the tick of its entry and the tick at which it left, if it did."""

    began: int
    parties: tuple[tuple[str, int, int | None], ...]

    def fought_by(self, states: Sequence[str], tick: int) -> bool:
        """Tell whether one of the states was fighting in the war at a tick."""
        return any(
            state in states and since <= tick and (until is None or tick < until)
            for state, since, until in self.parties
        )


class Chronicle:
    """The incidents of one session, oldest first."""

    def __init__(self, incidents: Sequence[Incident] = ()) -> None:
        self.incidents = tuple(incidents)

    def of(self, *kinds: str) -> list[Incident]:
        """Return the incidents of some kinds."""
        return [incident for incident in self.incidents if incident.kind in kinds]

    @cached_property
    def attacks(self) -> dict[tuple[str, str], list[int]]:
        """The ticks at which one state threatened or attacked another, by attacker and target."""
        found: dict[tuple[str, str], list[int]] = {}
        for incident in self.of(*ATTACKS):
            by, target = incident.actors[:2]
            found.setdefault((by, target), []).append(incident.tick)
        return found

    @cached_property
    def broken_promises(self) -> list[Incident]:
        """Broken promises; the first actor is the state that broke its promise."""
        return self.of("promise_broken")

    @cached_property
    def defeats(self) -> list[tuple[int, str]]:
        """The tick and the state of each defeat in a war."""
        return [
            (incident.tick, actor)
            for incident in self.of("war_ended")
            if incident.detail.get("outcome") == "WIN"
            for actor in incident.actors
            if actor not in incident.detail.get("winners", [])
        ]

    @cached_property
    def wars(self) -> list[FoughtWar]:
        """The wars that began in play."""
        began: dict[object, int] = {}
        entered: dict[tuple[object, str], int] = {}
        left: dict[tuple[object, str], int] = {}
        for incident in self.of("war_began", "war_joined", "war_left", "war_ended"):
            war = incident.detail.get("war")
            if incident.kind == "war_began":
                began[war] = incident.tick
            newcomers = {"war_began": 2, "war_joined": 1}.get(incident.kind, 0)
            for state in incident.actors[:newcomers]:
                entered.setdefault((war, state), incident.tick)
            leavers = {"war_left": 1, "war_ended": len(incident.actors)}.get(incident.kind, 0)
            for state in incident.actors[:leavers]:
                left.setdefault((war, state), incident.tick)
        return [
            FoughtWar(tick, tuple((s, since, left.get((w, s))) for (w, s), since in entered.items() if w == war))
            for war, tick in began.items()
        ]

    @cached_property
    def reasons(self) -> dict[str, list[tuple[int, str]]]:
        """The tick and the reason of each statement, by player, made before the player knew the result."""
        found: dict[str, list[tuple[int, str]]] = {}
        for incident in self.of("reason"):
            found.setdefault(incident.actors[0], []).append((incident.tick, str(incident.detail.get("reason", ""))))
        return found
