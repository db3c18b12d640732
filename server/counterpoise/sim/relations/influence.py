"""Influence on another state from outside: aid and demands tied to it, campaigns in its politics, and sanctions."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoise.sim.types import ActorId, AidDemand, AidKind, Means, PenetrationAim, SanctionScope


@dataclass(slots=True)
class Aid:
    """Yearly aid that flows until it is cut; ``amount`` is a share of the recipient's budget, in [0, 1]."""

    donor: ActorId
    recipient: ActorId
    kind: AidKind
    amount: float
    since: int
    condition: str = ""
    dependence: float = 0.0
    """How far the recipient depends on it, in [0, 1]."""


@dataclass(slots=True)
class Condition:
    """A demand that a donor has tied to its aid, until it is closed."""

    id: int
    donor: ActorId
    recipient: ActorId
    aid: AidKind
    demand: AidDemand
    about: ActorId | None
    opened: int
    deadline: int
    leverage: dict[str, float]
    """The donor's leverage at ``opened`` (``aid_leverage.leverage_terms``)."""
    promised: bool = False
    """Whether the recipient has promised to comply and the donor watches it."""


@dataclass(slots=True)
class Campaign:
    """``actor``'s campaign to gain access to ``target``'s politics; an ordered pair has at most one."""

    id: int
    actor: ActorId
    target: ActorId
    means: Means
    aim: PenetrationAim
    effort: float
    """The share of a full programme, in (0, 1]."""
    since: int
    until: int
    """The tick at which it ends unless it is renewed."""
    open: bool = False
    """Whether it is propaganda that is broadcast openly, so that everyone knows of it from the start."""


@dataclass(frozen=True, slots=True)
class Sanction:
    """A measure of ``sender`` against ``target``: no trade, or no arms. Everyone knows of it."""

    sender: ActorId
    target: ActorId
    scope: SanctionScope
    since: int
