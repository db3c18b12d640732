"""The answers to requests for a film: what is made of it so far, and its chunks, for whoever may see them."""

from __future__ import annotations

import gzip
import http
import re
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import msgspec
from msgspec import Raw, Struct
from websockets.http11 import Request, Response

from counterpoise.gateway.listener.static import CONTENT_TYPES, accepts_gzip, answer, map_address, plain
from counterpoise.gateway.replays.companions import Companion
from counterpoise.gateway.replays.films import Film, Films
from counterpoise.scenario_files import scenario_map
from counterpoise.session.replays.document import TRUTH, Cast, Verified

ROUTE = re.compile(r"^/s/([A-Za-z0-9-]{1,40})(?:/beside/([A-Za-z0-9-]{1,40}))?/replay/([A-Za-z]{1,12})(?:/(\d{1,4}))?$")
"""``/s/SESSION/replay/VIEWER`` is the state of a film, with ``/N`` its chunk N; ``/s/SESSION/beside/NAME/replay/VIEWER`` is the
state of what may stand beside the session."""
_BEARER = re.compile(r"^Bearer ([A-Za-z0-9_-]{16,200})$")
_SECRET = [("Cache-Control", "no-store"), ("Vary", "Accept-Encoding, Authorization")]


class Access(NamedTuple):
    """What somebody may watch.

    Args:
        address: of the journal.
        head: the length and the last chain value of the journal now.
        seats: the seats of the session.
        seat: the seat of whoever asks; empty for the others.
        go_on: the command that goes on from the journal, up to the date; empty for a session that is served.
        beside: what may stand beside it.
    """

    address: str
    head: tuple[int, str]
    seats: tuple[str, ...]
    seat: str = ""
    go_on: str = ""
    beside: tuple[Companion, ...] = ()


class Refusal(NamedTuple):
    """Why somebody may not watch."""

    status: http.HTTPStatus
    reason: str


Find = Callable[[str, str, str], Awaitable[Access | Refusal]]
"""Returns what the holder of a token may watch of a session, or of what stands beside it under a name that is not empty."""
NOT_BESIDE = Refusal(http.HTTPStatus.NOT_FOUND, "Nothing of this name may stand beside the session")


class FilmState(Struct, frozen=True):
    """How far a film is made, and its whole time at a glance as far as it is."""

    cast: Cast | None
    map: str
    """The address of the map's outlines, relative to the root of the pages; empty if the scenario has none."""
    viewers: tuple[str, ...]
    """As whom the session can be watched."""
    seat: str
    """The seat of whoever asks; empty for the others."""
    go_on: str
    """The command that goes on from the journal, up to the date; empty for a session that is served."""
    beside: tuple[Companion, ...]
    """What may stand beside it."""
    entries: int
    of: int
    date: str
    verified: Verified | None
    problem: str
    overview: Raw | None


class ReplayPages:
    """Answers requests for films.

    Args:
        films: the films of the server.
        find: returns what the holder of a token may watch.
    """

    def __init__(self, films: Films, find: Find) -> None:
        self._films, self._find = films, find

    async def answer(self, request: Request, path: str) -> Response | None:
        """Return the response to a request; ``None`` if its path is none of a film."""
        found = ROUTE.match(path)
        if found is None:
            return None
        session, beside, viewer, number = found.groups()
        token = _BEARER.match(request.headers.get("Authorization", ""))
        if token is None:
            return plain(request.method, http.HTTPStatus.UNAUTHORIZED, "A replay needs the token of a link\n", _SECRET)
        access = await self._find(session, token[1], beside or "")
        if isinstance(access, Refusal):
            return plain(request.method, access.status, f"{access.reason}\n", _SECRET)
        if viewer not in (TRUTH, *access.seats):
            return plain(request.method, http.HTTPStatus.NOT_FOUND, "No such viewer\n", _SECRET)
        film = self._films.film(
            access.address, viewer, access.head, anew=number is None and request.path.endswith("?new")
        )
        accepts = request.headers.get("Accept-Encoding", "")
        if number is None:
            return _json(request.method, gzip.compress(msgspec.json.encode(_state(film, access)), 5), accepts)
        chunk = film.chunks.get(int(number))
        if chunk is None:
            return plain(request.method, http.HTTPStatus.NOT_FOUND, "This part is not made\n", _SECRET)
        return _json(request.method, chunk, accepts)


def _state(film: Film, access: Access) -> FilmState:
    return FilmState(
        cast=film.cast,
        map="" if film.cast is None else _map_of(film.cast),
        viewers=(TRUTH, *access.seats),
        seat=access.seat,
        go_on=access.go_on,
        beside=access.beside,
        entries=film.entries,
        of=film.of,
        date=film.date,
        verified=film.verified,
        problem=film.problem,
        overview=Raw(gzip.decompress(film.overview)) if film.overview else None,
    )


def _map_of(cast: Cast) -> str:
    outlines = scenario_map(cast.scenario, [actor["id"] for actor in cast.actors])
    return "" if outlines is None else map_address(cast.scenario, outlines)


def _json(method: str, packed: bytes, accepts: str) -> Response:
    """Return a response with JSON that is packed in gzip."""
    if accepts_gzip(accepts):
        headers = [*_SECRET, ("Content-Encoding", "gzip")]
        return answer(method, http.HTTPStatus.OK, packed, CONTENT_TYPES[".json"], headers)
    return answer(method, http.HTTPStatus.OK, gzip.decompress(packed), CONTENT_TYPES[".json"], list(_SECRET))
