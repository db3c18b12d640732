"""What msgspec says of a value that came from outside, in words for whoever sent it: where, what was expected, what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

SHOWN = 60
"""How many characters of a value an error repeats."""
_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "object": "a map",
    "array": "a list",
    "null": "null",
}
_BOUNDS = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}
PATTERNS = {
    "^[0-9a-f]{32}$": "32 hexadecimal digits in lower case",
    "^[A-Z][A-Z0-9]{1,4}$": "a state's code, 2 to 5 capital letters and digits such as EGY",
    "^[a-z0-9][a-z0-9-]{0,63}$": "lower case letters, digits and hyphens, at most 64 of them, no hyphen first",
    "^[a-z][a-z0-9_]{0,39}$": "lower case letters, digits and underscores, at most 40 of them, a letter first",
}
"""What the patterns of our own types ask for, in words."""
_SAID = re.compile(r"^(?P<fault>.*?)(?: - at (?P<key>`key` in )?`\$?(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class Complaint(NamedTuple):
    """One mistake: the path of the value, what would have been right there, and what came instead."""

    path: str
    expected: str
    got: str


def explain(error: Exception, value: object, kind: Any, root: str = "$") -> Complaint:
    """Return what is wrong with a value that msgspec did not take.

    Args:
        error: what msgspec raised.
        value: what was to be converted.
        kind: the type it was to become, or a union of tagged ones.
        root: path of ``value`` itself.
    """
    said = _SAID.match(str(error))
    assert said is not None, "the pattern matches every text"
    fault, path = said["fault"], said["path"] or ""
    if "[...]" in path and not said["key"]:
        path = _with_key(value, kind, path)
    where = root + path + (" (a key)" if said["key"] else "")
    found = _wrong_key(value, kind, path) if said["key"] else value_at(value, path)
    name = fault.split("`")[1] if "`" in fault else ""
    if fault.startswith("Object missing required field"):
        return Complaint(f"{where}.{name}", "a value", "nothing")
    if fault.startswith("Object contains unknown field"):
        known = ", ".join(fields_at(kind, value, path))
        return Complaint(
            f"{where}.{name[:SHOWN]}", f"only the fields {known}" if known else "no such field", shown(name)
        )
    if fault.startswith(("Invalid value", "Invalid enum value")):
        choices = choices_at(kind, value, path)
        return Complaint(where, "one of " + ", ".join(choices) if choices else "another value", shown(found))
    return Complaint(where, _expected(fault), shown(found))


def fields_at(kind: Any, value: object, path: str) -> list[str]:
    """Return the keys that the map at a path such as ``.view.others[3]`` may have."""
    return [field for form in _types_at(kind, value, path) for field in _names(form)]


def choices_at(kind: Any, value: object, path: str) -> list[str]:
    """Return the values of the closed list that the value at a path must be one of; none if it has no such list."""
    return [choice for form in _types_at(kind, value, path) for choice in _choices(form)]


def _with_key(value: Any, kind: Any, path: str) -> str:
    """Return a path with the key of a map in it; msgspec says only that one of its values is at fault."""
    before, _, after = path.partition("[...]")
    key = _key_at_fault(value, kind, before, f"{before}[...]{after}")
    return path if key is None else f"{before}.{key}{after}"


def _wrong_key(value: Any, kind: Any, path: str) -> Any:
    """Return the key of the map at a path that may not be one, or the map where none can be told."""
    key = _key_at_fault(value, kind, path, "`key` in ")
    return value_at(value, path) if key is None else key


def _key_at_fault(value: Any, kind: Any, path: str, said: str) -> Any:
    """Return the first key of a map which, alone in it, is refused with these words; msgspec does not say which it was."""
    held = value_at(value, path)
    if not isinstance(held, dict):
        return None
    whole = dict(held)
    try:
        # In place: a copy of everything for each of many keys would be dear, and it is strangers who send such maps.
        for key, item in whole.items():
            held.clear()
            held[key] = item
            try:
                msgspec.convert(value, kind)
            except Unconvertible as error:
                if said in str(error):
                    return key
    finally:
        held.clear()
        held.update(whole)
    return None


def value_at(value: Any, path: str) -> Any:
    """Return the value at a path such as ``.view.others[3].id``, or ``None`` where the path does not lead to one."""
    for name, index in _STEP.findall(path):
        try:
            value = value[name] if name else value[int(index)]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value


def shown(value: object) -> str:
    """Return a short picture of a value: people must be able to find it in what they sent."""
    if isinstance(value, dict):
        return f"a map of {len(value)} keys"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)} items"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value) if isinstance(value, str) else str(value)
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def _expected(fault: str) -> str:
    expected = fault.removeprefix("Expected ").split(", got ")[0]
    for pattern, words in PATTERNS.items():
        if pattern in expected:
            return words
    if found := re.match(r"`(\w+)` of length (>=|<=) (\d+)", expected):
        return f"{_WORDS.get(found[1], found[1])} of length {found[3]} or {'more' if found[2] == '>=' else 'less'}"
    if found := re.match(r"`(\w+)` (>=|<=|>|<) (\S+)", expected):
        return f"{_WORDS.get(found[1], found[1])} {_BOUNDS[found[2]]} {found[3].removesuffix('.0')}"
    if found := re.fullmatch(r"`([\w |]+)`", expected):
        return " or ".join(_WORDS.get(word, word) for word in found[1].split(" | "))
    return expected.replace("`", "")


def _types_at(kind: Any, value: object, path: str) -> list[inspect.Type]:
    """Return the types that the value at a path may have, as far as the values on the way there tell."""
    forms = list(_plain(inspect.type_info(kind), value))
    for name, index in _STEP.findall(path):
        inside: list[inspect.Type] = []
        for form in forms:
            if isinstance(form, inspect.StructType) and name and name == form.tag_field:
                inside.append(inspect.LiteralType((form.tag,)))
            elif isinstance(form, inspect.StructType | inspect.DataclassType) and name:
                inside.extend(field.type for field in form.fields if field.encode_name == name)
            elif isinstance(form, inspect.DictType):
                inside.append(form.value_type)
            elif isinstance(form, inspect.ListType | inspect.VarTupleType) and index:
                inside.append(form.item_type)
        value = value_at(value, f".{name}" if name else f"[{index}]")
        forms = [part for form in inside for part in _plain(form, value)]
    return forms


def _plain(form: inspect.Type, value: object) -> Iterator[inspect.Type]:
    """Yield the alternatives of a type, without what is only said about them; a tag chooses among tagged ones."""
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


Unconvertible = (msgspec.ValidationError, UnicodeError)
"""What converting a value from outside may raise: JSON can hold half a character; msgspec cannot."""
