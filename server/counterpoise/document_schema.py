"""The JSON Schema of the documents that the program writes, generated from the classes of their values.

A document is a ``msgspec.Struct``. Its class docstring and the docstrings below its fields become the descriptions of the
schema, so that the words about a field stand in one place.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from inspect import getdoc, getsource
from textwrap import dedent
from typing import Annotated, Any

import msgspec
from msgspec import Meta, inspect

Count = Annotated[int, Meta(ge=0)]
"""A whole number, 0 or more."""
PositiveCount = Annotated[int, Meta(ge=1)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
"""A share, a probability or a component of the threat index, in [0, 1]."""
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", extra_json_schema={"format": "date"})]
"""A date in ISO form: ``1901-06-01``."""
StateCode = Annotated[str, Meta(pattern="^[A-Z][A-Z0-9]{1,4}$", description="a state's code")]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="a SHA-256 in hexadecimal digits")]
Interval = tuple[float, float]
"""Lower and upper end of an interval."""
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(title: str, *kinds: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the schema of a document that has one of several forms.

    Every property is required unless its type allows ``UnsetType``, and no other properties are allowed: the schema describes
    what the program writes, where a field with a default is written like any other.

    Args:
        title: the name of the document.
        kinds: the class of each form.
    """
    references, definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    for struct in _structs(kinds):
        _complete(definitions[struct.__name__], struct)
    form = references[0] if len(kinds) == 1 else {"oneOf": list(references)}
    return {"$schema": DRAFT, "title": title, **form, "$defs": definitions}


def field_descriptions(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Return the docstrings below the fields of a class and of its bases, by the field's name in Python."""
    described: dict[str, str] = {}
    for kind in reversed(struct.__mro__):
        if kind is not msgspec.Struct and issubclass(kind, msgspec.Struct):
            (definition,) = ast.parse(dedent(getsource(kind))).body
            assert isinstance(definition, ast.ClassDef)
            described.update(_described_fields(definition))
    return described


def _described_fields(definition: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        ):
            yield statement.target.id, _plain(following.value.value)


def _plain(docstring: str) -> str:
    """Return a docstring on one line, without the marks of code."""
    return " ".join(docstring.replace("``", "").split())


def _complete(definition: dict[str, Any], struct: type[msgspec.Struct]) -> None:
    """Add to the definition of an object which properties it must have, that it has no others, and what each means."""
    described = field_descriptions(struct)
    required = []
    for field in msgspec.structs.fields(struct):
        form = definition["properties"][field.encode_name]
        form.pop("default", None)
        if field.name in described:
            form["description"] = described[field.name]
        if not _can_be_absent(field.type):
            required.append(field.encode_name)
    definition["description"] = _plain(getdoc(struct) or "")
    definition["required"] = required
    definition["additionalProperties"] = False


def _can_be_absent(form: object) -> bool:
    return msgspec.UnsetType in getattr(form, "__args__", ())


def _structs(kinds: tuple[type[msgspec.Struct], ...]) -> list[type[msgspec.Struct]]:
    """Return every class that the values of some classes are made of, each once."""
    found: dict[type[msgspec.Struct], None] = {}
    waiting: list[inspect.Type] = list(inspect.multi_type_info(kinds))
    while waiting:
        form = waiting.pop()
        if isinstance(form, inspect.StructType):
            if form.cls not in found:
                found[form.cls] = None
                waiting.extend(field.type for field in form.fields)
        else:
            waiting.extend(_parts(form))
    return list(found)


def _parts(form: inspect.Type) -> Iterator[inspect.Type]:
    """Yield the types that a type of lists, maps or alternatives is made of."""
    for name in form.__struct_fields__:
        value = getattr(form, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, inspect.Type):
                yield part
