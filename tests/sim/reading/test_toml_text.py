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


@pytest.mark.timeout(20)
@pytest.mark.parametrize("part", ["a", '"a"', "'a'", "a ", "a\t"])
@pytest.mark.parametrize("frame", ["{}b = 1", "[{}b]", "[[{}b]]", "x = {{ {}b = 1 }}", "x = {{ y = 1, {}b = 1 }}"])
def test_a_key_of_very_many_parts_is_refused_at_once(part: str, frame: str) -> None:
    found = read_toml("y = 1\n" + frame.format(f"{part}." * 90_000))
    assert isinstance(found, Problem)
    assert (found.path, found.expected) == ("line 2", "a key of at most 32 parts")


def test_keys_of_many_parts_and_texts_with_many_dots_are_read() -> None:
    dotted = "a." * 60 + "a"
    text = f'{"a." * 31}a = 1\nb = "{dotted}"\nc = """\n... {dotted}\n"""\nd = "x, {dotted[:40]}"\n'
    read = read_toml(text)
    assert isinstance(read, dict)
    assert read["b"] == dotted
