"""Convert clean maps to typed messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from counterpoise.errors import ProtocolError
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON
from counterpoise.wire.messages import ClientMessage, Hello, ServerMessage


def types_by_name(union: object) -> dict[str, Any]:
    """Return the types of the messages in a union by the value of ``t``.

    msgspec takes ten times as long for a message of a union, because it looks at all types of the union each time.
    """
    return {str(kind.__struct_config__.tag): kind for kind in get_args(union)}


_ID = re.compile(r"^[0-9a-f]{32}\Z")
_CLIENT_TYPES, _SERVER_TYPES = types_by_name(ClientMessage), types_by_name(ServerMessage)
CLIENT_NAMES, SERVER_NAMES = tuple(_CLIENT_TYPES), tuple(_SERVER_TYPES)


def typed_message(data: dict[str, Any]) -> ClientMessage:
    """Return the client message in a map; raise ``ProtocolError`` if it is not one."""
    message: ClientMessage = message_in(data, _CLIENT_TYPES, hidden="token")
    return message


def typed_server_message(data: object) -> ServerMessage:
    """Return the server message in a map; raise ``ProtocolError`` if it is not one."""
    message: ServerMessage = message_in(data, _SERVER_TYPES, hidden="token")
    return message


def message_in(data: object, types: Mapping[str, Any], *, hidden: str) -> Any:
    """Return the message in a map.

    Args:
        data: the map.
        types: the types of the messages that are known, see ``types_by_name``.
        hidden: the name of the field whose value no error may hold.

    Raises:
        ProtocolError: the map is none of these messages.
    """
    name = data.get("t") if isinstance(data, dict) else None
    kind = types.get(name) if isinstance(name, str) else None
    if kind is None and isinstance(data, dict):
        got = JSON.shown(name) if "t" in data else "a map without t"
        raise ProtocolError("unknown_message", "$.t", f"one of {', '.join(types)}", got)
    kind = kind or next(iter(types.values()))
    try:
        return msgspec.convert(data, kind)
    except CONVERSION_ERRORS as error:
        where, expected, got = JSON.problem(error, data if isinstance(data, dict) else {}, kind)
    is_hidden = where.endswith(f".{hidden}") and got != "nothing"
    raise ProtocolError("invalid", where, expected, "a value that is kept secret" if is_hidden else got)


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


def is_other_version(data: dict[str, Any], version: int) -> bool:
    """Return whether a map is a ``hello`` of another protocol version. Its other fields are not checked."""
    spoken = data.get("protocol")
    return data.get("t") == Hello.__struct_config__.tag and type(spoken) is int and spoken != version
