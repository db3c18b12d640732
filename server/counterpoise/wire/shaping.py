"""From a clean map to a typed message, with errors that say where, what was expected and what came."""

from __future__ import annotations

import re
from typing import Any, NoReturn, get_args

import msgspec

from counterpoise.errors import ProtocolError
from counterpoise.wire.messages import ClientMessage, Hello, ServerMessage

_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "object": "a map",
    "array": "a list",
    "null": "null",
}
_MESSAGE = re.compile(r"^(?P<text>.*?)(?: - at `(?P<path>.*)`)?$", re.DOTALL)
_REGEX_WORDS = {"^[0-9a-f]{32}$": "32 hexadecimal digits in lower case"}


def names_of(union: object) -> tuple[str, ...]:
    """Return the values of ``t`` in a union of messages."""
    return tuple(str(kind.__struct_config__.tag) for kind in get_args(union))


CLIENT_NAMES = names_of(ClientMessage)
SERVER_NAMES = names_of(ServerMessage)


def shape(data: dict[str, Any]) -> ClientMessage:
    """Return the message a client means by ``data``; raise ``ProtocolError`` if it is none."""
    try:
        message: ClientMessage = msgspec.convert(data, ClientMessage)
    except msgspec.ValidationError as error:
        _refuse(str(error), data, CLIENT_NAMES)
    return message


def shape_server(data: object) -> ServerMessage:
    """Return the message a server means by ``data``; raise ``ProtocolError`` if it is none."""
    try:
        message: ServerMessage = msgspec.convert(data, ServerMessage)
    except (msgspec.ValidationError, UnicodeError) as error:  # JSON can hold half a character; msgspec cannot
        _refuse(str(error), data if isinstance(data, dict) else {}, SERVER_NAMES)
    return message


def order_id(data: dict[str, Any]) -> str:
    """Return the id a map carries, or nothing if it carries none that an answer could name."""
    value = data.get("id", "")
    return value if isinstance(value, str) and len(value) == 32 else ""


def _refuse(text: str, data: dict[str, Any], names: tuple[str, ...]) -> NoReturn:
    match = _MESSAGE.match(text)
    said, path = (match["text"], match["path"] or "$") if match else (text, "$")
    if path == "$.t" or (path == "$" and said.endswith("required field `t`")):
        got = _shown(data["t"]) if "t" in data else "no field t"
        raise ProtocolError("unknown_message", "$.t", "one of " + ", ".join(names), got)
    field = said.split("`")[1] if "`" in said else ""
    if said.startswith("Object missing required field"):
        raise ProtocolError("invalid", f"{path}.{field}", "this field", "nothing")
    if said.startswith("Object contains unknown field"):
        allowed = ", ".join(_fields_of(data, path)) or "only the fields of this message"
        raise ProtocolError("invalid", f"{path}.{field}", allowed, f"a field {field[:60]!r}")
    expected = said.removeprefix("Expected ").split(", got ")[0]
    for pattern, words in _REGEX_WORDS.items():
        if pattern in expected:
            expected = words
    expected = re.sub(r"`(\w+)`", lambda word: _WORDS.get(word[1], word[1]), expected)
    got = "a value of another length" if path.endswith(".token") else _shown(_at(data, path))
    raise ProtocolError("invalid", path, expected, got)


def _fields_of(data: dict[str, Any], path: str) -> tuple[str, ...]:
    for kind in get_args(ClientMessage) if path == "$" else ():
        if kind.__struct_config__.tag == data.get("t"):
            return ("t", *kind.__struct_fields__)
    return ()


def _at(data: Any, path: str) -> object:
    """Return the value at a path such as ``$.view.others[3].id``, or None where the path does not lead to one."""
    value: Any = data
    for name, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path):
        try:
            value = value[name] if name else value[int(index)]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _shown(value: object) -> str:
    """Return a short picture of a value: people must be able to find it in what they sent."""
    if isinstance(value, dict):
        return f"a map of {len(value)} keys"
    if isinstance(value, list):
        return f"a list of {len(value)} items"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def is_other_version(data: dict[str, Any], version: int) -> bool:
    """Return whether a map is a ``hello`` of another protocol version, whatever else that version puts into it."""
    spoken = data.get("protocol")
    return data.get("t") == Hello.__struct_config__.tag and type(spoken) is int and spoken != version
