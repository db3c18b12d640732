"""Questions about the fields of moves and injects: from which list a value is chosen, whether it is a tick or free text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import inspect


def choices_of(form: inspect.Type) -> str:
    """Return the list that a field's value or values are chosen from (``x-choices``), such as ``actors``; else an empty text."""
    if isinstance(form, inspect.Metadata):
        return str((form.extra_json_schema or {}).get("x-choices", "")) or choices_of(form.type)
    if isinstance(form, inspect.UnionType):
        return next((choices for part in form.types if (choices := choices_of(part))), "")
    return choices_of(form.item_type) if isinstance(form, inspect.ListType | inspect.VarTupleType) else ""


def is_tick_field(form: inspect.Type) -> bool:
    """Tell whether a field holds a tick, which people write as a date."""
    if isinstance(form, inspect.Metadata):
        return bool((form.extra_json_schema or {}).get("x-moment")) or is_tick_field(form.type)
    return isinstance(form, inspect.UnionType) and any(is_tick_field(part) for part in form.types)


def fields_of(kind: type) -> tuple[inspect.Field, ...]:
    """Return the fields of a kind of move or inject."""
    return _fields_of(kind)


@cache
def _fields_of(kind: type) -> tuple[inspect.Field, ...]:
    shape = inspect.type_info(kind)
    return shape.fields if isinstance(shape, inspect.DataclassType | inspect.StructType) else ()


def free_text_fields(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a move, inject or command that hold a person's own words (``types.FREE_TEXT``)."""
    return _free_text_fields(kind)


@cache
def _free_text_fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields_of(kind) if _is_free_text(field.type))


def _is_free_text(form: inspect.Type) -> bool:
    if isinstance(form, inspect.Metadata):
        return bool((form.extra or {}).get("free_text")) or _is_free_text(form.type)
    return isinstance(form, inspect.UnionType) and any(_is_free_text(part) for part in form.types)


def alternatives(form: inspect.Type) -> Iterator[inspect.Type]:
    """Yield the types that a field's type admits, without what describes them."""
    if isinstance(form, inspect.Metadata):
        yield from alternatives(form.type)
    elif isinstance(form, inspect.UnionType):
        for part in form.types:
            yield from alternatives(part)
    else:
        yield form
