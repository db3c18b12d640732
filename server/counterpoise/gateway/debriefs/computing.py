"""Compute the debrief of a journal: of a short one in a thread, of a long one in a process of its own.

A thread takes turns with the event loop, and a debrief of 25 years computes for many seconds. As a process:
``python -m counterpoise.gateway.debriefs.computing ADDRESS`` writes the packed debrief to its standard output.
"""

from __future__ import annotations

import asyncio
import sys
import zlib
from asyncio.subprocess import DEVNULL, PIPE

from msgspec import msgpack, to_builtins

from counterpoise.errors import CounterpoiseError, JournalError
from counterpoise.store.addresses import file_name_of, read_journal

PROCESS_ENTRIES = 1000
"""A journal with so many entries is debriefed in a process, which takes a second to start."""
PROCESSES_MAX = 2
WHAT_IFS_MAX = 1


class DebriefComputing:
    """Computes debriefs for all sessions of a server, a few at a time: each process takes the memory of numpy and of a game."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(PROCESSES_MAX)
        self.what_ifs = asyncio.Semaphore(WHAT_IFS_MAX)
        """The processes for what-ifs, which are apart: they take minutes, and nobody waits so long for a debrief."""

    async def packed(self, address: str, entries: int) -> bytes:
        """Return the debrief of the journal at an address, with so many entries, packed.

        Raises:
            CounterpoiseError: the journal cannot be debriefed.
        """
        if entries < PROCESS_ENTRIES:
            return await asyncio.to_thread(packed_debrief, address)
        async with self._free:
            return await _in_process(address)


def packed_debrief(address: str) -> bytes:
    """Debrief a journal through a read-only connection, while its writer keeps writing; return the document, packed."""
    # These import numpy; a server must not start slower for it.
    from counterpoise.session.debrief.debrief_data import debrief_session
    from counterpoise.session.journal.journal_contents import journal_contents
    from counterpoise.session.journal.pseudonyms import Pseudonyms, with_pseudonyms
    from counterpoise.session.story.agreement import seats_that_agreed
    from counterpoise.session.story.story import told_story, true_threats
    from counterpoise.store.shipped_noise import shipped_noise

    with read_journal(address) as opened:
        entries, rows, names = list(opened.entries()), list(opened.play_log.rows()), opened.tokens.names()
    source = file_name_of(address)
    shown = with_pseudonyms(entries, Pseudonyms(held.name for held in names))
    contents = journal_contents(shown, source)
    document = told_story(
        contents,
        debrief_session(contents, benchmarks=shipped_noise()),
        seats_that_agreed(rows, contents.records),
        true_threats(entries, contents),
    )
    return zlib.compress(msgpack.encode(to_builtins(document)))


async def _in_process(address: str) -> bytes:
    # -P keeps modules in the working folder from standing in for ours. A session of its own gets no Ctrl-C.
    command = (sys.executable, "-P", "-m", __name__, address)
    process = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    try:
        body, problem = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode == JournalError.exit_code:
        raise JournalError(address, problem.decode(errors="replace").removeprefix(f"{address}: "))
    if process.returncode:
        raise RuntimeError(
            f"the debrief of {address} ended with {process.returncode}: {problem.decode(errors='replace')}"
        )
    return body


def main() -> int:
    """Write the packed debrief of the journal whose address the command names."""
    try:
        sys.stdout.buffer.write(packed_debrief(sys.argv[1]))
    except CounterpoiseError as error:
        sys.stderr.write(str(error))
        return JournalError.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
