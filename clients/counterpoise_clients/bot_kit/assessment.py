"""A seat's assessment of its view: threats, friends, possible helpers and shares of power.

Everything here depends on one ``View`` only. Numbers are rounded before they are compared, so that a bot decides alike
on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Any

from counterpoise.sim.numbers.geography import OUTSIDE_REACH
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.views.view import AlignmentView, CrisisView, OtherState, View, WarView
from counterpoise.theory.threat import threats_from_view

MILITARY_COMMITMENTS: tuple[Commitment, ...] = ("defence", "offence", "guarantee", "joint_operation", "union")
"""Commitments that promise force and so count as help against a threat."""
GREAT_POWER = 1.25
"""The power, as a multiple of the average state's, from which a state plays for the balance of power."""
QUARTER_DAYS = 91.0
LONG_GAME_WINDOWS, PACE_MAX = 80, 10.0
"""The windows from which a game counts as long, and the highest pace: a class with eight windows must decide sooner (chosen)."""
GRAVE_THREAT = 0.5
"""The threat from which partners that share a threat stay together."""
THREAT_FLOOR = 0.15
"""The threat below which a state does not count as threatening. The theory's own floor depends on the fears of all states, which
a seat does not see (chosen)."""


@dataclass(frozen=True)
class Assessment:
    """A seat's assessment of its situation.

    Args:
        view: the seat's view.
        threat_floor: the threat below which a state does not count as threatening.
    """

    view: View
    threat_floor: float = THREAT_FLOOR

    @cached_property
    def me(self) -> ActorId:
        """The seat's own state."""
        return self.view.own.id

    @cached_property
    def others(self) -> dict[ActorId, OtherState]:
        """The other states by code."""
        return {other.id: other for other in self.view.others}

    @cached_property
    def threats(self) -> dict[ActorId, float]:
        """The threat that each other state poses, in [0, 1]."""
        return {other: threat.threat for other, threat in threats_from_view(self.view).items()}

    @cached_property
    def threatening_states(self) -> tuple[ActorId, ...]:
        """The states whose threat reaches the floor, the gravest threat first."""
        above = [other for other, threat in self.threats.items() if threat >= self.threat_floor]
        return tuple(sorted(above, key=lambda other: (-self.threats[other], other)))

    @property
    def top_threat(self) -> ActorId | None:
        """The state that poses the gravest threat; ``None`` if no threat reaches the floor."""
        return self.threatening_states[0] if self.threatening_states else None

    @cached_property
    def own_rivals(self) -> tuple[ActorId, ...]:
        """The seat's rivals."""
        return tuple([other.id for other in self.view.others if other.rivalry])

    @cached_property
    def own_enemies(self) -> tuple[ActorId, ...]:
        """The seat's enemies: its rivals, the states it fights, and the gravest threat."""
        enemies = [other.id for other in self.view.others if other.rivalry or other.at_war]
        top = self.top_threat
        return tuple(dict.fromkeys([*enemies, *([] if top is None else [top])]))

    @cached_property
    def alignments_by_partner(self) -> dict[ActorId, tuple[AlignmentView, ...]]:
        """The seat's own alignments by partner. States without an alignment with the seat have no entry."""
        by_partner: dict[ActorId, tuple[AlignmentView, ...]] = {}
        for alignment in self.view.alignments:
            if self.me in alignment.members:
                for member in alignment.members:
                    if member != self.me:
                        by_partner[member] = (*by_partner.get(member, ()), alignment)
        return by_partner

    @cached_property
    def refusals(self) -> tuple[dict[str, Any], ...]:
        """The refusals of offers among the latest incidents, oldest first."""
        return tuple(incident for incident in self.view.incidents if incident["kind"] == "alliance_refused")

    @cached_property
    def _rivals(self) -> dict[ActorId, tuple[ActorId, ...]]:
        rivals: dict[ActorId, tuple[ActorId, ...]] = {}
        for a, b in self.view.rivalries:
            rivals[a] = (*rivals.get(a, ()), b)
            rivals[b] = (*rivals.get(b, ()), a)
        return rivals

    def rivals_of(self, state: ActorId) -> tuple[ActorId, ...]:
        """Return the rivals of a state."""
        return self._rivals.get(state, ())

    def reach_of_own_force(self, state: ActorId) -> float:
        """Return the share of the seat's force that is left on another state's ground, in (0, 1]."""
        if state == self.me or state not in self.others:
            return 1.0
        other = self.others[state]
        if self.view.own.role == "regional":
            return other.proximity
        # The force of an outside power fades over a longer distance (``sim.numbers.geography.reach``).
        return quantised(float(other.proximity ** (1.0 / OUTSIDE_REACH)))

    def reach(self, state: ActorId) -> float:
        """Return the share of force that the better placed of the two could bring to the other, in (0, 1]."""
        return max(self.others[state].reach, self.reach_of_own_force(state))

    @cached_property
    def _alignments_of(self) -> dict[ActorId, list[AlignmentView]]:
        """The alignments that the seat knows of, by member."""
        by_member: dict[ActorId, list[AlignmentView]] = {}
        for alignment in self.view.alignments:
            for member in alignment.members:
                by_member.setdefault(member, []).append(alignment)
        return by_member

    @cached_property
    def _opposed_by(self) -> dict[ActorId, dict[ActorId, None]]:
        """The states that each state openly opposes."""
        opposed: dict[ActorId, dict[ActorId, None]] = {}
        for alignment in self.view.alignments:
            if alignment.against is not None:
                for member in alignment.members:
                    opposed.setdefault(member, {})[alignment.against] = None
        for crisis in self.view.crises:
            opposed.setdefault(crisis.initiator, {})[crisis.target] = None
            opposed.setdefault(crisis.target, {})[crisis.initiator] = None
        for war in self.view.wars:
            for side, foes in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
                for state in side:
                    opposed.setdefault(state, {}).update(dict.fromkeys(foes))
        return opposed

    @cached_property
    def _affinities(self) -> dict[ActorId, float]:
        """What ``affinity`` has computed."""
        return {}

    @cached_property
    def doubts(self) -> dict[ActorId, float]:
        """What ``trust.doubt`` has computed."""
        return {}

    @property
    def is_great_power(self) -> bool:
        """Whether the seat has clearly more power than the average state."""
        count = len(self.others) + 1
        return self.view.own.power * count >= GREAT_POWER * self.total_power([*self.others, self.me])

    @cached_property
    def window_quarters(self) -> float:
        """The length of a decision window in quarters of a year; 1 in the first window, which does not tell."""
        return self.view.tick / self.view.window / QUARTER_DAYS if self.view.window > 0 else 1.0

    @cached_property
    def pace(self) -> float:
        """How many windows of a long game a window stands for: 1, and more in a game of few windows."""
        if self.view.window < 1 or self.view.tick < 1:
            return 1.0
        windows = self.view.end * self.view.window / self.view.tick
        return quantised(min(PACE_MAX, max(1.0, LONG_GAME_WINDOWS / windows)))

    def total_power(self, states: Iterable[ActorId]) -> float:
        """Return the sum of the states' power, as this seat estimates it."""
        shares = [self.view.own.power if state == self.me else self._power_of(state) for state in states]
        return quantised(fsum(shares))

    def power_share_against(self, other: ActorId) -> float:
        """Return the seat's power as a share of its own and the other state's power, in (0, 1)."""
        return power_share(self.view.own.power, self._power_of(other))

    def affinity(self, other: ActorId) -> float:
        """Return how welcome a state is as a partner, about -2 to 1.5: similarity and good deeds minus quarrels."""
        known = self._affinities.get(other)
        if known is not None:
            return known
        state = self.others[other]
        quarrels = (0.4 if state.rivalry else 0.0) + (0.3 if state.claim is not None else 0.0)
        grudges = min(1.0, state.hostility) * 0.6 + min(1.0, state.broken_promises) * 0.4
        kinship = (0.5 - state.similarity) if state.divisive else (state.similarity - 0.5)
        faith = 0.1 * min(3, state.honoured) - 0.1 * min(3, state.reneged)
        found = quantised(kinship + 0.4 * min(1.0, state.cooperation) + faith - quarrels - grudges)
        self._affinities[other] = found
        return found

    def friendliness(self, other: ActorId) -> float:
        """Return the similarity and cooperation between the seat and a state, in [0, 1]; recent hostility does not count."""
        if other not in self.others:
            return 0.0
        state = self.others[other]
        kinship = (0.5 - state.similarity) if state.divisive else (state.similarity - 0.5)
        feuds = (0.4 if state.rivalry else 0.0) + (0.3 if state.claim is not None or state.claimed is not None else 0.0)
        return quantised(min(1.0, max(0.0, 2.0 * (kinship - feuds) + 0.4 * min(1.0, state.cooperation))))

    def alignments_of(self, state: ActorId) -> Sequence[AlignmentView]:
        """Return the alignments of a state that the seat knows of."""
        return self._alignments_of.get(state, ())

    def are_aligned(self, a: ActorId, b: ActorId) -> bool:
        """Return whether the seat knows of an alignment between two states."""
        return any(b in alignment.members for alignment in self.alignments_of(a))

    def is_openly_against(self, state: ActorId, threat: ActorId) -> bool:
        """Return whether a state openly opposes another, by an alignment, a crisis or a war."""
        return threat in self._opposed_by.get(state, ())

    def has_shared_threat(self, partners: Iterable[ActorId]) -> bool:
        """Return whether a grave threat exists that is none of the partners and has no known alignment with any of them."""
        top = self.top_threat
        if top is None or self.threats[top] < GRAVE_THREAT:
            return False
        return not any(partner == top or self.are_aligned(partner, top) for partner in partners)

    def war_allies(self) -> list[ActorId]:
        """Return the states on the seat's side in its wars, including the seat itself."""
        return [
            fellow
            for war in self.view.wars
            for side in (war.attackers, war.defenders)
            if self.me in side
            for fellow in side
        ]

    def allied_power_share(self, threat: ActorId) -> float:
        """Return the power share of the seat and its military allies against a threat, in (0, 1)."""
        pledged = [
            partner
            for partner, alignments in self.alignments_by_partner.items()
            if partner != threat and any(alignment.commitment in MILITARY_COMMITMENTS for alignment in alignments)
        ]
        return power_share(self.total_power([self.me, *pledged]), self._power_of(threat))

    def crisis_power_share(self, crisis: CrisisView) -> float:
        """Return the power share of the seat's side in a crisis, supporters included, in (0, 1)."""
        other = crisis.target if crisis.initiator == self.me else crisis.initiator
        ours = [self.me, *(who for who, side in crisis.supporters.items() if side == self.me and who != self.me)]
        theirs = [other, *(who for who, side in crisis.supporters.items() if side == other and who != self.me)]
        return power_share(self.total_power(ours), self.total_power(theirs))

    def own_win_chance(self, war: WarView) -> float:
        """Return the public chance that the seat's side wins a war. For a bystander this is the attackers' chance."""
        return quantised(1.0 - war.win_chance) if self.me in war.defenders else war.win_chance

    def _power_of(self, other: ActorId) -> float:
        state = self.others.get(other)
        return 0.0 if state is None else max(0.0, state.power)


def enemies_in(war: WarView, state: ActorId) -> tuple[ActorId, ...]:
    """Return the states that a state fights in a war; empty for a bystander."""
    if state in war.attackers:
        return war.defenders
    return war.attackers if state in war.defenders else ()


def power_share(own: float, other: float) -> float:
    """Return ``own / (own + other)``, or 0.5 if both are zero."""
    total = own + other
    return quantised(own / total) if total > 0.0 else 0.5
