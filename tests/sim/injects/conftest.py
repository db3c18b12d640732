"""Shared fixtures of the inject tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.world import Incident

Happen = Callable[[Simulation, Inject], list[Incident]]
Refused = Callable[[Simulation, Inject], OrderError]


@pytest.fixture
def happen() -> Happen:
    """Apply an inject and return the incidents it logs after the one that marks it as an inject."""

    def make(sim: Simulation, inject: Inject) -> list[Incident]:
        before = len(sim.world.incidents)
        sim.inject(inject)
        first, *others = sim.world.incidents[before:]
        assert (first.kind, first.audience) == ("inject", ())
        return others

    return make


@pytest.fixture
def refused() -> Refused:
    """Apply an inject that is not possible and return the error."""

    def order(sim: Simulation, inject: Inject) -> OrderError:
        before = len(sim.world.incidents)
        with pytest.raises(OrderError) as caught:
            sim.inject(inject)
        assert len(sim.world.incidents) == before
        return caught.value

    return order
