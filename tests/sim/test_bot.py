"""Calls of bots: a bot may do anything, and the caller gets moves or a ``BotError``."""

from __future__ import annotations

import gc
import sys
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.errors import BotError
from counterpoise.sim.bot import decide_moves, describe_error
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.moves.arm import Arm


def raising(error: BaseException) -> Callable[[Any], object]:
    def decide(view: object) -> object:
        raise error

    return decide


class MuteError(Exception):
    """An error that raises when it is printed."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize(
    ("decide", "expected"),
    [
        (raising(ValueError("no")), "ValueError: no (line "),
        (raising(MuteError()), "MuteError (line "),
        (raising(ValueError(object())), "0x…"),
        (lambda view: sys.exit(3), "SystemExit: 3"),
        (raising(GeneratorExit()), "GeneratorExit"),
        (lambda view: None, "decide returned nothing, expected a list of moves"),
        (lambda view: "attack", "decide returned a str"),
        (lambda view: {"kind": "arm"}, "decide returned a dict"),
        (lambda view: 3, "decide returned an int, expected"),
        (lambda view: type("x\x1b[31m" * 99, (), {})(), "decide returned a x [31mx [31m"),
        (lambda view: [None], "decide returned nothing among its moves, expected a list of moves"),
        (lambda view: [{"kind": "arm"}], "decide returned a dict among its moves, expected a list of moves"),
        (lambda view: iter([1]), "expected a list of moves"),
    ],
)
def test_an_error_says_what_a_bot_returned_instead_of_moves(decide: Callable[[Any], object], expected: str) -> None:
    with pytest.raises(BotError) as caught:
        decide_moves(decide, None)  # type: ignore[arg-type]
    assert expected in str(caught.value)
    assert len(str(caught.value)) < 300


BOT = """import json

def decide(view):
    return think(view)

def think(view):
    return {statement}
"""


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero (line 7)"),
        ("json.loads('{')", "(char 1) (line 7)"),
        ("decode_move(5)", "(line 7)"),
        ("[think(view) for view in [view + 1]] if view < 3 else view.nothing", "'nothing' (line 7)"),
    ],
)
def test_an_error_cites_a_line_of_the_bots_own_file(statement: str, expected: str) -> None:
    bot: dict[str, Any] = {"__name__": "a_bot", "decode_move": decode_move}
    exec(compile(BOT.format(statement=statement), "a_bot.py", "exec"), bot)
    with pytest.raises(BotError) as caught:
        decide_moves(bot["decide"], 1)  # type: ignore[arg-type]
    assert str(caught.value).endswith(expected)


def test_an_error_cites_no_line_if_the_bot_did_not_run() -> None:
    bot: dict[str, Any] = {"__name__": "a_bot"}
    exec(compile("def decide(): ...", "a_bot.py", "exec"), bot)
    with pytest.raises(BotError, match=r"^TypeError: [^\n]*given$"):
        decide_moves(bot["decide"], None)  # type: ignore[arg-type]


def test_an_async_bot_is_rejected_without_a_warning_about_its_coroutine() -> None:
    async def decide(view: object) -> list[object]:
        return []

    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        with pytest.raises(BotError, match="decide is async; it must be a plain function"):
            decide_moves(decide, None)  # type: ignore[arg-type]
        gc.collect()
    assert complaints == []


def test_lists_and_tuples_of_moves_are_accepted() -> None:
    move = Arm(0.5)
    assert decide_moves(lambda view: (move,), None) == [move]  # type: ignore[arg-type]
    assert decide_moves(lambda view: [], None) == []  # type: ignore[arg-type]


def test_a_keyboard_interrupt_is_not_caught() -> None:
    with pytest.raises(KeyboardInterrupt):
        decide_moves(raising(KeyboardInterrupt()), None)  # type: ignore[arg-type]


def test_error_texts_are_the_same_on_every_run() -> None:
    assert describe_error(ValueError(object())) == describe_error(ValueError(object()))
