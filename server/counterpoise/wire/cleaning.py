"""Check and normalise every value from outside: bounded lengths, finite numbers, clean text.

Text is normalised to Unicode form NFC, so that one word has one spelling in a journal. Control characters and lone
surrogates are refused, except line feeds and tabs: people write paragraphs and paste tables. Whole numbers stay in the range
that JavaScript can hold.
"""

from __future__ import annotations

import math
import re
from typing import Any
from unicodedata import normalize

from counterpoise.errors import ProtocolError
from counterpoise.validation_errors import JSON

INT_MAX = 2**53 - 1
ITEMS_MAX = 4096
KEY_MAX = 200
"""Most bytes of UTF-8 in a key."""
_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
_BIDI = re.compile("[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\n]")
_LONG_HEADERS = (b"\xdc", b"\xdd", b"\xde", b"\xdf")


def clean(value: Any, *, text: int, array: int, map_: int, depth: int, path: str = "$") -> Any:
    """Return ``value`` if all its parts are clean as they are, or else a copy with clean parts.

    Args:
        value: what a codec decoded.
        text: most bytes of UTF-8 in one text.
        array: most items in one list.
        map_: most keys in one map.
        depth: most levels of lists and maps, this one included.
        path: place of ``value`` in the frame.

    Raises:
        ProtocolError: a part is too long, too deep or of a wrong kind; the error names the first such part.
    """
    if _is_plain(value, text, array, map_, depth):
        return value
    return _cleaned(value, text=text, array=array, map_=map_, depth=depth, path=path)


def _is_plain(value: Any, text: int, array: int, map_: int, depth: int) -> bool:
    """Tell whether a value surely needs no cleaning: most have only short printable ASCII texts and whole numbers.

    This looks at a message in a fifth of the time that a copy of it takes, because it needs no paths and makes nothing.
    """
    kind = type(value)
    if kind is str:
        return bool(len(value) <= text and value.isascii() and value.isprintable())
    if kind is int:
        return bool(-INT_MAX <= value <= INT_MAX)
    if kind is bool or value is None:
        return True
    if depth == 0:
        return False
    if kind is list:
        if len(value) > array:
            return False
        return all(_is_plain(item, text, array, map_, depth - 1) for item in value)
    if kind is not dict or len(value) > map_:
        return False
    for key, item in value.items():
        if type(key) is not str or len(key) > KEY_MAX or not (key.isascii() and key.isprintable()):
            return False
        if type(item) is str:  # true of most; a call for each would take as long as all else here
            if len(item) > text or not (item.isascii() and item.isprintable()):
                return False
        elif not _is_plain(item, text, array, map_, depth - 1):
            return False
    return True


def _cleaned(value: Any, *, text: int, array: int, map_: int, depth: int, path: str) -> Any:
    """Return a copy of ``value`` with clean parts; see ``clean``."""
    kind = type(value)
    if kind is str:
        return _text(value, path, text)
    if kind is bool or value is None:
        return value
    if kind is int:
        if not -INT_MAX <= value <= INT_MAX:
            raise ProtocolError("bad_number", path, f"a whole number from -{INT_MAX} to {INT_MAX}", "a larger number")
        return value
    if kind is float:
        if not math.isfinite(value):
            raise ProtocolError("not_finite", path, "a finite number", str(value))
        return value + 0.0  # -0.0 becomes 0.0
    if kind is not dict and kind is not list:
        raise ProtocolError(
            "bad_type", path, "text, a number, true, false, null, a list or a map", "binary or extension data"
        )
    if depth == 0:
        raise ProtocolError("too_deep", path, "", "lists and maps are nested too deeply")
    if kind is list:
        if len(value) > array:
            raise ProtocolError("too_long", path, f"at most {array} items", f"{len(value)} items")
        return [
            _cleaned(item, text=text, array=array, map_=map_, depth=depth - 1, path=f"{path}[{index}]")
            for index, item in enumerate(value)
        ]
    if len(value) > map_:
        raise ProtocolError("too_long", path, f"at most {map_} keys", f"{len(value)} keys")
    made: dict[str, Any] = {}
    for key, item in value.items():
        if type(key) is not str:
            raise ProtocolError("bad_key", path, "text as the key", "a key of another type")
        name = _text(key, path, KEY_MAX)
        if name in made:
            raise ProtocolError("duplicate_key", path, "", f"the key {JSON.shown(name)} occurs twice in one map")
        made[name] = _cleaned(item, text=text, array=array, map_=map_, depth=depth - 1, path=f"{path}.{name}"[:200])
    return made


def clean_name(name: str) -> str:
    """Return a person's name on one line, without marks that change the direction of the text around it."""
    return " ".join(_BIDI.sub(" ", name).split())


def check_nesting(frame: bytes, depth: int) -> None:
    """Refuse a MessagePack frame with too many nesting levels, before the library allocates what its headers announce.

    msgpack limits every length but not the depth: it takes 11 ms to refuse a thousand nested headers that each announce a
    thousand items. Only headers with a length field can announce more than fifteen items, and messages have few of them, so
    counting four byte values passes nearly every frame.

    Args:
        frame: the encoded frame.
        depth: most levels of lists and maps.

    Raises:
        ProtocolError: the frame has more levels, or more values than any message has.
    """
    if sum(map(frame.count, _LONG_HEADERS)) <= depth:
        return
    left: list[int] = []  # for each open list or map, how many of its values are still to come
    position, items, end = 0, 0, len(frame)
    while position < end:
        size, inside = _header(frame, position)
        position += size
        items += 1
        if items > ITEMS_MAX and depth <= 8:
            raise ProtocolError("too_long", "$", f"at most {ITEMS_MAX} values in a frame", "more values")
        if inside:
            left.append(inside)
            if len(left) > depth:
                raise ProtocolError("too_deep", "$", f"at most {depth} levels of lists and maps", "more levels")
            continue
        while left:
            left[-1] -= 1
            if left[-1]:
                break
            left.pop()


def _header(frame: bytes, at: int) -> tuple[int, int]:
    """Return the size in bytes of the value at ``at`` without its items, and how many items follow."""
    byte = frame[at]
    if byte <= 0x7F or byte >= 0xE0:
        return 1, 0
    if byte <= 0x8F:
        return 1, 2 * (byte & 0x0F)
    if byte <= 0x9F:
        return 1, byte & 0x0F
    if byte <= 0xBF:
        return 1 + (byte & 0x1F), 0
    if byte >= 0xDC:
        width = 2 if byte in (0xDC, 0xDE) else 4
        count = int.from_bytes(frame[at + 1 : at + 1 + width], "big")
        return 1 + width, count * (2 if byte >= 0xDE else 1)
    if byte in _SIZED:
        width, extra = _SIZED[byte]
        return 1 + width + extra + int.from_bytes(frame[at + 1 : at + 1 + width], "big"), 0
    return _FIXED.get(byte, 1), 0


# By header byte: bytes of the length field, and bytes between it and the data (an extension has its type there).
_SIZED = {0xC4: (1, 0), 0xC5: (2, 0), 0xC6: (4, 0), 0xC7: (1, 1), 0xC8: (2, 1), 0xC9: (4, 1)} | {
    0xD9: (1, 0),
    0xDA: (2, 0),
    0xDB: (4, 0),
}
# By header byte: the size of a value of fixed size.
_FIXED = {0xCA: 5, 0xCB: 9, 0xCC: 2, 0xCD: 3, 0xCE: 5, 0xCF: 9, 0xD0: 2, 0xD1: 3, 0xD2: 5, 0xD3: 9} | {
    0xD4: 3,
    0xD5: 4,
    0xD6: 6,
    0xD7: 10,
    0xD8: 18,
}


def _text(value: str, path: str, most: int) -> str:
    if value.isascii():
        if value.isprintable() and len(value) <= most:
            return value
    else:
        value = normalize("NFC", value)
    found = _FORBIDDEN.search(value)
    if found:
        allowed = "whole characters" if found.group() >= "\ud800" else "text without control characters"
        half = " alone, half of a surrogate pair" if found.group() >= "\ud800" else ""
        raise ProtocolError("bad_text", path, allowed, f"U+{ord(found.group()):04X}{half}")
    if len(value) > most or len(value.encode()) > most:
        raise ProtocolError("too_long", path, f"at most {most} bytes of text", f"{len(value.encode())} bytes")
    return value
