"""What a bot makes of its view: whom it fears, who is a friend, who would help, who is stronger.

Everything here is a function of one ``View``. Numbers are quantised before they are compared, so that a bot decides alike
on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.view import AlignmentView, CrisisView, OtherState, View, WarView
from counterpoise.theory.parameters import DEFAULT
from counterpoise.theory.threat import threats_from_view

MILITARY_COMMITMENTS: tuple[Commitment, ...] = ("defence", "offence", "guarantee", "joint_operation", "union")
"""Commitments that promise force, and so count as help against a threat."""
GRAVE_THREAT = 0.5
"""The threat from which a danger binds those who share it."""
DIGITS = 6


@dataclass(frozen=True)
class Assessment:
    """A seat's judgement of its situation.

    Args:
        view: what the seat sees.
        floor: the threat below which a state is not feared at all.
    """

    view: View
    threat_floor: float = DEFAULT.floor

    @cached_property
    def me(self) -> ActorId:
        """The seat's own state."""
        return self.view.own.id

    @cached_property
    def others(self) -> dict[ActorId, OtherState]:
        """The other states, by code."""
        return {other.id: other for other in self.view.others}

    @cached_property
    def threats(self) -> dict[ActorId, float]:
        """The threat each other state poses, in [0, 1]."""
        return {other: threat.threat for other, threat in threats_from_view(self.view).items()}

    @cached_property
    def threatening_states(self) -> tuple[ActorId, ...]:
        """The states above the floor, the gravest threat first."""
        above = [other for other, fear in self.threats.items() if fear >= self.threat_floor]
        return tuple(sorted(above, key=lambda other: (-self.threats[other], other)))

    @property
    def top_threat(self) -> ActorId | None:
        """The gravest threat, if there is one."""
        return self.threatening_states[0] if self.threatening_states else None

    @cached_property
    def alignments_by_partner(self) -> dict[ActorId, tuple[AlignmentView, ...]]:
        """The seat's own alignments, by partner; partners without one are absent."""
        found: dict[ActorId, tuple[AlignmentView, ...]] = {}
        for alignment in self.view.alignments:
            if self.me in alignment.members:
                for member in alignment.members:
                    if member != self.me:
                        found[member] = (*found.get(member, ()), alignment)
        return found

    def total_power(self, states: Iterable[ActorId]) -> float:
        """Return the summed power of states, as this seat estimates it."""
        shares = [self.view.own.power if state == self.me else self._power_of(state) for state in states]
        return round(fsum(shares), DIGITS)

    def power_share_against(self, other: ActorId) -> float:
        """Return own power as a share of own and theirs, in (0, 1)."""
        return power_share(self.view.own.power, self._power_of(other))

    def affinity(self, other: ActorId) -> float:
        """Return how welcome a state is as a partner, about -2 to 1.5: kinship and good deeds against quarrels."""
        state = self.others[other]
        quarrels = (0.4 if state.rivalry else 0.0) + (0.3 if state.claim is not None else 0.0)
        grudges = min(1.0, state.hostility) * 0.6 + min(1.0, state.broken_promises) * 0.4
        kinship = (0.5 - state.similarity) if state.divisive else (state.similarity - 0.5)
        faith = 0.1 * min(3, state.honoured) - 0.1 * min(3, state.reneged)
        return round(kinship + 0.4 * min(1.0, state.cooperation) + faith - quarrels - grudges, DIGITS)

    def friendliness(self, other: ActorId) -> float:
        """Return how much a state is of one's own kind and company, in [0, 1]; a quarrel of the day does not undo it."""
        if other not in self.others:
            return 0.0
        state = self.others[other]
        kinship = (0.5 - state.similarity) if state.divisive else (state.similarity - 0.5)
        feuds = (0.4 if state.rivalry else 0.0) + (0.3 if state.claim is not None or state.claimed is not None else 0.0)
        return round(min(1.0, max(0.0, 2.0 * (kinship - feuds) + 0.4 * min(1.0, state.cooperation))), DIGITS)

    def are_aligned(self, a: ActorId, b: ActorId) -> bool:
        """Tell whether two states are known to be aligned."""
        return any(a in alignment.members and b in alignment.members for alignment in self.view.alignments)

    def is_openly_against(self, state: ActorId, threat: ActorId) -> bool:
        """Tell whether a state openly stands against another: by an alignment, a crisis or a war."""
        if any(state in found.members and found.against == threat for found in self.view.alignments):
            return True
        if any({state, threat} == {found.initiator, found.target} for found in self.view.crises):
            return True
        return any(threat in enemies_in(war, state) for war in self.view.wars)

    def has_shared_threat(self, partners: Iterable[ActorId]) -> bool:
        """Tell whether there is a grave threat that none of some partners is, or is aligned with as far as one knows."""
        top = self.top_threat
        if top is None or self.threats[top] < GRAVE_THREAT:
            return False
        return not any(partner == top or self.are_aligned(partner, top) for partner in partners)

    def war_allies(self) -> list[ActorId]:
        """Return whom the seat fights beside in any war, itself among them."""
        return [
            fellow
            for war in self.view.wars
            for side in (war.attackers, war.defenders)
            if self.me in side
            for fellow in side
        ]

    def allied_power_share(self, threat: ActorId) -> float:
        """Return the power of one's own side as a share of both sides': self and those pledged to fight, against a threat."""
        pledged = [
            partner
            for partner, alignments in self.alignments_by_partner.items()
            if partner != threat and any(found.commitment in MILITARY_COMMITMENTS for found in alignments)
        ]
        return power_share(self.total_power([self.me, *pledged]), self._power_of(threat))

    def crisis_power_share(self, crisis: CrisisView) -> float:
        """Return the weight of one's own side in a crisis, in (0, 1), supporters counted."""
        other = crisis.target if crisis.initiator == self.me else crisis.initiator
        ours = [self.me, *(who for who, side in crisis.supporters.items() if side == self.me and who != self.me)]
        theirs = [other, *(who for who, side in crisis.supporters.items() if side == other and who != self.me)]
        return power_share(self.total_power(ours), self.total_power(theirs))

    def own_win_chance(self, war: WarView) -> float:
        """Return the public chance that one's own side wins; a bystander gets that of the attackers."""
        return round(1.0 - war.win_chance, DIGITS) if self.me in war.defenders else war.win_chance

    def _power_of(self, other: ActorId) -> float:
        state = self.others.get(other)
        return 0.0 if state is None else max(0.0, state.power)


def enemies_in(war: WarView, state: ActorId) -> tuple[ActorId, ...]:
    """Return whom a state fights in a war; empty for a bystander."""
    if state in war.attackers:
        return war.defenders
    return war.attackers if state in war.defenders else ()


def power_share(ours: float, theirs: float) -> float:
    """Return ours / (ours + theirs), an even share if both are nothing."""
    whole = ours + theirs
    return round(ours / whole, DIGITS) if whole > 0.0 else 0.5
