"""A simulation that cannot fail proves nothing: bugs that are planted in the server are found."""

from __future__ import annotations

import pytest
from simulated.planted_server_bugs import BUGS, first_seed_that_finds

SEEDS = range(1, 13)
"""One of the first of them finds each bug. The benchmark `simulation` counts how many seeds it takes."""


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_found(name: str) -> None:
    assert first_seed_that_finds(BUGS[name], SEEDS) is not None
