"""Write to other states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from counterpoise.errors import OrderError
from counterpoise.sim.move import Move, MoveGroup, Stage, illegal
from counterpoise.sim.rules import threads
from counterpoise.sim.rules.legality import refuse_unless_other, unknown_alignment
from counterpoise.sim.types import FREE_TEXT, ActorId, ActorRef, Deal, Id
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view_position import ViewPosition

ADDRESSEES_MAX = 30


class Message(Move, frozen=True):
    """Write to one state, to several, to the members of an alliance of yours, or to everyone; it arrives at once.

    Only those you write to can read it, and the moderator. Without states and without an alliance, everyone reads it. A message
    can say in one word what you offer and what you ask for; that binds nobody. The scenario or the moderator may allow only
    messages to everyone, only offers without words, or none. The same level of talk decides whether a demand, a condition of aid
    or the name of a pact may have words of your own.
    """

    kind: ClassVar[str] = "message"
    title: ClassVar[str] = "Send a message"
    group: ClassVar[MoveGroup] = "diplomacy"
    AT_ONCE: ClassVar[bool] = True

    to: Annotated[
        tuple[ActorRef, ...],
        Meta(max_length=ADDRESSEES_MAX, description="the states you write to; everyone if left out"),
    ] = ()
    text: Annotated[str, Meta(max_length=500, description="what you write", extra=FREE_TEXT)] = ""
    alliance: Annotated[
        Id | None,
        Meta(
            description="an alliance of yours, in place of states: you write to its members",
            extra_json_schema={"x-choices": "alignments"},
        ),
    ] = None
    offer: Annotated[Deal | None, Meta(description="what you offer, if anything")] = None
    ask: Annotated[Deal | None, Meta(description="what you ask for, if anything")] = None
    about: Annotated[ActorRef | None, Meta(description="the state that the offer or request is about, if any")] = None

    def rule(self, position: Position) -> OrderError | None:
        """Refuse an empty message, one that the level of talk does not allow, and addressees that the actor cannot name."""
        return self._refuse_content(position) or self._refuse_addressees(position)

    def _refuse_content(self, position: Position) -> OrderError | None:
        level, is_offer = position.talk, self.offer is not None or self.ask is not None
        if level == "none":
            return illegal("", "no_talk", "no talk is allowed now")
        if level == "public" and (self.to or self.alliance is not None):
            return illegal("to", "only_to_everyone", "a message to some")
        if level == "offers" and (self.text or not is_offer):
            return illegal("text", "only_terms", "words")
        if not self.text.strip() and not is_offer:
            return illegal("text", "empty_message", "none of these")
        if self.about is not None:
            return refuse_unless_other(position, self.about, "about")
        return None

    def _refuse_addressees(self, position: Position) -> OrderError | None:
        if self.alliance is not None:
            if self.to:
                return illegal("alliance", "states_and_alliance", "both")
            if position.own_alignment(self.alliance) is None:
                return unknown_alignment("alliance", self.alliance)
        for place, code in enumerate(self.to):
            refusal = refuse_unless_other(position, code, f"to[{place}]")
            if refusal is None and code in self.to[:place]:
                refusal = illegal(f"to[{place}]", "state_twice", code)
            if refusal is not None:
                return refusal
        return None

    def apply(self, stage: Stage, actor: ActorId) -> None:
        """Deliver the message."""
        if self.alliance is not None:
            members = stage.world.alignments[self.alliance].members
            to = tuple(member for member in members if member != actor)
        else:
            to = tuple(ActorId(code) for code in self.to)
        thread = threads.thread_for(stage.world, actor, to, self.alliance)
        thread.count += 1
        deal = {"offer": self.offer, "ask": self.ask, "about": self.about}
        stage.record(
            "message",
            actor,
            *to,
            audience=(actor, *to) if to else None,
            text=self.text,
            thread=thread.name,
            number=thread.count,
            **{name: value for name, value in deal.items() if value is not None},
        )

    def seen_by(self, position: ViewPosition) -> tuple[ActorId, ...] | None:
        """Return the other states that see it."""
        if self.alliance is not None:
            pact = position.own_alignment(self.alliance)
            return () if pact is None else tuple(member for member in pact.members if member != position.actor)
        return tuple(ActorId(code) for code in self.to) or None

    @classmethod
    def candidates(cls, position: ViewPosition) -> Iterator[Self]:
        """Yield an example message to each state, one to everyone, and an example offer to each state."""
        others = position.view.others
        yield from (cls((other.id,), "Let us talk.") for other in others)
        yield cls((), "Let us talk.")
        yield from (cls((other.id,), offer="alliance") for other in others)
