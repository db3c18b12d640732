"""From frames to messages and back, in msgpack and in JSON, with a limit on everything that comes from outside.

Decoding has two steps. ``unpack`` turns a frame into one map of plain values and refuses what no message may hold:
deep nesting, long lists, repeated keys, NaN, control characters. ``shape`` turns the map into a typed message. Both raise
``ProtocolError`` and nothing else.

Messages are written by msgspec straight from the structs: for an ``observe`` of nineteen states that takes a quarter of the
time of ``msgspec.to_builtins`` followed by ``msgpack.packb`` (19 against 81 microseconds), which has to build every map
first, and it gives the same bytes. Frames from outside are read by msgpack, because only it takes a limit for each kind
of length.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import msgpack
import msgspec

from counterpoise.errors import ProtocolError
from counterpoise.wire.cleaning import check_nesting, clean
from counterpoise.wire.messages import SUBPROTOCOLS, ClientMessage, ServerMessage
from counterpoise.wire.shaping import order_id, shape, shape_server

PEEK_KEYS_MAX, PEEK_TEXT_MAX = 16, 64
CLOSE_UNSUPPORTED, CLOSE_MALFORMED, CLOSE_TOO_BIG = 1003, 1007, 1009


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a frame may hold. Lengths are in bytes for frames and text, in items for lists and maps."""

    frame: int = 64 * 1024
    text: int = 8192
    array: int = 1024
    map: int = 256
    depth: int = 8


INBOUND = Limits()
"""For what clients send."""
HELLO_BYTES_MAX = 4096
"""The longest frame taken from a client that has not said who it is."""
OUTBOUND = Limits(frame=32 * 1024 * 1024, text=1024 * 1024, array=16_384, map=4096)
"""For what a client takes from its server: a debrief is long. What it holds is checked by its types alone."""


class Codec(Protocol):
    """One of the two written forms of the protocol."""

    subprotocol: str
    """The websocket subprotocol that stands for this form."""

    def encode(self, message: ServerMessage | ClientMessage) -> bytes | str:
        """Return the frame that carries ``message``: bytes for a binary frame, text for a text frame."""

    def unpack(self, frame: bytes | str) -> dict[str, Any]:
        """Return the map a frame holds, cleaned; raise ``ProtocolError`` if it holds anything else."""

    def decode(self, frame: bytes | str) -> ClientMessage:
        """Return the message a client sent; raise ``ProtocolError`` if it is none."""

    def decode_server(self, frame: bytes | str) -> ServerMessage:
        """Return the message a server sent; raise ``ProtocolError`` if it is none."""


class MsgpackCodec:
    """Binary frames of MessagePack."""

    subprotocol = SUBPROTOCOLS[0]

    def __init__(self, limits: Limits = INBOUND) -> None:
        self.limits = limits
        self._encoder = msgspec.msgpack.Encoder()

    def encode(self, message: ServerMessage | ClientMessage) -> bytes:
        """Return the binary frame that carries ``message``."""
        return self._encoder.encode(message)

    def unpack(self, frame: bytes | str) -> dict[str, Any]:
        """Return the map a binary frame holds, cleaned."""
        with _naming_order(frame, _order_in_msgpack):
            return _cleaned(self._read(frame, self.limits, _map_of), self.limits)

    def decode(self, frame: bytes | str) -> ClientMessage:
        """Return the message a client sent."""
        return shape(self.unpack(frame))

    def decode_server(self, frame: bytes | str) -> ServerMessage:
        """Return the message a server sent."""
        return shape_server(self._read(frame, OUTBOUND, None))

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
        except Exception as error:  # the library raises six unrelated classes on bad input, and may raise more
            raise ProtocolError("malformed", "$", "one MessagePack map within the limits", _reason(error)) from None


class JsonCodec:
    """Text frames of JSON."""

    subprotocol = SUBPROTOCOLS[1]

    def __init__(self, limits: Limits = INBOUND) -> None:
        self.limits = limits
        self._encoder = msgspec.json.Encoder()

    def encode(self, message: ServerMessage | ClientMessage) -> str:
        """Return the text frame that carries ``message``."""
        return self._encoder.encode(message).decode()

    def unpack(self, frame: bytes | str) -> dict[str, Any]:
        """Return the map a text frame holds, cleaned."""
        with _naming_order(frame, _order_in_json):
            return _cleaned(self._read(frame, self.limits, _map_of), self.limits)

    def decode(self, frame: bytes | str) -> ClientMessage:
        """Return the message a client sent."""
        return shape(self.unpack(frame))

    def decode_server(self, frame: bytes | str) -> ServerMessage:
        """Return the message a server sent."""
        return shape_server(self._read(frame, OUTBOUND, None))

    @staticmethod
    def _read(frame: bytes | str, limits: Limits, pairs_hook: Callable[[Any], Any] | None) -> object:
        if not isinstance(frame, str):
            raise ProtocolError("wrong_frame_type", "$", "a text frame: this connection speaks JSON", "a binary frame")
        _check_size(len(frame) if frame.isascii() else len(frame.encode(errors="surrogatepass")), limits)
        try:
            return json.loads(frame, object_pairs_hook=pairs_hook, parse_constant=_no_constant)
        except ProtocolError:
            raise
        except Exception as error:  # RecursionError and the digit limit of int beside JSONDecodeError
            raise ProtocolError("malformed", "$", "one JSON object within the limits", _reason(error)) from None


CODECS: dict[str, Codec] = {codec.subprotocol: codec for codec in (MsgpackCodec(), JsonCodec())}
"""The codec of each subprotocol, with the limits for clients."""


def codec_for(subprotocol: str | None) -> Codec:
    """Return the codec that a negotiated subprotocol stands for; raise ``ProtocolError`` if there is none."""
    codec = CODECS.get(subprotocol or "")
    if codec is None:
        expected = " or ".join(SUBPROTOCOLS)
        raise ProtocolError("no_subprotocol", "Sec-WebSocket-Protocol", expected, subprotocol or "none", 1002)
    return codec


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.frame:
        raise ProtocolError("too_large", "$", f"at most {limits.frame} bytes", f"{size} bytes", CLOSE_TOO_BIG)


def _cleaned(value: object, limits: Limits) -> dict[str, Any]:
    if type(value) is not dict:
        raise ProtocolError("malformed", "$", "a map", _kind(value))
    cleaned: dict[str, Any] = clean(value, text=limits.text, array=limits.array, map_=limits.map, depth=limits.depth)
    return cleaned


@contextmanager
def _naming_order(frame: bytes | str, order_in: Callable[[Any], str]) -> Iterator[None]:
    """Put the id of the order a frame is about into what is raised, wherever the frame still shows it.

    Whoever sent it waits for an answer to that order, and would send it again for ever without one.
    """
    try:
        yield
    except ProtocolError as error:
        if error.close_code or error.code == "wrong_frame_type":
            raise
        try:
            order = order_in(frame)
        except Exception:  # the frame is broken: there may be no end to what a library raises on it
            order = ""
        raise ProtocolError(error.code, error.path, error.expected, error.got, 0, order) from None


def _order_in_msgpack(frame: bytes) -> str:
    """Return the id in a map without building what stands beside it: a broken frame may announce anything."""
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


def _map_of(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: list[object] = []
        for key, _ in pairs:
            if key in seen:
                raise ProtocolError("duplicate_key", "$", "each key once in a map", f"{str(key)[:60]!r} twice")
            seen.append(key)
    return made


def _no_constant(name: str) -> float:
    raise ProtocolError("not_finite", "$", "a finite number", name)


def _kind(value: object) -> str:
    names = {list: "a list", str: "text", int: "a number", float: "a number", bool: "true or false", type(None): "null"}
    return names.get(type(value), "something else")


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())[:160]
    return text or {"StackError": "too much nesting", "FormatError": "bytes that are not MessagePack"}.get(
        type(error).__name__, type(error).__name__
    )
