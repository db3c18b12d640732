"""TypeScript types of the wire messages, generated from the protocol's JSON schema.

``python tests/browser/write_wire_types.py`` rewrites ``wire_types.d.ts``, which the type check of the browser client reads.
With ``--check`` it changes nothing and exits with 1 if the file is out of date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from counterpoise.wire.class_messages import ClassClientMessage
from counterpoise.wire.messages import ClientMessage
from counterpoise.wire.schema import class_schema, message_schema

OUTPUT = Path(__file__).with_name("wire_types.d.ts")
HEADER = (
    "// Generated from the protocol's JSON schema by tests/browser/write_wire_types.py. Do not edit.\n"
    "// `Json` stands for a map whose fields the schema leaves open.\n"
)


def wire_types() -> str:
    """Return the declaration file: one interface for each message and record.

    The namespace ``Wire`` has those of a session's socket, ``ClassWire`` those of the socket of a class.
    """
    session = _namespace("Wire", message_schema(), ClientMessage)
    classes = _namespace("ClassWire", class_schema(), ClassClientMessage)
    return "\n".join([HEADER, *session, "", *classes, ""])


def _namespace(name: str, schema: dict[str, Any], client: Any) -> list[str]:
    client_messages = {kind.__name__ for kind in get_args(client)}
    lines = [f"declare namespace {name} {{", "  type Json = Record<string, any>;"]
    for record, form in schema["$defs"].items():
        lines += ["", *_definition(record, form, is_from_client=record in client_messages)]
    return [*lines, "}"]


def _definition(name: str, schema: dict[str, Any], *, is_from_client: bool) -> Iterator[str]:
    if "properties" not in schema:
        yield f"  type {name} = {_type_of(schema)};"
        return
    yield f"  interface {name} {{"
    for field, field_schema in schema["properties"].items():
        # A server sends every field. A client may leave out a field that has a default.
        is_optional = is_from_client and field not in schema["required"]
        yield f"    {field}{'?' if is_optional else ''}: {_type_of(field_schema)};"
    yield "  }"


def _type_of(schema: dict[str, Any]) -> str:
    """Return the TypeScript type of a schema.

    Raises:
        ValueError: If the schema has a form that this generator does not know.
    """
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return " | ".join(_type_of(branch) for branch in schema[union])
    match schema.get("type"):
        case "string":
            return "string"
        case "integer" | "number":
            return "number"
        case "boolean" | "null" as primitive:
            return str(primitive)
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(_type_of(item) for item in schema['prefixItems'])}]"
        case "array":
            return f"Array<{_type_of(schema['items']) if 'items' in schema else 'any'}>"
        case "object":
            values = schema.get("additionalProperties")
            return f"Record<string, {_type_of(values)}>" if isinstance(values, dict) else "Json"
    raise ValueError(f"no TypeScript type for the schema {schema}: add its form to {Path(__file__).name}")


def main(arguments: list[str]) -> int:
    """Write the declaration file, or with ``--check`` compare it. Return the exit code."""
    text = wire_types()
    if "--check" in arguments:
        return int(OUTPUT.read_text(encoding="utf-8") != text)
    OUTPUT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
