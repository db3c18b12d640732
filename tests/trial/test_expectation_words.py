"""Every kind of row has words of its own."""

from __future__ import annotations

from datetime import date

import pytest

from counterpoise.sim.expectation import EXPECTATIONS, Expectation
from counterpoise.trial.expectation_words import range_words, words_of

KEYS = {
    "between": ("ARD", "BEL"), "of": "ARD", "on": date(1902, 1, 1), "by": "ARD", "against": "BEL", "begins": "The fair",
    "families": ("republic",),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(EXPECTATIONS))
def test_a_row_of_every_kind_can_be_said(kind: str) -> None:
    form: type[Expectation] = EXPECTATIONS[kind]
    keys = {name: KEYS[name] for name in form.__struct_fields__ if name in KEYS and not (kind in TIES and name == "by")}
    words = words_of(form(source="a test", **keys))  # type: ignore[arg-type]
    assert words
    assert words == words.strip()


TIES = ("tie", "unaligned", "camps")


def test_a_range_is_said_by_the_ends_it_has() -> None:
    assert range_words(0.5, None) == "at least 0.5"
    assert range_words(None, 2.0) == "at most 2"
    assert range_words(0.0, 2.0) == "0 to 2"
