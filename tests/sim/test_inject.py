from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject


class Nothing(Inject):
    """An inject whose author forgot the point."""

    kind = "nothing"


def test_an_inject_class_without_apply_raises(sim: Simulation) -> None:
    with pytest.raises(TypeError, match="Nothing does nothing"):
        sim.inject(Nothing())
