"""Convert clean maps to typed messages."""

from __future__ import annotations

import re
from typing import Any, NoReturn, get_args

import msgspec

from counterpoise.errors import ProtocolError
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON
from counterpoise.wire.messages import ClientMessage, Hello, ServerMessage


def _by_name(union: object) -> dict[str, Any]:
    """Return the types of the messages in a union by the value of ``t``.

    msgspec takes ten times as long for a message of a union, because it looks at all types of the union each time.
    """
    return {str(kind.__struct_config__.tag): kind for kind in get_args(union)}


_ID = re.compile(r"^[0-9a-f]{32}\Z")
_CLIENT_TYPES, _SERVER_TYPES = _by_name(ClientMessage), _by_name(ServerMessage)
CLIENT_NAMES, SERVER_NAMES = tuple(_CLIENT_TYPES), tuple(_SERVER_TYPES)


def typed_message(data: dict[str, Any]) -> ClientMessage:
    """Return the client message in a map; raise ``ProtocolError`` if it is not one."""
    try:
        message: ClientMessage = msgspec.convert(data, _type_in(data, _CLIENT_TYPES, ClientMessage))
    except CONVERSION_ERRORS as error:
        _refuse(error, data, ClientMessage, CLIENT_NAMES)
    return message


def typed_server_message(data: object) -> ServerMessage:
    """Return the server message in a map; raise ``ProtocolError`` if it is not one."""
    try:
        message: ServerMessage = msgspec.convert(data, _type_in(data, _SERVER_TYPES, ServerMessage))
    except CONVERSION_ERRORS as error:
        _refuse(error, data if isinstance(data, dict) else {}, ServerMessage, SERVER_NAMES)
    return message


def _type_in(data: object, types: dict[str, Any], union: Any) -> Any:
    """Return the type that ``t`` names in a map; the whole union if it names none."""
    name = data.get("t") if isinstance(data, dict) else None
    return types.get(name, union) if isinstance(name, str) else union


def order_id(data: dict[str, Any]) -> str:
    """Return the order id in a map; empty if there is none or it is not 32 hexadecimal digits."""
    value = data.get("id", "")
    return value if isinstance(value, str) and _ID.match(value) else ""


def name_in(data: dict[str, Any]) -> str:
    """Return the name of a client's message in a map; empty if it has none that the protocol knows."""
    value = data.get("t")
    return value if isinstance(value, str) and value in CLIENT_NAMES else ""


def name_of(message: ClientMessage | ServerMessage) -> str:
    """Return the value of ``t`` of a message."""
    return str(message.__struct_config__.tag)


def _refuse(error: Exception, data: dict[str, Any], kind: Any, names: tuple[str, ...]) -> NoReturn:
    where, expected, got = JSON.problem(error, data, kind)
    if where == "$.t":
        got = JSON.shown(data["t"]) if "t" in data else "a map without t"
        raise ProtocolError("unknown_message", "$.t", "one of " + ", ".join(names), got)
    if where.endswith(".token") and got != "nothing":
        got = "a value that is kept secret"
    raise ProtocolError("invalid", where, expected, got)


def is_other_version(data: dict[str, Any], version: int) -> bool:
    """Return whether a map is a ``hello`` of another protocol version. Its other fields are not checked."""
    spoken = data.get("protocol")
    return data.get("t") == Hello.__struct_config__.tag and type(spoken) is int and spoken != version
