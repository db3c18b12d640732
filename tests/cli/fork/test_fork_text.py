"""The sentences of a fork's report."""

from __future__ import annotations

import pytest

from counterpoise.cli.fork.fork_text import void_sentence


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (1, "One more order had no effect on its day than without the change."),
        (2, "2 more orders had no effect on their day than without the change."),
    ],
)
def test_void_orders_are_counted_in_a_sentence(more: int, words: str) -> None:
    assert void_sentence(more) == words
