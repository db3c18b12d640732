"""Errors in TOML syntax: repeated keys with the line of the first one, and what is expected at a place."""

from __future__ import annotations

import tomllib

import pytest

from counterpoise.sim.reading.toml_errors import explain_toml_error


def explained(text: str) -> tuple[str, str, str]:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    path, expected, got = explain_toml_error(caught.value, text)
    return path, expected, got


ROWS = "[[injects]] before each row, and no other table or key of that name"


@pytest.mark.parametrize(
    ("text", "path", "got"),
    [
        (
            "[x]\nminutes = 30\ny = '''\n'''\nminutes = 45\n",
            "x.minutes (line 5)",
            "minutes again; minutes stands first in line 2",
        ),
        ("a = 1\na = 2", "a (line 2)", "a again; a stands first in line 1"),
        ("[[i]]\na = 1\n[[i]]\na = 1\na = 2\nb = = 3", "i[1].a (line 5)", "a again; a stands first in line 4"),
        ("a = { x = 1, x = 2 }", "a.x (line 1)", "x again; x stands first in line 1"),
        ("[a]\nb = 1\n[c]\n[a]\n", "a (line 4)", "[a] again; [a] stands first in line 1"),
        ("a = { x = 1 }\n[a]\n", "a (line 2)", "[a] again; a stands first in line 1"),
    ],
)
def test_a_repeated_key_is_reported_with_the_line_of_the_first_one(text: str, path: str, got: str) -> None:
    assert explained(text) == (path, "each key and each table once", got)


@pytest.mark.parametrize(
    ("text", "path", "got"),
    [
        ("[injects]\na = 1\n[[injects]]\n", "injects (line 3)", "[[injects]], and [injects] in line 1"),
        ("[[injects]]\na = 1\n\n[injects]\n", "injects (line 4)", "[injects], and [[injects]] in line 1"),
        ("injects = []\n[[injects]]\n", "injects (line 2)", "[[injects]], and injects in line 1"),
    ],
)
def test_a_table_that_conflicts_with_rows_is_reported(text: str, path: str, got: str) -> None:
    assert explained(text) == (path, ROWS, got)


@pytest.mark.parametrize(
    ("text", "where", "belongs", "got"),
    [
        ("a = [1, 2", "line 1", "] at the end of a list", "the end of the file"),
        ('a = "x', "line 1", "quotation marks", "the end of the file"),
        ('a = "x\nb = 1', "line 1, column 7", "quotation marks", "the end of the line"),
        ("a = 'x\nb = 1", "line 2", "quotation marks", "the end of the file"),
        ("a 1", "line 1, column 3", "key = value", "1"),
        ("a = tru\n", "line 1, column 5", "true or false", "tru"),
        ('a = "x" and more of it than anybody would like to read again', "line 1, column 9", "nothing after it", None),
        ("[a\nb = 1", "line 1, column 3", "] after the name", "the end of the line"),
        ("= 3", "line 1, column 1", "key = value", "= 3"),
        ('a = "\\d"', "line 1, column 8", "\\\\ for a backslash", '"'),
        ("a = { b = 1, }", "line 1, column 14", "no comma before its }", "}"),
        ("a = { x = 1 }\na.y = 2", "line 2", "one place", "another key for a, which is already complete"),
    ],
)
def test_a_syntax_error_says_what_is_expected(text: str, where: str, belongs: str, got: str | None) -> None:
    place, expected, came = explained(text)
    assert place == where
    assert belongs in expected
    assert came == got if got is not None else came == "and more of it than anybody..."
