"""Each p-value holds where it is meant to hold: from draws without any effect, about 5 % of them are at most 5 %.

The draws are few, so that the test is fast. ``run.py null_sizes`` makes many and prints the sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from null_data import WORLDS, Drawn, PValues, World, conditional_logits, differences, means, rejections, slopes
from scipy.stats import binomtest

from counterpoise.theory.statistics import paired_permutation_p

DRAWS = 60
NOMINAL = 0.05
TRIED = 32
"""How many p-values the tests below try, in all worlds: their own tests are corrected for so many looks."""
INDEPENDENT, LEANING, SHOCKED = WORLDS


def holds(rejected: Sequence[bool]) -> bool:
    """Tell whether this many rejections may come from a size of 5 %."""
    return bool(binomtest(sum(rejected), len(rejected), NOMINAL).pvalue > 0.05 / TRIED)


@pytest.mark.parametrize("tests", [means, slopes, differences, conditional_logits], ids=lambda tests: tests.__name__)
@pytest.mark.parametrize("world", [INDEPENDENT, LEANING], ids=lambda world: world.name)
def test_p_values_hold_where_choosers_are_independent_of_each_other(
    world: World, tests: Callable[[Drawn], PValues]
) -> None:
    for name, rejected in rejections(world, range(DRAWS), tests).items():
        assert holds(rejected), (name, sum(rejected))


@pytest.mark.parametrize("tests", [slopes, differences, conditional_logits], ids=lambda tests: tests.__name__)
def test_errors_in_two_ways_and_shifts_hold_under_shared_shocks(tests: Callable[[Drawn], PValues]) -> None:
    found = rejections(SHOCKED, range(DRAWS), tests)
    robust = {name: rejected for name, rejected in found.items() if name.endswith(("two ways", "shifts"))}
    assert robust
    for name, rejected in robust.items():
        assert holds(rejected), (name, sum(rejected))


def test_what_takes_choosers_for_independent_does_not_hold_under_shared_shocks() -> None:
    [(name, rejected)] = rejections(SHOCKED, range(DRAWS), means).items()
    assert name == "permutation of choosers"
    assert sum(rejected) > 0.2 * DRAWS


def test_single_decisions_swapped_one_by_one_would_not_hold_where_choosers_lean() -> None:
    def alone(drawn: Drawn) -> PValues:
        gains, rows = (
            drawn.column(),
            [(session, f"{chooser} {k}") for k, (session, chooser) in enumerate(drawn.clusters)],
        )
        return {"swapped alone": paired_permutation_p(gains, rows)}

    [(_, rejected)] = rejections(LEANING, range(30), alone).items()
    assert not holds(rejected)
