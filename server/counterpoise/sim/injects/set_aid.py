"""The inject that sets a flow of aid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import aid_leverage
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active_pair, require_different
from counterpoise.sim.types import ActorId, ActorRef, AidKind
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class SetAid(Inject):
    """Set the aid that one state gives another each year; 0 ends it."""

    kind: ClassVar[str] = "set_aid"
    title: ClassVar[str] = "Set aid"

    donor: ActorRef
    recipient: ActorRef
    aid: Annotated[AidKind, Meta(description="money or arms")]
    amount: Annotated[float, Meta(ge=0.0, le=1.0, description="share of the recipient's budget, each year")]

    def require_consistent(self) -> None:
        """Reject aid of a state to itself."""
        require_different(self.donor, self.recipient, "recipient")

    def require_possible(self, world: World) -> None:
        """Reject states that do not exist or fight each other, and the end of aid that does not flow."""
        donor, recipient = require_active_pair(world, self.donor, self.recipient, "donor", "recipient")
        if world.at_war(donor, recipient):
            raise illegal_inject("recipient", "event_aid_in_war", recipient)
        if quantised(self.amount) == 0.0 and (donor, recipient, self.aid) not in world.aid:
            raise illegal_inject("amount", "event_no_aid", self.amount)

    def apply(self, stage: Stage) -> None:
        """Set or end the flow; only the two states see military aid."""
        donor, recipient, amount = ActorId(self.donor), ActorId(self.recipient), quantised(self.amount)
        key = (donor, recipient, self.aid)
        audience = None if self.aid == "economic" else (donor, recipient)
        if amount == 0.0:
            aid_leverage.cut_flow(stage, stage.world.aid[key], "cut")
        else:
            aid_leverage.set_flow(stage.world, Aid(donor, recipient, self.aid, amount, stage.world.tick))
            stage.record("aid_given", donor, recipient, audience=audience, aid=self.aid, amount=amount)
