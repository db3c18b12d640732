"""Turn the errors of msgspec into problems that people can fix: the place, what is expected there, and what is there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

CONVERSION_ERRORS = (msgspec.ValidationError, UnicodeError)
"""What ``msgspec.convert`` raises on a value from outside. JSON can hold half a surrogate pair; msgspec cannot encode it."""
SHOWN_CHARACTERS_MAX = 60
"""How many characters of a value an error repeats."""
SHORTEST_NAME = 4
"""How many characters part of a state's name must have to be taken for it."""
LIKENESS = 0.6
"""From this share of common letters on, a word is like another (``difflib``)."""
PATTERNS = {
    "^[0-9a-f]{32}$": "32 hexadecimal digits in lower case",
    "^([0-9a-f]{32})?$": "32 hexadecimal digits in lower case, or an empty text",
    "^[A-Z][A-Z0-9]{1,4}$": "a state's code, 2 to 5 capital letters and digits such as EGY",
    "^[a-z0-9][a-z0-9-]{0,63}$": "lower case letters, digits and hyphens, at most 64 of them, no hyphen first",
    "^[a-z][a-z0-9_]{0,39}$": "lower case letters, digits and underscores, at most 40 of them, a letter first",
}
"""The patterns of our own types, in words."""
_BOUNDS = {">=": "of at least", "<=": "of at most", ">": "above", "<": "below"}
_FAULT = re.compile(r"^(?P<fault>.*?)(?: - at (?P<key>`key` in )?`\$?(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class Problem(NamedTuple):
    """One mistake in a value from outside.

    Args:
        path: where it is in the value.
        expected: what would be right there.
        got: what is there.
    """

    path: str
    expected: str
    got: str


@dataclass(frozen=True)
class Vocabulary:
    """The words for the values of one file format.

    Args:
        root: path of a whole file or frame.
        types: words for the types that msgspec names; types without words are left out.
        map: what a map is called.
    """

    root: str
    types: Mapping[str, str]
    map: str

    def problem(self, error: Exception, value: object, kind: Any, root: str | None = None) -> Problem:
        """Return what is wrong with a value that msgspec refused.

        Args:
            error: what msgspec raised.
            value: the refused value.
            kind: the type that the value was converted to, or a union of tagged types.
            root: path of ``value``, if it is a part of a file or frame.
        """
        parts = _FAULT.match(str(error))
        assert parts is not None, "the pattern matches every text"
        fault, path = parts["fault"], parts["path"] or ""
        if "[...]" in path and not parts["key"]:
            path = _path_with_key(value, kind, path)
        where = (self.root if root is None else root) + path + (" (a key)" if parts["key"] else "")
        found = _wrong_key(value, kind, path) if parts["key"] else value_at(value, path)
        name = fault.split("`")[1] if "`" in fault else ""
        if fault.startswith("Object missing required field"):
            return self.missing_key(f"{where}.{name}".lstrip("."), name)
        if fault.startswith("Object contains unknown field"):
            known = one_of(fields_at(kind, value, path), name)
            unknown_path = f"{where}.{name[:SHOWN_CHARACTERS_MAX]}".lstrip(".")
            return Problem(unknown_path, known, f"the unknown key {self.shown(name)}")
        where = where.lstrip(".")
        if fault.startswith(("Invalid value", "Invalid enum value")):
            choices = choices_at(kind, value, path)
            return Problem(where, one_of(choices, found) if choices else "another value", self.shown(found))
        limits = [words for form in _types_at(kind, value, path) if (words := self._range(form))]
        if codes := [words for form in _annotated_at(kind, value, path) if (words := _codes(form))]:
            return Problem(where, f"{' or '.join(limits)} ({'; '.join(codes)})", self.shown(found))
        if fault == "Number out of range" or (limits and re.match(r"Expected `(int|float)` [<>]", fault)):
            return Problem(where, " or ".join(limits) or "a smaller number", self.shown(found))
        return Problem(where, self._expected(fault), self.shown(found))

    def missing_key(self, path: str, name: str) -> Problem:
        """Return the problem of a key that is missing. People read the problems of files, programs those of frames."""
        is_file = not self.root
        return (
            Problem(path, "", f"the key {name} is missing")
            if is_file
            else Problem(path, f"a value for {name}", "nothing")
        )

    def shown(self, value: object) -> str:
        """Return a short text for a value, so that people can find the value in what they sent."""
        if isinstance(value, dict):
            return f"{self.map} of {_counted(len(value), 'key')}"
        if isinstance(value, list | tuple):
            return f"a list of {_counted(len(value), 'value')}"
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            return _quoted(value)
        try:
            text = str(value)
        except ValueError:  # a whole number with more digits than Python prints
            return "a number too large"
        return text if len(text) <= SHOWN_CHARACTERS_MAX else "a number too large"

    def _expected(self, fault: str) -> str:
        """Return the words for what msgspec says it expected."""
        if fault.startswith("Invalid RFC3339"):
            return self.types["date"]
        expected = fault.removeprefix("Expected ").split(", got ")[0]
        for pattern, words in PATTERNS.items():
            if pattern in expected:
                return words
        if found := re.match(r"`(\w+)` of length (>=|<=)? ?(\d+)", expected):
            kind, part = {**_SIZED, "object": (self.map, "key")}.get(found[1], (found[1], "byte"))
            return f"{kind} {_BOUNDS.get(found[2], 'of')} {_counted(int(found[3]), part)}"
        if found := re.match(r"`(\w+)` (>=|<=|>|<) (\S+)", expected):
            return f"{self.types.get(found[1], found[1])} {_BOUNDS[found[2]]} {found[3].removesuffix('.0')}"
        if found := re.fullmatch(r"`([\w |]+)`", expected):
            named = (self.types.get(name, name) for name in found[1].split(" | "))
            return " or ".join(filter(None, named))
        return expected.replace("`", "")

    def _range(self, form: inspect.Type) -> str:
        """Return the words for the numbers that a type admits; nothing for other types and for types without limits."""
        if not isinstance(form, inspect.IntType | inspect.FloatType):
            return ""
        number = self.types["int" if isinstance(form, inspect.IntType) else "float"]
        if form.ge is not None and form.le is not None:
            return f"{number} from {_number(form.ge)} to {_number(form.le)}"
        limits = ((">=", form.ge), (">", form.gt), ("<=", form.le), ("<", form.lt))
        words = [f"{_BOUNDS[sign]} {_number(limit)}" for sign, limit in limits if limit is not None]
        return f"{number} {' and '.join(words)}" if words else ""


_SIZED = {"str": ("text", "character"), "array": ("a list", "value")}
A_DATE = "a date such as 1955-01-01"
JSON = Vocabulary(
    "$",
    {
        "int": "a whole number",
        "float": "a number",
        "str": "text",
        "bool": "true or false",
        "object": "a map",
        "array": "a list",
        "null": "null",
        "date": A_DATE,
    },
    "a map",
)
"""For frames, commands and JSON files."""
TOML = Vocabulary(
    "",
    {
        "int": "a whole number",
        "float": "a number",
        "str": "text in quotes",
        "bool": "true or false",
        "object": "a table",
        "array": "a list in [ ]",
        "null": "",
        "date": A_DATE,
    },
    "a table",
)
"""For scenario, record and tournament files. TOML has no null."""


def one_of(choices: Iterable[object], got: object) -> str:
    """Return the list of the values that are allowed, and which of them is nearest to ``got``."""
    names = list(dict.fromkeys(str(choice) for choice in choices))
    return f"one of {', '.join(names)}{nearest_hint(names, str(got))}" if names else "nothing here"


def one_of_states(names: Mapping[str, str], got: object) -> str:
    """Return the list of the codes of states that are allowed, and the state that is meant by a name or a misspelt code.

    Args:
        names: the name of each state by its code.
        got: what stands where a code belongs.
    """
    code = _named_state(names, str(got).strip().lower())
    return one_of(names, got) if code is None else f"one of {', '.join(names)} (nearest: {code}, {names[code]})"


def _named_state(names: Mapping[str, str], words: str) -> str | None:
    """Return the code of the state with a name, in lower case; ``None`` if no name is like it."""
    spelled = {name.lower(): code for code, name in names.items()}
    if words in spelled:
        return spelled[words]
    inside = [name for name in spelled if len(words) >= SHORTEST_NAME and (words in name or name in words)]
    near = inside[:1] if len(inside) == 1 else difflib.get_close_matches(words, spelled, n=1, cutoff=0.75)
    return spelled[near[0]] if near else None


def nearest_hint(names: Sequence[str], got: str) -> str:
    """Return `` (nearest: NAME)`` for the name that is most like ``got``, in capitals or not; empty if none is like it.

    Nothing is like a value that is missing, which is the empty text or ``None`` as text.
    """
    if got in ("", "None"):
        return ""
    near = difflib.get_close_matches(got, names, n=1, cutoff=LIKENESS)
    if not near:
        spelled = {name.lower(): name for name in reversed(names)}
        begins = [name for name in spelled if name.startswith(got.lower())]
        similar = difflib.get_close_matches(got.lower(), begins or spelled, n=1, cutoff=0.0 if begins else LIKENESS)
        near = [spelled[name] for name in similar]
    return f" (nearest: {near[0]})" if near else ""


def fields_at(kind: Any, value: object, path: str) -> list[str]:
    """Return the keys that the map at a path such as ``.view.others[3]`` may have."""
    return [field for form in _types_at(kind, value, path) for field in _names(form)]


def choices_at(kind: Any, value: object, path: str) -> list[str]:
    """Return the values of the closed list that the value at a path must be one of; none if it has no such list."""
    return [choice for form in _types_at(kind, value, path) for choice in _choices(form)]


def value_at(value: Any, path: str) -> Any:
    """Return the value at a path such as ``.view.others[3].id``, or ``None`` where the path leads nowhere."""
    for name, index in _STEP.findall(path):
        try:
            value = value[name] if name else value[int(index)]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value


def _quoted(text: str) -> str:
    """Return a text in double quotes, with characters that no terminal should get escaped."""
    escaped = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
    return f'"{escaped}"' if len(escaped) <= SHOWN_CHARACTERS_MAX - 2 else f'"{escaped[: SHOWN_CHARACTERS_MAX - 5]}..."'


def _number(limit: float) -> str:
    return str(limit).removesuffix(".0")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _path_with_key(value: Any, kind: Any, path: str) -> str:
    """Return a path with the key of a map in it. msgspec says only that one of the map's values is wrong."""
    before, _, after = path.partition("[...]")
    key = _refused_key(value, kind, before, f"{before}[...]{after}")
    return path if key is None else f"{before}.{key}{after}"


def _wrong_key(value: Any, kind: Any, path: str) -> Any:
    """Return the key that a map may not have, or the map if the key cannot be found."""
    key = _refused_key(value, kind, path, "`key` in ")
    return value_at(value, path) if key is None else key


def _refused_key(value: Any, kind: Any, path: str, message: str) -> Any:
    """Return the first key of a map that is refused with this message when it is alone in the map.

    msgspec does not say which key it was.
    """
    searched = value_at(value, path)
    if not isinstance(searched, dict):
        return None
    whole = dict(searched)
    try:
        # The map is changed in place: strangers send such maps, and a copy of the whole value for each key costs too much.
        for key, item in whole.items():
            searched.clear()
            searched[key] = item
            try:
                msgspec.convert(value, kind)
            except CONVERSION_ERRORS as error:
                if message in str(error):
                    return key
    finally:
        searched.clear()
        searched.update(whole)
    return None


def _types_at(kind: Any, value: object, path: str) -> list[inspect.Type]:
    """Return the types that the value at a path may have, without their annotations."""
    found = value_at(value, path)
    return [part for form in _annotated_at(kind, value, path) for part in _plain(form, found)]


def _annotated_at(kind: Any, value: object, path: str) -> list[inspect.Type]:
    """Return the types that the value at a path may have; tags in the values on the way choose among tagged types."""
    forms: list[inspect.Type] = [_described(kind)]
    for name, index in _STEP.findall(path):
        inside: list[inspect.Type] = []
        for form in (part for one in forms for part in _plain(one, value)):
            if isinstance(form, inspect.StructType) and name and name == form.tag_field:
                inside.append(inspect.LiteralType((form.tag,)))
            elif isinstance(form, inspect.StructType | inspect.DataclassType) and name:
                inside.extend(field.type for field in form.fields if field.encode_name == name)
            elif isinstance(form, inspect.DictType):
                inside.append(form.value_type)
            elif isinstance(form, inspect.ListType | inspect.VarTupleType) and index:
                inside.append(form.item_type)
        value = value_at(value, f".{name}" if name else f"[{index}]")
        forms = inside
    return forms


@lru_cache(maxsize=256)
def _described(kind: Any) -> inspect.Type:
    """Return what msgspec says of a type. To find it out takes milliseconds, and strangers send what is refused."""
    return inspect.type_info(kind)


def _codes(form: inspect.Type) -> str:
    """Return what each number of a type stands for, which the description of such a type says; empty for other types."""
    if not isinstance(form, inspect.Metadata) or not isinstance(form.type, inspect.IntType):
        return ""
    description = str((form.extra_json_schema or {}).get("description", ""))
    return description if description[:1].isdigit() else ""


def _plain(form: inspect.Type, value: object) -> Iterator[inspect.Type]:
    """Yield the members of a union without their annotations. Among tagged types, the value's tag chooses."""
    if isinstance(form, inspect.Metadata):
        yield from _plain(form.type, value)
    elif isinstance(form, inspect.UnionType):
        parts = [part for one in form.types for part in _plain(one, value)]
        tagged = [
            part
            for part in parts
            if isinstance(part, inspect.StructType)
            and isinstance(value, dict)
            and value.get(part.tag_field) == part.tag
        ]
        yield from tagged or parts
    else:
        yield form


def _names(form: inspect.Type) -> list[str]:
    if not isinstance(form, inspect.StructType | inspect.DataclassType):
        return []
    tag = [form.tag_field] if isinstance(form, inspect.StructType) and form.tag_field else []
    return [*tag, *(field.encode_name for field in form.fields)]


def _choices(form: inspect.Type) -> list[str]:
    if isinstance(form, inspect.LiteralType):
        return [str(value) for value in form.values]
    return [str(member.value) for member in form.cls] if isinstance(form, inspect.EnumType) else []
