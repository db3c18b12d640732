"""A report on dyad-year data says which part of its run the theory was chosen on."""

from __future__ import annotations

import pytest

from counterpoise.theory.dyadyear.data_tables import Selection
from counterpoise.theory.dyadyear.held_out import held_out_sentences, in_sample


@pytest.mark.parametrize(
    ("selection", "first", "said"),
    [
        (Selection(1946, 1990), 1957, "in sample but for the Middle East of 1955-79"),
        (Selection(1980, 1990), 1985, "in sample"),
        (Selection(1900, 1940), 1910, ""),
        (Selection(1930, 1950), 1935, "in sample in 1946-1950"),
        (Selection(1955, 1979, "middle-east"), 1961, ""),
        (Selection(1946, 1990, "middle-east"), 1946, "in sample in 1946-1954 and 1980-1990"),
        (Selection(1955, 1979, None, (651, 652, 666)), 1961, ""),
        (Selection(1991, 2010), 1996, ""),
    ],
)
def test_the_years_that_the_index_was_chosen_on_are_named(selection: Selection, first: int, said: str) -> None:
    assert in_sample(selection, first) == said


def test_the_caveats_say_what_was_chosen_on_what() -> None:
    [index, exponents, fitted] = held_out_sentences(Selection(1946, 1990), 1957)
    assert "The disputes of this run are in sample but for the Middle East of 1955-79." in index
    assert "fitted to 126 choices of a partner of 1946-90" in exponents
    assert "earlier years only" in fitted
    held = " ".join(held_out_sentences(Selection(1955, 1979, "middle-east"), 1961))
    assert "The disputes of this run are held out." in held
    assert "The ties of this run are held out." in held
