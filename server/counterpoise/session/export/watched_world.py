"""What a replay shows of questions and offers while they are open, and what its world leaves at the end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counterpoise.session.running_session import Session
from counterpoise.sim.relations.pacts import Proposal
from counterpoise.sim.world import Call, World


@dataclass(slots=True)
class WatchedWorld:
    """The calls and proposals of a session, which its world forgets when they are closed. ``see`` is called after each entry."""

    world: World | None = None
    """The world as the journal leaves it; ``None`` before the first entry."""
    calls: dict[int, Call] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    """By number, as they were last seen."""

    def see(self, session: Session) -> None:
        """Look at a session after an entry of its journal."""
        self.world = world = session.simulation.world
        for number, call in world.calls.items():
            self.calls[number] = replace(call)
        for number, proposal in world.proposals.items():
            self.proposals[number] = replace(proposal)
