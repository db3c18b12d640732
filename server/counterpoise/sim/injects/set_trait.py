"""The inject that sets one of a state's traits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import power
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active
from counterpoise.sim.types import ActorId, ActorRef
from counterpoise.sim.world import World

Trait = Literal["technology", "offensive_share", "lift", "revisionism", "legitimacy", "openness", "constraint"]


@dataclass(frozen=True, slots=True)
class SetTrait(Inject):
    """Set one of a state's lasting traits, such as the technology of its forces, their offensive share, or its legitimacy."""

    kind: ClassVar[str] = "set_trait"
    title: ClassVar[str] = "Set a trait"

    actor: ActorRef
    trait: Annotated[Trait, Meta(description="which trait")]
    value: Annotated[
        float, Meta(ge=0.0, le=10.0, description="a share from 0 to 1; for technology a factor above 0, at most 10")
    ]

    def require_consistent(self) -> None:
        """Reject a value that the trait cannot have."""
        if self.trait == "technology":
            if quantised(self.value) == 0.0:
                raise illegal_inject("value", "event_not_positive", f"{self.value:g}")
        elif self.value > 1.0:
            raise illegal_inject("value", "event_not_a_share", f"{self.value:g}")

    def require_possible(self, world: World) -> None:
        """Reject a state that does not exist."""
        require_active(world, self.actor, "actor")

    def apply(self, stage: Stage) -> None:
        """Set the trait and recompute power; only the state itself sees it."""
        state, value = stage.world.actors[ActorId(self.actor)], quantised(self.value)
        setattr(state, self.trait, value)
        if self.trait == "legitimacy":
            state.baseline_legitimacy = value
        power.refresh(stage.world)
        stage.record("trait_set", state.id, audience=(state.id,), trait=self.trait, value=value)
