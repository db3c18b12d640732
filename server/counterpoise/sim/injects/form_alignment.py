"""The inject that forms an alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active, require_no_repeats
from counterpoise.sim.timing import start_on_eve_of
from counterpoise.sim.types import FREE_TEXT, ONE_SIDED, ActorId, ActorRef, Commitment, Moment
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class FormAlignment(Inject):
    """Bind two or more states by a commitment, as if they had agreed to it."""

    kind: ClassVar[str] = "form_alignment"
    title: ClassVar[str] = "Form an alignment"

    members: Annotated[list[ActorRef], Meta(min_length=2, max_length=30, description="the states it binds")]
    commitment: Annotated[Commitment, Meta(description="what they promise")]
    against: Annotated[ActorRef | None, Meta(description="the threat it names, if any")] = None
    secret: Annotated[bool, Meta(description="whether only its members know of it")] = False
    lead: Annotated[ActorRef | None, Meta(description="the guarantor or supplier of a one-sided promise")] = None
    name: Annotated[str, Meta(max_length=120, description="what it is called", extra=FREE_TEXT)] = ""
    until: Annotated[
        Moment | None,
        Meta(description="the day on which it ends, if it has a term: a date such as 1911-12-01, or a tick"),
    ] = None

    def require_consistent(self) -> None:
        """Reject a member named twice, a threat among the members, a lead outside them, and a one-sided promise with no lead."""
        require_no_repeats(self.members, "members")
        if self.against in self.members:
            raise illegal_inject("against", "event_against_member", self.against)
        if self.lead is not None and self.lead not in self.members:
            raise illegal_inject("lead", "event_lead_outside", self.lead, members=", ".join(self.members))
        if self.lead is None and self.commitment in ONE_SIDED:
            raise illegal_inject("lead", "event_lead_needed", "nothing", commitment=self.commitment)

    def require_possible(self, world: World) -> None:
        """Reject states that do not exist, members at war with each other, and an end in the past."""
        members = [require_active(world, code, "members") for code in self.members]
        for index, member in enumerate(members):
            if any(world.at_war(member, other) for other in members[:index]):
                raise illegal_inject("members", "event_members_at_war", member)
        if self.against is not None:
            require_active(world, self.against, "against")
        if self.until is not None and self.until <= world.tick:
            day = world.calendar.iso(self.until)
            now = world.calendar.iso(world.tick)
            raise illegal_inject("until", "event_end_is_past", f"{day} (tick {self.until})", date=now)

    def apply(self, stage: Stage) -> None:
        """Form the alignment, and end it on its last day if it has one."""
        alignment = alignments.form(
            stage,
            tuple(ActorId(code) for code in self.members),
            self.commitment,
            against=None if self.against is None else ActorId(self.against),
            secret=self.secret,
            lead=None if self.lead is None else ActorId(self.lead),
            name=self.name,
        )
        if self.until is not None:
            alignment.until = self.until
            start_on_eve_of(stage, self.until, "alignment_terms.end_unless_changed", alignment.id, self.until)
