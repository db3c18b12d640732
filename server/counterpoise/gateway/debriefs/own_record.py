"""Answer ``/s/SESSION/record``: the record of the seat of whoever asks, once the session has ended. It has nobody's name."""

from __future__ import annotations

import asyncio
import gzip
import http
import re

import msgspec
from websockets.http11 import Request, Response

from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.listener.static import CONTENT_TYPES, accepts_gzip, answer, plain
from counterpoise.gateway.replays.pages import Access, Find, Refusal
from counterpoise.store.addresses import file_name_of, read_journal

ROUTE = re.compile(r"^/s/([A-Za-z0-9-]{1,40})/record$")
KEPT_MAX = 4
"""Sessions whose records are kept: a class asks for those of a session together."""
_BEARER = re.compile(r"^Bearer ([A-Za-z0-9_-]{16,200})$")
_SECRET = [("Cache-Control", "no-store"), ("Vary", "Accept-Encoding, Authorization")]


class OwnRecords:
    """Answers requests for the record of a seat.

    Args:
        find: returns what the holder of a token may see of a session that has a debrief for them.
    """

    def __init__(self, find: Find) -> None:
        self._find = find
        self._lock = asyncio.Lock()
        self._kept: dict[tuple[str, tuple[int, str]], dict[str, bytes]] = {}
        """The records by seat, packed, of the journals that were asked for last."""

    async def answer(self, request: Request, path: str) -> Response | None:
        """Return the response to a request; ``None`` if its path is none of a record."""
        found = ROUTE.match(path)
        if found is None:
            return None
        token = _BEARER.match(request.headers.get("Authorization", ""))
        if token is None:
            return plain(request.method, http.HTTPStatus.UNAUTHORIZED, "A record needs the token of a link\n", _SECRET)
        access = await self._find(found[1], token[1], "")
        if isinstance(access, Refusal):
            return plain(request.method, access.status, f"{access.reason}\n", _SECRET)
        try:
            packed = (await self._records(access)).get(access.seat)
        except CounterpoiseError as error:
            return plain(request.method, http.HTTPStatus.SERVICE_UNAVAILABLE, f"There is no record: {error}\n", _SECRET)
        if packed is None:
            return plain(
                request.method, http.HTTPStatus.NOT_FOUND, "You have played no seat of this session\n", _SECRET
            )
        if accepts_gzip(request.headers.get("Accept-Encoding", "")):
            headers = [*_SECRET, ("Content-Encoding", "gzip")]
            return answer(request.method, http.HTTPStatus.OK, packed, CONTENT_TYPES[".json"], headers)
        return answer(
            request.method, http.HTTPStatus.OK, gzip.decompress(packed), CONTENT_TYPES[".json"], list(_SECRET)
        )

    async def _records(self, access: Access) -> dict[str, bytes]:
        """Return the records of a journal, made once for all who ask."""
        async with self._lock:
            key = (access.address, access.head)
            if key not in self._kept:
                self._kept[key] = await asyncio.to_thread(_packed_records, access.address)
                while len(self._kept) > KEPT_MAX:
                    del self._kept[next(iter(self._kept))]
            return self._kept[key]


def _packed_records(address: str) -> dict[str, bytes]:
    # These import numpy; a server must not start slower for it.
    from counterpoise.session.journal.journal_contents import journal_contents
    from counterpoise.session.student_records.seat_records import seat_records

    with read_journal(address) as opened:
        entries = list(opened.entries())
    records = seat_records([journal_contents(entries, file_name_of(address))])
    return {record.seat: gzip.compress(msgspec.json.encode(record), 5) for record in records}
