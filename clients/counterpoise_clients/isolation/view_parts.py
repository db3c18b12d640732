"""Views for Python bots, sent in parts: what has not changed since the seat's last view stays out, and nothing is read unasked.

A view is some 16 kB, most of it the news of the last years, which the seat has been told before. The game keeps what it sent
last and sends the parts that differ. The bot's process keeps the parts, and makes the values of a part when the bot first asks
for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from counterpoise.sim.read_only import ReadOnlyDict, read_only
from counterpoise.sim.views.view import View

_encode, _decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder().decode
_NEWS = "incidents"
_HINTS = get_type_hints(View)
NAMES = tuple(field.name for field in fields(View) if field.name != _NEWS)
"""The parts of a view beside its incidents, in the order in which they are numbered."""


class ViewParts(msgspec.Struct, frozen=True, array_like=True):
    """What differs between a view and the one before it."""

    parts: dict[int, bytes]
    """The parts that differ, by their number."""
    old_news: int
    """How many of the oldest incidents are in the view no more."""
    news: list[bytes]
    """The incidents that are new."""


class PartSender:
    """The game's end: remembers what a bot has been sent."""

    def __init__(self) -> None:
        self._values: list[object] = [None] * len(NAMES)
        self._sent: list[bytes] = [b""] * len(NAMES)
        self._news: tuple[Mapping[str, Any], ...] = ()

    def parts_of(self, view: View) -> ViewParts:
        """Return what differs in a view from the one that was sent last, and remember the view as sent."""
        parts, values, sent = {}, self._values, self._sent
        for number, value in enumerate(_values_of(view)):
            if value is not values[number]:
                values[number] = value
                encoded = _encode(value)
                if encoded != sent[number]:
                    parts[number] = sent[number] = encoded
        old, shown = self._news, view.incidents
        gone = _gone(old, shown)
        self._news = shown
        return ViewParts(parts, gone, [_encode(incident) for incident in shown[len(old) - gone :]])


def _gone(old: tuple[Mapping[str, Any], ...], shown: tuple[Mapping[str, Any], ...]) -> int:
    """Return how many of the first old incidents are shown no more; all, if the others are not the first that are shown."""
    if old is shown:
        return 0
    first = shown[0]["id"] if shown else None
    gone = next((place for place, incident in enumerate(old) if incident["id"] == first), len(old))
    return gone if old[gone:] == shown[: len(old) - gone] else len(old)


class _ArrivedView(View):
    """A view whose fields are read from its parts when they are first asked for. A part that is ``bytes`` is not read yet."""

    __slots__ = ("_news", "_parts")
    _parts: list[Any]
    _news: list[Any]

    def __getattr__(self, name: str) -> Any:
        """Return a field that was not asked for yet."""
        number = _NUMBERS.get(name)
        if number is not None:
            value = self._parts[number]
            if type(value) is bytes:
                value = self._parts[number] = _DECODERS[number](value)
        elif name == _NEWS:
            news = self._news
            for place, incident in enumerate(news):
                if type(incident) is bytes:
                    news[place] = _incident(incident)
            value = tuple(news)
        else:
            raise AttributeError(f"a view has no field {name!r}")
        object.__setattr__(self, name, value)
        return value


class PartReceiver:
    """The bot's end: puts views together from their parts."""

    def __init__(self) -> None:
        self._parts: list[Any] = [None] * len(NAMES)
        self._news: list[Any] = []

    def view_of(self, differing: ViewParts) -> View:
        """Return the view that was sent; values that the view before it has read are its own too."""
        parts = self._parts = self._parts.copy()  # the bot may have kept the view before
        for number, encoded in differing.parts.items():
            parts[number] = encoded
        self._news = [*self._news[differing.old_news :], *differing.news]
        view = _ArrivedView.__new__(_ArrivedView)
        object.__setattr__(view, "_parts", parts)
        object.__setattr__(view, "_news", self._news)
        return view


def _incident(encoded: bytes) -> ReadOnlyDict[str, Any]:
    """Return an incident as views hold it, which nobody can change, because later views show it too."""
    fields_of = _decode(encoded)
    fields_of["actors"], fields_of["detail"] = tuple(fields_of["actors"]), read_only(fields_of["detail"])
    return ReadOnlyDict(fields_of)


def _decoder(name: str) -> Callable[[bytes], Any]:
    """Return what makes the value of a part. It cannot be changed, because later views may show the same."""
    decode = msgspec.msgpack.Decoder(_HINTS[name]).decode
    if name in _DICTS:
        return lambda encoded: ReadOnlyDict(decode(encoded))
    if name in _DICTS_INSIDE:
        return partial(_with_read_only, decode, _DICTS_INSIDE[name])
    return decode


def _with_read_only(decode: Callable[[bytes], Any], inner: str, encoded: bytes) -> Any:
    """Return rows whose dict cannot be changed. They were just made and nobody has them yet, so they are changed in place."""
    rows = decode(encoded)
    for row in rows:
        object.__setattr__(row, inner, ReadOnlyDict(getattr(row, inner)))
    return rows


_DICTS, _DICTS_INSIDE = ("leaders", "public_objectives"), {"crises": "supporters", "wars": "terms"}
"""The parts that are dicts, and those whose rows have one, with its name."""
_DECODERS = [_decoder(name) for name in NAMES]
_NUMBERS = {name: number for number, name in enumerate(NAMES)}
_values_of = attrgetter(*NAMES)
