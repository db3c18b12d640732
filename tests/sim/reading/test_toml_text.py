"""The reader of TOML text: values, the reason why a text cannot be read, and errors with lines."""

from __future__ import annotations

import pytest

from counterpoise.errors import TournamentError
from counterpoise.sim.reading.toml_text import SIZE_MAX, errors_with_lines, read_toml
from counterpoise.validation_errors import Problem


def test_a_valid_text_is_read() -> None:
    assert read_toml("[a]\nb = 1\n") == {"a": {"b": 1}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#" * (SIZE_MAX + 1), f"at most {SIZE_MAX} bytes"),
        ("x = " + "[" * 20_000, "nested"),
        ("x = " + "9" * 5_000, "fewer digits"),
        ("x = = 1", "valid TOML"),
    ],
)
def test_a_text_that_cannot_be_read_gives_the_reason(text: str, expected: str) -> None:
    problem = read_toml(text)
    assert isinstance(problem, Problem)
    assert expected in problem.expected


def test_errors_name_the_line_of_their_path() -> None:
    problems = [Problem("a.b", "a number", '"x"'), Problem("c", "a value for c", "nothing")]
    first, second = errors_with_lines(problems, '[a]\nb = "x"\n', TournamentError, "cup.toml")
    assert str(first).startswith("cup.toml: a.b (line 2): expected a number")
    assert second.path == "c"
    assert errors_with_lines([], "", TournamentError, "cup.toml") == []
