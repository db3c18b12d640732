from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.announce import Announce
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_news_reaches_everyone_or_the_named_states(sim: Simulation, happen: Happen) -> None:
    [public] = happen(sim, Announce("The harvest failed."))
    [private] = happen(sim, Announce("A secret.", ["ARD", "COR"]))
    assert (public.audience, private.audience) == (None, ("ARD", "COR"))


def test_an_unknown_state_in_the_audience_is_rejected(sim: Simulation, refused: Refuse) -> None:
    assert refused(sim, Announce("A secret.", ["XYZ"])).path == "$.inject.audience"
