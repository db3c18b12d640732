"""The protocol as JSON Schema 2020-12, for clients in other languages and for checks of frames."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

import msgspec

from counterpoise.sim.catalogue import MOVES, move_catalogue
from counterpoise.wire.class_messages import ClassClientMessage, ClassServerMessage
from counterpoise.wire.messages import PROTOCOL_VERSION, ClientMessage, ServerMessage

_REF = "#/$defs/{name}"


def tag_of(kind: type[Any]) -> str:
    """Return the value of ``t`` for a message type."""
    return str(kind.__struct_config__.tag)


def message_schema() -> dict[str, Any]:
    """Return one schema that accepts every message; ``$defs`` has each message and record by name."""
    return _schema_of(f"counterpoise protocol {PROTOCOL_VERSION}", get_args(ClientMessage), get_args(ServerMessage))


@cache
def published_schema() -> dict[str, Any]:
    """Return the schema for authors of clients: every message with its records, and in ``order`` and ``propose`` every move."""
    schema = message_schema()
    known = schema["$defs"]
    moves = {f"Move{found.__name__}": move_catalogue()[kind]["schema"] for kind, found in MOVES.items()}
    move = {"$ref": _REF.format(name="Move")}
    for name in ("Order", "Propose"):
        known[name]["properties"]["move"] = move
    known["Moves"]["properties"]["legal"]["items"] = move
    known["Move"] = {"oneOf": [{"$ref": _REF.format(name=name)} for name in moves]}
    known.update(moves)
    return schema


def class_schema() -> dict[str, Any]:
    """Return the same for the messages of the socket of a class."""
    return _schema_of("counterpoise classes 1", get_args(ClassClientMessage), get_args(ClassServerMessage))


def _schema_of(title: str, client: tuple[Any, ...], server: tuple[Any, ...]) -> dict[str, Any]:
    _, components = msgspec.json.schema_components((*client, *server), ref_template=_REF)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "oneOf": [{"$ref": "#/$defs/ClientMessage"}, {"$ref": "#/$defs/ServerMessage"}],
        "$defs": {
            "ClientMessage": {"oneOf": [{"$ref": _REF.format(name=kind.__name__)} for kind in client]},
            "ServerMessage": {"oneOf": [{"$ref": _REF.format(name=kind.__name__)} for kind in server]},
            **dict(sorted(components.items())),
        },
    }


def record_names(schema: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of the definitions that are parts of messages, in order."""
    unions = ("ClientMessage", "ServerMessage")
    messages = {branch["$ref"].rpartition("/")[2] for union in unions for branch in schema["$defs"][union]["oneOf"]}
    return tuple(name for name in schema["$defs"] if name not in messages and name not in unions)
