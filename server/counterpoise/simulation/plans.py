"""What one simulation does: its seed, how long people play, and the faults that happen to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Literal, get_args

PLAYERS = ("ARD", "COR", "GAL")
"""The seats that people play; bots play the others."""
MODERATOR, OBSERVER = "moderator", "observer"
CLIENTS = (*PLAYERS, MODERATOR, OBSERVER)
PLAY_SECONDS = 24.0
FAULTS_MIN, FAULTS_MAX = 6, 12
SHARED_EVERY = 2
"""One seed in so many has several processes."""
MODERATED_EVERY = 4
"""One seed in so many has a moderator from the start."""

FaultKind = Literal[
    "kill", "power_cut", "drain", "sync_fails", "sync_slow", "sync_lies", "frozen_process",
    "break", "silence", "slow_reader", "welcome_lost", "reload", "second_device", "slow_bot",
]  # fmt: skip
OF_CLIENTS: tuple[FaultKind, ...] = ("break", "silence", "slow_reader", "welcome_lost", "reload", "second_device")
"""The faults that happen to one client."""
_CHANCES: dict[FaultKind, int] = {"kill": 25, "frozen_process": 10, "break": 8, "welcome_lost": 8}
"""How often a kind comes for each time that another comes, if it is not as often."""
_OTHER_CHANCE = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong.

    Args:
        number: its place among the faults of its seed.
        kind: what goes wrong.
        at: the virtual second.
        client: to whom, for the faults of clients.
        amount: in [0, 1]: how long it lasts, or how many steps a killed process still runs.
    """

    number: int
    kind: FaultKind
    at: float
    client: str
    amount: float

    def __str__(self) -> str:
        whom = f" of {self.client}" if self.client else ""
        return f"fault {self.number}: {self.kind}{whom} at second {self.at:.3f} ({self.amount:.2f})"


@dataclass(frozen=True, slots=True)
class Plan:
    """One simulation.

    Args:
        seed: decides everything.
        seconds: how long people play, in virtual seconds.
        faults: what goes wrong, by time.
    """

    seed: int
    seconds: float
    faults: tuple[Fault, ...]

    @property
    def is_moderated(self) -> bool:
        """Whether a moderator starts the session and gives commands; otherwise it starts by itself.

        For a moderator the server computes how the evidence stands, which takes half of the time of a simulation.
        """
        return self.seed % MODERATED_EVERY == 0

    @property
    def is_shared(self) -> bool:
        """Whether two processes share the journals, each ready to take the session over; otherwise one has them locked."""
        return self.seed % SHARED_EVERY == 1

    def with_faults(self, faults: tuple[Fault, ...]) -> Plan:
        """Return the same simulation with only these faults."""
        return replace(self, faults=faults)

    def until(self, seconds: float) -> Plan:
        """Return the same simulation, cut short."""
        return replace(self, seconds=seconds, faults=tuple(fault for fault in self.faults if fault.at < seconds))

    def command(self) -> str:
        """Return how to run exactly this simulation again."""
        numbers = ",".join(str(fault.number) for fault in self.faults)
        return f"plan_of({self.seed}, seconds={self.seconds!r}, only=({numbers}{',' if len(self.faults) == 1 else ''}))"


def plan_of(seed: int, *, seconds: float = PLAY_SECONDS, only: tuple[int, ...] | None = None) -> Plan:
    """Return the simulation of a seed.

    Args:
        seed: decides everything.
        seconds: how long people play.
        only: the numbers of the faults that happen; ``None`` for all.
    """
    random = Random(f"{seed}/faults")
    kinds = get_args(FaultKind)
    chances = [_CHANCES.get(kind, _OTHER_CHANCE) for kind in kinds]
    times = sorted(random.uniform(0.5, PLAY_SECONDS) for _ in range(random.randint(FAULTS_MIN, FAULTS_MAX)))
    faults = []
    for number, at in enumerate(times):
        kind: FaultKind = random.choices(kinds, chances)[0]
        client = random.choice(CLIENTS)
        faults.append(
            Fault(number, kind, round(at, 3), client if kind in OF_CLIENTS else "", round(random.random(), 2))
        )
    chosen = tuple(fault for fault in faults if fault.at < seconds and (only is None or fault.number in only))
    return Plan(seed, seconds, chosen)
