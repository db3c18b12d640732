"""The inject that asks seats a question for the debrief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from counterpoise.sim.inject import Inject
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import questions
from counterpoise.sim.rules.events.inject_legality import illegal_inject, require_active
from counterpoise.sim.types import FREE_TEXT, ActorId, ActorRef, QuestionKind
from counterpoise.sim.world import World


@dataclass(frozen=True, slots=True)
class Ask(Inject):
    """Ask seats a question for the debrief, which each answers or skips in its own time.

    The clock does not wait, and nobody else sees the question or the answer. It stays open through the present window, if it is
    asked on the day on which the window opens, or else through the next one.
    """

    kind: ClassVar[str] = "ask"
    title: ClassVar[str] = "Ask a question"

    ask: Annotated[
        QuestionKind,
        Meta(
            description="threats: whom they fear and how much; prediction: what a state will do; reason: why they act as "
            "they do; belief: how alliances arise"
        ),
    ]
    about: Annotated[ActorRef | None, Meta(description="the state whose choice is predicted; for predictions only")] = (
        None
    )
    seats: Annotated[
        Annotated[list[ActorRef], Meta(min_length=1, max_length=60)] | None,
        Meta(description="the states that are asked; all if left out"),
    ] = None
    words: Annotated[str, Meta(max_length=300, description="your own words, if you like", extra=FREE_TEXT)] = ""
    windows: Annotated[int, Meta(ge=1, le=40, description="how many windows it stays open")] = 1

    def require_consistent(self) -> None:
        """Reject a prediction of nobody's choice, a state where none is asked about, and a state alone asked of itself."""
        if self.ask == "prediction" and self.about is None:
            raise illegal_inject("about", "event_about_needed", "nothing")
        if self.ask != "prediction" and self.about is not None:
            raise illegal_inject("about", "event_about_not_needed", self.about, ask=self.ask)
        if self.about is not None and self.seats is not None and all(code == self.about for code in self.seats):
            raise illegal_inject("seats", "event_asks_of_itself", f"only {self.about}", state=self.about)

    def require_possible(self, world: World) -> None:
        """Reject states that do not exist."""
        if self.about is not None:
            require_active(world, self.about, "about")
        for code in self.seats or ():
            require_active(world, code, "seats")

    def apply(self, stage: Stage) -> None:
        """Ask the seats."""
        world = stage.world
        calendar = world.calendar
        first = calendar.window_of(world.tick) + (0 if calendar.opens_window(world.tick) else 1)
        seats = list(world.actors) if self.seats is None else [ActorId(code) for code in self.seats]
        about = None if self.about is None else ActorId(self.about)
        questions.ask(stage, self.ask, seats, about, self.words, calendar.opening_of(first + self.windows))
