"""The inject that ends alignments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active, require_no_repeats
from counterpoise.sim.types import ActorRef, Commitment, Id
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class EndAlignment(Inject):
    """End the alignment with a number, or every alignment among the named states.

    A scenario file cannot know the number. It names the members and, if needed, the commitment.
    """

    kind: ClassVar[str] = "end_alignment"
    title: ClassVar[str] = "End an alignment"

    alignment: Annotated[Id | None, Meta(description="its number", extra_json_schema={"x-choices": "alignments"})] = (
        None
    )
    members: Annotated[
        Annotated[list[ActorRef], Meta(min_length=2, max_length=30)] | None,
        Meta(description="states that are all members of it"),
    ] = None
    commitment: Annotated[Commitment | None, Meta(description="end only alignments with this commitment")] = None

    def require_consistent(self) -> None:
        """Reject an inject with both a number and members or with neither, and a member named twice."""
        if (self.alignment is None) == (self.members is None):
            got = "both" if self.alignment else "neither"
            raise illegal_inject("", "event_alignment_or_members", got)
        require_no_repeats(self.members or (), "members")

    def require_possible(self, world: World) -> None:
        """Reject an inject that matches no alignment in force."""
        for code in self.members or ():
            require_active(world, code, "members")
        if not self._matching(world):
            if self.alignment is not None:
                raise illegal_inject("alignment", "event_no_such_alignment", self.alignment)
            raise illegal_inject("members", "event_no_alignment_of", ", ".join(self.members or ()))

    def depends_on_secrets(self, world: World) -> bool:
        """Tell whether only secret alignments match."""
        return all(alignment.secret for alignment in self._matching(world))

    def apply(self, stage: Stage) -> None:
        """End every alignment that matches."""
        for alignment in self._matching(stage.world):
            alignments.dissolve(stage, alignment, "ended")

    def _matching(self, world: World) -> list[Alignment]:
        return [
            alignment
            for alignment in world.alignments.values()
            if not alignment.ended
            and (self.alignment is None or alignment.id == self.alignment)
            and (self.members is None or all(member in alignment.members for member in self.members))
            and (self.commitment is None or alignment.commitment == self.commitment)
        ]
