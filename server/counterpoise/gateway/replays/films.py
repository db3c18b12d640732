"""The films of the sessions of a server: each is made once, while the first viewer waits, and kept while people ask for it."""

from __future__ import annotations

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable
from dataclasses import dataclass, field

from counterpoise.gateway.replays import film_making
from counterpoise.gateway.replays.film_making import LENGTH, CastMade, Done, Failed, PartMade, Progress
from counterpoise.gateway.replays.film_sources import is_played
from counterpoise.session.replays.document import Cast, Verified

PROCESS_ENTRIES = 1000
"""A journal with so many entries is filmed in a process, which takes a second to start."""
PROCESSES_MAX = 2
"""Films that are made at once: each process takes the memory of numpy and of a game."""
FILMS_MAX = 24
"""Films that are kept; a film of 25 years takes a fifth of a megabyte."""
STOPPED = "the film stopped by an unexpected error, see the server's log. The session is not affected."
_log = logging.getLogger("counterpoise.gateway")


@dataclass
class Film:
    """A film as far as it is made."""

    head: tuple[int, str]
    """The length and the last chain value of the journal that it is made from."""
    cast: Cast | None = None
    chunks: dict[int, bytes] = field(default_factory=dict)
    """JSON in gzip, by number."""
    overview: bytes = b""
    entries: int = 0
    """How many entries have been replayed and compared."""
    of: int = 0
    """How many entries there are."""
    date: str = ""
    verified: Verified | None = None
    problem: str = ""
    """Why the film stops before its end; empty if it does not."""
    making: asyncio.Task[None] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing more comes."""
        return self.verified is not None or bool(self.problem)

    def take(self, report: film_making.Report) -> None:
        """Take what the process has made."""
        match report:
            case CastMade(cast=cast, entries=entries):
                self.cast, self.of = cast, entries
            case PartMade(number=number, chunk=chunk, overview=overview):
                self.chunks[number], self.overview = chunk, overview
            case Progress(entries=entries, date=date):
                self.entries, self.date = entries, date
            case Done(verified=verified):
                self.verified, self.entries, self.date = verified, verified.entries, verified.to
            case Failed(problem=problem):
                self.problem = problem


class Films:
    """The films of a server, by the address of their journal and their viewer.

    They stay in memory and never go to the disk: ``redact`` erases texts from a journal without changing its chain, and only
    while no server has the journal open.
    """

    def __init__(self) -> None:
        self._films: dict[tuple[str, str], Film] = {}
        self._free = asyncio.Semaphore(PROCESSES_MAX)

    def film(self, address: str, viewer: str, head: tuple[int, str], *, anew: bool) -> Film:
        """Return the film of a journal as a viewer saw it; begin to make it if there is none.

        Args:
            address: of the journal.
            viewer: ``TRUTH`` or a seat.
            head: the length and the last chain value of the journal now.
            anew: whether to make another film if the journal has grown since this one was begun.
        """
        key = (address, viewer)
        film = self._films.get(key)
        if film is None or (anew and film.head != head):
            if film is not None and film.making is not None:
                film.making.cancel()
            film = Film(head)
            film.making = asyncio.create_task(self._make(film, address, viewer), name=f"film {address} {viewer}")
        self._films.pop(key, None)
        self._films[key] = film  # the one asked for last is the last to be forgotten
        while len(self._films) > FILMS_MAX:
            oldest = self._films.pop(next(iter(self._films)))
            if oldest.making is not None:
                oldest.making.cancel()
        return film

    async def close(self) -> None:
        """Stop making films."""
        making = [film.making for film in self._films.values() if film.making is not None]
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)
        self._films.clear()

    async def _make(self, film: Film, address: str, viewer: str) -> None:
        try:
            async with self._free:
                if film.head[0] < PROCESS_ENTRIES and not is_played(address):
                    await asyncio.to_thread(film_making.make_film, address, viewer, _handing_over(film))
                else:
                    await _film_in_process(film, address, viewer)
        except Exception:
            _log.exception("a film failed")
            film.problem = STOPPED
        finally:
            film.making = None


def _handing_over(film: Film) -> Callable[[film_making.Report], None]:
    """Return a function that a thread may call with what it has made of a film."""
    loop = asyncio.get_running_loop()

    def take(report: film_making.Report) -> None:
        loop.call_soon_threadsafe(film.take, report)

    return take


async def _film_in_process(film: Film, address: str, viewer: str) -> None:
    """Let a process make a film, and take what it makes."""
    # -P keeps modules in the working folder from standing in for ours. A session of its own gets no Ctrl-C.
    command = (sys.executable, "-P", "-m", film_making.__name__, address, viewer)
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stdin=DEVNULL, start_new_session=True)
    assert process.stdout is not None, "it is a pipe"
    try:
        while length := await process.stdout.read(LENGTH.size):
            (size,) = LENGTH.unpack(length + await process.stdout.readexactly(LENGTH.size - len(length)))
            film.take(film_making.decode(await process.stdout.readexactly(size)))
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if not film.is_whole:
        film.problem = STOPPED
