"""Frames that break the protocol, made from sound ones and from nothing."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from random import Random
from typing import Any

import msgpack

ID = "0123456789abcdef0123456789abcdef"
SOUND: tuple[dict[str, Any], ...] = (
    {"t": "hello", "protocol": 2, "token": "x" * 32, "last_vseq": 0, "last_receipt": ""},
    {"t": "order", "id": ID, "window": 0, "move": {"kind": "message", "to": ["BEL"], "text": "Let us talk."}},
    {
        "t": "order",
        "id": ID,
        "window": 3,
        "move": {"kind": "penetrate", "target": "BEL", "effort": 0.5},
        "replaces": ID,
    },
    {"t": "withdraw", "id": ID, "order": ID},
    {"t": "read", "id": ID, "thread": "ARD BEL", "number": 4},
    {"t": "ready", "tick": 12},
    {"t": "command", "id": ID, "command": {"kind": "pause", "reason": "lunch"}},
    {"t": "command", "id": ID, "command": {"kind": "seat", "seat": "ARD", "to": "bot"}},
    {"t": "command", "id": ID, "command": {"kind": "pace", "mode": "continuous", "days_per_second": 2.0}},
    {"t": "look", "seat": "ARD", "id": ID},
    {"t": "ask_debrief"},
    {"t": "ask_what_if", "on": "1901-04-01", "change": {"kind": "arm", "by": "ARD"}, "seeds": 2, "windows": 1},
    {"t": "stop_what_if"},
    {"t": "go_on", "on": "1901-04-01"},
    {"t": "ping", "n": 1},
)
"""Sound messages of every kind."""


def _nested(depth: int) -> Any:
    value: Any = 0
    for level in range(depth):
        value = [value] if level % 2 else {"x": value}
    return value


ODD: tuple[Any, ...] = (
    None, True, {}, [], {"kind": {}}, {"kind": []}, {"kind": ["pause"]}, {"": ""}, "", "\x00", "‮", "x" * 9000, "\ud800",
    -1, 0, 2**31, 2**53, 2**63, 2**64 - 1, -(2**63), 0.5, -0.0, 1e308, float("nan"), float("inf"), [None] * 1100,
    {str(number): number for number in range(80)}, _nested(7), _nested(9), _nested(60), b"bytes", [[]] * 300,
)  # fmt: skip
"""Values that stand where others are expected."""


def malformed_frame(random: Random) -> bytes | str:
    """Return a frame that is likely to break the protocol: text for a connection in JSON, bytes for one in MessagePack."""
    return random.choice(_WAYS)(random)


def odd_message(random: Random) -> dict[str, Any]:
    """Return a message with an odd value, key or kind somewhere in it."""
    message: dict[str, Any] = json.loads(json.dumps(random.choice(SOUND)))
    place: Any = message
    while True:
        key = random.choice(list(place))
        if not isinstance(place[key], dict) or not place[key] or random.random() < 0.4:
            break
        place = place[key]
    change = random.randrange(4)
    if change == 0:
        del place[key]
    elif change == 1:
        place[random.choice(("kind", "t", "id", "extra", "x" * 300))] = random.choice(ODD)
    else:
        place[key] = random.choice(ODD)
    return message


def _odd_text(random: Random) -> bytes | str:
    return json.dumps(odd_message(random), default=repr)


def _odd_bytes(random: Random) -> bytes | str:
    return _packed(odd_message(random))


def _changed_bytes(random: Random) -> bytes | str:
    frame = bytearray(_packed(random.choice(SOUND)))
    for _ in range(random.randint(1, 4)):
        frame[random.randrange(len(frame))] = random.randrange(256)
    return bytes(frame)


def _cut_bytes(random: Random) -> bytes | str:
    frame = _packed(random.choice(SOUND))
    return frame[: random.randrange(len(frame))]


def _changed_text(random: Random) -> bytes | str:
    frame = json.dumps(random.choice(SOUND))
    place = random.randrange(len(frame))
    return frame[:place] + random.choice('{}[]",:0eE-\\\x00é') + frame[place + random.randrange(3) :]


def _random_bytes(random: Random) -> bytes | str:
    return random.randbytes(random.randrange(300))


def _huge_headers(random: Random) -> bytes | str:
    """Return nested headers that announce more than there is."""
    head = random.choice((b"\xdd", b"\xdf", b"\xc6", b"\xdb", b"\xc9"))
    return b"".join(head + struct.pack(">I", random.randrange(2**32)) for _ in range(random.randint(1, 200)))


_WAYS: tuple[Callable[[Random], bytes | str], ...] = (
    _odd_text, _odd_text, _odd_bytes, _odd_bytes, _changed_bytes, _cut_bytes, _changed_text, _random_bytes, _huge_headers,
)  # fmt: skip


def _packed(message: dict[str, Any]) -> bytes:
    return bytes(msgpack.packb(message, unicode_errors="surrogatepass"))


def websocket_frame(random: Random, payload: bytes | str) -> bytes:
    """Return a masked frame of the websocket protocol that carries a payload; one in three breaks that protocol too."""
    data = payload.encode(errors="surrogatepass") if isinstance(payload, str) else payload
    first = 0x81 if isinstance(payload, str) else 0x82
    length = len(data)
    size = bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack(">H", min(length, 65_535))
    mask = random.randbytes(4)
    frame = bytearray(bytes([first]) + size + mask)
    frame += bytes(byte ^ mask[number % 4] for number, byte in enumerate(data))
    if random.random() < 1 / 3:
        frame[random.randrange(min(len(frame), 14))] = random.randrange(256)
    return bytes(frame)
