from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.announce import Announce


def test_news_reaches_everyone_or_the_named_states(sim: Any, happen: Any) -> None:
    [public] = happen(sim, Announce("The harvest failed."))
    [private] = happen(sim, Announce("A secret.", ["ARD", "COR"]))
    assert (public.audience, private.audience) == (None, ("ARD", "COR"))


def test_an_unknown_state_in_the_audience_is_rejected(sim: Any, refused: Any) -> None:
    assert refused(sim, Announce("A secret.", ["XYZ"])).path == "$.inject.audience"
