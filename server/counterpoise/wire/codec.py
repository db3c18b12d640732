"""Encode messages as frames and decode frames, in msgpack and in JSON, with a limit on every length from outside.

Decoding has two steps. ``unpack`` turns a frame into one map of plain values and refuses what no message may hold:
deep nesting, long lists, repeated keys, NaN, control characters. ``typed_message`` turns the map into a typed message. Both
raise ``ProtocolError`` and nothing else.

msgspec encodes messages straight from the structs. For an ``observe`` of nineteen states that takes a quarter of the time
of ``msgspec.to_builtins`` followed by ``msgpack.packb`` (19 against 81 microseconds), which has to build every map first,
and gives the same bytes. msgpack decodes frames from outside, because only msgpack has a limit for each kind of length.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import msgpack
import msgspec

from counterpoise.errors import ProtocolError
from counterpoise.validation_errors import JSON
from counterpoise.wire.cleaning import check_nesting, clean
from counterpoise.wire.messages import OLD_SUBPROTOCOLS, SUBPROTOCOLS, ClientMessage, ServerMessage
from counterpoise.wire.typed_messages import order_id, typed_message, typed_server_message

PEEK_KEYS_MAX, PEEK_TEXT_MAX = 16, 64
CLOSE_PROTOCOL, CLOSE_MALFORMED, CLOSE_TOO_BIG = 1002, 1007, 1009


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest sizes in a frame: bytes for frames and texts, items for lists and maps, levels for depth."""

    frame: int = 64 * 1024
    text: int = 8192
    array: int = 1024
    map: int = 256
    depth: int = 8


INBOUND = Limits()
"""For frames from clients."""
HELLO_BYTES_MAX = 4096
"""Longest frame that a client may send before it has said who it is."""
OUTBOUND = Limits(frame=32 * 1024 * 1024, text=1024 * 1024, array=16_384, map=4096)
"""For frames from a server, because a debrief is long. A client checks only the types of their content."""


class Codec(Protocol):
    """One of the two encodings of the protocol."""

    subprotocol: str
    """Websocket subprotocol of this encoding."""

    def encode(self, message: ServerMessage | ClientMessage) -> bytes | str:
        """Return the frame that carries ``message``: bytes for a binary frame, text for a text frame."""

    def part(self, value: object) -> Any:
        """Return a plain value that is encoded already, for messages that have it in common."""

    def unpack(self, frame: bytes | str) -> dict[str, Any]:
        """Return the cleaned map in a frame; raise ``ProtocolError`` if the frame has anything else."""

    def decode(self, frame: bytes | str) -> ClientMessage:
        """Return the client message in a frame; raise ``ProtocolError`` if there is none."""

    def decode_server(self, frame: bytes | str) -> ServerMessage:
        """Return the server message in a frame; raise ``ProtocolError`` if there is none."""


class MsgpackCodec:
    """Binary frames of MessagePack."""

    subprotocol = SUBPROTOCOLS[0]

    def __init__(self, limits: Limits = INBOUND) -> None:
        self.limits = limits
        self._encoder = msgspec.msgpack.Encoder()

    def encode(self, message: ServerMessage | ClientMessage) -> bytes:
        """Return the binary frame that carries ``message``."""
        return self._encoder.encode(message)

    def part(self, value: object) -> Any:
        """Return a plain value that is encoded already, for messages that have it in common."""
        return msgspec.Raw(self._encoder.encode(value))

    def unpack(self, frame: bytes | str) -> dict[str, Any]:
        """Return the cleaned map in a binary frame."""
        try:
            return _cleaned(self._read(frame, self.limits, _map_without_duplicates), self.limits)
        except ProtocolError as error:
            raise _with_order_id(error, frame, _order_in_msgpack) from None

    def decode(self, frame: bytes | str) -> ClientMessage:
        """Return the client message in a frame."""
        return typed_message(self.unpack(frame))

    def decode_server(self, frame: bytes | str) -> ServerMessage:
        """Return the server message in a frame."""
        return typed_server_message(self._read(frame, OUTBOUND, None))

    @staticmethod
    def _read(frame: bytes | str, limits: Limits, pairs_hook: Callable[[Any], Any] | None) -> object:
        if isinstance(frame, str):
            expected = "a binary frame: this connection speaks msgpack"
            raise ProtocolError("wrong_frame_type", "$", expected, "a text frame")
        _check_size(len(frame), limits)
        try:
            if limits is not OUTBOUND:
                check_nesting(frame, limits.depth)
            return msgpack.unpackb(
                frame,
                max_array_len=limits.array,
                max_map_len=limits.map,
                max_str_len=limits.frame,
                max_bin_len=0,
                max_ext_len=0,
                strict_map_key=True,
                object_pairs_hook=pairs_hook,
            )
        except ProtocolError:
            raise
        except Exception as error:  # msgpack raises six unrelated classes on bad input, and may raise more
            raise ProtocolError("malformed", "$", "", f"not a MessagePack map: {_reason(error)}") from None


class JsonCodec:
    """Text frames of JSON."""

    subprotocol = SUBPROTOCOLS[1]

    def __init__(self, limits: Limits = INBOUND) -> None:
        self.limits = limits
        self._encoder = msgspec.json.Encoder()

    def encode(self, message: ServerMessage | ClientMessage) -> str:
        """Return the text frame that carries ``message``."""
        return self._encoder.encode(message).decode()

    def part(self, value: object) -> Any:
        """Return a plain value that is encoded already, for messages that have it in common."""
        return msgspec.Raw(self._encoder.encode(value))

    def unpack(self, frame: bytes | str) -> dict[str, Any]:
        """Return the cleaned map in a text frame."""
        try:
            return _cleaned(self._read(frame, self.limits, _map_without_duplicates), self.limits)
        except ProtocolError as error:
            raise _with_order_id(error, frame, _order_in_json) from None

    def decode(self, frame: bytes | str) -> ClientMessage:
        """Return the client message in a frame."""
        return typed_message(self.unpack(frame))

    def decode_server(self, frame: bytes | str) -> ServerMessage:
        """Return the server message in a frame."""
        return typed_server_message(self._read(frame, OUTBOUND, None))

    @staticmethod
    def _read(frame: bytes | str, limits: Limits, pairs_hook: Callable[[Any], Any] | None) -> object:
        if not isinstance(frame, str):
            raise ProtocolError("wrong_frame_type", "$", "a text frame: this connection speaks JSON", "a binary frame")
        _check_size(len(frame) if frame.isascii() else len(frame.encode(errors="surrogatepass")), limits)
        try:
            return json.loads(frame, object_pairs_hook=pairs_hook, parse_constant=_refuse_constant)
        except ProtocolError:
            raise
        except Exception as error:  # JSONDecodeError, RecursionError, or ValueError for an int with too many digits
            raise ProtocolError("malformed", "$", "", f"not a JSON object: {_reason(error)}") from None


_OF_THIS_VERSION = dict(zip(OLD_SUBPROTOCOLS, SUBPROTOCOLS, strict=True))
CODECS: dict[str, Codec] = {codec.subprotocol: codec for codec in (MsgpackCodec(), JsonCodec())}
"""Codec of each subprotocol, with the limits for frames from clients."""


def codec_for(subprotocol: str | None) -> Codec:
    """Return the codec of a negotiated subprotocol; raise ``ProtocolError`` if there is none.

    An old version's frames have the same form; its ``hello`` is refused.
    """
    named = subprotocol or ""
    codec = CODECS.get(_OF_THIS_VERSION.get(named, named))
    if codec is None:
        expected = " or ".join(SUBPROTOCOLS)
        raise ProtocolError(
            "no_subprotocol", "Sec-WebSocket-Protocol", expected, subprotocol or "no subprotocol", CLOSE_PROTOCOL
        )
    return codec


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.frame:
        raise ProtocolError("too_large", "$", f"at most {limits.frame} bytes", f"{size} bytes", CLOSE_TOO_BIG)


def _cleaned(value: object, limits: Limits) -> dict[str, Any]:
    if type(value) is not dict:
        raise ProtocolError("malformed", "$", "a map", _kind(value))
    cleaned: dict[str, Any] = clean(value, text=limits.text, array=limits.array, map_=limits.map, depth=limits.depth)
    return cleaned


def _with_order_id(error: ProtocolError, frame: bytes | str, order_in: Callable[[Any], str]) -> ProtocolError:
    """Return an error with the id of the order in the frame, if the id can be read.

    The client waits for an answer to that order and would send it again for ever without one.
    """
    if error.close_code or error.code == "wrong_frame_type":
        return error
    try:
        order = order_in(frame)
    except Exception:  # a broken frame can make the decoders raise anything
        order = ""
    return ProtocolError(error.code, error.path, error.expected, error.got, 0, order)


def _order_in_msgpack(frame: bytes) -> str:
    """Return the id in a map without decoding the other values: a broken frame may announce any length."""
    unpacker = msgpack.Unpacker(
        max_buffer_size=len(frame), max_str_len=PEEK_TEXT_MAX, max_array_len=0, max_map_len=0, max_ext_len=0
    )
    unpacker.feed(frame)
    for _ in range(min(unpacker.read_map_header(), PEEK_KEYS_MAX)):
        if unpacker.unpack() == "id":
            return order_id({"id": unpacker.unpack()})
        unpacker.skip()
    return ""


def _order_in_json(frame: str) -> str:
    value = json.loads(frame)
    return order_id(value) if isinstance(value, dict) else ""


def _map_without_duplicates(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: list[object] = []
        for key, _ in pairs:
            if key in seen:
                raise ProtocolError("duplicate_key", "$", "", f"the key {JSON.shown(str(key))} occurs twice in one map")
            seen.append(key)
    return made


def _refuse_constant(name: str) -> float:
    raise ProtocolError("not_finite", "$", "a finite number", name)


def _kind(value: object) -> str:
    names = {list: "a list", str: "text", int: "a number", float: "a number", bool: "true or false", type(None): "null"}
    return names.get(type(value), "something else")


def _reason(error: Exception) -> str:
    """Return why a decoder refused a frame."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos}"
    if isinstance(error, RecursionError | msgpack.exceptions.StackError):
        return "lists and maps are nested too deeply"
    return " ".join(str(error).split())[:160] or "the bytes are not MessagePack"
