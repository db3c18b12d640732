"""The decision point: everything known about one actor's decision in one window before any order of that window.

``freezing`` makes decision points from a world.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from counterpoise.sim.scenario import diffusion
from counterpoise.sim.types import ActorId, Role

DecisionKind = Literal["formation", "renewal", "defection", "realignment", "abstention"]
BALANCE, OTHER, BANDWAGON, NEUTRAL, HIDE = "BAL", "OTHER", "BW", "NEU", "HIDE"
"""The classes of options: balancing, aligning with another state, joining the top threat, neutrality, hiding."""

AVAILABLE_WILL = 0.3
"""Chance of acceptance from which a partner counts as available."""
AVAILABLE_REACH = 0.1
"""Reach from which a partner is near enough to help (chosen)."""


class Candidate(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Another state as the actor saw it when the decision was frozen. Shares and traits lie in [0, 1]; encoded as an array."""

    id: ActorId
    power: float
    """Its share of all capabilities, as the actor sees it."""
    km: float
    proximity: float
    """g of the two states: the component of the index."""
    reach: float
    """The share of its force that is left on the actor's ground."""
    offense: float
    intentions: float
    threat: float
    """T_ik: the actor's fear of it."""
    fear_of_top_threat: float = msgspec.field(name="threatened")
    """T_k,j*: its fear of the actor's top threat, as the actor estimates it from public signals."""
    shared: float
    """S_ik: the strongest fear the two have in common."""
    will: float
    """The actor's estimate of the chance that it accepts and honours."""
    similarity: float
    divisive: bool
    aid: float
    """Yearly aid to the actor at the freeze, as a share of the actor's budget; decided before this window."""
    monopoly: float
    """Its share of the actor's supply of the kind of aid it gives."""
    asymmetry: float
    """How much more the actor depends on that aid than the donor does."""
    motivation: float
    """The donor's fear of the top threat less the actor's own, in [-1, 1]."""
    constraint: float
    penetration: float
    limited: bool
    legitimate: bool
    prior: bool
    """Already aligned with the actor."""
    rivals_shared: int
    rivals_of_allies: int
    relative_power: float
    """Its power in relation to the actor's own, as the actor sees it: the component of the index."""


class DecisionPoint(msgspec.Struct, frozen=True):
    """One decision before it is made. Numbers are quantised; unless noted they lie in [0, 1]."""

    actor: ActorId
    role: Role
    window: int
    opened: int
    closes: int
    date: str
    threatened: bool
    """Whether the top threat reaches the floor."""
    top_threat: ActorId
    threat: float
    weight: float
    """The actor's power over its own and the top threat's."""
    power: float
    """The actor's own share of all capabilities."""
    relative_power: float
    """The top threat's power in relation to the actor's own."""
    legitimacy: float
    openness: float
    war: bool
    """Whether the actor or its top threat is at war."""
    win_chance: float
    """The public chance that the top threat's side wins its war; 0.5 without one."""
    contenders: tuple[ActorId, ...]
    """States whose threat comes close to the top one, the top one first."""
    sheltered: bool
    """Whether others have aligned against the top threat recently enough to shelter the actor (``hiding_days``)."""
    neutral: bool
    """Whether the actor has no alignment at all."""
    source: Candidate
    """The top threat itself."""
    candidates: tuple[Candidate, ...]
    """States that the actor could align with, in the scenario's order; ``options`` begins with one option for each."""
    barred: tuple[Candidate, ...]
    """The other states: enemies in war, which are no feasible partners."""
    options: tuple[str, ...]
    floor: float
    """theta: the threat from which the decision counts as threatened."""
    shared_floor: float
    """The fear of the top threat from which a candidate shares it."""
    revisionism: float = 0.0
    """How much the actor wants to change the status quo, from the scenario."""
    centres: int | None = None
    """How many centres of power decide in the actor's state; ``None`` in records of earlier rules."""
    refusers: tuple[ActorId, ...] = ()
    """States that refused a pact that the actor offered, within the last year."""

    @property
    def others(self) -> tuple[Candidate, ...]:
        """Every other state once. Below the floor the top threat is among the candidates, and is not repeated."""
        return (*self.candidates, *self.barred, *((self.source,) if self.threatened else ()))

    @property
    def alignments(self) -> int:
        """How many of the options align the actor with a state; these options come first."""
        return len(self.options) - (2 if self.threatened else 1)

    @property
    def available(self) -> tuple[Candidate, ...]:
        """The candidates that are likely to help: willing, in reach, and without a recent refusal."""
        return tuple(
            k
            for k in self.candidates
            if k.will >= AVAILABLE_WILL and k.reach >= AVAILABLE_REACH and k.id not in self.refusers
        )

    @property
    def permeability(self) -> float:
        """The mean of openness and of the diffusion of power, in [0, 1]; openness alone where the centres are not known."""
        return self.openness if self.centres is None else (self.openness + diffusion(self.centres)) / 2.0

    def candidate(self, actor: ActorId) -> Candidate | None:
        """Return another state's record, whether or not it is a feasible partner."""
        if actor == self.source.id:
            return self.source
        for found in (*self.candidates, *self.barred):
            if found.id == actor:
                return found
        return None


def option_of(label: str) -> tuple[str, str]:
    """Split an option's label into its class and its partner: ``BAL:SYR`` into ``BAL`` and ``SYR``."""
    name, _, partner = label.partition(":")
    return name, partner


def options_of(candidates: Sequence[Candidate], shared_floor: float, *, threatened: bool) -> tuple[str, ...]:
    """Return the labels of the options; ``shared_floor`` is the fear from which a candidate shares the threat."""
    if not threatened:
        return (*(f"{OTHER}:{k.id}" for k in candidates), NEUTRAL)
    partners = (f"{BALANCE if k.fear_of_top_threat >= shared_floor else OTHER}:{k.id}" for k in candidates)
    return (*partners, BANDWAGON, NEUTRAL, HIDE)
