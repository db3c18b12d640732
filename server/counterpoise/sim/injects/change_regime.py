"""The inject that changes a state's regime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.conflict import endings
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active
from counterpoise.sim.scenario import usual_centres
from counterpoise.sim.types import ActorId, ActorRef, Share
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class ChangeRegime(Inject):
    """Put another regime in power: a coup, a revolution, an election."""

    kind: ClassVar[str] = "change_regime"
    title: ClassVar[str] = "Change a regime"

    actor: ActorRef
    family: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=60,
            description="the new regime's family, one of the scenario's",
            extra_json_schema={"x-choices": "families"},
        ),
    ]
    legitimacy: Annotated[Share | None, Meta(description="the new regime's legitimacy; unchanged if left out")] = None
    openness: Annotated[Share | None, Meta(description="how open the state's politics are; unchanged if left out")] = (
        None
    )
    constraint: Annotated[
        Share | None, Meta(description="how strong its domestic constraint is; unchanged if left out")
    ] = None
    centres: Annotated[
        Annotated[int, Meta(ge=1, le=9)] | None,
        Meta(
            description="how many centres of power must agree; if left out, what is usual for a constraint given here"
        ),
    ] = None

    def require_possible(self, world: World) -> None:
        """Reject a state that does not exist, and a family that the scenario does not have."""
        require_active(world, self.actor, "actor")
        if self.family not in world.ideology.families:
            families = ", ".join(world.ideology.families)
            raise illegal_inject("family", "event_no_such_family", self.family, families=families)

    def apply(self, stage: Stage) -> None:
        """Change the regime; everyone sees it."""
        state = stage.world.actors[ActorId(self.actor)]
        legitimacy = state.legitimacy if self.legitimacy is None else self.legitimacy
        if self.openness is not None:
            state.openness = quantised(self.openness)
        if self.constraint is not None:
            state.constraint = quantised(self.constraint)
        if self.centres is not None:
            state.centres = self.centres
        elif self.constraint is not None:
            state.centres = usual_centres(state.constraint)
        endings.change_regime(stage, state, self.family, legitimacy, cause="inject")
