"""Slow, full and broken disks for one process: failing system calls, bounded file sizes, small file systems."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from counterpoise.torture.trial import TrialSkipped

Command = tuple[str, ...]
SMALL_DISK = "size=3m"


async def injecting(call: str, what: str) -> Command:
    """Return the command that runs a program and changes a system call of it.

    Args:
        call: the system call, such as ``fdatasync``.
        what: what ``strace -e inject`` does to it, such as ``error=EIO:when=7+``.

    Raises:
        TrialSkipped: ``strace`` is missing, or may not trace here.
    """
    program = shutil.which("strace")
    if program is None:
        raise TrialSkipped("strace is not installed")
    under = (program, "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}")
    code, said = await _output(*under, "true")
    if code:
        raise TrialSkipped(f"strace may not trace programs here: {said}")
    return under


def with_file_size(kilobytes: int) -> Command:
    """Return the command that runs a program whose files may not grow beyond so many kB."""
    # The shells of POSIX count blocks of 512 bytes.
    return ("sh", "-c", f'ulimit -f {2 * kilobytes} && exec "$@"', "sh")


@asynccontextmanager
async def small_disk(folder: Path) -> AsyncIterator[Path]:
    """Mount a file system of 3 MB in memory at a new folder, and unmount it at the end.

    Raises:
        TrialSkipped: this user may not mount one.
    """
    program = shutil.which("mount")
    if program is None or shutil.which("umount") is None:
        raise TrialSkipped("mount is not installed")
    folder.mkdir()
    code, said = await _output(program, "-t", "tmpfs", "-o", SMALL_DISK, "tmpfs", str(folder))
    if code:
        raise TrialSkipped(f"this user may not mount a small disk: {said}")
    try:
        yield folder
    finally:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(_output("umount", "--lazy", str(folder)))


def fill(disk: Path, *, leave_kilobytes: int | None) -> None:
    """Fill a small disk with one file and leave so much free; ``None`` frees it again."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    if leave_kilobytes is not None:
        filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - 1000 * leave_kilobytes)))


async def _output(*command: str) -> tuple[int, str]:
    """Run a program; return its exit code and the last line of what it said."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    lines = said.decode(errors="replace").strip().splitlines()
    return process.returncode or 0, lines[-1] if lines else ""
