"""The lines of the values in a TOML text, so that a mistake found after parsing can name its line."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*(\.?)""")
_STRING = re.compile(
    r'''
    """ (?:[^\\]|\\.)*? "{3,5}
    | \'{3} .*? \'{3,5}
    | "(?:[^"\\\n]|\\.)*"
    | \'[^\'\n]*\'
    ''',
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[^,\]}\n#]*")


class Repeat(NamedTuple):
    """A path that a text sets twice.

    ``first`` and ``again`` are the lines. ``before`` and ``now`` say how it is written there: as a ``key``, a ``table`` or a
    ``row``.
    """

    path: str
    first: int
    again: int
    before: str
    now: str


class LineIndex:
    """The line of every table, key and array element of a text.

    Args:
        text: valid TOML, which ``tomllib`` has read, so that the scan does not check it. To find ``repeats``, which valid TOML
            does not have, it can also be the part of an invalid text before the error.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._lines: dict[str, int] = {}
        self._tables: dict[str, int] = {}
        self._forms: dict[str, str] = {}
        self.repeats: list[Repeat] = []
        self._scan()

    def line_of(self, path: str) -> int:
        """Return the line of a path such as ``actors.EGY.regimes[1].family``, or else of its nearest parent, or else 0."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return 0

    def _scan(self) -> None:
        prefix = ""
        while self._skip_blank():
            if self._text.startswith("[[", self._at):
                self._at += 2
                inner = self._resolve(self._keys())
                if inner not in self._tables:
                    self._note(inner, "row")
                number = self._tables[inner] = self._tables.get(inner, -1) + 1
                prefix = f"{inner}[{number}]"
                self._mark(inner)
                self._mark(prefix)
                self._at += 2
            elif self._text[self._at] == "[":
                self._at += 1
                prefix = self._resolve(self._keys())
                self._note(prefix, "table")
                self._mark(prefix)
                self._at += 1
            else:
                self._pair(prefix)

    def _pair(self, prefix: str) -> None:
        line = self._here()
        path = prefix
        keys = self._keys()
        for number, key in enumerate(keys, start=1):
            path = f"{path}.{key}" if path else key
            if number < len(keys):
                self._lines.setdefault(path, line)
        self._note(path, "key")
        self._lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._value(path)

    def _value(self, path: str) -> None:
        self._skip_blank()
        opener = self._text[self._at]
        if opener == "[":
            self._at += 1
            number = 0
            while self._skip_blank() and self._text[self._at] != "]":
                self._mark(f"{path}[{number}]")
                self._value(f"{path}[{number}]")
                number += 1
                self._skip_comma()
            self._at += 1
        elif opener == "{":
            self._at += 1
            while self._skip_blank() and self._text[self._at] != "}":
                self._pair(path)
                self._skip_comma()
            self._at += 1
        else:
            match = (_STRING if opener in "\"'" else _BARE).match(self._text, self._at)
            self._at = match.end() if match else len(self._text)

    def _keys(self) -> list[str]:
        keys = []
        while match := _KEY.match(self._text, self._at):
            keys.append(match[1] or match[2] or match[3] or "")
            self._at = match.end()
            if not match[4]:
                break
        return keys

    def _resolve(self, keys: list[str]) -> str:
        path = ""
        for number, key in enumerate(keys):
            path = f"{path}.{key}" if path else key
            if number < len(keys) - 1 and path in self._tables:
                path = f"{path}[{self._tables[path]}]"
        return path

    def _skip_blank(self) -> bool:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at < len(self._text)

    def _skip_comma(self) -> None:
        if self._skip_blank() and self._text[self._at] == ",":
            self._at += 1

    def _note(self, path: str, form: str) -> None:
        """Note how a path is written, and whether it is a repeat."""
        if path in self._lines:
            self.repeats.append(Repeat(path, self._lines[path], self._here(), self._forms.get(path, "key"), form))
        self._forms.setdefault(path, form)

    def _mark(self, path: str) -> None:
        self._lines.setdefault(path, self._here())

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line
