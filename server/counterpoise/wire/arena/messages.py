"""The messages of the socket ``/arena/ws``, as JSON under the subprotocol ``counterpoise-arena.v1.json``."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from counterpoise.wire.codec import INBOUND, JsonCodec, Limits
from counterpoise.wire.typed_messages import message_in, types_by_name

ARENA_SUBPROTOCOL = "counterpoise-arena.v1.json"
NAME_PATTERN = r"^[a-z][a-z0-9_-]{1,29}$"
EntrantName = Annotated[str, Meta(pattern=NAME_PATTERN)]


class EnterArena(Struct, tag_field="t", tag="enter", frozen=True, forbid_unknown_fields=True):
    """Enter the arena under a name, or come back. The first key that comes with a name belongs to it from then on."""

    name: EntrantName
    """2 to 30 lower-case letters, digits, ``_`` and ``-``, the first a letter."""
    key: Annotated[str, Meta(min_length=16, max_length=128)]
    """Made up by the bot, and kept. The server stores a hash of it."""
    playing: Annotated[tuple[int, ...], Meta(max_length=8)] = ()
    """Numbers of games in which the bot still holds its seat, so that it needs no new link to them."""


class ArenaPing(Struct, tag_field="t", tag="ping", frozen=True, forbid_unknown_fields=True):
    """Ask whether the connection lives; ``pong`` answers."""


class Entered(Struct, tag_field="t", tag="entered", frozen=True):
    """You are in. Games follow as ``game``; keep the socket open."""

    name: str
    is_new: bool
    """Whether the name was not known before."""
    games: int
    """How many rated games it has played."""


class ArenaGame(Struct, tag_field="t", tag="game", frozen=True):
    """You have a seat in a game: join it by the link, and play it to its end. The link is for you alone."""

    game: int
    session: str
    seat: str
    link: str


class Rated(Struct, tag_field="t", tag="rated", frozen=True):
    """A game of yours is over and counts. ``status`` is OK, or FORFEIT if you were away in most of its windows."""

    game: int
    score: float
    place: int
    """By score among the seats, 1 for the highest; equal scores share the better place."""
    status: str


class ArenaPong(Struct, tag_field="t", tag="pong", frozen=True):
    """The connection lives."""


class ArenaRefusal(Struct, tag_field="t", tag="refused", frozen=True):
    """The message was refused; the socket is closed after it."""

    code: str
    path: str
    expected: str
    got: str


ArenaClientMessage = EnterArena | ArenaPing
ArenaServerMessage = Entered | ArenaGame | Rated | ArenaPong | ArenaRefusal
_TYPES = types_by_name(ArenaClientMessage)
_CODEC = JsonCodec(Limits(frame=INBOUND.frame, text=INBOUND.text))
_DECODER = msgspec.json.Decoder(ArenaServerMessage)


def read_arena_message(frame: bytes | str) -> ArenaClientMessage:
    """Return the message in a bot's frame; raise ``ProtocolError`` if it is none. An error never contains a key."""
    message: ArenaClientMessage = message_in(_CODEC.unpack(frame), _TYPES, hidden="key")
    return message


def encode_arena_message(message: ArenaClientMessage | ArenaServerMessage) -> str:
    """Return the frame of a message."""
    return msgspec.json.encode(message).decode()


def read_server_message(frame: bytes | str) -> ArenaServerMessage:
    """Return the message in a server's frame; raise ``msgspec.MsgspecError`` if it is none."""
    return _DECODER.decode(frame)
