from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject


class Nothing(Inject):
    """An inject whose author forgot the point."""

    kind = "nothing"


def test_an_inject_without_an_effect_is_an_authors_mistake(sim: Simulation) -> None:
    with pytest.raises(TypeError, match="Nothing does nothing"):
        sim.inject(Nothing())
