"""Which seats are shown the theory's threat index: all, none, or half of them by lot.

To show players the theory's own numbers invites them to act on them. So a scenario or the host decides, and a lot makes two
groups that the debrief can compare. The deal is part of the journal's header.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from counterpoise.sim.scenario import IndexSetting, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.world import World
from counterpoise.theory.evidence.shown_index import Deal
from counterpoise.theory.public_threats import Fear, public_fears
from counterpoise.theory.threat import threats_from_view


class IndexDeal(NamedTuple):
    """Who is shown the index."""

    setting: IndexSetting
    seen: dict[ActorId, bool]
    """For each seat whether it is shown the index."""
    is_stated: bool
    """Whether the header states the deal; where nobody said anything, all are shown the index."""

    def threats(self, view: View, *, with_index: bool) -> dict[str, dict[str, float]]:
        """Return the index of each other state by the view of a seat; nothing if the seat is not shown it.

        Args:
            view: the seat's view.
            with_index: whether to return it although the seat is not shown it.
        """
        if not (with_index or self.seen[view.own.id]):
            return {}
        return {str(other): threat.components() for other, threat in threats_from_view(view).items()}

    def public_fears(self, world: World) -> list[Fear]:
        """Return who seems to fear whom by public signals; nobody where a seat is not shown the index."""
        return public_fears(world) if all(self.seen.values()) else []

    def header_fields(self) -> dict[str, Any]:
        """Return the part of a journal's header."""
        return {"threat_index": {"setting": self.setting, "seats": dict(self.seen)}} if self.is_stated else {}


def index_deal(chosen: IndexSetting | None, scenario: Scenario, seed: str) -> IndexDeal:
    """Return the deal of a session; equal arguments give equal deals.

    Args:
        chosen: what the host chose; ``None`` for what the scenario says.
        scenario: the scenario.
        seed: of the session. A lot shows the index to half of the seats, to the larger half if their number is odd.
    """
    setting = chosen or scenario.threat_index
    seats = [actor.id for actor in scenario.actors]
    chances = Random(f"{seed}/threat index")
    drawn = {seat: chances.random() for seat in seats}
    first = sorted(seats, key=drawn.__getitem__)[: (len(seats) + 1) // 2]
    seen = {seat: setting == "shown" or (setting == "lot" and seat in first) for seat in seats}
    return IndexDeal(setting, seen, chosen is not None or setting != "shown")


def chosen_in(header: Mapping[str, Any]) -> IndexSetting | None:
    """Return the setting that a journal's header states, or ``None``."""
    stated: IndexSetting | None = header.get("threat_index", {}).get("setting")
    return stated


def deal_stated_in(header: Mapping[str, Any], scenario: Scenario) -> Deal:
    """Return who was shown the index by a journal's header; everyone, where it says nothing."""
    stated = header.get("threat_index")
    if stated is None:
        return Deal(False, {actor.id: True for actor in scenario.actors})
    return Deal(stated["setting"] == "lot", stated["seats"])
