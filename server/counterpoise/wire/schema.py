"""The protocol as JSON Schema 2020-12, for clients in other languages and for checks of frames."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from counterpoise.wire.messages import PROTOCOL_VERSION, ClientMessage, ServerMessage

_REF = "#/$defs/{name}"


def tag_of(kind: type[Any]) -> str:
    """Return the value of ``t`` for a message type."""
    return str(kind.__struct_config__.tag)


def message_schema() -> dict[str, Any]:
    """Return one schema that accepts every message; ``$defs`` has each message and record by name."""
    client, server = get_args(ClientMessage), get_args(ServerMessage)
    _, components = msgspec.json.schema_components((*client, *server), ref_template=_REF)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"counterpoise protocol {PROTOCOL_VERSION}",
        "oneOf": [{"$ref": "#/$defs/ClientMessage"}, {"$ref": "#/$defs/ServerMessage"}],
        "$defs": {
            "ClientMessage": {"oneOf": [{"$ref": _REF.format(name=kind.__name__)} for kind in client]},
            "ServerMessage": {"oneOf": [{"$ref": _REF.format(name=kind.__name__)} for kind in server]},
            **dict(sorted(components.items())),
        },
    }


def record_names(schema: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of the definitions that are parts of messages, in order."""
    messages = {kind.__name__ for kind in (*get_args(ClientMessage), *get_args(ServerMessage))}
    return tuple(
        name for name in schema["$defs"] if name not in messages and name not in ("ClientMessage", "ServerMessage")
    )
