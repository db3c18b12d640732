"""Errors read as plain sentences and survive being rebuilt from their arguments."""

from __future__ import annotations

import pytest

from counterpoise.errors import (
    ChainError,
    CounterpoiseError,
    DivergenceError,
    InputError,
    OrderError,
    ProtocolError,
    RulesVersionError,
)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InputError("a.toml", "games (line 3)", "1 or 2", "0"), "a.toml: games (line 3): expected 1 or 2, got 0"),
        (InputError("a.toml", "", "", "no such file"), "a.toml: no such file"),
        (OrderError("illegal", "$.move.to", "another state", "EGY"), "illegal: $.move.to: expected another state, got EGY"),
        (OrderError("internal", "$", "", "See the server log."), "internal: See the server log."),
        (ProtocolError("too_large", "$", "at most 9 bytes", "10 bytes"), "too_large: expected at most 9 bytes, got 10 bytes"),
        (ChainError("g.db", 4, "the hash differs"), "g.db: entry 4: the hash differs"),
        (DivergenceError("g.db", 91, "peace", "war"), "g.db: tick 91: the journal has peace, the replay gives war"),
    ],
)  # fmt: skip
def test_an_error_says_where_what_is_expected_and_what_is_there(error: CounterpoiseError, sentence: str) -> None:
    assert str(error) == sentence


@pytest.mark.parametrize(
    "error",
    [
        InputError("a", "b", "c", "d"),
        ProtocolError("a", "b", "c", "d", 1002, "e"),
        ChainError("a", 1, "b"),
        DivergenceError("a", 1, "b", "c"),
        RulesVersionError("a", 3, 4, "Install it."),
    ],
)
def test_an_error_can_be_rebuilt_from_its_arguments(error: CounterpoiseError) -> None:
    assert str(type(error)(*error.args)) == str(error)
