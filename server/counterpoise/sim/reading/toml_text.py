"""Reads TOML text, and turns the problems of a file into errors that name their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any, TypeVar

from counterpoise.errors import InputError
from counterpoise.sim.reading.toml_errors import explain_toml_error
from counterpoise.sim.reading.toml_lines import LineIndex
from counterpoise.validation_errors import Problem

SIZE_MAX = 1 << 20
"""Largest size of a file in bytes of UTF-8."""
KEY_PARTS_MAX = 32
"""Most parts of a dotted key. The time to read a key grows with the square of its parts, and no key of ours has more than six."""
_KEY_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?:^|[{{,\[])[ \t]*+(?:{_KEY_PART}\.[ \t]*+){{{KEY_PARTS_MAX}}}", re.MULTILINE)
E = TypeVar("E", bound=InputError)


def read_toml(text: str) -> dict[str, Any] | Problem:
    """Return the values of a TOML text, or why it cannot be read: too large, a key of too many parts, or not valid TOML."""
    size = len(text.encode(errors="replace"))
    if size > SIZE_MAX:
        return Problem("", f"at most {SIZE_MAX} bytes", f"{size} bytes")
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.end()) + 1
        return Problem(f"line {line}", f"a key of at most {KEY_PARTS_MAX} parts", "a longer one")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return explain_toml_error(error, text)
    except RecursionError:
        return Problem("", "lists and tables nested at most a few levels deep", "hundreds of levels")
    except ValueError:  # an integer of thousands of digits
        return Problem("", "numbers with fewer digits", "a number with thousands of digits")


def errors_with_lines(problems: Iterable[Problem], text: str, error: type[E], source: str) -> list[E]:
    """Return the problems of a file as errors that name their lines.

    Args:
        problems: the problems, each with its TOML path.
        text: the text of the file.
        error: the class of the errors.
        source: the name of the file.
    """
    listed = list(problems)
    if not listed:
        return []
    lines = LineIndex(text)
    return [error(source, path_with_line(path, lines), expected, got) for path, expected, got in listed]


def path_with_line(path: str, lines: LineIndex) -> str:
    """Return a TOML path and its line, as errors show them."""
    line = lines.line_of(path)
    return f"{path} (line {line})" if line else path
