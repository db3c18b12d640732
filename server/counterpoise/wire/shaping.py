"""From a clean map to a typed message, with errors that say where, what was expected and what came."""

from __future__ import annotations

import re
from typing import Any, NoReturn, get_args

import msgspec

from counterpoise.errors import ProtocolError
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON
from counterpoise.wire.messages import ClientMessage, Hello, ServerMessage


def names_of(union: object) -> tuple[str, ...]:
    """Return the values of ``t`` in a union of messages."""
    return tuple(str(kind.__struct_config__.tag) for kind in get_args(union))


_ID = re.compile(r"^[0-9a-f]{32}\Z")
CLIENT_NAMES = names_of(ClientMessage)
SERVER_NAMES = names_of(ServerMessage)


def shape(data: dict[str, Any]) -> ClientMessage:
    """Return the message a client means by ``data``; raise ``ProtocolError`` if it is none."""
    try:
        message: ClientMessage = msgspec.convert(data, ClientMessage)
    except CONVERSION_ERRORS as error:
        _refuse(error, data, ClientMessage, CLIENT_NAMES)
    return message


def shape_server(data: object) -> ServerMessage:
    """Return the message a server means by ``data``; raise ``ProtocolError`` if it is none."""
    try:
        message: ServerMessage = msgspec.convert(data, ServerMessage)
    except CONVERSION_ERRORS as error:
        _refuse(error, data if isinstance(data, dict) else {}, ServerMessage, SERVER_NAMES)
    return message


def order_id(data: dict[str, Any]) -> str:
    """Return the id a map carries, or nothing if it carries none that an answer could name."""
    value = data.get("id", "")
    return value if isinstance(value, str) and _ID.match(value) else ""


def _refuse(error: Exception, data: dict[str, Any], kind: Any, names: tuple[str, ...]) -> NoReturn:
    where, expected, got = JSON.problem(error, data, kind)
    if where == "$.t":
        got = JSON.shown(data["t"]) if "t" in data else "no field t"
        raise ProtocolError("unknown_message", "$.t", "one of " + ", ".join(names), got)
    if where.endswith(".token") and got != "nothing":
        got = "a value that is not shown"
    raise ProtocolError("invalid", where, expected, got)


def is_other_version(data: dict[str, Any], version: int) -> bool:
    """Return whether a map is a ``hello`` of another protocol version, whatever else that version puts into it."""
    spoken = data.get("protocol")
    return data.get("t") == Hello.__struct_config__.tag and type(spoken) is int and spoken != version
