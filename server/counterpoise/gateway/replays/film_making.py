"""Make the film of a journal, also as a process: ``python -m counterpoise.gateway.replays.film_making ADDRESS VIEWER``.

The process writes what it has made to its standard output as it goes, as msgpack messages with their lengths: a film of 25 years
takes many seconds, and its first years can be watched at once.
"""

from __future__ import annotations

import gzip
import struct
import sys
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.replays.film_sources import film_source
from counterpoise.session.replays.document import Cast, Verified
from counterpoise.session.replays.filming import film

LENGTH = struct.Struct(">I")
PROGRESS_EVERY = 25
"""Entries between two reports of progress."""


class CastMade(Struct, tag="cast", frozen=True):
    """What does not change during the session, and how many entries its journal has."""

    cast: Cast
    entries: int


class PartMade(Struct, tag="part", frozen=True):
    """A chunk and the overview up to it, as JSON in gzip."""

    number: int
    chunk: bytes
    overview: bytes


class Progress(Struct, tag="progress", frozen=True):
    """How many entries have been replayed and compared, and the date of the clock."""

    entries: int
    date: str


class Done(Struct, tag="done", frozen=True):
    """The film is whole."""

    verified: Verified


class Failed(Struct, tag="failed", frozen=True):
    """The film stops, because the journal is damaged or is not what a replay gives."""

    problem: str


Report = CastMade | PartMade | Progress | Done | Failed
_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[Report] = msgspec.msgpack.Decoder(Report)
decode = _DECODER.decode


def make_film(address: str, viewer: str, take: Callable[[Report], None]) -> None:
    """Film a journal for a viewer.

    Args:
        address: of the journal, or of a game that is played for the film.
        viewer: ``TRUTH`` or a seat.
        take: called with what is made, as it is made; a journal that cannot be filmed ends with ``Failed``.
    """

    def on_progress(entries: int, date: str) -> None:
        if entries % PROGRESS_EVERY == 0:
            take(Progress(entries, date))

    try:
        source = film_source(address)
        entries = source.entries
        verified = film(
            entries,
            source.rows,
            source.name,
            (viewer,),
            on_cast=lambda cast: take(CastMade(cast, len(entries))),
            on_chunk=lambda chunk, overview: take(PartMade(chunk.number, _packed(chunk), _packed(overview))),
            on_progress=on_progress,
        )
    except CounterpoiseError as error:
        take(Failed(str(error)))
        return
    take(Done(verified))


def main() -> int:
    """Film the journal whose address the command names, for the viewer that it names."""

    def write(report: Report) -> None:
        body = _ENCODER.encode(report)
        sys.stdout.buffer.write(LENGTH.pack(len(body)) + body)
        sys.stdout.buffer.flush()

    make_film(sys.argv[1], sys.argv[2], write)
    return 0


def _packed(value: Any) -> bytes:
    return gzip.compress(msgspec.json.encode(value), mtime=0)


if __name__ == "__main__":
    raise SystemExit(main())
