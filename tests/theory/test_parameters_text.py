"""A user's parameters are read, and an error names the line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterpoise.errors import InputError
from counterpoise.theory.parameters import DEFAULT
from counterpoise.theory.parameters_text import parse


def test_a_parameter_that_the_file_does_not_name_keeps_its_default() -> None:
    assert parse("", "mine") == DEFAULT
    assert parse("noise = 1\n", "mine") == replace(DEFAULT, noise=1.0)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("noise = 1\nautonomy = 9\n", "autonomy (line 2)", "a number from 1.2 to 3.8"),
        ('noise = "much"\n', "noise (line 1)", "a number from"),
        ("noise = true\n", "noise (line 1)", "a number from"),
        ("noise = nan\n", "noise (line 1)", "a number from"),
        ("nois = 1\n", "nois (line 1)", "noise"),
        ("qqqqqq = 1\n", "qqqqqq (line 1)", "one of "),
        ("shared_floor = 0.2\n", "shared_floor (line 1)", "a parameter of the forecasts"),
        ("share_hide = 0.8\nshare_balance = 0.3\n", "share_hide (line 1)", "sum to 1"),
        ("noise = = 1\n", "line 1", "TOML"),
    ],
)
def test_an_error_names_the_line(text: str, path: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "mine.toml")
    assert "mine.toml" in str(caught.value)
    assert path in str(caught.value)
    assert expected in str(caught.value)
