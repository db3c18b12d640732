"""What a seat wants, as its view shows it."""

from __future__ import annotations

from dataclasses import replace

from counterpoise.sim.scenario import Objective
from counterpoise.sim.views.view import View


def objectives_among_known(view: View) -> tuple[Objective, ...]:
    """Return the seat's objectives about states that exist now; what is about none of them is left out."""
    known = [other.id for other in view.others]
    kept = [replace(goal, states=tuple(s for s in goal.states if s in known)) for goal in view.own.objectives]
    return tuple(new for new, old in zip(kept, view.own.objectives, strict=True) if new.states or not old.states)
