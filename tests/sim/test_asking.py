"""A bot may do anything; what comes back is moves, or words that say why not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.errors import BotError
from counterpoise.sim.asking import in_words, moves_of
from counterpoise.sim.moves.arm import Arm


def raising(error: BaseException) -> Callable[[Any], object]:
    def decide(view: object) -> object:
        raise error

    return decide


class MuteError(Exception):
    """An error that cannot even say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize(
    ("decide", "told"),
    [
        (raising(ValueError("no")), "ValueError: no (line "),
        (raising(MuteError()), "MuteError (line "),
        (raising(ValueError(object())), "0x…"),
        (lambda view: sys.exit(3), "SystemExit: 3"),
        (raising(GeneratorExit()), "GeneratorExit"),
        (lambda view: None, "decide returned nothing, expected a list of moves"),
        (lambda view: "attack", "decide returned a str"),
        (lambda view: {"kind": "arm"}, "decide returned a dict"),
        (lambda view: [None], "decide returned nothing among its moves"),
        (lambda view: [{"kind": "arm"}], "decide returned a dict among its moves"),
        (lambda view: iter([1]), "expected a list of moves"),
    ],
)
def test_whatever_is_no_list_of_moves_is_told_in_words(decide: Callable[[Any], object], told: str) -> None:
    with pytest.raises(BotError) as caught:
        moves_of(decide, None)  # type: ignore[arg-type]
    assert told in str(caught.value)
    assert len(str(caught.value)) < 300


def test_lists_and_tuples_of_moves_pass() -> None:
    move = Arm(0.5)
    assert moves_of(lambda view: (move,), None) == [move]  # type: ignore[arg-type]
    assert moves_of(lambda view: [], None) == []  # type: ignore[arg-type]


def test_an_interruption_by_the_keyboard_goes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        moves_of(raising(KeyboardInterrupt()), None)  # type: ignore[arg-type]


def test_words_are_the_same_on_every_run() -> None:
    assert in_words(ValueError(object())) == in_words(ValueError(object()))
