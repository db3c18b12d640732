"""What a process of this machine uses: memory and open files, as Linux tells."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)


class Usage(NamedTuple):
    """What a process uses now.

    Args:
        megabytes: resident memory, in MB of 1000 kB.
        files: open files, sockets among them.
    """

    megabytes: float
    files: int


def usage_of(pid: int) -> Usage | None:
    """Return what a process uses; ``None`` where the system does not tell, or the process has ended."""
    folder = Path("/proc") / str(pid)
    try:
        found = _RESIDENT.search((folder / "status").read_text())
        files = len(list((folder / "fd").iterdir()))
    except OSError:
        return None
    return None if found is None else Usage(int(found[1]) * 1024 / 1_000_000, files)
