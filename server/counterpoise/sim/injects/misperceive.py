"""The inject that biases one state's perception of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.events.inject_legality import require_active_pair, require_different
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World

Misjudged = Literal["intent", "power", "offense"]


@dataclass(frozen=True, slots=True)
class Misperceive(Inject):
    """Make one state see another's intentions, power or offensive capability as greater or less than they are.

    States act on the threat they perceive, and perceptions err (Jervis 1976). A moderator can use this to test the effects. The
    observer is not told: the error is part of what it sees from the eve of the next window on. An error about intent shows as
    suspected subversion or as remembered cooperation, and fades like a memory; one about power is made up by the other states'
    estimates. A new amount replaces the old one, and 0 ends the misperception.
    """

    kind: ClassVar[str] = "misperceive"
    title: ClassVar[str] = "Misperceive"

    observer: Annotated[ActorRef, Meta(description="the state that errs")]
    other: Annotated[ActorRef, Meta(description="the state it errs about")]
    amount: Annotated[
        float,
        Meta(
            ge=-1.0,
            le=1.0,
            description="the error: for intent 1 for the most suspicion and -1 for the most trust, for power and offense a "
            "share of the true value",
        ),
    ]
    what: Annotated[Misjudged, Meta(description="what it errs about")] = "intent"

    def require_consistent(self) -> None:
        """Reject an error of a state about itself."""
        require_different(self.observer, self.other, "other")

    def require_possible(self, world: World) -> None:
        """Reject states that do not exist."""
        require_active_pair(world, self.observer, self.other, "observer", "other")

    def apply(self, stage: Stage) -> None:
        """Plant the error; it takes hold when states next form their estimates, and no seat sees the incident."""
        observer, other = ActorId(self.observer), ActorId(self.other)
        amount = quantised(self.amount)
        dyad = stage.world.dyad(observer, other)
        if self.what == "intent":
            dyad.misperception = amount
        elif self.what == "power":
            dyad.power_bias = amount
        else:
            dyad.offense_bias = amount
        stage.record("misperceived", observer, other, audience=(), amount=amount, what=self.what)
